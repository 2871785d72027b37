import { approve, deny, reopen } from '../domain/decide.ts';
import type { EventId, PoolId, RegistrationId } from '../domain/ids.ts';
import { partsOfRegistrationId } from '../domain/ids.ts';
import { invalid, ok, unknown, type Result } from '../domain/result.ts';
import type { Registration } from '../domain/registration.ts';
import type { Seats } from '../domain/seats.ts';
import { asParagraphs } from '../domain/text.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { askForSponsor } from './ask-for-sponsor.ts';
import { actOnRegistration, findRegistration, type Acted } from './on-registration.ts';
import { seatedSoon } from './register-for-event.ts';
import { committed, settle } from './settle.ts';

/**
 * A yes: the person registers by the same rules as everybody. Full: they are put in line, in the order in which people
 * applied.
 */
export async function approveRegistration(
  ctx: Context,
  input: { readonly id: RegistrationId },
): Promise<Result<Acted>> {
  const approved = await approveOne(ctx, input.id);
  if (!approved.ok) return approved;
  const { registration, event, seats } = approved.value;
  return ok({ event, registration: seats ? await seatedSoon(ctx, registration, seats) : registration });
}

interface Approved extends Acted {
  /** As they were decided on; null where nothing was decided. */
  readonly seats: Seats | null;
}

/** The same without waiting for a seat. */
async function approveOne(ctx: Context, id: RegistrationId): Promise<Result<Approved>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  return settle<Approved>(ctx, async () => {
    const found = await findRegistration(ctx, id);
    if (!found.ok) return found;
    const { registration, event, past } = found.value;
    if (past) return ok({ registration, event, seats: null });
    const [[seats], person] = await Promise.all([
      ctx.store.seats([registration.pool]),
      ctx.store.person(registration.person),
    ]);
    if (!seats) return unknown('registration');
    const decision = approve(registration, event, seats, person, ctx.actor, ctx.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.kind === 'standing') return ok({ registration, event, seats: null });
    const outcome = await ctx.store.commit(decision.value.change);
    if (decision.value.kind === 'seal') return 'again';
    const after = decision.value.change.registrations?.[0]?.after ?? registration;
    return committed(ctx, outcome, ok({ registration: after, event, seats }));
  });
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

/** Lets somebody whom staff had turned away register again. */
export async function reopenRegistration(ctx: Context, input: { readonly id: RegistrationId }): Promise<Result<Acted>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  return actOnRegistration(ctx, input.id, (held) => reopen(held, ctx.actor, ctx.clock.now()));
}

/** What staff do about somebody who waits to be checked; asking for a sponsor decides nothing yet. */
export const DECISIONS = ['approve', 'deny', 'ask-for-sponsor'] as const;
export type Decision = (typeof DECISIONS)[number];

export interface DecisionInput {
  readonly registrationId: RegistrationId;
  readonly decision: Decision;
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
  /** Of each pool that somebody joined the line of, one that did. */
  const joined = new Map<PoolId, { registration: Registration; seats: Seats }>();
  for (const { registrationId, decision, reason } of input.decisions) {
    if (partsOfRegistrationId(registrationId).event !== input.event)
      answers.push({ registrationId, result: unknown('registration') });
    else if (decision === 'deny') {
      const result = await denyRegistration(ctx, { id: registrationId, reason: reason ?? '' });
      answers.push({ registrationId, result });
    } else if (decision === 'ask-for-sponsor')
      answers.push({ registrationId, result: await askForSponsor(ctx, { id: registrationId }) });
    else {
      const result = await approveOne(ctx, registrationId);
      answers.push({ registrationId, result });
      if (result.ok && result.value.seats)
        joined.set(result.value.registration.pool, { ...result.value, seats: result.value.seats });
    }
  }
  for (const { registration, seats } of joined.values()) await seatedSoon(ctx, registration, seats);
  return ok(
    await Promise.all(answers.map(async (answer) => ({ ...answer, result: await asSeated(ctx, answer.result) }))),
  );
}

/** A person who was put in line, as they stand now. */
async function asSeated(ctx: Context, result: Result<Acted>): Promise<Result<Acted>> {
  if (!result.ok || result.value.registration.status !== 'waitlisted') return result;
  const { registration, event } = result.value;
  return ok({ event, registration: (await ctx.store.registration(event.id, registration.person)) ?? registration });
}
