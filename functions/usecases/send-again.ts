import { partsOfRegistrationId, type RegistrationId } from '../domain/ids.ts';
import { refuse, unknown, type Result } from '../domain/result.ts';
import { sendAgain } from '../domain/send-again.ts';
import { HOUR } from '../domain/time.ts';
import { signedIn } from './access.ts';
import type { Context } from './context.ts';
import { actOnRegistration, type Acted } from './on-registration.ts';

/** Mail is slow, and people press again: so often an hour. */
const MOST_AN_HOUR = 3;

/** Sends the signed-in person's confirmation and invitations once more. */
export async function sendInvitationAgain(
  ctx: Context,
  input: { readonly id: RegistrationId },
): Promise<Result<Acted>> {
  const person = signedIn(ctx);
  if (!person.ok) return person;
  if (partsOfRegistrationId(input.id).person !== person.value.id) return unknown('registration');
  const now = ctx.clock.now();
  if (!(await ctx.store.underLimit('again', input.id, HOUR, MOST_AN_HOUR, now)))
    return refuse({ kind: 'slow-down', retryAfterSeconds: Math.ceil((HOUR - (now % HOUR)) / 1000) });
  return actOnRegistration(ctx, input.id, (held, event) => sendAgain(held, event, ctx.actor, ctx.clock.now()));
}
