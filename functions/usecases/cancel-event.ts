import { jobFor } from '../domain/change-event.ts';
import { audited, type Change } from '../domain/change.ts';
import { poolsOf, type TrainingEvent } from '../domain/event.ts';
import type { EventId } from '../domain/ids.ts';
import { invalid, ok, unknown, type Result } from '../domain/result.ts';
import { asParagraphs } from '../domain/text.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { committed, settle } from './settle.ts';

/** Cancels an event: its seats close in the same transaction, and everybody registered is told. */
export async function cancelEvent(
  ctx: Context,
  input: { readonly id: EventId; readonly reason: string },
): Promise<Result<TrainingEvent>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const reason = asParagraphs(input.reason);
  if (reason === '') return invalid({ path: 'reason', message: 'Say why, in a sentence people read' });
  if (reason.length > 500) return invalid({ path: 'reason', message: 'Use at most 500 characters' });
  return settle(ctx, async () => {
    const before = await ctx.store.event(input.id);
    if (!before) return unknown('event');
    if (before.status === 'cancelled') return ok(before);
    const now = ctx.clock.now();
    const after: TrainingEvent = {
      ...before,
      rev: before.rev + 1,
      status: 'cancelled',
      cancelReason: reason,
      updatedAt: now,
    };
    const change: Change = {
      events: [{ before, after }],
      ...(before.status === 'published'
        ? {
            seats: poolsOf(before).map(({ pool }) => ({ move: 'cancel' as const, pool })),
            jobs: [jobFor(after, 'event-cancelled', now)],
          }
        : {}),
      audit: [audited(after.id, after.rev, now, ctx.actor, 'canceled event', reason)],
    };
    return committed(ctx, await ctx.store.commit(change), ok(after));
  });
}
