import { HOUR, MINUTE, plus } from '../domain/time.ts';
import type { Context } from './context.ts';
import type { HeldForm } from './store-port.ts';

/** How long a form waits for its person to sign in again. */
export const FORM_WAITS = HOUR;

/** Nobody in particular may have forms kept, so one network address may not fill the table with them. */
const WINDOW = 15 * MINUTE;
const MOST = 600;
/** In bytes: an item of the table takes 400 KB. What came as no text has become three times as long. */
const LARGEST = 300_000;

/**
 * Keeps a form that was sent after its session had ended (WCAG 2.2.1).
 * @param network the caller's network address
 * @returns the secret by which the same browser finds it again; null when it is too large, or too many were kept recently
 */
export async function holdForm(ctx: Context, form: HeldForm, network: string): Promise<string | null> {
  if (Buffer.byteLength(form.path + form.body) > LARGEST) return null;
  if (!(await ctx.store.underLimit('forms', ctx.ids.hash(network), WINDOW, MOST, ctx.clock.now()))) return null;
  const secret = ctx.ids.secret();
  await ctx.store.holdForm(ctx.ids.hash(secret), form, plus(ctx.clock.now(), FORM_WAITS));
  return secret;
}

/** The form that waits under a secret; null when there is none, or no longer. */
export const findHeldForm = (ctx: Context, secret: string): Promise<HeldForm | null> =>
  ctx.store.heldForm(ctx.ids.hash(secret));
