import { personOf } from '../domain/actor.ts';
import { audited, type Change } from '../domain/change.ts';
import type { EventDraft, TrainingEvent } from '../domain/event.ts';
import { EventId } from '../domain/ids.ts';
import { invalid, ok, type Result } from '../domain/result.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { checkedProgram, fieldsOf, findTrainers } from './event-fields.ts';
import { committed, settle } from './settle.ts';

/**
 * Makes a draft.
 * @param input.key an Idempotency-Key: the same key makes the same event once
 */
export async function createEvent(
  ctx: Context,
  input: { readonly draft: EventDraft; readonly key?: string | undefined; readonly digest: string },
): Promise<Result<{ readonly event: TrainingEvent; readonly created: boolean }>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const checked = await checkedProgram(ctx, input.draft);
  if (!checked.ok) return checked;
  const by = personOf(ctx.actor)?.id ?? '';
  const id = EventId.parse(input.key ? ctx.ids.derived('evt', by, 'events', input.key) : ctx.ids.random('evt'));
  return settle(ctx, async (tries) => {
    const known = input.key || tries > 0 ? await ctx.store.event(id) : null;
    if (known)
      return known.madeBy === input.digest
        ? ok({ event: known, created: tries > 0 })
        : invalid({ path: 'Idempotency-Key', message: 'This key was used with other values. Use a new one' });
    const now = ctx.clock.now();
    const trainers = await findTrainers(ctx, input.draft.trainers);
    const event: TrainingEvent = {
      ...fieldsOf(ctx, input.draft, [], trainers, checked.value, now),
      id,
      rev: 1,
      status: 'draft',
      cancelReason: null,
      madeBy: input.digest,
    };
    const change: Change = {
      events: [{ before: null, after: event }],
      audit: [audited(id, 1, now, ctx.actor, 'created event')],
    };
    return committed(ctx, await ctx.store.commit(change), ok({ event, created: true }));
  });
}
