import * as z from 'zod';
import { EventId, PersonId, SessionId, type PoolId } from './ids.ts';
import { InstantNumber, instant, SECOND, type Instant } from './time.ts';

/** What "no capacity" is in a counter, so that one comparison serves all. Null in JSON. */
export const UNLIMITED = 1_000_000_000;

/** A ticket is served once it is this old, so that a lower one is surely visible (facts of the seat rules: D). */
export const SETTLING = 2 * SECOND;

/** People promoted in one transaction: four items each and one for the counter, under DynamoDB's 100. */
export const PROMOTED_AT_ONCE = 24;

/** The counter of a pool, alone in its partition. Its `state` lives here because every claim touches it anyway. */
export const Seats = z.object({
  pool: z.union([EventId, SessionId]),
  event: EventId,
  capacity: z.int().min(0).max(UNLIMITED),
  taken: z.int(),
  /** One way: once full, everybody queues and the promoter seats them. */
  sealed: z.boolean(),
  /** Sealed from its first moment, because staff expect a rush. */
  bornSealed: z.boolean(),
  state: z.enum(['open', 'cancelled']),
  /** These two bind a participant's own registration, never promotion or approval. */
  opensAt: InstantNumber,
  closesAt: InstantNumber,
  /** Nobody is promoted after it. */
  startsAt: InstantNumber,
  /** Moves when an entry joins the line out of order, and for nothing else. */
  rev: z.int().min(0),
  touched: InstantNumber,
});
export type Seats = z.infer<typeof Seats>;

/** One waiting person's place. Sorted by `ticket`, then person. */
export const Place = z.object({
  pool: z.union([EventId, SessionId]),
  event: EventId,
  person: PersonId,
  /** Milliseconds: the server's time when they asked, or where a person was checked, when they applied. */
  ticket: InstantNumber,
  /** When they joined the line. */
  entered: InstantNumber,
  /** When the verdict that let them in line ends; null: never. */
  fitUntil: InstantNumber.nullable(),
});
export type Place = z.infer<typeof Place>;

/** How a pool's counter moves in one transaction; the store adds the condition of each move. */
export type SeatsMove =
  | { readonly move: 'create'; readonly seats: Seats }
  /** A participant's claim: open, not sealed, room left, within the window at `at`. */
  | { readonly move: 'claim'; readonly pool: PoolId; readonly at: Instant }
  /** Staff's approval: open, not sealed, room left. */
  | { readonly move: 'seat'; readonly pool: PoolId }
  | { readonly move: 'release'; readonly pool: PoolId }
  /** Somebody joins the line out of order: open, sealed; the promoter that read before it reads again, a moment later. */
  | { readonly move: 'overtake'; readonly pool: PoolId; readonly at: Instant }
  /** A seat changes hands: open; the counter stays. */
  | { readonly move: 'hold'; readonly pool: PoolId }
  | { readonly move: 'seal'; readonly pool: PoolId }
  /** The promoter's: open, sealed, rev and capacity as read, room for `count`. */
  | { readonly move: 'promote'; readonly read: Seats; readonly count: number }
  /** Staff's settings; the event's own `rev`, written in the same transaction, is the guard. */
  | {
      readonly move: 'set';
      readonly pool: PoolId;
      readonly capacity: number;
      readonly opensAt: Instant;
      readonly closesAt: Instant;
      readonly startsAt: Instant;
    }
  | { readonly move: 'cancel'; readonly pool: PoolId }
  /** A place joins the line out of order: whoever read the line before must read it again. */
  | { readonly move: 'touch'; readonly pool: PoolId; readonly at: Instant }
  /** The doctor's: the counter is what was counted, if nobody has moved it since. */
  | { readonly move: 'recount'; readonly read: Seats; readonly taken: number };

export const hasRoom = (seats: Seats): boolean => seats.taken < seats.capacity;

/**
 * A line is counted as far as this and no further: 9 read units at most, however many wait. Counting to the end was what
 * gave way when thousands waited and a hundred a second looked (docs/capacity.md).
 */
export const COUNTED_IN_LINE = 500;

/** Everybody queues, and nobody is served any more, though some of an event's sessions may be still to come. */
export const servesNobody = ({ sealed, startsAt }: Seats, now: Instant): boolean => sealed && startsAt <= now;

/** How many waiting people the promoter may seat now. */
export const roomFor = (seats: Seats, now: Instant): number =>
  seats.sealed && seats.state === 'open' && now < seats.startsAt
    ? Math.min(PROMOTED_AT_ONCE, Math.max(0, seats.capacity - seats.taken))
    : 0;

/** When the first in line may be served: once no lower ticket can still appear. Where nobody waits, now. */
export const ripeAt = (first: Place | undefined, { touched }: Pick<Seats, 'touched'>): Instant =>
  instant(Math.max(touched, first?.ticket ?? 0, first?.entered ?? 0) + SETTLING);

/** Served in the order of their tickets, and only once each is old enough that no lower one can still appear. */
export function ripe(line: readonly Place[], seats: Seats, now: Instant): readonly Place[] {
  const served: Place[] = [];
  for (const place of line) {
    if (ripeAt(place, seats) > now) break;
    if (!served.some((other) => other.person === place.person)) served.push(place);
  }
  return served;
}

export const isFit = (place: Place, now: Instant): boolean => place.fitUntil === null || now < place.fitUntil;

/** What a page says of a pool. */
export interface SeatsTold {
  readonly capacity: number | null;
  readonly remaining: number | null;
  readonly waitlist: number;
}
export const tell = (seats: Seats, waiting: number): SeatsTold => ({
  capacity: seats.capacity === UNLIMITED ? null : seats.capacity,
  remaining:
    seats.capacity === UNLIMITED ? null : waiting > 0 ? 0 : Math.max(0, seats.capacity - Math.max(0, seats.taken)),
  waitlist: waiting,
});
