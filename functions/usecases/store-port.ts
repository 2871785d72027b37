import type { Host, HostRecord } from '../domain/audience.ts';
import type { Answered } from '../domain/calendar-answer.ts';
import type { AuditEntry, Change } from '../domain/change.ts';
import type { Waiting } from '../domain/promote.ts';
import type { Colleague } from '../domain/colleague.ts';
import type { TrainingEvent } from '../domain/event.ts';
import type { Checkup } from '../domain/finding.ts';
import type { EventId, JobId, PersonId, PoolId, ProgramId, SessionId } from '../domain/ids.ts';
import type { ListJob, ListRow } from '../domain/import-list.ts';
import type { Job } from '../domain/job.ts';
import type { Owed, OwedAboutRegistration, Sent } from '../domain/owed.ts';
import type { Email, Person } from '../domain/person.ts';
import type { Program } from '../domain/program.ts';
import type { NotArrived, Returned, ReturnedAddress } from '../domain/returned.ts';
import type { Registration, RegistrationDetails } from '../domain/registration.ts';
import type { FirstStaff, MailHold, Restore } from '../domain/setting.ts';
import type { Place, Seats } from '../domain/seats.ts';
import type { Instant } from '../domain/time.ts';
import type { UnreadableItem } from '../domain/unreadable.ts';

/** `stale`: a part of the change was decided on a state that no longer holds, since somebody was faster: read again. */
export type CommitOutcome = 'committed' | 'stale' | 'busy';

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; opaque. */
  readonly next: string | null;
}

/** One page of a roster; registrations that can't be read are left out, and counted. */
export interface RosterPage extends Page<Registration> {
  readonly unreadable: number;
}

/** A session of the browser or an API token, by the hash of its secret. */
export interface Token {
  readonly hash: string;
  readonly person: PersonId;
  readonly role: 'participant' | 'trainer' | 'staff';
  readonly epoch: number;
  readonly expiresAt: Instant;
}

/** A sign-in that waits for its code. */
export interface Challenge {
  readonly id: string;
  readonly addressHash: string;
  /** Of the secret that the browser or client holds. */
  readonly browserHash: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** A form as it was sent: where to, and its fields as the browser wrote them. */
export interface HeldForm {
  readonly path: string;
  readonly body: string;
}

/** Somebody came by their join link. */
export interface Arrival {
  readonly event: EventId;
  readonly session: SessionId;
  readonly person: PersonId;
  readonly at: Instant;
}

/** A pool of seats with how many wait for one. */
export interface PoolSeen {
  readonly seats: Seats;
  readonly waiting: number;
}

/** An event with its pools, in the order of its sessions. */
export interface EventWithSeats {
  readonly event: TrainingEvent;
  readonly pools: readonly PoolSeen[];
}

/**
 * What the product keeps. Reads are consistent unless they say otherwise; lists for screens may be a moment old. What is
 * asked for alone and can't be read throws an `UnreadableItem`; lists go on without it.
 */
export interface Store {
  /** Writes a change whole or not at all. Throws only for what no retry can mend. */
  commit(change: Change): Promise<CommitOutcome>;

  programs(): Promise<readonly Program[]>;
  program(id: ProgramId): Promise<Program | null>;
  event(id: EventId): Promise<TrainingEvent | null>;
  /** May be five seconds old: for pages, and for a first try whose write has conditions of its own. */
  recentEvent(id: EventId): Promise<TrainingEvent | null>;
  /** Events that end at or after `from` and begin before `to`, by their end, with their seats. May be a moment old. */
  events(from: Instant, to: Instant): Promise<readonly EventWithSeats[]>;
  seats(pools: readonly PoolId[]): Promise<readonly Seats[]>;
  /** The same with how many wait in each; an unsealed pool has no line, so that is not counted. */
  pools(pools: readonly PoolId[]): Promise<readonly PoolSeen[]>;
  /** Sealed is permanent, so a pool that was once seen sealed is known to be without a read. */
  knownSealed(pool: PoolId): boolean;

  registration(event: EventId, person: PersonId): Promise<Registration | null>;
  /** Whether there is one at all, without reading it. */
  isRegistered(event: EventId, person: PersonId): Promise<boolean>;
  details(event: EventId, person: PersonId): Promise<RegistrationDetails | null>;
  registrationsOf(person: PersonId): Promise<readonly Registration[]>;
  /** One page of an event's registrations in the order of their keys. */
  rosterPage(event: EventId, limit: number, after: string | null): Promise<RosterPage>;
  /** The answers and accommodations of an event's people: one entry for each who gave any. */
  detailsOf(event: EventId): Promise<ReadonlyMap<PersonId, RegistrationDetails>>;
  /** Pending registrations: of one event, or of all. May be a moment old. */
  pending(event: EventId | null): Promise<readonly Registration[]>;
  /**
   * These people in line with their registrations, except those whose registration can't be read. May be a moment old:
   * what is written on them is conditional on their `rev`.
   */
  waitingAt(places: readonly Place[]): Promise<readonly Waiting[]>;
  /** How many working days each decision of staff since then took. May be some seconds old. */
  reviewedSince(from: Instant): Promise<readonly number[]>;
  lineHead(pool: PoolId, most: number): Promise<readonly Place[]>;
  /**
   * How many wait in a pool: before a place or from one on; no more than `most` are counted. Where as many as that are
   * before a place, this process may remember it for a second.
   */
  lineLength(
    pool: PoolId,
    range?: { readonly before?: Place; readonly from?: Place; readonly most?: number },
  ): Promise<number>;
  /** True for only one caller at a time, the promoter of a pool, until then at the latest. */
  lease(pool: PoolId, now: Instant, until: Instant): Promise<boolean>;
  /** Whether this process remembers that somebody has the lease now. */
  knownLeased(pool: PoolId, now: Instant): boolean;
  /** Lets the next promoter in from that moment on. */
  endLease(pool: PoolId, until: Instant): Promise<void>;
  /** Remembers, in this process only, that a pool can be left until then. */
  leave(pool: PoolId, until: Instant): void;
  arrival(event: EventId, session: SessionId, person: PersonId): Promise<Arrival | null>;
  arrivals(event: EventId): Promise<readonly Arrival[]>;
  /** Keeps the first arrival. */
  recordArrival(arrival: Arrival): Promise<void>;

  person(id: PersonId): Promise<Person | null>;
  personByEmail(email: Email): Promise<Person | null>;
  /** The person of an address, made now where there is none. */
  ensurePerson(email: Email, fresh: Person): Promise<Person>;
  eventsOfTrainer(person: PersonId, from: Instant): Promise<readonly EventWithSeats[]>;
  host(host: Host): Promise<HostRecord | null>;
  hostRecords(hosts: readonly Host[]): Promise<readonly HostRecord[]>;
  /** Staff's decisions on people of a host, at most 100 of them. May be a moment old. */
  colleaguesAt(host: Host): Promise<readonly Colleague[]>;
  /** The names of all hosts that were decided on, in the order of their agencies. May be a moment old. */
  hosts(): Promise<readonly Host[]>;

  token(hash: string): Promise<Token | null>;
  putToken(token: Token): Promise<void>;
  deleteToken(hash: string): Promise<void>;
  /** Keeps a challenge with the message that carries its code. */
  putChallenge(challenge: Challenge, owed: Owed): Promise<void>;
  /** Counts one try against a challenge; null when it is unknown, over, used up or held by another browser. */
  tryChallenge(id: string, browserHash: string, mostTries: number, now: Instant): Promise<Challenge | null>;
  /** Uses a challenge once, and with it every older one of the address. */
  useChallenge(challenge: Challenge, email: Email, now: Instant): Promise<boolean>;
  /** Keeps a form that was sent after its session had ended, until its person has signed in again; for an hour. */
  holdForm(hash: string, form: HeldForm, until: Instant): Promise<void>;
  heldForm(hash: string): Promise<HeldForm | null>;
  /** Counts one more under a limit in a window of time; false when the limit was reached. */
  underLimit(what: string, subject: string, window: number, most: number, now: Instant): Promise<boolean>;

  /** What one shard of the outbox holds, in order. Sign-in codes have their own, so they queue behind nothing. */
  owed(shard: OutboxShard): Promise<readonly Owed[]>;
  /** What one registration is owed, in order. */
  owedTo(event: EventId, person: PersonId): Promise<readonly OwedAboutRegistration[]>;
  sent(sent: Sent): Promise<void>;
  retryLater(owed: Owed): Promise<void>;
  park(sent: Sent): Promise<void>;
  parked(): Promise<readonly Sent[]>;
  /** The given-up messages of one registration. */
  parkedTo(event: EventId, person: PersonId): Promise<readonly OwedAboutRegistration[]>;
  /** Puts a parked message back into the outbox; false when it is no longer parked. */
  unpark(sent: Sent, now: Instant): Promise<boolean>;
  messagesOf(event: EventId, person: PersonId): Promise<readonly Sent[]>;

  /** Keeps a report that a message came back; of two reports on one message, the later one. */
  keepReturned(returned: NotArrived): Promise<void>;
  /** Messages that came back or are late, of all events, the newest first. May be a moment old. */
  returnedPage(since: Instant, most: number, after: string | null): Promise<Page<NotArrived>>;
  /** How many there are since then; no more than `most` are counted. */
  returnedSince(since: Instant, most: number): Promise<number>;
  /** The answer that is kept of one calendar object of a registration. */
  answer(of: Pick<Answered, 'event' | 'person' | 'attempt' | 'object'>): Promise<Answered | null>;
  /** What calendars answered: of everybody at an event, or of one person. May be a moment old. */
  answersOf(event: EventId, person?: PersonId): Promise<readonly Answered[]>;
  /** Messages about an event that came back: to everybody, or of one person's registration. May be a moment old. */
  returnedOf(event: EventId, person?: PersonId): Promise<readonly Returned[]>;
  /** Marks an address that mail no longer reaches; false where it is nobody's, or was marked later than that. */
  markAddress(email: Email, mark: ReturnedAddress): Promise<boolean>;
  /** The mark of an address; null once its person signed in with a mailed code. May be a moment old. */
  returnedAddress(email: Email): Promise<ReturnedAddress | null>;

  jobsDue(now: Instant): Promise<readonly Job[]>;
  /** Moves a job on, or with null ends it. */
  advanceJob(job: Job, next: Job | null): Promise<void>;

  /** Keeps a list that was checked, with its rows in chunks; all of it is gone a month later. */
  keepList(job: ListJob, chunks: readonly (readonly ListRow[])[]): Promise<void>;
  listJob(id: JobId): Promise<ListJob | null>;
  /** One chunk of its rows; none behind the last. */
  listRows(id: JobId, chunk: number): Promise<readonly ListRow[]>;
  allListRows(id: JobId): Promise<readonly ListRow[]>;
  putListRows(job: ListJob, chunk: number, rows: readonly ListRow[]): Promise<void>;
  /** Moves a list on, with the act on record where it is one; false when somebody else did. */
  moveList(before: ListJob, after: ListJob, entry?: AuditEntry): Promise<boolean>;
  /** Lists that are being registered. */
  runningLists(): Promise<readonly ListJob[]>;

  mailHold(): Promise<MailHold | null>;
  /** Whether all mail but sign-in codes is held. May be five seconds old; what can't be read is a yes. */
  mailHeld(): Promise<boolean>;
  firstStaff(): Promise<FirstStaff | null>;
  restore(): Promise<Restore | null>;

  auditOf(entity: string, limit: number, after: string | null): Promise<Page<AuditEntry>>;
  auditBy(actor: PersonId, limit: number, after: string | null): Promise<Page<AuditEntry>>;
  /** Acts of staff and trainers on one day, `2027-02-01` in UTC. */
  auditOn(day: string, limit: number, after: string | null): Promise<Page<AuditEntry>>;
  /** An act that changes nothing of its entity, such as an export. */
  note(entry: AuditEntry): Promise<void>;

  /** Events in the list of a fiscal year, as the list has them. May be a moment old. */
  listed(year: number): Promise<readonly { readonly event: EventId; readonly start: Instant; readonly end: Instant }[]>;
  /** The trainers who find an event among their own, and the start that it is listed under there. */
  trainersOf(event: EventId): Promise<ReadonlyMap<PersonId, Instant>>;
  /** Everybody's place in the line of a pool. */
  line(pool: PoolId): Promise<readonly Place[]>;

  /** What can't be read of an event with these pools or, for null, of what belongs to no event: programs, messages, jobs. */
  unreadable(event: EventId | null, pools: readonly PoolId[]): Promise<readonly UnreadableItem[]>;

  /** Keeps what the nightly check found, in place of the last one. */
  keepCheckup(checkup: Checkup): Promise<void>;
  lastCheckup(): Promise<Checkup | null>;

  /** Answers within a moment, or throws. */
  alive(): Promise<void>;
}

/** Messages about registrations are spread by person; sign-in codes have a shard of their own. */
export type OutboxShard = number | 'codes';
export const OUTBOX_SHARDS = 16;
/** Every shard of the outbox. */
export const SHARDS: readonly OutboxShard[] = ['codes', ...Array.from({ length: OUTBOX_SHARDS }, (_, shard) => shard)];
