import { calendarObjects, type CalendarObject, type TrainingEvent } from '../domain/event.ts';
import { backoffSeconds, MOST_TRIES, queueOf, type Owed, type OwedAboutRegistration } from '../domain/owed.ts';
import { objectsOf, sessionsOf, type Registration } from '../domain/registration.ts';
import { EASTERN, plus, SECOND } from '../domain/time.ts';
import { OUTBOX_SHARDS, type Context, type Letter, type OutboxShard } from './context.ts';
import { linksOf } from './links.ts';
import { positionOf } from './register-for-event.ts';
import { CODE_LIVES, codeOf } from './sign-in.ts';
import { uidOf } from './calendar-uid.ts';

/** Queues that are sent at the same time. */
const AT_ONCE = 8;

/**
 * Sends what is due. Of each registration only the first unsent message may go, so they arrive in order. Sign-in codes
 * go first, and again between shards. A crash between sending and marking sends twice: the same message, harmless.
 * @returns how many were sent
 */
export async function deliverOutbox(ctx: Context): Promise<number> {
  let sent = await deliverShard(ctx, 'codes');
  for (let shard = 0; shard < OUTBOX_SHARDS; shard += 1) {
    const some = await deliverShard(ctx, shard);
    sent += some;
    if (some > 0) sent += await deliverShard(ctx, 'codes');
  }
  return sent;
}

async function deliverShard(ctx: Context, shard: OutboxShard): Promise<number> {
  const queues = [...Map.groupBy(await ctx.store.owed(shard), queueOf).values()];
  let sent = 0;
  const worker = async () => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) sent += await deliverQueue(ctx, queue);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return sent;
}

/** Sends the messages of one registration in order, until one must wait. */
async function deliverQueue(ctx: Context, queue: readonly Owed[]): Promise<number> {
  let sent = 0;
  for (const owed of queue) {
    if (owed.dueAt > ctx.clock.now()) return sent;
    const outcome = await deliver(ctx, owed);
    if (outcome === 'later') return sent;
    if (outcome === 'sent') sent += 1;
  }
  return sent;
}

async function deliver(ctx: Context, owed: Owed): Promise<'sent' | 'dropped' | 'later'> {
  const letter = await letterOf(ctx, owed);
  const now = ctx.clock.now();
  if (!letter) {
    await ctx.store.sent({ owed, at: now, outcome: 'nobody is left to tell' });
    return 'dropped';
  }
  const delivery = await ctx.mailer.send(letter);
  if (delivery.outcome === 'sent') {
    await ctx.store.sent({ owed, at: now, outcome: delivery.id });
    return 'sent';
  }
  const tries = owed.tries + 1;
  if (delivery.outcome === 'refused' || tries >= MOST_TRIES) {
    await ctx.store.park({ owed: { ...owed, tries }, at: now, outcome: delivery.why });
    return 'dropped';
  }
  await ctx.store.retryLater({ ...owed, tries, dueAt: plus(now, backoffSeconds(tries) * SECOND) });
  return 'later';
}

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
    ctx.store.recentEvent(owed.event),
  ]);
  const program = event && (await ctx.store.program(event.programId));
  if (!held || !event || !program) return null;
  const registration: Registration = { ...held, attempt: owed.attempt };
  const object = owed.calendar && objectFor(owed, registration, event);
  const objects = objectsOf(registration, event);
  const index = objects.findIndex((one) => one.object === owed.part);
  const details = owed.kind === 'confirmed' ? await ctx.store.details(owed.event, owed.person) : null;
  const position = owed.kind === 'waitlisted' ? await positionOf(ctx, held) : null;
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
    place:
      position === null ? null : { place: position, of: Math.max(position, await ctx.store.lineLength(held.pool)) },
    links: linksOf(ctx, registration, event, object),
  };
}

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
