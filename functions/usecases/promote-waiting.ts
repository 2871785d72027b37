import { promote } from '../domain/decide.ts';
import type { PoolId } from '../domain/ids.ts';
import { PROMOTED_AT_ONCE, ripe, roomFor } from '../domain/seats.ts';
import type { Context } from './context.ts';
import { asSystem } from './system.ts';

/** Batches in one run: what is left goes to the next run, so that no request is held up for long. */
const BATCHES = 50;

/**
 * Seats the head of a pool's line while there is room (seat rules 6 to 8). Any number may run at once: the conditions of
 * each write keep them right, and a lease keeps most of them from trying.
 * @returns how many people were moved
 */
export async function promoteWaiting(caller: Context, pool: PoolId): Promise<number> {
  const ctx = asSystem(caller, 'promoter');
  let moved = 0;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const [seats] = await ctx.store.seats([pool]);
    const now = ctx.clock.now();
    if (!seats || roomFor(seats, now) === 0) return moved;
    const line = await ctx.store.lineHead(pool, PROMOTED_AT_ONCE + 1);
    if (ripe(line, seats, now).length === 0) return moved;
    if (batch === 0 && !(await ctx.store.lease(pool, now))) return moved;
    const event = await ctx.store.event(seats.event);
    if (!event) return moved;
    const waiting = await Promise.all(
      line.map(async (place) => ({ place, registration: await ctx.store.registration(place.event, place.person) })),
    );
    const change = promote(seats, waiting, event, ctx.actor, now);
    if (!change) return moved;
    const outcome = await ctx.store.commit(change);
    if (outcome === 'committed') {
      moved += change.registrations?.length ?? 0;
      ctx.nudge();
    } else await ctx.clock.wait(Math.random() * 20);
  }
  return moved;
}

/** After a commit: the sweep is the guarantee, so a failure here is nobody's error. */
export async function promoteSoon(ctx: Context, pool: PoolId): Promise<void> {
  try {
    await promoteWaiting(ctx, pool);
  } catch {
    ctx.nudge();
  }
}
