import type { Actor } from './actor.ts';
import type { Change } from './change.ts';
import type { Decision } from './decide.ts';
import type { TrainingEvent } from './event.ts';
import type { Email } from './person.ts';
import { fresh, TURNED_AWAY, type RegisterAsk } from './register.ts';
import {
  actAudit,
  isStanding,
  isTurnedAway,
  objectsTold,
  owe,
  oweEnd,
  oweSeat,
  overFor,
  registrationAudit,
  withoutOffer,
  type Registration,
} from './registration.ts';
import { conflict, invalid, ok, refuse, type Refused, type Result } from './result.ts';
import type { Instant } from './time.ts';

const WAITED_FOR = 'People wait for a seat, so yours can’t be handed over. Given back, it goes to the next in line';

/** Whether a seat can be handed over now: only while nobody waits for one (seat rule 12). */
function shutFor(held: Registration, event: TrainingEvent, waiting: number, now: Instant): Refused | null {
  const over = overFor(held, event, now);
  if (over) return over;
  if (held.status !== 'confirmed')
    return conflict(`This registration is ${held.status}, so it has no seat to hand over`);
  return waiting > 0 ? conflict(WAITED_FOR) : null;
}

/** Everything that deciding on an offer takes. */
export interface OfferAsk {
  readonly email: Email;
  /** The registration's `rev` as it was shown; left out, as it is. */
  readonly version?: number | undefined;
  /** How many wait in that pool. */
  readonly waiting: number;
  readonly actor: Actor;
  readonly now: Instant;
}

/** Offers one's seat to a colleague, who is asked by mail. It stays theirs until the colleague says yes. */
export function offerSeat(
  held: Registration,
  event: TrainingEvent,
  { email: to, version, waiting, actor, now }: OfferAsk,
): Decision {
  const shut = shutFor(held, event, waiting, now);
  if (shut) return shut;
  if (to === held.email) return invalid({ path: 'email', message: 'Enter a colleague’s address, not your own' });
  if (held.offer?.to === to) return ok(null);
  if (version !== undefined && version !== held.rev) return refuse({ kind: 'version-stale' });
  const after: Registration = { ...held, rev: held.rev + 1, offer: { to, at: now } };
  return ok({
    registrations: [{ before: held, after }],
    owed: [{ ...owe(after, 'seat-offered', now), email: to }],
    audit: [actAudit(after, 'offered the seat', actor, now)],
  });
}

/** Takes the offer back; the link in the colleague's mail leads nowhere any more. */
export function takeOfferBack(held: Registration, actor: Actor, now: Instant): Decision {
  if (!held.offer) return ok(null);
  const after: Registration = { ...withoutOffer(held), rev: held.rev + 1 };
  return ok({
    registrations: [{ before: held, after }],
    audit: [actAudit(after, 'took the offer back', actor, now)],
  });
}

/** Everything that deciding on a colleague's yes takes: what they register with, and whose seat it is. */
export interface TakeOverAsk extends Omit<RegisterAsk, 'attempt' | 'sessions'> {
  readonly giver: Registration;
  /** How many wait in that pool. */
  readonly waiting: number;
}

/** The colleague's yes: one registration ends, the other begins, and no counter moves (seat rule 12). */
export function takeOver(ask: TakeOverAsk): Result<{ readonly registration: Registration; readonly change: Change }> {
  const { giver, held, event, person, seats, details, actor, now } = ask;
  if (giver.offer?.to !== person.email) return conflict('This seat is no longer offered to you');
  const shut = shutFor(giver, event, ask.waiting, now);
  if (shut) return shut;
  if (seats.state === 'cancelled') return refuse({ kind: 'closed', because: 'cancelled' });
  if (held && isStanding(held.status)) return conflict('You are registered for this training already');
  if (held && isTurnedAway(held)) return conflict(TURNED_AWAY);
  if (ask.verdict.verdict !== 'qualifies')
    return refuse({ kind: 'not-in-audience', detail: 'A seat can be handed only to somebody who may attend' });
  const ended: Registration = {
    ...withoutOffer(giver),
    rev: giver.rev + 1,
    status: 'cancelled',
    endedBy: 'person',
    sequence: giver.sequence + 1,
    told: event.rev,
  };
  const registration: Registration = {
    ...fresh({ ...ask, sessions: giver.sessions }, (held?.attempt ?? 0) + 1),
    status: 'confirmed',
    ticket: null,
  };
  const answered = Object.keys(details.answers).length > 0;
  return ok({
    registration,
    change: {
      registrations: [
        { before: giver, after: ended },
        { before: held, after: registration },
      ],
      seats: [{ move: 'hold', pool: seats.pool }],
      ...(answered || held ? { details: [{ of: registration, details: answered ? details : null }] } : {}),
      owed: [
        ...oweEnd(ended, objectsTold(giver, event), 'seat-handed-over', now),
        ...oweSeat(registration, event, now),
      ],
      audit: [
        registrationAudit(ended, 'confirmed', 'colleague', actor, now),
        registrationAudit(registration, held?.status ?? 'none', 'colleague', actor, now),
      ],
    },
  });
}
