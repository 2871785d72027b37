import type { Answered } from '../../domain/calendar-answer.ts';
import type { Host } from '../../domain/audience.ts';
import {
  BASE32,
  type EventId,
  type JobId,
  type PersonId,
  type PoolId,
  type ProgramId,
  type SessionId,
} from '../../domain/ids.ts';
import type { Job } from '../../domain/job.ts';
import type { Owed } from '../../domain/owed.ts';
import type { Email } from '../../domain/person.ts';
import type { NotArrived } from '../../domain/returned.ts';
import type { Setting } from '../../domain/setting.ts';
import type { Place } from '../../domain/seats.ts';
import type { Instant } from '../../domain/time.ts';
import { OUTBOX_SHARDS, type OutboxShard } from '../../usecases/store-port.ts';

type AnsweredKey = Pick<Answered, 'event' | 'person' | 'attempt' | 'object'>;

/** Where an item is in the table. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** A moment that sorts as text: 13 digits last until the year 2286. */
export const sortable = (at: Instant): string => String(at).padStart(13, '0');
/** A revision that sorts as text. */
export const sortableRev = (rev: number): string => String(rev).padStart(6, '0');

/** Spreads people evenly: their ids are random, so two of their letters are as good as a digest. */
const spread = (person: PersonId, over: number): number =>
  Array.from(person.slice(-4)).reduce((sum, letter) => (sum * 32 + BASE32.indexOf(letter)) % over, 0);

const shardName = (shard: OutboxShard): string =>
  shard === 'codes' ? 'OUT#codes' : `OUT#${String(shard).padStart(2, '0')}`;

export const REVIEW_SHARDS = 4;

/** Every key of the table is built here and nowhere else. */
export const keys = {
  programs: 'PROGRAMS',
  program: (id: ProgramId): Key => ({ pk: 'PROGRAMS', sk: id }),
  event: (id: EventId): Key => ({ pk: `EVENT#${id}`, sk: 'EVENT' }),
  trainer: (event: EventId, person: PersonId): Key => ({ pk: `EVENT#${event}`, sk: `TRAINER#${person}` }),
  seats: (pool: PoolId): Key => ({ pk: `SEATS#${pool}`, sk: 'SEATS' }),
  roster: (event: EventId): string => `ROSTER#${event}`,
  registration: (event: EventId, person: PersonId): Key => ({ pk: `ROSTER#${event}`, sk: `REG#${person}` }),
  details: (event: EventId, person: PersonId): Key => ({ pk: `ROSTER#${event}`, sk: `ANSWERS#${person}` }),
  arrival: (event: EventId, session: SessionId, person: PersonId): Key => ({
    pk: `ROSTER#${event}`,
    sk: `ATTEND#${session}#${person}`,
  }),
  /** What is only late has a place of its own: it marks nobody, and a bounce may follow. */
  returned: ({ event, person, rev, part, kind, how }: NotArrived): Key => ({
    pk: `ROSTER#${event}`,
    sk: `${how === 'delayed' ? 'DELAYED' : 'RETURNED'}#${person}#${sortableRev(rev)}#${part}#${kind}`,
  }),
  answered: ({ event, person, attempt, object }: AnsweredKey): Key => ({
    pk: `ROSTER#${event}`,
    sk: `ANSWERED#${person}#${attempt}#${object}`,
  }),
  line: (pool: PoolId): string => `LINE#${pool}`,
  place: (place: Pick<Place, 'pool' | 'ticket' | 'person'>): Key => ({
    pk: `LINE#${place.pool}`,
    sk: `${sortable(place.ticket)}#${place.person}`,
  }),
  lease: (pool: PoolId): Key => ({ pk: `LEASE#${pool}`, sk: 'LEASE' }),
  outbox: shardName,
  owed: (owed: Owed): Key =>
    owed.about === 'registration'
      ? {
          pk: shardName(spread(owed.person, OUTBOX_SHARDS)),
          sk: `${owed.event}#${owed.person}#${sortableRev(owed.rev)}#${owed.part}`,
        }
      : { pk: shardName('codes'), sk: `code#${owed.challenge}` },
  owedTo: (event: EventId, person: PersonId) => ({
    pk: shardName(spread(person, OUTBOX_SHARDS)),
    begins: `${event}#${person}#`,
  }),
  mailOf: (event: EventId, person: PersonId): string => `MAIL#${event}#${person}`,
  parked: 'PARKED',
  parkedOf: (owed: Owed): Key => ({ pk: 'PARKED', sk: keys.owed(owed).sk }),
  parkedTo: (event: EventId, person: PersonId) => ({ pk: 'PARKED', begins: `${event}#${person}#` }),
  reviewed: 'REVIEWED',
  setting: (name: Setting['name']): Key => ({ pk: 'SETTINGS', sk: name }),
  audit: (entity: string): string => `AUDIT#${entity}`,
  person: (id: PersonId): Key => ({ pk: `PERSON#${id}`, sk: 'PERSON' }),
  email: (email: Email): Key => ({ pk: `EMAIL#${email}`, sk: 'EMAIL' }),
  host: (host: Host): Key => ({ pk: `HOST#${host}`, sk: 'HOST' }),
  colleague: (host: Host, person: PersonId): Key => ({ pk: `HOST#${host}`, sk: `COLLEAGUE#${person}` }),
  token: (hash: string): Key => ({ pk: `TOKEN#${hash}`, sk: 'TOKEN' }),
  challenge: (id: string): Key => ({ pk: `CODE#${id}`, sk: 'CODE' }),
  heldForm: (hash: string): Key => ({ pk: `HELD#${hash}`, sk: 'HELD' }),
  limit: (what: string, subject: string, window: number): Key => ({
    pk: `LIMIT#${what}#${subject}#${window}`,
    sk: 'LIMIT',
  }),
  job: (job: Pick<Job, 'event' | 'eventRev'>): Key => ({ pk: `JOB#${job.event}#${job.eventRev}`, sk: 'JOB' }),
  checkup: { pk: 'JOB#checkup', sk: 'JOB' },
  listJob: (id: JobId): Key => ({ pk: `JOB#${id}`, sk: 'JOB' }),
  listRows: (id: JobId, chunk: number): Key => ({ pk: `JOB#${id}`, sk: `ROWS#${String(chunk).padStart(5, '0')}` }),
} as const;

/** Keys of the two indexes. */
export const indexKeys = {
  eventsOfYear: (year: number): string => `FY#${year}`,
  event: (end: Instant, start: Instant, program: ProgramId, id: EventId): string =>
    `${sortable(end)}#${sortable(start)}#${program}#${id}`,
  trainer: (person: PersonId): string => `TRAINER#${person}`,
  trainerEvent: (start: Instant, event: EventId): string => `${sortable(start)}#${event}`,
  person: (person: PersonId): string => `PERSON#${person}`,
  registrations: 'REG#',
  registration: (event: EventId): string => `REG#${event}`,
  review: (shard: number): string => `REVIEW#${shard}`,
  reviewOf: (person: PersonId): string => `REVIEW#${spread(person, REVIEW_SHARDS)}`,
  reviewed: (event: EventId, appliedAt: Instant, person: PersonId): string =>
    `${event}#${sortable(appliedAt)}#${person}`,
  hosts: 'HOSTS',
  jobs: 'JOBS',
  lists: 'LISTS',
  job: (job: Job): string => `${sortable(job.dueAt)}#${job.event}#${sortableRev(job.eventRev)}`,
  returned: 'RETURNED',
  returnedAt: (one: NotArrived): string => `${sortable(one.at)}#${one.event}#${keys.returned(one).sk}`,
  actor: (person: string): string => `ACTOR#${person}`,
  auditDay: (day: string): string => `AUDITDAY#${day}`,
} as const;
