import { audited } from '../domain/change.ts';
import { actorName } from '../domain/actor.ts';
import type { Host, HostRecord } from '../domain/audience.ts';
import { invalid, ok, unknown, type Result } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { committed, settle } from './settle.ts';

/** What is known of an exact host. */
export async function viewHost(ctx: Context, input: { readonly host: Host }): Promise<Result<HostRecord>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const record = await ctx.store.host(input.host);
  return record ? ok(record) : unknown('host');
}

export type HostFields = Pick<HostRecord, 'agency' | 'class' | 'lists' | 'evidence'> & { readonly expiresAt: Instant };

/** Decides on a host: whose it is and who else uses it. A decision of its own, never a side effect of an approval. */
export async function putHost(
  ctx: Context,
  input: { readonly host: Host; readonly fields: HostFields },
): Promise<Result<HostRecord>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  return settle(ctx, async () => {
    const now = ctx.clock.now();
    if (input.fields.expiresAt <= now) return invalid({ path: 'expiresAt', message: 'Give an end in the future' });
    const before = await ctx.store.host(input.host);
    const after: HostRecord = {
      ...input.fields,
      host: input.host,
      rev: (before?.rev ?? 0) + 1,
      verifiedBy: actorName(ctx.actor),
      verifiedAt: now,
    };
    const change = {
      hosts: [{ before, after }],
      audit: [audited(input.host, after.rev, now, ctx.actor, 'decided on host', `${after.class}: ${after.evidence}`)],
    };
    return committed(ctx, await ctx.store.commit(change), ok(after));
  });
}
