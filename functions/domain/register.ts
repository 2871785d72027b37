import type { Actor } from './actor.ts';
import type { Verdict } from './audience.ts';
import type { Change } from './change.ts';
import { poolsOf, type TrainingEvent } from './event.ts';
import type { SessionId } from './ids.ts';
import type { Person, Profile } from './person.ts';
import { conflict, invalid, ok, refuse, type Result } from './result.ts';
import { hasRoom, servesNobody, type Seats } from './seats.ts';
import {
  isStanding,
  isTurnedAway,
  overFor,
  owe,
  oweSeat,
  placeOf,
  registrationAudit,
  type Registration,
  type RegistrationDetails,
} from './registration.ts';
import type { Instant } from './time.ts';

/** Everything that deciding on a registration takes. */
export interface RegisterAsk {
  readonly event: TrainingEvent;
  readonly person: Person;
  readonly held: Registration | null;
  readonly seats: Seats;
  readonly verdict: Verdict;
  readonly sessions: readonly SessionId[];
  /** The number that the page asked for; left out, the next. */
  readonly attempt: number | undefined;
  readonly details: RegistrationDetails;
  readonly actor: Actor;
  readonly requestKey: string;
  readonly now: Instant;
  /** Somebody else registers them from a list: who does, and what the list says about the person. */
  readonly listed?: Listed | undefined;
}

/** The window binds a coordinator as it binds the person; it does not bind staff. */
export interface Listed {
  readonly by: NonNullable<Registration['registeredBy']>;
  readonly profile: Pick<Profile, 'name' | 'agency' | 'component' | 'title'>;
}

/** `standing`: nothing to do, this is how it stands. `seal`: the pool is full and not sealed yet; then decide again. */
export type RegisterDecision =
  | { readonly kind: 'standing'; readonly registration: Registration }
  | { readonly kind: 'seal'; readonly change: Change }
  | { readonly kind: 'commit'; readonly registration: Registration; readonly change: Change };

/**
 * The sessions of a new registration: all, exactly one, or at least one, as the event says.
 * @returns what the registration keeps: empty where all are taken
 */
export function chooseSessions(event: TrainingEvent, wanted: readonly SessionId[] | undefined): Result<SessionId[]> {
  const known = new Set(event.sessions.map((session) => session.id));
  const chosen = [...new Set(wanted ?? [])];
  if (chosen.some((session) => !known.has(session)))
    return invalid({ path: 'sessions', message: 'Choose from the sessions of this event' });
  switch (event.sessionChoice) {
    case 'all':
      return chosen.length === 0 || chosen.length === known.size
        ? ok([])
        : invalid({ path: 'sessions', message: 'The sessions of this event are taken together' });
    case 'one':
      return chosen.length === 1 ? ok(chosen) : invalid({ path: 'sessions', message: 'Choose a session' });
    case 'any':
      return chosen.length > 0 ? ok(chosen) : invalid({ path: 'sessions', message: 'Choose at least one session' });
  }
}

/** The pool that somebody who takes these sessions competes in. */
export const poolFor = (event: TrainingEvent, sessions: readonly SessionId[]) =>
  (event.sessionChoice === 'one' ? sessions[0] : event.id) ?? poolsOf(event)[0]?.pool ?? event.id;

/** What somebody is told who asks again after staff ended their registration. */
export const TURNED_AWAY = 'The training desk ended your registration. Write to us, and we can open it again';

/** Decides on a registration by the seat rules 2 to 5: answered as it stands, claimed, put in line, or left to a person. */
export function register(ask: RegisterAsk): Result<RegisterDecision> {
  const { held, attempt } = ask;
  const before = held && answeredBefore(held, ask);
  if (before) return before.ok ? ok({ kind: 'standing', registration: before.value }) : before;
  const next = (held?.attempt ?? 0) + 1;
  if (attempt !== undefined && attempt > next)
    return invalid({ path: 'attempt', message: `Ask for registration ${next}, the next one` });
  const shut = closedFor(ask, isByStaff(ask));
  if (shut) return shut;
  if (held && isTurnedAway(held)) return conflict(TURNED_AWAY);
  if (ask.verdict.verdict === 'not')
    return refuse({ kind: 'not-in-audience', detail: 'This event is not open to your email address' });
  if (ask.verdict.verdict === 'review') return ok(apply(ask, next));
  if (ask.seats.sealed) return ok(queue(ask, next));
  if (hasRoom(ask.seats)) return ok(claim(ask, next));
  return ok({ kind: 'seal', change: { seats: [{ move: 'seal', pool: ask.seats.pool }], audit: [] } });
}

/** A request that was answered before, or that a standing registration answers: what it asks for is not looked at. */
export function answeredBefore(
  held: Registration,
  ask: Pick<RegisterAsk, 'attempt' | 'requestKey'>,
): Result<Registration> | null {
  const known = [held.requestKey, ...(held.earlierKeys ?? [])].map((key) => sameRequest(key, ask.requestKey));
  if (known.includes('another-body'))
    return invalid({ path: 'Idempotency-Key', message: 'This key was used with other answers. Use a new one' });
  return known.includes('same') || answersAsItStands(held, ask) ? ok(held) : null;
}

/** How many earlier keys a registration remembers. */
const KEYS_KEPT = 10;

/** A key of a request that brought none is random, and no copy of it can come. */
const keysOf = ({ requestKey, earlierKeys = [] }: Registration): string[] =>
  [...(requestKey.endsWith('.') ? [] : [requestKey]), ...earlierKeys].slice(0, KEYS_KEPT);

const answersAsItStands = (held: Registration, { attempt }: Pick<RegisterAsk, 'attempt'>): boolean =>
  isStanding(held.status) || (attempt !== undefined && attempt <= held.attempt);

/** A request key is two digests, `<key>.<body>`. */
const sameRequest = (one: string, other: string): 'same' | 'another-body' | 'another' => {
  if (one === other) return 'same';
  return one.split('.')[0] === other.split('.')[0] ? 'another-body' : 'another';
};

const isByStaff = ({ listed }: Pick<RegisterAsk, 'listed'>): boolean => listed?.by.role === 'staff';

/** Why nobody may register for these sessions now; the window binds a participant's own acts. */
export function closedFor(
  { event, seats, sessions, now }: Pick<RegisterAsk, 'event' | 'seats' | 'sessions' | 'now'>,
  byStaff = false,
): Result<never> | null {
  if (seats.state === 'cancelled') return refuse({ kind: 'closed', because: 'cancelled' });
  const over = overFor({ sessions: [...sessions] }, event, now);
  if (over) return over;
  if (servesNobody(seats, now)) return refuse({ kind: 'closed', because: 'past' });
  if (byStaff) return null;
  if (now < seats.opensAt) return refuse({ kind: 'closed', because: 'not-open-yet', at: seats.opensAt });
  if (now >= seats.closesAt) return refuse({ kind: 'closed', because: 'closed', at: seats.closesAt });
  return null;
}

/** What a new registration of somebody holds, whatever its state. */
export const fresh = (ask: Omit<RegisterAsk, 'attempt'>, attempt: number): Omit<Registration, 'status' | 'ticket'> => ({
  event: ask.event.id,
  person: ask.person.id,
  attempt,
  rev: (ask.held?.rev ?? 0) + 1,
  pool: ask.seats.pool,
  sessions: [...ask.sessions],
  appliedAt: ask.now,
  sequence: ask.event.firstSequence ?? 0,
  told: ask.event.rev,
  fitUntil: ask.verdict.until,
  endedBy: null,
  reason: '',
  reopened: false,
  email: ask.person.email,
  profile: ask.person.profile ?? (ask.listed ? { ...ask.listed.profile, timeZone: ask.event.timeZone } : null),
  ...(ask.listed ? { registeredBy: ask.listed.by } : {}),
  requestKey: ask.requestKey,
  ...(ask.held ? { earlierKeys: keysOf(ask.held) } : {}),
});

function written(ask: RegisterAsk, registration: Registration, more: Partial<Change>): RegisterDecision {
  const asked =
    Object.keys(ask.details.answers).length > 0 ||
    ask.details.accommodations.needs.length > 0 ||
    ask.details.accommodations.other !== '';
  return {
    kind: 'commit',
    registration,
    change: {
      ...more,
      registrations: [{ before: ask.held, after: registration }],
      ...(asked || ask.held ? { details: [{ of: registration, details: asked ? ask.details : null }] } : {}),
      audit: [
        registrationAudit(
          registration,
          ask.held?.status ?? 'none',
          ask.listed?.by.role ?? 'person',
          ask.actor,
          ask.now,
        ),
      ],
    },
  };
}

function claim(ask: RegisterAsk, attempt: number): RegisterDecision {
  const registration: Registration = { ...fresh(ask, attempt), status: 'confirmed', ticket: null };
  return written(ask, registration, {
    seats: [
      isByStaff(ask) ? { move: 'seat', pool: ask.seats.pool } : { move: 'claim', pool: ask.seats.pool, at: ask.now },
    ],
    owed: oweSeat(registration, ask.event, ask.now),
  });
}

/** The counter is read and never written here: joining the line shares nothing, so nothing conflicts. */
function queue(ask: RegisterAsk, attempt: number): RegisterDecision {
  const registration: Registration = { ...fresh(ask, attempt), status: 'waitlisted', ticket: ask.now };
  return written(ask, registration, {
    line: [{ enter: placeOf(registration, ask.now) }],
    owed: hasRoom(ask.seats) ? [] : [owe(registration, 'waitlisted', ask.now)],
  });
}

function apply(ask: RegisterAsk, attempt: number): RegisterDecision {
  const registration: Registration = { ...fresh(ask, attempt), status: 'pending', ticket: null };
  return written(ask, registration, { owed: [owe(registration, 'pending', ask.now)] });
}
