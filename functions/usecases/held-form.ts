import { HOUR, plus } from '../domain/time.ts';
import type { Context, HeldForm } from './context.ts';

/** How long a form waits for its person to sign in again. */
export const FORM_WAITS = HOUR;

/**
 * Keeps a form that was sent after its session had ended (WCAG 2.2.1).
 * @returns the secret by which the same browser finds it again
 */
export async function holdForm(ctx: Context, form: HeldForm): Promise<string> {
  const secret = ctx.ids.secret();
  await ctx.store.holdForm(ctx.ids.hash(secret), form, plus(ctx.clock.now(), FORM_WAITS));
  return secret;
}

/** The form that waits under a secret; null when there is none, or no longer. */
export const findHeldForm = (ctx: Context, secret: string): Promise<HeldForm | null> =>
  ctx.store.heldForm(ctx.ids.hash(secret));
