import { approve, deny, reopen } from '../domain/decide.ts';
import type { EventId, RegistrationId } from '../domain/ids.ts';
import { partsOfRegistrationId } from '../domain/ids.ts';
import { invalid, ok, unknown, type Result } from '../domain/result.ts';
import { hasRoom } from '../domain/seats.ts';
import { asParagraphs } from '../domain/text.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { actOnRegistration, findRegistration, type Acted } from './on-registration.ts';
import { promoteSoon } from './promote-waiting.ts';
import { committed, settle } from './settle.ts';

/** A yes: the person registers by the same rules as everybody, now. Full: they are put in line. */
export async function approveRegistration(
  ctx: Context,
  input: { readonly id: RegistrationId },
): Promise<Result<Acted>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const result = await settle(ctx, async () => {
    const found = await findRegistration(ctx, input.id);
    if (!found.ok) return found;
    const { registration, event, past } = found.value;
    if (past) return ok({ registration, event, room: false });
    const [[seats], person] = await Promise.all([
      ctx.store.seats([registration.pool]),
      ctx.store.person(registration.person),
    ]);
    if (!seats) return unknown('registration');
    const decision = approve(registration, event, seats, person, ctx.actor, ctx.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.kind === 'standing') return ok({ registration, event, room: false });
    const outcome = await ctx.store.commit(decision.value.change);
    if (decision.value.kind === 'seal') return 'again';
    const after = decision.value.change.registrations?.[0]?.after ?? registration;
    return committed(ctx, outcome, ok({ registration: after, event, room: hasRoom(seats) }));
  });
  if (!result.ok) return result;
  const { room, registration, event } = result.value;
  if (registration.status === 'waitlisted' && room) await promoteSoon(ctx, registration.pool);
  return ok({ registration, event });
}

/** A no, with the reason that the person reads. */
export async function denyRegistration(
  ctx: Context,
  input: { readonly id: RegistrationId; readonly reason: string },
): Promise<Result<Acted>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const reason = asParagraphs(input.reason);
  if (reason === '') return invalid({ path: 'reason', message: 'Say why, in a sentence the person reads' });
  return actOnRegistration(ctx, input.id, (held) => deny(held, reason, ctx.actor, ctx.clock.now()));
}

/** Lets somebody register again whom staff had turned away. */
export async function reopenRegistration(ctx: Context, input: { readonly id: RegistrationId }): Promise<Result<Acted>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  return actOnRegistration(ctx, input.id, (held) => reopen(held, ctx.actor, ctx.clock.now()));
}

export interface DecisionInput {
  readonly registrationId: RegistrationId;
  readonly decision: 'approve' | 'deny';
  readonly reason?: string | undefined;
}

/** Many decisions on one event, each answered for itself. */
export async function decideMany(
  ctx: Context,
  input: { readonly event: EventId; readonly decisions: readonly DecisionInput[] },
): Promise<Result<readonly { readonly registrationId: RegistrationId; readonly result: Result<Acted> }[]>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const answers: { registrationId: RegistrationId; result: Result<Acted> }[] = [];
  for (const { registrationId, decision, reason } of input.decisions) {
    const result =
      partsOfRegistrationId(registrationId).event !== input.event
        ? unknown('registration')
        : decision === 'approve'
          ? await approveRegistration(ctx, { id: registrationId })
          : await denyRegistration(ctx, { id: registrationId, reason: reason ?? '' });
    answers.push({ registrationId, result });
  }
  return ok(answers);
}
