import { isStaff, personOf } from '../domain/actor.ts';
import { cancel, cancelByStaff } from '../domain/decide.ts';
import { partsOfRegistrationId, type RegistrationId } from '../domain/ids.ts';
import { refuse, unknown, type Result } from '../domain/result.ts';
import { asParagraphs } from '../domain/text.ts';
import type { Context } from './context.ts';
import { actOnRegistration, type Acted } from './on-registration.ts';

/**
 * Gives up one's own place, until the start; staff end anybody's, with a reason. The seat goes back to its pool in the
 * same transaction and the next in line is seated. Another's registration is unknown.
 */
export async function cancelRegistration(
  ctx: Context,
  input: { readonly id: RegistrationId; readonly reason?: string | undefined },
): Promise<Result<Acted>> {
  const person = personOf(ctx.actor);
  if (!person) return refuse({ kind: 'signed-out' });
  const own = partsOfRegistrationId(input.id).person === person.id;
  if (!own && !isStaff(ctx.actor)) return unknown('registration');
  return actOnRegistration(ctx, input.id, (held, event) =>
    own
      ? cancel(held, event, ctx.actor, ctx.clock.now())
      : cancelByStaff(held, event, asParagraphs(input.reason ?? ''), ctx.actor, ctx.clock.now()),
  );
}
