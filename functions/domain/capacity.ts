import { poolsOf, type TrainingEvent } from './event.ts';
import type { PoolId, SessionId } from './ids.ts';
import { UNLIMITED, type Seats } from './seats.ts';
import type { Instant } from './time.ts';

/** What another number of seats does to a pool right away (seat rule 10). */
export interface SeatsEffect {
  readonly pool: PoolId;
  /** Null: no limit. */
  readonly capacity: number | null;
  readonly taken: number;
  readonly waiting: number;
  /** How many of those waiting get a seat as soon as it is saved. */
  readonly confirms: number;
}

/** The seats that an event is to have: its own number (null: no limit), and those of its sessions (null: the event's). */
export interface WantedSeats {
  readonly capacity: number | null;
  /** A session that is not named keeps its own. */
  readonly sessions?: readonly { readonly id?: SessionId | undefined; readonly capacity: number | null }[];
}

/**
 * What happens when an event gets another number of seats, for each pool whose number changes.
 * @param pools as they are, with how many wait in each
 */
export function seatsEffects(
  event: TrainingEvent,
  wanted: WantedSeats,
  pools: readonly { readonly seats: Seats; readonly waiting: number }[],
  now: Instant,
): SeatsEffect[] {
  const sessions = event.sessions.map((session) => ({
    ...session,
    capacity: (wanted.sessions?.find(({ id }) => id === session.id) ?? session).capacity,
  }));
  return poolsOf({ ...event, capacity: wanted.capacity, sessions }).flatMap((after) => {
    const before = pools.find(({ seats }) => seats.pool === after.pool);
    if (!before || before.seats.capacity === after.capacity) return [];
    const { taken, sealed, state, startsAt } = before.seats;
    const served = sealed && state === 'open' && now < startsAt;
    return [
      {
        pool: after.pool,
        capacity: after.capacity === UNLIMITED ? null : after.capacity,
        taken,
        waiting: before.waiting,
        confirms: served ? Math.min(before.waiting, Math.max(0, after.capacity - taken)) : 0,
      },
    ];
  });
}

/** Whether anybody gets a seat by it or still waits: staff are then told before it is saved. */
export const concernsAnybody = ({ capacity, taken, waiting }: SeatsEffect): boolean =>
  waiting > 0 || (capacity !== null && taken > capacity);
