import type { Decision } from '../domain/decide.ts';
import type { TrainingEvent } from '../domain/event.ts';
import { partsOfRegistrationId, type RegistrationId } from '../domain/ids.ts';
import type { Registration } from '../domain/registration.ts';
import { ok, unknown, type Result } from '../domain/result.ts';
import type { Context } from './context.ts';
import { promoteSoon } from './promote-waiting.ts';
import { committed, settle } from './settle.ts';

/** A registration with its event, as the act on it left them. */
export interface Acted {
  readonly registration: Registration;
  readonly event: TrainingEvent;
}

/**
 * Reads a registration and its event, decides, commits; a seat that came free goes to the next in line. An id of a past
 * attempt finds that attempt ended and changes nothing.
 */
export async function actOnRegistration(
  ctx: Context,
  id: RegistrationId,
  decide: (held: Registration, event: TrainingEvent) => Decision,
): Promise<Result<Acted>> {
  const result = await settle(ctx, async () => {
    const found = await findRegistration(ctx, id);
    if (!found.ok) return found;
    const { registration, event, past } = found.value;
    if (past) return ok({ registration, event, freed: false });
    const decision = decide(registration, event);
    if (!decision.ok) return decision;
    if (decision.value === null) return ok({ registration, event, freed: false });
    const after = decision.value.registrations?.[0]?.after ?? registration;
    const freed = registration.status === 'confirmed' && after.status !== 'confirmed';
    return committed(ctx, await ctx.store.commit(decision.value), ok({ registration: after, event, freed }));
  });
  if (!result.ok) return result;
  const { freed, ...acted } = result.value;
  if (freed) await promoteSoon(ctx, acted.registration.pool);
  return ok(acted);
}

/** The registration that an id names; one of a past attempt is shown as it ended. */
export async function findRegistration(
  ctx: Context,
  id: RegistrationId,
): Promise<Result<Acted & { readonly past: boolean }>> {
  const parts = partsOfRegistrationId(id);
  const [held, event] = await Promise.all([
    ctx.store.registration(parts.event, parts.person),
    ctx.store.event(parts.event),
  ]);
  if (!held || !event || parts.attempt > held.attempt) return unknown('registration');
  if (parts.attempt === held.attempt) return ok({ registration: held, event, past: false });
  const ended: Registration = { ...held, attempt: parts.attempt, status: 'cancelled', ticket: null, reason: '' };
  return ok({ registration: ended, event, past: true });
}
