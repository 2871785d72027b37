import { promote, standsFor } from '../domain/promote.ts';
import type { PoolId } from '../domain/ids.ts';
import { PROMOTED_AT_ONCE, ripe, ripeAt, roomFor, type Place, type Seats } from '../domain/seats.ts';
import { plus, SECOND, type Instant } from '../domain/time.ts';
import type { Context } from './context.ts';
import { asSystem } from './system.ts';

/** How a run of the promoter shares its pool with others. */
interface Manner {
  /** Transactions at most: what is left goes to the next run, so that no request is held up for long. */
  readonly batches: number;
  /** Milliseconds after its beginning in which nobody needs to run again, even if it is done. */
  readonly rest: number;
}
const USUAL: Manner = { batches: 50, rest: 0 };
/** How long others leave a pool to a run: should it die, they wait no longer. */
const LEASE = 5 * SECOND;

/**
 * With a hundred appends a second, one of them seats everybody who may be seated, once a second, in full batches. The
 * others of its process do not even look.
 */
export const IN_A_RUSH: Manner = { batches: 6, rest: SECOND };

/**
 * Seats the head of a pool's line while there is room (seat rules 6 to 8). Any number may run at once: the conditions of
 * each write keep them right, and a lease keeps most of them from trying.
 * @returns how many people were moved
 */
export async function promoteWaiting(caller: Context, pool: PoolId, manner = USUAL): Promise<number> {
  const ctx = asSystem(caller, 'promoter');
  const began = ctx.clock.now();
  if (manner.rest > 0 && ctx.store.knownLeased(pool, began)) return 0;
  let moved = 0;
  let leased = false;
  try {
    for (let batch = 0; batch < manner.batches; batch += 1) {
      const head = await headOf(ctx, pool);
      if (!head) return moved;
      if (head.line.length === 0) {
        if (manner.rest > 0 && !leased) ctx.store.leave(pool, head.ripeAt);
        return moved;
      }
      leased ||= await ctx.store.lease(pool, head.now, plus(head.now, LEASE));
      if (!leased) return moved;
      const some = await promoteBatch(ctx, head);
      if (some === null) return moved;
      moved += some;
    }
    return moved;
  } finally {
    if (leased) await ctx.store.endLease(pool, plus(began, manner.rest));
  }
}

/** What may be seated now. An empty line: nobody may, or not before `ripeAt`. */
interface Head {
  readonly seats: Seats;
  readonly line: readonly Place[];
  readonly ripeAt: Instant;
  readonly now: Instant;
}

async function headOf(ctx: Context, pool: PoolId): Promise<Head | null> {
  const [seats] = await ctx.store.seats([pool]);
  const now = ctx.clock.now();
  if (!seats || roomFor(seats, now) === 0) return null;
  const waiting = await ctx.store.lineHead(pool, PROMOTED_AT_ONCE + 1);
  return { seats, line: ripe(waiting, seats, now), ripeAt: ripeAt(waiting[0], seats), now };
}

/** One transaction: how many were moved, and none when somebody was faster. Null when nobody can be moved. */
async function promoteBatch(ctx: Context, { seats, line, now }: Head): Promise<number | null> {
  const event = await ctx.store.event(seats.event);
  if (!event) return null;
  const waiting = await Promise.all(
    (await ctx.store.waitingAt(line)).map(async (one) =>
      // only what is read consistently may call a place stray: that takes it out of the line
      standsFor(one.place, one.registration)
        ? one
        : { ...one, registration: await ctx.store.registration(one.place.event, one.place.person) },
    ),
  );
  const change = promote(seats, waiting, event, ctx.actor, now);
  if (!change) return null;
  if ((await ctx.store.commit(change)) === 'committed') {
    ctx.nudge();
    return change.registrations?.length ?? 0;
  }
  await ctx.clock.wait(Math.random() * 20);
  return 0;
}

/**
 * After a commit: the sweep is the guarantee, so a failure here is nobody's error.
 * @returns how many people were moved, as far as is known
 */
export async function promoteSoon(ctx: Context, pool: PoolId, manner = USUAL): Promise<number> {
  try {
    return await promoteWaiting(ctx, pool, manner);
  } catch {
    ctx.nudge();
    return 0;
  }
}
