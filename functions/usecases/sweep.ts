import { poolsOf } from '../domain/event.ts';
import { roomFor } from '../domain/seats.ts';
import { DAY, plus, type Instant } from '../domain/time.ts';
import { isOver, type Context } from './context.ts';
import { promoteWaiting } from './promote-waiting.ts';
import { runJobs } from './run-jobs.ts';
import { runLists } from './run-lists.ts';

/**
 * The guarantee behind everything that is best effort: seats that came free, changes on their way, lists of people. Where one fails
 * the others go on, and then the first failure is thrown.
 * @param until begins nothing at or after this moment: the next run takes up what is left
 */
export async function sweep(ctx: Context, until?: Instant): Promise<void> {
  const failures: unknown[] = [];
  const alone = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (failure) {
      failures.push(failure);
    }
  };
  await alone(() => runJobs(ctx, until));
  await alone(() => promoteEverywhere(ctx, alone, until));
  await alone(() => runLists(ctx, until));
  if (failures.length > 0) throw failures[0];
}

async function promoteEverywhere(
  ctx: Context,
  alone: (work: () => Promise<unknown>) => Promise<void>,
  until: Instant | undefined,
): Promise<void> {
  const now = ctx.clock.now();
  const events = await ctx.store.events(now, plus(now, 366 * DAY));
  const pools = events.filter(({ event }) => event.status === 'published').flatMap(({ event }) => poolsOf(event));
  for (const seats of await ctx.store.seats(pools.map(({ pool }) => pool)))
    if (roomFor(seats, now) > 0 && !isOver(ctx, until)) await alone(() => promoteWaiting(ctx, seats.pool));
}
