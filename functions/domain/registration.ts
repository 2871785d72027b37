import * as z from 'zod';
import { audited, type AuditEntry, type Change } from './change.ts';
import type { Actor } from './actor.ts';
import { calendarObjects, startOf, type CalendarObject, type TrainingEvent } from './event.ts';
import { EventId, PersonId, registrationId, SessionId, type PoolId, type RegistrationId } from './ids.ts';
import { actOf, type Move } from './moves.ts';
import type { CalendarPart, MessageKind, OwedAboutRegistration } from './owed.ts';
import { Email, Profile } from './person.ts';
import { Accommodations, Answers } from './questions.ts';
import { refuse, type Refused } from './result.ts';
import type { Place } from './seats.ts';
import { InstantNumber, type Instant } from './time.ts';

export const RegistrationStatus = z.enum(['pending', 'waitlisted', 'confirmed', 'ineligible', 'denied', 'cancelled']);
export type RegistrationStatus = z.infer<typeof RegistrationStatus>;

/** A supervisor whom an applicant asked to confirm them. What they say informs staff; it decides nothing. */
export const Sponsor = z.object({
  email: Email,
  /** Whose host it is, as staff know it. */
  agency: z.string(),
  askedAt: InstantNumber,
  answer: z.enum(['confirmed', 'unknown']).nullable(),
  answeredAt: InstantNumber.nullable(),
});
export type Sponsor = z.infer<typeof Sponsor>;

/** One person's place at one event, with the sessions chosen. There is one a person and event, by its key. */
export const Registration = z.object({
  event: EventId,
  person: PersonId,
  /** Which registration of this person at this event it is: 1 at first, one more after each that ended. */
  attempt: z.int().min(1),
  /** One more with every change; each write is conditional on the one it was decided on. */
  rev: z.int().min(1),
  status: RegistrationStatus,
  pool: z.union([EventId, SessionId]),
  /** Those chosen; empty where the event's sessions are taken all together. */
  sessions: z.array(SessionId),
  /**
   * The place in line: the server's time when they asked or applied, in milliseconds. Of who is checked, the place that
   * they will have; null: that of their application.
   */
  ticket: InstantNumber.nullable(),
  appliedAt: InstantNumber,
  /** Of the calendar objects: one more with each change that is sent. */
  sequence: z.int().min(0),
  /** The event's `rev` that the person knows of. */
  told: z.int(),
  fitUntil: InstantNumber.nullable(),
  endedBy: z.enum(['person', 'staff', 'event']).nullable(),
  reason: z.string(),
  /** After a denial or a cancellation by staff: staff let them ask again. */
  reopened: z.boolean(),
  email: Email,
  profile: Profile.nullable(),
  /** Tells the writer of this version that the write was its own, after an unknown outcome. */
  requestKey: z.string(),
  /** Those of this person's earlier registrations here that had an Idempotency-Key: a late copy of one revives nobody. */
  earlierKeys: z.array(z.string()).optional(),
  /** The seat is offered to a colleague, and stays until they say yes. */
  offer: z.object({ to: Email, at: InstantNumber }).optional(),
  /** Who put them on a list; left out where they registered themselves. A coordinator is named to them, staff are not. */
  registeredBy: z.object({ role: z.enum(['staff', 'coordinator']), name: z.string() }).optional(),
  /** Who was asked to confirm them, while a person checks. */
  sponsor: Sponsor.optional(),
  /** Whom they asked before that one: a supervisor who didn't know them stays in sight. */
  askedBefore: z.array(Sponsor).optional(),
  /** When staff asked them to name a supervisor, or to apply with a work address. */
  sponsorWantedAt: InstantNumber.optional(),
});
export type Registration = z.infer<typeof Registration>;

/** What is long or rare, kept beside the registration. */
export const RegistrationDetails = z.object({ answers: Answers, accommodations: Accommodations });
export type RegistrationDetails = z.infer<typeof RegistrationDetails>;

export const idOf = (r: Pick<Registration, 'event' | 'person' | 'attempt'>): RegistrationId =>
  registrationId(r.event, r.person, r.attempt);

/** Standing: it holds a seat, waits for one, or waits for an answer. */
export type StandingStatus = Extract<RegistrationStatus, 'pending' | 'waitlisted' | 'confirmed'>;
export const isStanding = (status: RegistrationStatus): status is StandingStatus =>
  status === 'pending' || status === 'waitlisted' || status === 'confirmed';

/** Staff ended it and have not let the person ask again. */
export const isTurnedAway = ({ status, endedBy, reopened }: Registration): boolean =>
  !reopened && (status === 'denied' || endedBy === 'staff');

/** The sessions that a registration is for. */
export const sessionsOf = (r: Pick<Registration, 'sessions'>, event: TrainingEvent): readonly SessionId[] =>
  event.sessionChoice === 'all' ? event.sessions.map((session) => session.id) : r.sessions;

export const objectsOf = (r: Pick<Registration, 'sessions'>, event: TrainingEvent): CalendarObject[] =>
  calendarObjects(event, sessionsOf(r, event));

/** The same as the person knows them: as they were before the edits that they have not been told of. */
export function objectsTold(r: Pick<Registration, 'sessions' | 'told'>, event: TrainingEvent): CalendarObject[] {
  const unheard = (event.earlier ?? []).filter(({ rev }) => rev > r.told);
  const edited = new Set(unheard.map(({ id }) => id));
  const was = [...edited].flatMap((id) => {
    const then = unheard.find((one) => one.id === id)?.was;
    return then ? { id, ...then, title: '', joinUrl: '', location: '', track: null, capacity: null } : [];
  });
  const sessions = [...event.sessions.filter(({ id }) => !edited.has(id)), ...was];
  const timeZone = unheard.find(({ zone }) => zone)?.zone ?? event.timeZone;
  return objectsOf(r, { ...event, sessions, timeZone });
}

/** When what somebody registered for begins; from then on it can neither be given up nor filled. */
export function startFor(r: Pick<Registration, 'sessions'>, event: TrainingEvent): Instant {
  const taken = sessionsOf(r, event);
  const sessions = event.sessions.filter((session) => taken.includes(session.id));
  return startOf({ sessions: sessions.length > 0 ? sessions : event.sessions });
}

/** Why nothing can change about a registration any more: its event is canceled, or what it is for has begun. */
export function overFor(r: Pick<Registration, 'sessions'>, event: TrainingEvent, now: Instant): Refused | null {
  if (event.status === 'cancelled') return refuse({ kind: 'closed', because: 'cancelled' });
  return startFor(r, event) <= now ? refuse({ kind: 'closed', because: 'past' }) : null;
}

/** @param entered when they joined the line, where that is later than the ticket says */
export const placeOf = (r: Registration, ticket: Instant, entered = ticket): Place => ({
  pool: r.pool,
  event: r.event,
  person: r.person,
  ticket,
  entered,
  fitUntil: r.fitUntil,
});

/** An offer of the seat ends with the seat, or with another choice of session. */
export function withoutOffer(registration: Registration): Registration {
  const kept = { ...registration };
  delete kept.offer;
  return kept;
}

/** Staff asked for a sponsor, and the applicant has named nobody since. */
export const isSponsorWanted = ({ sponsorWantedAt, sponsor }: Registration): boolean =>
  sponsorWantedAt !== undefined && (sponsor === undefined || sponsor.askedAt < sponsorWantedAt);

/** Leaving the line, where the registration is in it. */
export const leaving = (r: Registration): { leave: Place }[] =>
  r.status === 'waitlisted' && r.ticket !== null ? [{ leave: placeOf(r, r.ticket) }] : [];

/** Giving the seat back, where the registration holds one. */
export const releasing = (r: Registration): { move: 'release'; pool: PoolId }[] =>
  r.status === 'confirmed' ? [{ move: 'release', pool: r.pool }] : [];

/** How the audit names a registration. */
export const entityOf = ({ event, person }: Pick<Registration, 'event' | 'person'>): string => `${event}#${person}`;

/** The audit entry of an act that leaves the status as it is. */
export const actAudit = (after: Registration, act: string, actor: Actor, at: Instant, detail = ''): AuditEntry =>
  audited(entityOf(after), after.rev, at, actor, act, detail);

/** The audit entry of a move to the status that the registration has now. */
export const registrationAudit = (
  after: Registration,
  from: Move['from'],
  by: Move['by'],
  actor: Actor,
  at: Instant,
  detail = '',
): AuditEntry => actAudit(after, actOf(from, after.status, by), actor, at, detail);

/** A message about a registration; the calendar part makes it an invitation, an update or a cancellation. */
export const owe = (
  r: Registration,
  kind: MessageKind,
  at: Instant,
  calendar: CalendarPart | null = null,
  note = '',
): OwedAboutRegistration => ({
  about: 'registration',
  event: r.event,
  person: r.person,
  rev: r.rev,
  part: calendar?.object ?? '-',
  attempt: r.attempt,
  kind,
  calendar,
  note,
  email: r.email,
  stamp: at,
  dueAt: at,
  tries: 0,
});

const calendarPart = (
  method: CalendarPart['method'],
  r: Registration,
  { object, startsAt, endsAt }: Pick<CalendarObject, 'object' | 'startsAt' | 'endsAt'>,
): CalendarPart => ({ method, object, sequence: r.sequence, startsAt, endsAt });

/** An invitation for each calendar object. */
export const oweInvitations = (r: Registration, event: TrainingEvent, kind: MessageKind, at: Instant) =>
  objectsOf(r, event).map((object) => owe(r, kind, at, calendarPart('REQUEST', r, object)));

/** The same for a new seat; a plain message where staff removed every session that was chosen for it. */
export const oweSeat = (r: Registration, event: TrainingEvent, at: Instant): OwedAboutRegistration[] => {
  const invitations = oweInvitations(r, event, 'confirmed', at);
  return invitations.length > 0 ? invitations : [owe(r, 'confirmed', at)];
};

export const oweCancellations = (
  r: Registration,
  objects: readonly Pick<CalendarObject, 'object' | 'startsAt' | 'endsAt'>[],
  kind: MessageKind,
  at: Instant,
  note = '',
) => objects.map((object) => owe(r, kind, at, calendarPart('CANCEL', r, object), note));

/** Calls back what is in the calendar of a person whose registration ended; where nothing is, they are only told. */
export const oweEnd = (
  r: Registration,
  objects: readonly CalendarObject[],
  kind: MessageKind,
  at: Instant,
  note = '',
): OwedAboutRegistration[] =>
  objects.length > 0 ? oweCancellations(r, objects, kind, at, note) : [owe(r, kind, at, null, note)];

/** The end of a registration, whoever ends it: the seat or place goes back in the same change. */
export function end(
  held: Registration,
  event: TrainingEvent,
  how: { by: 'person' | 'staff' | 'event'; kind: MessageKind; reason: string },
  actor: Actor,
  at: Instant,
): Change {
  const invited = held.status === 'confirmed';
  const after: Registration = {
    ...withoutOffer(held),
    rev: held.rev + 1,
    status: 'cancelled',
    endedBy: how.by,
    reason: how.reason,
    reopened: false,
    ticket: null,
    sequence: invited ? held.sequence + 1 : held.sequence,
    told: event.rev,
  };
  return {
    registrations: [{ before: held, after }],
    seats: releasing(held),
    line: leaving(held),
    owed: oweEnd(after, invited ? objectsTold(held, event) : [], how.kind, at, how.reason),
    audit: [registrationAudit(after, held.status, how.by, actor, at, how.reason)],
  };
}
