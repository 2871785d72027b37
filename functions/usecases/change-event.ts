import { changeOf, earlierSessions, keepsItsShape, pastProblems } from '../domain/change-event.ts';
import { poolsOf, TrainingEvent, type EventDraft } from '../domain/event.ts';
import type { EventId } from '../domain/ids.ts';
import { conflict, invalid, ok, refuse, unknown, type Result } from '../domain/result.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { checkedProgram, fieldsOf, findTrainers } from './event-fields.ts';
import { promoteSoon } from './promote-waiting.ts';
import { committed, settle } from './settle.ts';

/**
 * Changes an event, drafts and published ones alike; what registered people must know reaches them.
 * @param input.version the `rev` that the editor saw
 * @param input.patch makes the new values from the present ones
 */
export async function changeEvent(
  ctx: Context,
  input: {
    readonly id: EventId;
    readonly version: number | null;
    readonly patch: (event: TrainingEvent) => Result<EventDraft>;
  },
): Promise<Result<TrainingEvent>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  let tried: TrainingEvent | null = null;
  const result = await settle(ctx, async () => {
    const before = await ctx.store.event(input.id);
    if (!before) return unknown('event');
    // the try before this one was written, though its answer never came
    if (tried && sameWrite(before, tried)) return ok(before);
    if (input.version === null) return refuse({ kind: 'version-missing' });
    if (before.rev !== input.version) return refuse({ kind: 'version-stale' });
    if (before.status === 'cancelled') return conflict('A canceled event can’t be changed');
    const draft = input.patch(before);
    if (!draft.ok) return draft;
    const checked = await checkedProgram(ctx, draft.value);
    if (!checked.ok) return checked;
    const wrong = keepsItsShape(before, draft.value);
    if (wrong) return wrong;
    const now = ctx.clock.now();
    const changed = fieldsOf(ctx, draft.value, before.sessions, before.trainers, checked.value, now);
    const past = pastProblems(before, changed, now);
    if (past.length > 0) return invalid(...past);
    const trainers = await findTrainers(ctx, draft.value.trainers);
    const earlier = before.status === 'published' ? earlierSessions(before, changed, now) : [];
    const after: TrainingEvent = { ...before, ...changed, trainers, earlier, rev: before.rev + 1 };
    tried = after;
    return committed(ctx, await ctx.store.commit(changeOf(before, after, ctx.actor, now)), ok(after));
  });
  if (result.ok && result.value.status === 'published')
    for (const { pool } of poolsOf(result.value)) await promoteSoon(ctx, pool);
  return result;
}

/** Whether an event is kept just as it was tried: nobody can tell whose write that was, and nobody need. */
const sameWrite = (kept: TrainingEvent, tried: TrainingEvent): boolean =>
  JSON.stringify(kept) === JSON.stringify(TrainingEvent.parse(tried));
