import { declinedPart } from '../domain/answer-calendar.ts';
import { calendarObjects, type CalendarObject, type TrainingEvent } from '../domain/event.ts';
import {
  backoffSeconds,
  MOST_TRIES,
  queueOf,
  type MessageKind,
  type Owed,
  type OwedAboutRegistration,
} from '../domain/owed.ts';
import { isSponsorWanted, objectsOf, sessionsOf, type Registration } from '../domain/registration.ts';
import { awaitsSponsor } from '../domain/sponsor.ts';
import { EASTERN, plus, SECOND, type Instant } from '../domain/time.ts';
import { UnreadableItem } from '../domain/unreadable.ts';
import type { Context, Delivery, Letter } from './context.ts';
import { OUTBOX_SHARDS, type OutboxShard } from './store-port.ts';
import { sponsorAddress } from './ask-sponsor.ts';
import { linksOf } from './links.ts';
import { positionOf } from './register-for-event.ts';
import { CODE_LIVES, codeOf } from './sign-in.ts';
import { uidOf } from './calendar-uid.ts';

/** Queues that are sent at the same time. */
const AT_ONCE = 8;

/** What of the outbox a sender takes on: all of it, at once and to the end, unless told. */
export interface Share {
  readonly shards?: readonly OutboxShard[];
  /** Milliseconds for which a first try is left to another sender, who was woken for it. */
  readonly patience?: number;
  /** Begins no message at or after this moment. */
  readonly until?: Instant;
}

/**
 * Sends what is due. Of each registration only the first unsent message may go, so they arrive in order. Sign-in codes
 * go first, and again between shards. A crash between sending and marking sends twice: the same message, harmless.
 * Where one fails the others go on, and then the first failure is thrown.
 * @returns how many were sent
 */
export async function deliverOutbox(ctx: Context, share: Share = {}): Promise<number> {
  const done: Done = { share, sent: 0, failures: [] };
  const shards = share.shards ?? Array.from({ length: OUTBOX_SHARDS }, (_, shard) => shard);
  const codes = share.shards === undefined || share.shards.includes('codes');
  if (codes) await deliverShard(ctx, 'codes', done);
  for (const shard of shards.filter((one) => one !== 'codes')) {
    const before = done.sent;
    await deliverShard(ctx, shard, done);
    if (codes && done.sent > before) await deliverShard(ctx, 'codes', done);
  }
  if (done.failures.length > 0) throw done.failures[0];
  return done.sent;
}

interface Done {
  readonly share: Share;
  sent: number;
  readonly failures: unknown[];
}

async function deliverShard(ctx: Context, shard: OutboxShard, done: Done): Promise<void> {
  const queues = [...Map.groupBy(await ctx.store.owed(shard), queueOf).values()];
  const worker = async () => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) await deliverQueue(ctx, queue, done);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Sends the messages of one registration in order, until one must wait. */
async function deliverQueue(ctx: Context, queue: readonly Owed[], done: Done): Promise<void> {
  try {
    for (const owed of queue) {
      const now = ctx.clock.now();
      const { patience = 0, until } = done.share;
      const dueAt = owed.tries === 0 ? plus(owed.dueAt, patience) : owed.dueAt;
      if (dueAt > now || (until !== undefined && now >= until)) return;
      if (owed.about === 'registration' && (await ctx.store.mailHeld())) return;
      const outcome = await deliver(ctx, owed);
      if (outcome === 'later') return;
      if (outcome === 'sent') done.sent += 1;
    }
  } catch (failure) {
    done.failures.push(failure);
  }
}

async function deliver(ctx: Context, owed: Owed): Promise<'sent' | 'dropped' | 'later'> {
  const delivery = await send(ctx, owed);
  const now = ctx.clock.now();
  if (!delivery) {
    await ctx.store.sent({ owed, at: now, how: 'needless', outcome: 'nobody is left to tell' });
    return 'dropped';
  }
  if (delivery.outcome === 'sent') {
    await ctx.store.sent({ owed, at: now, how: 'sent', outcome: delivery.id });
    return 'sent';
  }
  const tries = owed.tries + 1;
  if (delivery.outcome === 'refused' || tries >= MOST_TRIES) {
    await ctx.store.park({ owed: { ...owed, tries }, at: now, how: 'given-up', outcome: delivery.why });
    return 'dropped';
  }
  await ctx.store.retryLater({ ...owed, tries, dueAt: plus(now, backoffSeconds(tries) * SECOND) });
  return 'later';
}

/**
 * Null: nobody is left to tell. A letter that cannot be made, or is about what can't be read, is tried again as if the
 * mail server had said so, and in the end parked.
 */
async function send(ctx: Context, owed: Owed): Promise<Delivery | null> {
  const letter = await letterOf(ctx, owed).catch((error: unknown) => {
    if (error instanceof UnreadableItem) return later(error);
    throw error;
  });
  if (letter === null || 'outcome' in letter) return letter;
  return ctx.mailer.send(letter).catch(later);
}

const later = (error: unknown): Delivery => ({
  outcome: 'later',
  why: error instanceof Error ? error.name : 'unknown',
});

/** Null: what it was about is gone, or a code that is over. */
async function letterOf(ctx: Context, owed: Owed): Promise<Letter | null> {
  if (owed.about === 'registration') return registrationLetter(ctx, owed);
  const validUntil = plus(owed.stamp, CODE_LIVES);
  if (validUntil <= ctx.clock.now()) return null;
  const person = await ctx.store.personByEmail(owed.email);
  return {
    about: 'sign-in',
    to: owed.email,
    code: codeOf(ctx, owed.challenge),
    validUntil,
    zone: person?.profile?.timeZone ?? EASTERN,
    stamp: owed.stamp,
  };
}

async function registrationLetter(ctx: Context, owed: OwedAboutRegistration): Promise<Letter | null> {
  const [held, event] = await Promise.all([
    ctx.store.registration(owed.event, owed.person),
    // never from memory: the message may tell of a change that another process made a moment ago
    ctx.store.event(owed.event),
  ]);
  const program = event && (await ctx.store.program(event.programId));
  if (!held || !event || !program) return null;
  if (owed.kind === 'seat-offered' && held.offer?.to !== owed.email) return null;
  if (owed.kind === 'declined' && (held.status !== 'confirmed' || held.attempt !== owed.attempt)) return null;
  if (owed.kind === 'sponsor-asked' && !isWanted(ctx, held, event, owed)) return null;
  if (owed.kind === 'sponsor-wanted' && !(isSponsorWanted(held) && awaitsSponsor(held, event, ctx.clock.now())))
    return null;
  const registration: Registration = { ...held, attempt: owed.attempt };
  const objects = objectsOf(registration, event);
  const object = owed.calendar
    ? objectFor(owed, registration, event)
    : (objects.find((one) => declinedPart(one.object) === owed.part) ?? null);
  const index = objects.findIndex((one) => one.object === owed.part);
  const details = HAS_ALL.has(owed.kind) ? await ctx.store.details(owed.event, owed.person) : null;
  return {
    about: 'registration',
    to: owed.email,
    owed,
    registration,
    event,
    program,
    object,
    part: index < 0 ? { number: 1, of: 1 } : { number: index + 1, of: objects.length },
    uid: owed.calendar ? uidOf(ctx, registration, owed.calendar.object) : null,
    accommodations: details?.accommodations ?? null,
    place: owed.kind === 'waitlisted' ? await positionOf(ctx, held) : null,
    links: {
      ...linksOf(ctx, registration, event, object),
      sponsor: owed.kind === 'sponsor-asked' ? sponsorAddress(ctx, registration) : null,
    },
  };
}

/** These say everything that a seat comes with. */
const HAS_ALL: ReadonlySet<MessageKind> = new Set(['confirmed', 'restored']);

/** What this mail asks is still asked, and an answer is of use. */
const isWanted = (ctx: Context, held: Registration, event: TrainingEvent, { stamp }: OwedAboutRegistration): boolean =>
  held.sponsor?.askedAt === stamp && awaitsSponsor(held, event, ctx.clock.now());

/** What the calendar part is about: as it is now, or for what is gone, as it was. */
function objectFor(
  owed: OwedAboutRegistration,
  registration: Registration,
  event: TrainingEvent,
): CalendarObject | null {
  if (!owed.calendar) return null;
  const { method, object, startsAt, endsAt } = owed.calendar;
  const now = calendarObjects(event, sessionsOf(registration, event)).find((one) => one.object === object);
  if (method === 'REQUEST' && now) return now;
  return { object, sessions: now?.sessions ?? [], startsAt, endsAt };
}
