import type { RegistrationId } from '../domain/ids.ts';
import { slowDown, type Result } from '../domain/result.ts';
import { sendAgain } from '../domain/send-again.ts';
import { HOUR } from '../domain/time.ts';
import { ownerOf } from './access.ts';
import type { Context } from './context.ts';
import { actOnRegistration, type Acted } from './on-registration.ts';

/** Mail is slow, and people press again: so often an hour. */
const MOST_AN_HOUR = 3;

/** Sends the signed-in person's confirmation and invitations once more. */
export async function sendInvitationAgain(
  ctx: Context,
  input: { readonly id: RegistrationId },
): Promise<Result<Acted>> {
  const person = ownerOf(ctx, input.id);
  if (!person.ok) return person;
  const now = ctx.clock.now();
  if (!(await ctx.store.underLimit('again', input.id, HOUR, MOST_AN_HOUR, now))) return slowDown(HOUR, now);
  return actOnRegistration(ctx, input.id, (held, event) => sendAgain(held, event, ctx.actor, ctx.clock.now()));
}
