import type { RegistrationId } from '../domain/ids.ts';
import type { Result } from '../domain/result.ts';
import { askForSponsor as decideAsking } from '../domain/sponsor.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { actOnRegistration, type Acted } from './on-registration.ts';

/** Asks an applicant, by mail and once, to name a supervisor who confirms them or to apply with a work address. */
export async function askForSponsor(ctx: Context, input: { readonly id: RegistrationId }): Promise<Result<Acted>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  return actOnRegistration(ctx, input.id, (held, event) => decideAsking(held, event, ctx.actor, ctx.clock.now()));
}
