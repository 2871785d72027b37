import type { Actor } from './actor.ts';
import type { Change } from './change.ts';
import type { TrainingEvent } from './event.ts';
import { leaving, objectsOf, owe, oweSeat, registrationAudit, type Registration } from './registration.ts';
import { isFit, ripe, roomFor, type Place, type Seats } from './seats.ts';
import type { Instant } from './time.ts';

/** A place in line with the registration it belongs to, as both were read. */
export interface Waiting {
  readonly place: Place;
  readonly registration: Registration | null;
}

/**
 * Seats the head of the line (seat rules 6 and 8). A person who no longer qualifies is moved aside with a message; a place
 * that belongs to nobody is removed. Null: nobody can be seated now.
 */
export function promote(
  seats: Seats,
  line: readonly Waiting[],
  event: TrainingEvent,
  actor: Actor,
  now: Instant,
): Change | null {
  const room = roomFor(seats, now);
  if (room === 0 || event.status !== 'published') return null;
  const served = new Set(
    ripe(
      line.map(({ place }) => place),
      seats,
      now,
    ),
  );
  const head = line.filter(({ place }) => served.has(place));
  const stray = head.find(({ place, registration }) => !standsFor(place, registration));
  if (stray) return { line: [{ leave: stray.place }], audit: [] };
  const unfit = head.findIndex(({ place }) => !isFit(place, now));
  if (unfit === 0) return passOver(head[0]?.registration ?? null, actor, now);
  const seated = (unfit < 0 ? head : head.slice(0, unfit)).slice(0, room);
  const moved = fitting(
    seated.flatMap(({ registration }) =>
      registration ? [{ before: registration, after: promoted(registration, event) }] : [],
    ),
    event,
  );
  if (moved.length === 0) return null;
  return {
    seats: [{ move: 'promote', read: seats, count: moved.length }],
    registrations: moved,
    line: moved.flatMap(({ before }) => leaving(before)),
    owed: moved.flatMap(({ after }) => oweSeat(after, event, now)),
    audit: moved.map(({ after }) => registrationAudit(after, 'waitlisted', 'promoter', actor, now)),
  };
}

/** TransactWriteItems takes 100 items; the counter is one of them. */
const ITEMS_BESIDE_COUNTER = 99;

/** As many from the front as fit one transaction: each has a registration, a place, an audit entry and its invitations. */
function fitting<M extends { readonly after: Registration }>(moved: readonly M[], event: TrainingEvent): readonly M[] {
  let items = 0;
  const tooMany = moved.findIndex(({ after }) => {
    items += 3 + Math.max(1, objectsOf(after, event).length);
    return items > ITEMS_BESIDE_COUNTER;
  });
  return tooMany < 0 ? moved : moved.slice(0, tooMany);
}

export const standsFor = (place: Place, registration: Registration | null): boolean =>
  registration?.status === 'waitlisted' && registration.ticket === place.ticket && registration.pool === place.pool;

const promoted = (held: Registration, event: TrainingEvent): Registration => ({
  ...held,
  rev: held.rev + 1,
  status: 'confirmed',
  ticket: null,
  told: event.rev,
});

function passOver(held: Registration | null, actor: Actor, now: Instant): Change | null {
  if (!held) return null;
  const after: Registration = { ...held, rev: held.rev + 1, status: 'ineligible', ticket: null };
  return {
    registrations: [{ before: held, after }],
    line: leaving(held),
    owed: [owe(after, 'ineligible', now)],
    audit: [registrationAudit(after, 'waitlisted', 'promoter', actor, now)],
  };
}
