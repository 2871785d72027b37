import { poolsOf } from '../domain/event.ts';
import { roomFor } from '../domain/seats.ts';
import { DAY, plus } from '../domain/time.ts';
import type { Context } from './context.ts';
import { promoteWaiting } from './promote-waiting.ts';
import { runJobs } from './run-jobs.ts';
import { runLists } from './run-lists.ts';

/**
 * The guarantee behind everything that is best effort: seats that came free, changes on their way, lists of people. Where one fails
 * the others go on, and then the first failure is thrown.
 */
export async function sweep(ctx: Context): Promise<void> {
  const failures: unknown[] = [];
  const alone = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (failure) {
      failures.push(failure);
    }
  };
  await alone(() => runJobs(ctx));
  await alone(() => promoteEverywhere(ctx, alone));
  await alone(() => runLists(ctx));
  if (failures.length > 0) throw failures[0];
}

async function promoteEverywhere(ctx: Context, alone: (work: () => Promise<unknown>) => Promise<void>): Promise<void> {
  const now = ctx.clock.now();
  const events = await ctx.store.events(now, plus(now, 366 * DAY));
  const pools = events.filter(({ event }) => event.status === 'published').flatMap(({ event }) => poolsOf(event));
  for (const seats of await ctx.store.seats(pools.map(({ pool }) => pool)))
    if (roomFor(seats, now) > 0) await alone(() => promoteWaiting(ctx, seats.pool));
}
