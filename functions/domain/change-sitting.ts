import type { Actor } from './actor.ts';
import type { Change } from './change.ts';
import type { TrainingEvent } from './event.ts';
import type { SessionId } from './ids.ts';
import type { OwedAboutRegistration } from './owed.ts';
import { closedFor } from './register.ts';
import {
  actAudit,
  leaving,
  objectsTold,
  owe,
  oweCancellations,
  oweInvitations,
  placeOf,
  registrationAudit,
  releasing,
  withoutOffer,
  type Registration,
} from './registration.ts';
import { conflict, ok, refuse, type Result } from './result.ts';
import { hasRoom, isFit, type Seats } from './seats.ts';
import type { Instant } from './time.ts';

/** Everything that deciding on another sitting takes. */
export interface SittingAsk {
  readonly held: Registration;
  readonly event: TrainingEvent;
  readonly sessions: readonly SessionId[];
  /** The other sitting's pool, and how many wait in it. */
  readonly seats: Seats;
  readonly waiting: number;
  /** Whether somebody who has a seat gives it up for a place in line. */
  readonly waitIfFull: boolean;
  readonly actor: Actor;
  readonly now: Instant;
}

/** `seal`: the other pool is full and not sealed yet; then decide again. */
export type SittingDecision =
  | { readonly kind: 'seal'; readonly change: Change }
  | { readonly kind: 'commit'; readonly registration: Registration; readonly change: Change };

/**
 * Another sitting, in one change: the old seat or place goes back and the new one is taken. Whoever has a seat and
 * would only wait in the other sitting is told first and keeps it until they say so.
 */
export function changeSitting(ask: SittingAsk): Result<SittingDecision> {
  const { held, seats, waiting, now } = ask;
  const shut = closedFor(ask);
  if (shut) return shut;
  // approved, they stand behind whoever waited in this line before they asked for it
  if (held.status === 'pending') return ok(written(ask, { status: 'pending', ticket: now }));
  if (held.status === 'waitlisted' && !isFit(placeOf(held, now), now))
    return conflict('What we know of your agency is out of date. Write to the training desk');
  if (!seats.sealed && hasRoom(seats)) return ok(written(ask, { status: 'confirmed', ticket: null }));
  if (held.status === 'confirmed' && !ask.waitIfFull)
    return refuse({ kind: 'would-wait', waiting, room: hasRoom(seats) });
  if (!seats.sealed) return ok({ kind: 'seal', change: { seats: [{ move: 'seal', pool: seats.pool }], audit: [] } });
  return ok(written(ask, { status: 'waitlisted', ticket: now }));
}

/** Each change raises the sequence, so that what comes later for a session that was called back is newer than that. */
function written(ask: SittingAsk, taken: Pick<Registration, 'status' | 'ticket'>): SittingDecision {
  const { held, event, seats, actor, now } = ask;
  const after: Registration = {
    ...withoutOffer(held),
    ...taken,
    rev: held.rev + 1,
    pool: seats.pool,
    sessions: [...ask.sessions],
    sequence: held.sequence + 1,
    told: event.rev,
  };
  const change: Change = {
    registrations: [{ before: held, after }],
    seats: [
      ...releasing(held),
      ...(after.status === 'confirmed' ? [{ move: 'claim' as const, pool: seats.pool, at: now }] : []),
    ],
    line: [...leaving(held), ...(after.status === 'waitlisted' ? [{ enter: placeOf(after, now) }] : [])],
    owed: owedFor(ask, after),
    audit: [
      held.status === after.status
        ? actAudit(after, 'changed session', actor, now)
        : registrationAudit(after, held.status, 'person', actor, now),
    ],
  };
  return { kind: 'commit', registration: after, change };
}

function owedFor({ held, event, seats, now }: SittingAsk, after: Registration): OwedAboutRegistration[] {
  const gone =
    held.status === 'confirmed' ? oweCancellations(after, objectsTold(held, event), 'changed-answers', now) : [];
  if (after.status === 'confirmed')
    return [
      ...gone,
      ...oweInvitations(after, event, held.status === 'confirmed' ? 'changed-answers' : 'confirmed', now),
    ];
  return after.status === 'waitlisted' && !hasRoom(seats) ? [...gone, owe(after, 'waitlisted', now)] : gone;
}
