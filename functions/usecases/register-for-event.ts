import { newSeats, poolsOf, type TrainingEvent } from '../domain/event.ts';
import type { EventId, PoolId, SessionId } from '../domain/ids.ts';
import { checkAnswers, type Accommodations, type Answers } from '../domain/questions.ts';
import { answeredBefore, chooseSessions, poolFor, register, type RegisterDecision } from '../domain/register.ts';
import { placeOf, type Registration } from '../domain/registration.ts';
import { invalid, ok, unknown, type Result } from '../domain/result.ts';
import { COUNTED_IN_LINE, hasRoom, SETTLING, UNLIMITED, type Seats } from '../domain/seats.ts';
import { sightOf, signedIn, verdictFor } from './access.ts';
import type { Context, Try } from './context.ts';
import { IN_A_RUSH, promoteSoon } from './promote-waiting.ts';
import { committed, settle } from './settle.ts';

export interface RegisterInput {
  readonly event: EventId;
  readonly sessions?: readonly SessionId[] | undefined;
  readonly answers?: Answers | undefined;
  readonly accommodations?: Accommodations | undefined;
  /** Which registration of theirs this is to be; left out, the next. */
  readonly attempt?: number | undefined;
  /** From an Idempotency-Key: digests of the key and of the body. */
  readonly requestKey?: string | undefined;
}

export interface Registered {
  readonly registration: Registration;
  /** False when it stood already. */
  readonly created: boolean;
  /** The place in line, from 1; null when not waiting, and far back in line. */
  readonly position: number | null;
}

/** Registers the signed-in person: a seat at once, a place in line, or a wait for an answer. */
export async function registerForEvent(ctx: Context, input: RegisterInput): Promise<Result<Registered>> {
  const person = signedIn(ctx);
  if (!person.ok) return person;
  const requestKey = input.requestKey ?? `${ctx.ids.secret()}.`;
  const answer = await settle(ctx, async (tries) => {
    const one = await attempt(ctx, input, requestKey, tries);
    return one !== 'again' && !one.ok && !isSure(input, tries) ? 'again' : one;
  });
  if (!answer.ok) return answer;
  return ok(await afterwards(ctx, answer.value));
}

interface Answer {
  readonly registration: Registration;
  readonly created: boolean;
  /** The pool as it was decided on; null where nothing was decided. */
  readonly seats: Seats | null;
}

/** A first try rests on assumptions and on an event a moment old, so a no from it is looked at again. */
const isSure = (input: RegisterInput, tries: number): boolean => tries > 0 || (input.attempt ?? 1) > 1;

/** One read, decide, commit. The first try assumes the usual: a first registration, and a pool that is not full. */
async function attempt(ctx: Context, input: RegisterInput, requestKey: string, tries: number): Promise<Try<Answer>> {
  const person = signedIn(ctx);
  if (!person.ok) return person;
  const sure = isSure(input, tries);
  const event = sure ? await ctx.store.event(input.event) : await ctx.store.recentEvent(input.event);
  const program = event && (await ctx.store.program(event.programId));
  if (!event || !program || event.status === 'draft') return unknown('event');
  const held = sure || input.requestKey ? await ctx.store.registration(event.id, person.value.id) : null;
  const verdict = await verdictFor(ctx, event, person.value);
  if (sightOf(ctx, event, program, verdict, held) === 'none') return unknown('event');
  const mine = tries > 0 && held?.requestKey === requestKey;
  const before = held && !mine && answeredBefore(held, { attempt: input.attempt, requestKey });
  if (before) return before.ok ? ok({ registration: before.value, created: false, seats: null }) : before;
  const sessions = chooseSessions(event, input.sessions);
  if (!sessions.ok) return sessions;
  const answers = input.answers ?? {};
  const wrong = checkAnswers(event.questions, answers);
  if (wrong.length > 0) return invalid(...wrong);
  // no claim with its conditions follows an application: it is as late as the counter that was read for it
  const seats = await seatsOf(ctx, event, poolFor(event, sessions.value), sure || verdict.verdict === 'review');
  if (!seats) return unknown('event');
  const decision = register({
    event,
    person: person.value,
    held,
    seats,
    verdict,
    sessions: sessions.value,
    attempt: input.attempt,
    details: { answers, accommodations: input.accommodations ?? { needs: [], other: '' } },
    actor: ctx.actor,
    requestKey,
    now: ctx.clock.now(),
  });
  return decision.ok ? written(ctx, decision.value, seats, tries, requestKey) : decision;
}

/** The pool as it is, or for a first try as it usually is: the claim's own condition holds what is assumed here. */
async function seatsOf(ctx: Context, event: TrainingEvent, pool: PoolId, sure: boolean): Promise<Seats | null> {
  const usual = poolsOf(event).find((one) => one.pool === pool);
  if (!usual) return null;
  if (!sure && !ctx.store.knownSealed(pool) && event.mode === 'open')
    return newSeats(event, pool, UNLIMITED, usual.startsAt);
  return (await ctx.store.seats([pool]))[0] ?? null;
}

async function written(
  ctx: Context,
  decision: RegisterDecision,
  seats: Seats,
  tries: number,
  requestKey: string,
): Promise<Try<Answer>> {
  if (decision.kind === 'standing') {
    const mine = tries > 0 && decision.registration.requestKey === requestKey;
    return ok({ registration: decision.registration, created: mine, seats });
  }
  const outcome = await ctx.store.commit(decision.change);
  if (decision.kind === 'seal') return 'again';
  return committed(ctx, outcome, ok({ registration: decision.registration, created: true, seats }));
}

/** What is committed is answered so, though what comes after it fails: a table that is hard pressed throttles reads. */
async function afterwards(ctx: Context, answer: Answer): Promise<Registered> {
  const { registration, created } = answer;
  try {
    return await placed(ctx, answer);
  } catch (error) {
    if (!created) throw error;
    return { registration, created, position: null };
  }
}

async function placed(ctx: Context, { registration, created, seats }: Answer): Promise<Registered> {
  const now = created && seats ? await seatedSoon(ctx, registration, seats) : registration;
  const givenOut = created && seats !== null && seats.bornSealed && hasRoom(seats);
  return { registration: now, created, position: await positionOf(ctx, now, givenOut) };
}

/**
 * What follows an append: where seats are free the promoter runs, and in a pool that once answered at once the request
 * waits until its own ticket may be served. A pool born sealed answers "you are in line" at once.
 * @param seats the pool as it was decided on
 */
export async function seatedSoon(ctx: Context, registration: Registration, seats: Seats): Promise<Registration> {
  if (registration.status !== 'waitlisted' || !hasRoom(seats)) return registration;
  if (seats.bornSealed) {
    await promoteSoon(ctx, registration.pool, IN_A_RUSH);
    return registration;
  }
  await ctx.clock.wait(SETTLING);
  await promoteSoon(ctx, registration.pool);
  return (await ctx.store.registration(registration.event, registration.person)) ?? registration;
}

/** While seats are given out, a place further back than this is not worth its count: it is another a moment later. */
const COUNTED_WHILE_SEATING = 50;

/**
 * The place in line of somebody who waits, from 1; null where `COUNTED_IN_LINE` or more are before them.
 * @param seating seats are being given out: a place is null after few
 */
export async function positionOf(ctx: Context, registration: Registration, seating = false): Promise<number | null> {
  if (registration.status !== 'waitlisted' || registration.ticket === null) return null;
  const place = placeOf(registration, registration.ticket);
  const most = seating ? COUNTED_WHILE_SEATING : COUNTED_IN_LINE;
  const ahead = await ctx.store.lineLength(registration.pool, { before: place, most });
  return ahead < most ? ahead + 1 : null;
}

/**
 * How many wait in the line of somebody whose place in it was just read: they and those behind are counted and no more,
 * since who came late in a long line looks at it most. Null where they are more than are counted.
 */
export async function lineAround(
  ctx: Context,
  registration: Registration,
  position: number | null,
): Promise<number | null> {
  if (position === null || registration.ticket === null) return null;
  const from = placeOf(registration, registration.ticket);
  const behind = await ctx.store.lineLength(registration.pool, { from, most: COUNTED_IN_LINE });
  return behind < COUNTED_IN_LINE ? position - 1 + Math.max(1, behind) : null;
}
