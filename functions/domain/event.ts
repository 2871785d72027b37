import * as z from 'zod';
import { Approval, Audience, HostList, Host } from './audience.ts';
import { EventId, PersonId, ProgramId, SessionId, type PoolId } from './ids.ts';
import { Email } from './person.ts';
import { Question } from './questions.ts';
import type { FieldError } from './result.ts';
import { UNLIMITED, type Seats } from './seats.ts';
import { lineOfText, optionalLine, paragraphs } from './text.ts';
import { InstantNumber, DAY, localDay, MINUTE, NO_TIME, plus, TimeZone, type Instant } from './time.ts';

/** The most seats: many times what the largest meeting tool holds, and far under {@link UNLIMITED}. */
export const LARGEST_CAPACITY = 100_000;
const Capacity = z
  .number()
  .int('Give a whole number')
  .min(1, 'Give at least 1 seat')
  .max(LARGEST_CAPACITY, 'Give at most 100,000 seats');

export const Session = z.object({
  id: SessionId,
  title: lineOfText(160, 'Enter a title for the session'),
  startsAt: InstantNumber,
  endsAt: InstantNumber,
  /** The meeting's own link. It leaves the product in one place: the answer to a press on a personal join page. */
  joinUrl: z.string().max(1000),
  location: optionalLine(160),
  track: optionalLine(60).nullable(),
  capacity: Capacity.nullable(),
});
export type Session = z.infer<typeof Session>;

/** Somebody who teaches an event and may see who comes. */
export const Trainer = z.object({ person: PersonId, email: Email, name: z.string().max(100) });
export type Trainer = z.infer<typeof Trainer>;

/** A session as it was before an edit; null: it was not there. Enough to take its calendar entry back. */
const Earlier = z.object({
  id: SessionId,
  /** The event's `rev` after the edit, and when that was. */
  rev: z.int(),
  at: InstantNumber,
  was: z.object({ startsAt: InstantNumber, endsAt: InstantNumber }).nullable(),
  /** The event's zone before the edit, where that changed it: days that people chose are days in it. */
  zone: TimeZone.optional(),
});
export type Earlier = z.infer<typeof Earlier>;

export const SessionChoice = z.enum(['all', 'one', 'any']);
export type SessionChoice = z.infer<typeof SessionChoice>;
export const EventStatus = z.enum(['draft', 'published', 'cancelled']);

/** One scheduled offering of a program. */
export const TrainingEvent = z.object({
  id: EventId,
  programId: ProgramId,
  /** Every change of the event, its sessions, trainers or capacity; the ETag. */
  rev: z.int().min(1),
  status: EventStatus,
  title: z.string(),
  description: z.string(),
  /** "What you will be able to do", a line each. */
  outcomes: z.array(z.string()),
  timeZone: TimeZone,
  sessions: z.array(Session).min(1),
  /** What recent edits did to its sessions, oldest first: people who have not been told yet were invited to the old ones. */
  earlier: z.array(Earlier).optional(),
  /**
   * Where SEQUENCE of a new registration begins; left out, at 0. After a restore it is above what was sent to people
   * whose registrations were lost: a person who registers again has the same UID.
   */
  firstSequence: z.int().optional(),
  sessionChoice: SessionChoice,
  capacity: Capacity.nullable(),
  mode: z.enum(['open', 'sealed']),
  audience: Audience,
  approval: Approval,
  opensAt: InstantNumber,
  closesAt: InstantNumber,
  /** Minutes before a session's start that its join button opens. */
  joinOpensMinutes: z.int().min(0).max(120),
  trainers: z.array(Trainer),
  questions: z.array(Question),
  updatedAt: InstantNumber,
  updatedBy: z.string(),
  cancelReason: z.string().nullable(),
  /** A digest of the request that made it, so that the same Idempotency-Key with another body is seen. */
  madeBy: z.string(),
});
export type TrainingEvent = z.infer<typeof TrainingEvent>;

/** What staff give to make or change an event. Trainers are addresses: one may be new to the desk. */
export const EventDraft = z.lazy(() =>
  z.object({
    programId: ProgramId,
    title: lineOfText(160, 'Enter a title'),
    description: paragraphs(1500),
    outcomes: z.array(lineOfText(200, 'Enter the line, or remove it')).max(10, 'Give at most 10 lines').default([]),
    timeZone: TimeZone,
    sessions: z
      .array(
        z.object({
          id: SessionId.optional(),
          title: lineOfText(160, 'Enter a title for the session'),
          startsAt: InstantNumber,
          endsAt: InstantNumber,
          joinUrl: z
            .string()
            .trim()
            .max(1000, 'Use at most 1,000 characters')
            .refine((url) => url === '' || isHttps(url), 'Give a link that starts with https://')
            .default(''),
          location: optionalLine(160).default(''),
          track: optionalLine(60).nullable().default(null),
          capacity: Capacity.nullable().default(null),
        }),
      )
      .min(1, 'Add at least one session')
      .max(60, 'Use at most 60 sessions'),
    sessionChoice: SessionChoice.default('all'),
    capacity: Capacity.nullable(),
    mode: z.enum(['open', 'sealed']).default('open'),
    audience: Audience.optional(),
    approval: Approval,
    opensAt: InstantNumber,
    closesAt: InstantNumber,
    joinOpensMinutes: z.int().min(0).max(120, 'Give at most 120 minutes').default(15),
    trainers: z.array(Email).max(20, 'Give at most 20 trainers').default([]),
    questions: z.array(Question).max(10, 'Ask at most 10 questions').default([]),
  }),
);
export type EventDraft = z.infer<typeof EventDraft>;

/** A link may not contain what a URL parser would silently drop, such as a line break. */
function isHttps(url: string): boolean {
  if (/[\s\p{Cc}]/u.test(url)) return false;
  try {
    return new URL(url).protocol === 'https:';
  } catch {
    return false;
  }
}

export const startOf = (event: { readonly sessions: readonly Pick<Session, 'startsAt'>[] }): Instant =>
  event.sessions.map((session) => session.startsAt).reduce((a, b) => (b < a ? b : a));
export const endOf = (event: { readonly sessions: readonly Pick<Session, 'endsAt'>[] }): Instant =>
  event.sessions.map((session) => session.endsAt).reduce((a, b) => (b > a ? b : a));

/** In the order of time, then of track and title, so that every list of them reads the same. */
export const inOrder = <S extends Pick<Session, 'startsAt' | 'track' | 'title'>>(sessions: readonly S[]): S[] =>
  sessions.toSorted(
    (a, b) => a.startsAt - b.startsAt || (a.track ?? '').localeCompare(b.track ?? '') || a.title.localeCompare(b.title),
  );

/** Calendar entries of a registration: were all of them exchanged at once, twice as many messages fit one transaction. */
const MOST_ENTRIES = 45;

const entriesOf = ({ sessionChoice, sessions, timeZone }: EventDraft): number => {
  if (sessionChoice === 'one') return 1;
  return sessionChoice === 'all'
    ? sessions.length
    : new Set(sessions.map((session) => localDay(session.startsAt, timeZone))).size;
};

/** What must hold of an event in any state. Mistakes of a draft are found when it is saved, not when it is published. */
export function checkDraft(draft: EventDraft): FieldError[] {
  const errors: FieldError[] = [];
  const say = (path: string, message: string) => errors.push({ path, message });
  draft.sessions.forEach((session, index) => {
    if (session.endsAt <= session.startsAt) say(`sessions.${index}.endsAt`, 'End the session after it starts');
    else if (session.endsAt - session.startsAt > DAY)
      say(`sessions.${index}.endsAt`, 'A session lasts at most 24 hours');
    if (session.capacity !== null && draft.sessionChoice !== 'one')
      say(`sessions.${index}.capacity`, 'Only an event whose people pick one session has seats for each');
  });
  const given = draft.sessions.flatMap((session) => session.id ?? []);
  if (new Set(given).size < given.length) say('sessions', 'Give each session once');
  if (draft.closesAt <= draft.opensAt) say('closesAt', 'Close registration after it opens');
  if (draft.sessions.length > 0 && draft.closesAt > endOf(draft))
    say('closesAt', 'Close registration before the event ends');
  if (entriesOf(draft) > MOST_ENTRIES)
    say('sessions', `Use at most ${MOST_ENTRIES} sessions, or where people choose from them, days`);
  const hosts = draft.audience?.hosts ?? [];
  hosts.forEach((host, index) => {
    if (!Host.safeParse(host).success && !HostList.safeParse(host).success)
      say(`audience.hosts.${index}`, 'Give an exact host such as police.example.gov, or the name of a list');
  });
  if (draft.audience?.kind === 'hosts' && hosts.length === 0) say('audience.hosts', 'Name at least one host');
  if (new Set(draft.trainers).size < draft.trainers.length) say('trainers', 'Name each trainer once');
  if (new Set(draft.questions.map((question) => question.id)).size < draft.questions.length)
    say('questions', 'Give each question its own id');
  return errors;
}

/** What keeps an event from being published now. */
export function checkPublish(event: TrainingEvent, now: Instant): FieldError[] {
  const errors: FieldError[] = [];
  event.sessions.forEach((session, index) => {
    if (session.startsAt <= now)
      errors.push({ path: `sessions.${index}.startsAt`, message: 'Start the session in the future' });
  });
  if (event.closesAt <= now) errors.push({ path: 'closesAt', message: 'Close registration in the future' });
  if (event.description === '') errors.push({ path: 'description', message: 'Say in a sentence what it is about' });
  return errors;
}

/** The pools that people compete for: one, or one a session where they pick a sitting. */
export function poolsOf(event: TrainingEvent): { pool: PoolId; capacity: number; startsAt: Instant }[] {
  if (event.sessionChoice !== 'one')
    return [{ pool: event.id, capacity: event.capacity ?? UNLIMITED, startsAt: startOf(event) }];
  return event.sessions.map((session) => ({
    pool: session.id,
    capacity: session.capacity ?? event.capacity ?? UNLIMITED,
    startsAt: session.startsAt,
  }));
}

export const newSeats = (event: TrainingEvent, pool: PoolId, capacity: number, startsAt: Instant): Seats => ({
  pool,
  event: event.id,
  capacity,
  taken: 0,
  sealed: event.mode === 'sealed',
  bornSealed: event.mode === 'sealed',
  state: event.status === 'cancelled' ? 'cancelled' : 'open',
  opensAt: event.opensAt,
  closesAt: event.closesAt,
  startsAt,
  rev: 0,
  touched: NO_TIME,
});

/** Whether the join button of a session works, and if not, why. */
export function joinWindow(
  event: Pick<TrainingEvent, 'joinOpensMinutes'>,
  session: Pick<Session, 'startsAt' | 'endsAt'>,
  now: Instant,
): { readonly state: 'early' | 'open' | 'over'; readonly opensAt: Instant } {
  const opensAt = plus(session.startsAt, -event.joinOpensMinutes * MINUTE);
  return { state: now < opensAt ? 'early' : now < session.endsAt ? 'open' : 'over', opensAt };
}

/** One entry of a person's calendar: a session, or where people choose from many, a day of those they chose. */
export interface CalendarObject {
  /** The part of the UID and of the outbox key that tells it from the registration's others. */
  readonly object: string;
  readonly sessions: readonly Session[];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** The calendar objects of somebody who takes these sessions. */
export function calendarObjects(
  event: Pick<TrainingEvent, 'sessionChoice' | 'timeZone' | 'sessions'>,
  taken: readonly SessionId[],
): CalendarObject[] {
  const chosen = inOrder(event.sessions.filter((session) => taken.includes(session.id)));
  if (event.sessionChoice !== 'any')
    return chosen.map((session) => ({
      object: session.id,
      sessions: [session],
      startsAt: session.startsAt,
      endsAt: session.endsAt,
    }));
  const days = Map.groupBy(chosen, (session) => localDay(session.startsAt, event.timeZone).replaceAll('-', ''));
  return [...days].map(([day, sessions]) => ({
    object: `day${day}`,
    sessions,
    startsAt: startOf({ sessions }),
    endsAt: endOf({ sessions }),
  }));
}
