import { offerSeat as decideOffer, takeOfferBack as decideTakingBack, takeOver } from '../domain/hand-over.ts';
import { partsOfRegistrationId, type RegistrationId } from '../domain/ids.ts';
import type { Email } from '../domain/person.ts';
import { checkAnswers, type Answers } from '../domain/questions.ts';
import { isStanding, type Registration } from '../domain/registration.ts';
import { invalid, ok, slowDown, unknown, type Result } from '../domain/result.ts';
import { HOUR } from '../domain/time.ts';
import type { TrainingEvent } from '../domain/event.ts';
import { ownerOf, signedIn, verdictFor } from './access.ts';
import type { Context } from './context.ts';
import { actOnRegistration, findRegistration, type Acted } from './on-registration.ts';
import { committed, settle } from './settle.ts';

/** So many offers an hour from one person: each is a mail to an address that they typed. */
const OFFERS = { window: HOUR, most: 10 } as const;

/**
 * Offers one's own seat to a colleague who may attend. They get a mail, sign in and say yes; until then the seat stays.
 * @param input.version the `rev` that was shown: a late copy of an offer that was taken back since changes nothing
 */
export async function offerSeat(
  ctx: Context,
  input: { readonly id: RegistrationId; readonly email: Email; readonly version?: number | undefined },
): Promise<Result<Acted>> {
  const own = await ownRegistration(ctx, input.id);
  if (!own.ok) return own;
  const { registration, event } = own.value;
  const waiting = await waitingFor(ctx, registration);
  const offer = (held: Registration, of: TrainingEvent) =>
    decideOffer(held, of, { ...input, waiting, actor: ctx.actor, now: ctx.clock.now() });
  const decided = offer(registration, event);
  if (!decided.ok) return decided;
  if (decided.value === null) return ok({ registration, event });
  const now = ctx.clock.now();
  const { window, most } = OFFERS;
  if (!(await ctx.store.underLimit('offers', registration.person, window, most, now))) return slowDown(window, now);
  // last, so that a person without a seat can't find out whom staff approved
  if (!(await qualifies(ctx, event, input.email)))
    return invalid({ path: 'email', message: 'A seat can be handed only to somebody who may attend' });
  return actOnRegistration(ctx, input.id, offer);
}

/** Takes one's offer back; without one there is nothing to change. */
export async function takeOfferBack(ctx: Context, input: { readonly id: RegistrationId }): Promise<Result<Acted>> {
  const own = await ownRegistration(ctx, input.id);
  if (!own.ok) return own;
  return actOnRegistration(ctx, input.id, (held) => decideTakingBack(held, ctx.actor, ctx.clock.now()));
}

/** A seat that is offered to the signed-in person: to everybody else it is unknown. Changes nothing. */
export async function viewOffer(ctx: Context, input: { readonly id: RegistrationId }): Promise<Result<Acted>> {
  const person = signedIn(ctx);
  if (!person.ok) return person;
  const found = await findRegistration(ctx, input.id);
  if (!found.ok) return found;
  const { registration, event, past } = found.value;
  const offered = !past && registration.status === 'confirmed' && registration.offer?.to === person.value.email;
  return offered ? ok({ registration, event }) : unknown('registration');
}

/** The colleague's yes: in one transaction the giver's registration ends and theirs begins, confirmed. */
export async function takeOverSeat(
  ctx: Context,
  input: {
    readonly id: RegistrationId;
    readonly answers?: Answers | undefined;
    /** Which registration of theirs this is to be, as the page had it; left out, the next. */
    readonly attempt?: number | undefined;
  },
): Promise<Result<Acted>> {
  const person = signedIn(ctx);
  if (!person.ok) return person;
  // the same for every copy of this yes: a late one finds it answered, and revives nobody
  const requestKey = `${ctx.ids.hash(`take-over ${input.id}`).slice(0, 22)}.`;
  return settle<Acted>(ctx, async () => {
    const { event: of } = partsOfRegistrationId(input.id);
    const [offered, held] = await Promise.all([viewOffer(ctx, input), ctx.store.registration(of, person.value.id)]);
    if (!offered.ok) {
      const event = held?.requestKey === requestKey ? await ctx.store.event(of) : null;
      return held && event ? ok({ registration: held, event }) : offered;
    }
    const { registration: giver, event } = offered.value;
    // a late copy of a yes that was answered then: it brings back nobody who gave up since (seat rule 2)
    if (held && !isStanding(held.status) && (input.attempt ?? held.attempt + 1) <= held.attempt)
      return ok({ registration: held, event });
    const answers = input.answers ?? {};
    const wrong = checkAnswers(event.questions, answers);
    if (wrong.length > 0) return invalid(...wrong);
    const [pool] = await ctx.store.pools([giver.pool]);
    if (!pool) return unknown('registration');
    const decision = takeOver({
      ...pool,
      giver,
      held,
      event,
      person: person.value,
      verdict: await verdictFor(ctx, event, person.value),
      details: { answers, accommodations: { needs: [], other: '' } },
      actor: ctx.actor,
      requestKey,
      now: ctx.clock.now(),
    });
    if (!decision.ok) return decision;
    const { change, registration } = decision.value;
    return committed(ctx, await ctx.store.commit(change), ok({ registration, event }));
  });
}

/** The caller's own registration, for staff too: nobody gives away what is not theirs. */
async function ownRegistration(ctx: Context, id: RegistrationId): Promise<Result<Acted>> {
  const person = ownerOf(ctx, id);
  return person.ok ? findRegistration(ctx, id) : person;
}

/** Whether the person with this address may attend without being checked; they may be new to the desk. */
async function qualifies(ctx: Context, event: TrainingEvent, email: Email): Promise<boolean> {
  const known = await ctx.store.personByEmail(email);
  const { verdict } = await verdictFor(ctx, event, { email, approvals: known?.approvals ?? {} });
  return verdict === 'qualifies';
}

const waitingFor = async (ctx: Context, { pool }: Registration): Promise<number> =>
  (await ctx.store.pools([pool]))[0]?.waiting ?? 0;
