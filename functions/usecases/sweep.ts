import { poolsOf } from '../domain/event.ts';
import { roomFor } from '../domain/seats.ts';
import { DAY, plus } from '../domain/time.ts';
import type { Context } from './context.ts';
import { promoteWaiting } from './promote-waiting.ts';
import { runJobs } from './run-jobs.ts';

/** The guarantee behind everything that is best effort: seats that came free, and changes on their way. */
export async function sweep(ctx: Context): Promise<void> {
  await runJobs(ctx);
  const now = ctx.clock.now();
  const events = await ctx.store.events(now, plus(now, 366 * DAY));
  const pools = events.filter(({ event }) => event.status === 'published').flatMap(({ event }) => poolsOf(event));
  for (const seats of await ctx.store.seats(pools.map(({ pool }) => pool)))
    if (roomFor(seats, now) > 0) await promoteWaiting(ctx, seats.pool);
}
