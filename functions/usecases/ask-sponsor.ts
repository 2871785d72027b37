import { hostOfEmail } from '../domain/audience.ts';
import type { TrainingEvent } from '../domain/event.ts';
import { RegistrationId } from '../domain/ids.ts';
import { idOf, type Registration, type Sponsor } from '../domain/registration.ts';
import { ok, slowDown, unknown, type Result } from '../domain/result.ts';
import {
  answerForApplicant,
  askSponsor as decideAsking,
  awaitsSponsor,
  mayBeAsked,
  type Asking,
} from '../domain/sponsor.ts';
import { DAY } from '../domain/time.ts';
import { ownerOf } from './access.ts';
import type { Context } from './context.ts';
import { actOnRegistration, findRegistration, type Acted } from './on-registration.ts';
import { signatureOf } from './signature.ts';
import { asSystem } from './system.ts';

/** A mail to an address that somebody typed: a number a day from one person, and to one address. */
const ASKS = { window: DAY, fromOne: 5, toOne: 10 } as const;

/** Asks a supervisor to confirm the applicant, by mail with one button. */
export async function askSponsor(
  ctx: Context,
  input: { readonly id: RegistrationId } & Pick<Asking, 'email' | 'insteadOf'>,
): Promise<Result<Acted>> {
  const person = ownerOf(ctx, input.id);
  if (!person.ok) return person;
  const found = await findRegistration(ctx, input.id);
  if (!found.ok) return found;
  const { registration, event, past } = found.value;
  // the same press again is answered without counting it, however often they asked since
  if (past || registration.sponsor?.email === input.email) return ok({ registration, event });
  const now = ctx.clock.now();
  const { window, fromOne, toOne } = ASKS;
  if (!(await ctx.store.underLimit('asks', person.value.id, window, fromOne, now))) return slowDown(window, now);
  const record = await ctx.store.host(hostOfEmail(input.email));
  const ask = (held: Registration, of: TrainingEvent) =>
    decideAsking(
      held,
      of,
      {
        ...input,
        agency: mayBeAsked(input.email, of.audience, record, now) ? (record?.agency ?? hostOfEmail(input.email)) : null,
      },
      ctx.actor,
      ctx.clock.now(),
    );
  const decided = ask(registration, event);
  if (!decided.ok) return decided;
  // counted only when mail goes out: otherwise a person with nothing to ask could use up what others may ask a supervisor
  if (!(await ctx.store.underLimit('asked', ctx.ids.hash(input.email), window, toOne, now)))
    return slowDown(window, now);
  return actOnRegistration(ctx, input.id, ask);
}

const signed = (ctx: Pick<Context, 'ids'>, id: RegistrationId, { email, askedAt }: Sponsor): string =>
  signatureOf(ctx, 'sponsor', id, email, String(askedAt));

/** The page with the button; it dies with the attempt, and when another supervisor is asked. Null: nobody is asked. */
export const sponsorAddress = (ctx: Pick<Context, 'ids' | 'desk'>, registration: Registration): string | null =>
  registration.sponsor
    ? `${ctx.desk.origin}/confirm/${idOf(registration).slice('reg_'.length)}.${signed(ctx, idOf(registration), registration.sponsor)}`
    : null;

/** What a supervisor is asked. */
export interface Sponsoring extends Acted {
  readonly sponsor: Sponsor;
  /** An answer is still of use. */
  readonly isOpen: boolean;
}

/** Reads such an address; changes nothing, however often it is fetched. */
export async function viewSponsoring(ctx: Context, input: { readonly secret: string }): Promise<Result<Sponsoring>> {
  const [letters = '', signature = ''] = input.secret.split('.');
  const id = RegistrationId.safeParse(`reg_${letters}`);
  if (!id.success) return unknown('confirm page');
  const found = await findRegistration(ctx, id.data);
  if (!found.ok || found.value.past) return unknown('confirm page');
  const { registration, event } = found.value;
  const { sponsor } = registration;
  if (!sponsor || !ctx.ids.same(signature, signed(ctx, id.data, sponsor))) return unknown('confirm page');
  return ok({ registration, event, sponsor, isOpen: awaitsSponsor(registration, event, ctx.clock.now()) });
}

/** The supervisor's press; a second one finds it answered. */
export async function answerAsSponsor(
  ctx: Context,
  input: { readonly secret: string; readonly answer: 'confirmed' | 'unknown' },
): Promise<Result<Acted>> {
  const asked = await viewSponsoring(ctx, input);
  if (!asked.ok) return asked;
  const { actor } = asSystem(ctx, 'supervisor');
  const { sponsor } = asked.value;
  return actOnRegistration(ctx, idOf(asked.value.registration), (held, event) =>
    answerForApplicant(held, event, sponsor, input.answer, actor, ctx.clock.now()),
  );
}
