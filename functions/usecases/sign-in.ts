import { hostOfEmail } from '../domain/audience.ts';
import { audited } from '../domain/change.ts';
import { NOBODY, type Actor } from '../domain/actor.ts';
import { BASE32 } from '../domain/ids.ts';
import type { Email, Person } from '../domain/person.ts';
import { ok, refuse, slowDown, type Result } from '../domain/result.ts';
import { HOUR, MINUTE, plus, type Instant } from '../domain/time.ts';
import type { Context } from './context.ts';
import { personOfAddress } from './person-of-address.ts';

/** How long a code works. It works once, and for at most five tries. */
export const CODE_LIVES = 30 * MINUTE;
const MOST_TRIES = 5;

/** 300 people of one agency, behind one network address, may each ask four times in a quarter of an hour. */
const LIMITS = {
  network: { window: 15 * MINUTE, most: 1200 },
  address: { window: 15 * MINUTE, most: 5 },
  /** Tries from one network address, whatever they are at: three for each of its people. */
  tries: { window: 15 * MINUTE, most: 3600 },
  /** Guesses at all challenges of one address: a code has a million values. */
  guesses: { window: HOUR, most: 60 },
} as const;

/** Sessions end after half a day; people at work sign in once a day. */
const SESSION_LIVES = { participant: 12 * HOUR, trainer: 12 * HOUR, staff: 8 * HOUR } as const;

/**
 * Mails a one-time code. The answer is the same whether the address is known or not.
 * @param input.network the caller's network address; kept as a digest, for the length of a window
 * @returns a challenge that the browser or client must hold to use the code
 */
export async function startSignIn(
  ctx: Context,
  input: { readonly email: Email; readonly network: string },
): Promise<Result<{ readonly challenge: string }>> {
  const now = ctx.clock.now();
  const address = ctx.ids.hash(input.email);
  const within =
    (await underLimit(ctx, 'network', ctx.ids.hash(input.network), now)) &&
    (await underLimit(ctx, 'address', address, now));
  if (!within) return slowDown(LIMITS.address.window, now);
  const id = ctx.ids.secret();
  const browser = ctx.ids.secret();
  await ctx.store.putChallenge(
    {
      id,
      addressHash: address,
      browserHash: ctx.ids.hash(browser),
      createdAt: now,
      expiresAt: plus(now, CODE_LIVES),
    },
    { about: 'sign-in', challenge: id, email: input.email, stamp: now, dueAt: now, tries: 0 },
  );
  ctx.nudge();
  return ok({ challenge: `${id}.${browser}` });
}

const underLimit = (ctx: Context, limit: keyof typeof LIMITS, subject: string, now: Instant): Promise<boolean> =>
  ctx.store.underLimit(limit, subject, LIMITS[limit].window, LIMITS[limit].most, now);

/** How many codes of six digits there are. */
const CODES = 1_000_000;

/** Six digits that follow from the challenge and the desk's secret, so that no code is kept anywhere. */
export function codeOf(ctx: Pick<Context, 'ids'>, challenge: string): string {
  const letters = ctx.ids.sign('code', challenge);
  const number = Array.from(letters).reduce((sum, letter) => (sum * 32 + BASE32.indexOf(letter)) % CODES, 0);
  return String(number).padStart(6, '0');
}

export interface SignedIn {
  readonly token: string;
  readonly expiresAt: Instant;
  readonly person: Person;
}

/** Exchanges a code for a session, in the browser or client that holds the challenge. Always a participant's. */
export async function finishSignIn(
  ctx: Context,
  input: { readonly email: Email; readonly code: string; readonly challenge: string; readonly network: string },
): Promise<Result<SignedIn>> {
  const now = ctx.clock.now();
  const wrong = refuse({ kind: 'wrong-code' });
  const address = ctx.ids.hash(input.email);
  if (!(await underLimit(ctx, 'tries', ctx.ids.hash(input.network), now))) return slowDown(LIMITS.tries.window, now);
  const [id, browser] = input.challenge.split('.');
  if (!id || !browser) return wrong;
  const challenge = await ctx.store.tryChallenge(id, ctx.ids.hash(browser), MOST_TRIES, now);
  if (!challenge || !ctx.ids.same(challenge.addressHash, address)) return wrong;
  // only what could be right counts as a guess: otherwise anybody could use up those of an address and lock its owner out
  if (!(await underLimit(ctx, 'guesses', address, now))) return slowDown(LIMITS.guesses.window, now);
  if (!ctx.ids.same(codeOf(ctx, id), input.code.replace(/\s/g, ''))) return wrong;
  const person = await personOfAddress(ctx, input.email);
  if (!(await ctx.store.useChallenge(challenge, input.email, now))) return wrong;
  return ok(await begin(ctx, person, 'participant'));
}

/** A session for somebody whom the identity provider vouches for, with a verified address. */
export async function signInWithProvider(
  ctx: Context,
  input: { readonly email: Email },
): Promise<Result<SignedIn & { readonly role: 'trainer' | 'staff' }>> {
  const person = await personOfAddress(ctx, input.email);
  const role = person.staff ? 'staff' : 'trainer';
  const signed = await begin(ctx, person, role);
  await ctx.store.note(
    audited(person.id, null, ctx.clock.now(), { role, person }, 'signed in', hostOfEmail(input.email)),
  );
  return ok({ ...signed, role });
}

/** Begins a session; its secret is given out once and kept as a digest. */
export async function begin(
  ctx: Context,
  person: Person,
  role: 'participant' | 'trainer' | 'staff',
): Promise<SignedIn> {
  const token = ctx.ids.secret();
  const expiresAt = plus(ctx.clock.now(), SESSION_LIVES[role]);
  await ctx.store.putToken({ hash: ctx.ids.hash(token), person: person.id, role, epoch: person.epoch, expiresAt });
  return { token, expiresAt, person };
}

export const signOut = (ctx: Context, input: { readonly token: string }): Promise<void> =>
  ctx.store.deleteToken(ctx.ids.hash(input.token));

/** Who holds a token: somebody, or nobody when it is unknown, over, or of an earlier epoch. */
export async function identify(ctx: Pick<Context, 'store' | 'ids' | 'clock'>, token: string): Promise<Actor> {
  const found = await ctx.store.token(ctx.ids.hash(token));
  if (!found || found.expiresAt <= ctx.clock.now()) return NOBODY;
  const person = await ctx.store.person(found.person);
  if (!person || person.epoch !== found.epoch) return NOBODY;
  if (found.role === 'staff' && !person.staff) return NOBODY;
  return { role: found.role, person };
}
