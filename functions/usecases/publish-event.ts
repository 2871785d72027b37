import { audited, type Change } from '../domain/change.ts';
import { checkPublish, newSeats, poolsOf, type TrainingEvent } from '../domain/event.ts';
import type { EventId } from '../domain/ids.ts';
import { conflict, invalid, ok, unknown, type Result } from '../domain/result.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { committed, settle } from './settle.ts';

/** Opens an event to those it is for; each pool of seats begins here. */
export async function publishEvent(ctx: Context, input: { readonly id: EventId }): Promise<Result<TrainingEvent>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  return settle(ctx, async () => {
    const before = await ctx.store.event(input.id);
    if (!before) return unknown('event');
    if (before.status === 'published') return ok(before);
    if (before.status === 'cancelled') return conflict('A canceled event can’t be published');
    const now = ctx.clock.now();
    const wrong = checkPublish(before, now);
    if (wrong.length > 0) return invalid(...wrong);
    const after: TrainingEvent = { ...before, rev: before.rev + 1, status: 'published', updatedAt: now };
    const change: Change = {
      events: [{ before, after }],
      seats: poolsOf(after).map(({ pool, capacity, startsAt }) => ({
        move: 'create',
        seats: newSeats(after, pool, capacity, startsAt),
      })),
      audit: [audited(after.id, after.rev, now, ctx.actor, 'published event')],
    };
    return committed(ctx, await ctx.store.commit(change), ok(after));
  });
}
