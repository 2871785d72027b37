import type { Actor } from './actor.ts';
import { hostOfEmail } from './audience.ts';
import type { Colleague } from './colleague.ts';
import type { Change } from './change.ts';
import type { CalendarObject, TrainingEvent } from './event.ts';
import type { SessionId } from './ids.ts';
import type { Job } from './job.ts';
import { reviewed } from './review-times.ts';
import { conflict, ok, refuse, type Result } from './result.ts';
import { hasRoom, servesNobody, type Seats } from './seats.ts';
import {
  actAudit,
  end,
  isStanding,
  objectsOf,
  objectsTold,
  owe,
  oweCancellations,
  oweInvitations,
  oweSeat,
  overFor,
  placeOf,
  registrationAudit,
  startFor,
  type Registration,
} from './registration.ts';
import type { OwedAboutRegistration } from './owed.ts';
import type { Person } from './person.ts';
import { isFreeMail } from './signals.ts';
import { DAY, isoOf, plus, type Instant } from './time.ts';

/** Null: there is nothing to change, and the registration stands as it is. */
export type Decision = Result<Change | null>;

/** Gives up a place or a seat, until the start. A second time there is nothing to change. */
export function cancel(held: Registration, event: TrainingEvent, actor: Actor, now: Instant): Decision {
  if (!isStanding(held.status)) return ok(null);
  if (startFor(held, event) <= now) return refuse({ kind: 'closed', because: 'past' });
  return ok(end(held, event, { by: 'person', kind: 'cancelled-by-person', reason: '' }, actor, now));
}

/** Staff end a registration at any time, and say why. */
export function cancelByStaff(
  held: Registration,
  event: TrainingEvent,
  reason: string,
  actor: Actor,
  now: Instant,
): Decision {
  if (!isStanding(held.status)) return ok(null);
  return ok(end(held, event, { by: 'staff', kind: 'cancelled-by-staff', reason }, actor, now));
}

/** A no from staff, with its reason. */
export function deny(held: Registration, reason: string, actor: Actor, now: Instant): Decision {
  if (held.status === 'denied') return ok(null);
  if (held.status !== 'pending') return conflict(`This registration is ${held.status}, so there is nothing to deny`);
  const after: Registration = { ...held, rev: held.rev + 1, status: 'denied', endedBy: 'staff', reason, ticket: null };
  return ok({
    registrations: [{ before: held, after }],
    owed: [owe(after, 'denied', now, null, reason)],
    reviewed: [reviewed(held, now)],
    ...answered(held, 'denied', now),
    audit: [registrationAudit(after, 'pending', 'staff', actor, now, reason)],
  });
}

/** Lets somebody whom staff had turned away ask again. */
export function reopen(held: Registration, actor: Actor, now: Instant): Decision {
  if (held.reopened) return ok(null);
  if (held.status !== 'denied' && !(held.status === 'cancelled' && held.endedBy === 'staff'))
    return conflict(`This registration is ${held.status}, so it needs no opening`);
  const after: Registration = { ...held, rev: held.rev + 1, reopened: true };
  return ok({
    registrations: [{ before: held, after }],
    audit: [actAudit(after, 'reopened', actor, now)],
  });
}

/**
 * Approval is registering, by the same rules; `seal` where the pool is full and not sealed yet. In line, people stand in
 * the order in which they applied (seat rule 11), or chose this sitting.
 */
export function approve(
  held: Registration,
  event: TrainingEvent,
  seats: Seats,
  person: Person | null,
  actor: Actor,
  now: Instant,
): Result<{ kind: 'standing' } | { kind: 'seal' | 'commit'; change: Change }> {
  if (held.status === 'confirmed' || held.status === 'waitlisted') return ok({ kind: 'standing' });
  if (held.status !== 'pending') return conflict(`This registration is ${held.status}, so there is nothing to approve`);
  if (seats.state === 'cancelled') return refuse({ kind: 'closed', because: 'cancelled' });
  const over = overFor(held, event, now);
  if (over) return over;
  if (servesNobody(seats, now)) return refuse({ kind: 'closed', because: 'past' });
  if (!seats.sealed && !hasRoom(seats))
    return ok({ kind: 'seal', change: { seats: [{ move: 'seal', pool: seats.pool }], audit: [] } });
  const seated = !seats.sealed;
  const ticket = held.ticket ?? held.appliedAt;
  const after: Registration = {
    ...held,
    rev: held.rev + 1,
    status: seated ? 'confirmed' : 'waitlisted',
    ticket: seated ? null : ticket,
    fitUntil: null,
    told: event.rev,
  };
  return ok({
    kind: 'commit',
    change: {
      registrations: [{ before: held, after }],
      ...(seated
        ? { seats: [{ move: 'seat' as const, pool: seats.pool }], owed: oweSeat(after, event, now) }
        : {
            seats: [{ move: 'overtake' as const, pool: seats.pool, at: now }],
            line: [{ enter: placeOf(after, ticket, now) }],
            owed: hasRoom(seats) ? [] : [owe(after, 'waitlisted', now)],
          }),
      ...knownFromNow(person, event, now),
      reviewed: [reviewed(held, now)],
      ...answered(held, 'approved', now),
      audit: [registrationAudit(after, 'pending', 'staff', actor, now)],
    },
  });
}

/** People of a provider that anybody can use are nobody's colleagues. */
function answered(
  { email, person }: Registration,
  answer: Colleague['answer'],
  at: Instant,
): Pick<Change, 'colleagues'> {
  const host = hostOfEmail(email);
  return isFreeMail(host) ? {} : { colleagues: [{ host, person, answer, at }] };
}

/** How long an approval holds, for events of the same program. */
const APPROVAL_HOLDS = 365 * DAY;

/** Approval for an event that checks everybody does not count for the next one. */
function knownFromNow(person: Person | null, event: TrainingEvent, now: Instant): Pick<Change, 'people'> {
  if (!person || event.audience.kind !== 'hosts') return {};
  const approvals = { ...person.approvals, [event.programId]: plus(now, APPROVAL_HOLDS) };
  return { people: [{ before: person, after: { ...person, rev: person.rev + 1, approvals } }] };
}

/** Tells one registered person that their event changed: what moved is sent again, what is gone is called back. */
export function tellChange(
  held: Registration,
  event: TrainingEvent,
  job: Pick<Job, 'eventRev'>,
  actor: Actor,
  now: Instant,
): Change | null {
  if (!isStanding(held.status) || held.told >= job.eventRev) return null;
  const invited = held.status === 'confirmed';
  const after: Registration = {
    ...held,
    rev: held.rev + 1,
    told: event.rev,
    sequence: invited ? held.sequence + 1 : held.sequence,
  };
  const kept = objectsOf(after, event);
  const was = objectsTold(held, event);
  return {
    registrations: [{ before: held, after }],
    owed: invited
      ? [
          ...oweInvitations(after, event, 'event-changed', now).map((owed) => ({ ...owed, note: oldTimes(owed, was) })),
          ...oweCancellations(
            after,
            was.filter((old) => !kept.some((o) => o.object === old.object)),
            'event-changed',
            now,
          ),
        ]
      : [owe(after, 'event-changed', now)],
    audit: [actAudit(after, 'told of a change', actor, now)],
  };
}

/** `<start>/<end>` of an object that moved, as it was; empty where it did not. */
function oldTimes({ calendar }: OwedAboutRegistration, was: readonly CalendarObject[]): string {
  const old = was.find((one) => one.object === calendar?.object);
  const moved = old && calendar && (old.startsAt !== calendar.startsAt || old.endsAt !== calendar.endsAt);
  return moved ? `${isoOf(old.startsAt)}/${isoOf(old.endsAt)}` : '';
}

/**
 * Other sessions, for somebody who chooses from many: days that changed are sent again, days gone are called back. Who
 * has not heard yet that sessions were moved hears of it now, and not again: all their days are sent as they are.
 */
export function chooseOther(
  held: Registration,
  event: TrainingEvent,
  sessions: readonly SessionId[],
  actor: Actor,
  now: Instant,
): Change {
  const invited = held.status === 'confirmed';
  const unheard = invited && (event.earlier ?? []).some(({ rev }) => rev > held.told);
  const after: Registration = {
    ...held,
    rev: held.rev + 1,
    sessions: [...sessions],
    sequence: invited ? held.sequence + 1 : held.sequence,
    told: unheard ? event.rev : held.told,
  };
  const was = objectsTold(held, event);
  const is = objectsOf(after, event);
  const same = (a: { sessions: readonly { id: SessionId }[] }, b: { sessions: readonly { id: SessionId }[] }) =>
    a.sessions.map((s) => s.id).join() === b.sessions.map((s) => s.id).join();
  const changed = unheard ? is : is.filter((o) => !was.some((old) => old.object === o.object && same(old, o)));
  const gone = was.filter((old) => !is.some((o) => o.object === old.object));
  return {
    registrations: [{ before: held, after }],
    owed: invited
      ? [
          ...oweInvitations(after, event, 'changed-answers', now).filter((owed) =>
            changed.some((o) => o.object === owed.part),
          ),
          ...oweCancellations(after, gone, 'changed-answers', now),
        ]
      : [],
    audit: [actAudit(after, 'chose sessions', actor, now)],
  };
}
