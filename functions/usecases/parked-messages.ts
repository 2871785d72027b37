import type { Sent } from '../domain/owed.ts';
import { ok, unknown, type Result } from '../domain/result.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';

/** Messages that were given up. */
export async function listParked(ctx: Context): Promise<Result<readonly Sent[]>> {
  const refused = staffOnly(ctx);
  return refused ?? ok(await ctx.store.parked());
}

/** Sends a message again that was given up. */
export async function retryParked(ctx: Context, input: { readonly key: string }): Promise<Result<null>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const sent = (await ctx.store.parked()).find((one) => parkedKey(one) === input.key);
  if (!sent) return unknown('message');
  await ctx.store.unpark(sent, ctx.clock.now());
  ctx.nudge();
  return ok(null);
}

/** Names a parked message in a form, without its address. */
export const parkedKey = ({ owed }: Sent): string =>
  owed.about === 'registration' ? `${owed.event}.${owed.person}.${owed.rev}.${owed.part}` : owed.challenge;
