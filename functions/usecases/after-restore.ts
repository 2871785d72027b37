import { audited, type Change, type Moved } from '../domain/change.ts';
import { endOf, type TrainingEvent } from '../domain/event.ts';
import type { EventId } from '../domain/ids.ts';
import { LATE } from '../domain/job.ts';
import type { OwedAboutRegistration } from '../domain/owed.ts';
import type { Registration } from '../domain/registration.ts';
import { aftermath, sequenceAt, type Aftermath } from '../domain/restored.ts';
import { conflict, forbidden, ok, type Result } from '../domain/result.ts';
import type { MailHold, Restore } from '../domain/setting.ts';
import { DAY, plus, SECOND, type Instant } from '../domain/time.ts';
import type { Context } from './context.ts';
import { settle } from './settle.ts';
import { OUTBOX_SHARDS } from './store-port.ts';

/** Actions that one transaction takes (DynamoDB: 100), less those for how far this is and its record. */
const MOST_ACTIONS = 95;
/** Each puts the event and a record. */
const EVENTS_AT_ONCE = 40;
/** People of a roster that are looked at together. */
const AT_ONCE = 20;
/** As far ahead as events are planned. */
const AHEAD = 3 * 366 * DAY;
/** The longest that a process remembers an event, and then the longest that a request lives. */
const KNOWN_BY_THEN = LATE + 5 * SECOND;

/**
 * What follows a restore of the table, while mail is held: new registrations begin above all that was sent; what is owed
 * about events that are over is settled; and every registration of the others is raised above what its person was sent,
 * and told how it stands. Each step records its progress in its own transaction, so it can be run again after any end,
 * and tells nobody twice. A restore to another moment starts over, above the one before.
 * @param input.restoredTo the moment whose state the table has
 * @param input.since the earliest moment of the restores before it, where it goes back to what one of them left out
 * @param input.until begins no step at or after it, and waits for nothing
 * @returns how far it is; `finishedAt` null: run it again
 */
export async function afterRestore(
  ctx: Context,
  input: { readonly restoredTo: Instant; readonly since?: Instant | undefined; readonly until?: Instant },
): Promise<Result<Restore>> {
  if (ctx.actor.role !== 'system') return forbidden('Operators do this');
  const hold = await ctx.store.mailHold();
  if (!hold?.held) return conflict('Hold all mail first: what was owed may not go out before it is settled');
  if (input.restoredTo > ctx.clock.now()) return conflict('Give the moment that the table was restored to');
  let at = await begun(ctx, input.restoredTo, input.since ?? input.restoredTo);
  while (at.ok && at.value.finishedAt === null) {
    const early = at.value.rostersFrom - ctx.clock.now();
    if (input.until !== undefined && ctx.clock.now() >= input.until) break;
    if (isReadyForRosters(at.value) && early > 0) {
      if (input.until !== undefined) break;
      await ctx.clock.wait(early);
    }
    at = await step(ctx, at.value);
  }
  return at;
}

const isReadyForRosters = ({ below, shard }: Restore): boolean => below.length === 0 && shard === null;

/** The restore that is under way, or done, to that moment; begun now where there is none. */
function begun(ctx: Context, restoredTo: Instant, since: Instant): Promise<Result<Restore>> {
  return settle(ctx, async () => {
    const [before, hold] = await Promise.all([ctx.store.restore(), ctx.store.mailHold()]);
    const untouched = hold?.restored ? [hold] : [];
    if (untouched.length === 0 && before?.restoredTo === restoredTo && before.since === since) return ok(before);
    const now = ctx.clock.now();
    const events = (await ctx.store.events(now, plus(now, AHEAD))).map(({ event }) => event.id);
    const after: Restore = {
      name: 'restore',
      rev: (before?.rev ?? 0) + 1,
      restoredTo,
      since,
      sequence: sequenceAt(now),
      startedAt: now,
      below: events,
      shard: 0,
      rostersFrom: plus(now, KNOWN_BY_THEN),
      events,
      cursor: null,
      raised: 0,
      settled: 0,
      told: 0,
      finishedAt: null,
    };
    const holds = untouched.map((one) => ({ before: one, after: begunUnder(one) }));
    return write(ctx, before, after, NOTHING, 'began after a restore', holds);
  });
}

/** From here on it is known by how far this is that nothing may go. */
const begunUnder = ({ restored: _restored, ...hold }: MailHold): MailHold => ({ ...hold, rev: hold.rev + 1 });

/** A part of it: what changes beside how far it is. */
type Part = Required<Pick<Change, 'events' | 'registrations' | 'settled' | 'unparked' | 'owed' | 'audit'>>;
const NOTHING: Part = { events: [], registrations: [], settled: [], unparked: [], owed: [], audit: [] };

/** One transaction more: some events, some of a shard, some people of the event at work, or the end of it. */
function step(ctx: Context, known: Restore): Promise<Result<Restore>> {
  return settle(ctx, async () => {
    const before = await ctx.store.restore();
    // somebody else's run is ahead of this one
    if (!before || before.rev !== known.rev) return ok(before ?? known);
    const next = { ...before, rev: before.rev + 1 };
    if (before.below.length > 0) return begunAbove(ctx, before, next);
    if (before.shard !== null) return cleared(ctx, before, next, before.shard);
    const [event] = before.events;
    if (event !== undefined) return toldOf(ctx, before, next, event);
    return write(ctx, before, { ...next, finishedAt: ctx.clock.now() }, NOTHING, 'ended after a restore');
  });
}

/** New registrations of these events begin above what was sent to people whose registrations were lost. */
async function begunAbove(ctx: Context, before: Restore, next: Restore) {
  const some = before.below.slice(0, EVENTS_AT_ONCE);
  const found = await Promise.all(some.map((id) => ctx.store.event(id)));
  const events = found.flatMap((event) =>
    event ? [{ before: event, after: { ...event, rev: event.rev + 1, firstSequence: before.sequence } }] : [],
  );
  const audit = events.map(({ after }) =>
    audited(after.id, after.rev, ctx.clock.now(), ctx.actor, 'raised after a restore'),
  );
  const below = before.below.slice(EVENTS_AT_ONCE);
  // counted from the last of them: a registration uses what a process remembered of the event before
  const rostersFrom = plus(ctx.clock.now(), KNOWN_BY_THEN);
  return write(ctx, before, { ...next, below, rostersFrom }, { ...NOTHING, events, audit });
}

/** What is owed about events that are over is told to nobody. */
async function cleared(ctx: Context, before: Restore, next: Restore, shard: number) {
  const owed = (await ctx.store.owed(shard)).filter((one) => one.about === 'registration');
  const ahead = new Set(before.events);
  const ids = [...new Set(owed.map(({ event }) => event))].filter((id) => !ahead.has(id));
  const over = new Set<EventId>();
  for (const id of ids) {
    const event = await ctx.store.event(id);
    if (event && endOf(event) <= ctx.clock.now()) over.add(id);
  }
  const settled = owed.filter(({ event }) => over.has(event)).slice(0, MOST_ACTIONS);
  const done = settled.length < MOST_ACTIONS;
  const following = shard + 1 < OUTBOX_SHARDS ? shard + 1 : null;
  const after = { ...next, shard: done ? following : shard, settled: before.settled + settled.length };
  return write(ctx, before, after, { ...NOTHING, settled });
}

/** Some people of a roster, as many as fit into one transaction. */
async function toldOf(ctx: Context, before: Restore, next: Restore, id: EventId) {
  const event = await ctx.store.event(id);
  const page = event && (await ctx.store.rosterPage(id, AT_ONCE, before.cursor));
  const found = event && page ? await aftermaths(ctx, before, event, page.items) : [];
  const { taken, part } = fitting(found);
  const after = {
    ...next,
    raised:
      before.raised + part.registrations.filter(({ before: was }) => (was?.sequence ?? 0) < before.sequence).length,
    settled: before.settled + part.settled.length + part.unparked.length,
    told: before.told + found.slice(0, taken).filter((one) => (one?.rest.owed.length ?? 0) > 0).length,
  };
  // the first has more to settle than fits: some of it now, and then they are looked at again
  if (taken === 0 && found.length > 0) return write(ctx, before, after, part);
  const cursor =
    taken < found.length ? (await ctx.store.rosterPage(id, taken, before.cursor)).next : (page?.next ?? null);
  const events = cursor === null ? before.events.slice(1) : before.events;
  return write(ctx, before, { ...after, events, cursor }, part);
}

function aftermaths(ctx: Context, restore: Restore, event: TrainingEvent, roster: readonly Registration[]) {
  const { restoredTo, since, sequence } = restore;
  const under = { restoredTo, since, sequence, actor: ctx.actor, now: ctx.clock.now() };
  return Promise.all(
    roster.map(async (held) => {
      const [owed, parked, sent] = await Promise.all([
        ctx.store.owedTo(held.event, held.person),
        ctx.store.parkedTo(held.event, held.person),
        since < restoredTo ? sentTo(ctx, held) : [],
      ]);
      return aftermath({ held, event, owed, parked, sent }, under);
    }),
  );
}

async function sentTo(ctx: Context, { event, person }: Registration): Promise<OwedAboutRegistration[]> {
  const messages = await ctx.store.messagesOf(event, person);
  return messages.map(({ owed }) => owed).filter((one) => one.about === 'registration');
}

/** How many of them, from the front, go into one transaction, and what that writes. */
function fitting(found: readonly (Aftermath | null)[]): { readonly taken: number; readonly part: Part } {
  let part = NOTHING;
  let taken = 0;
  for (const one of found) {
    const more = one ? joined(part, [...one.chores, one.rest]) : part;
    if (sizeOf(more) > MOST_ACTIONS) break;
    part = more;
    taken += 1;
  }
  const first = taken === 0 ? (found[0]?.chores ?? []) : [];
  // a chore is two actions at most
  return { taken, part: joined(part, first.slice(0, Math.floor(MOST_ACTIONS / 2))) };
}

const joined = (part: Part, more: readonly Partial<Part>[]): Part => ({
  ...part,
  registrations: [...part.registrations, ...more.flatMap(({ registrations = [] }) => registrations)],
  settled: [...part.settled, ...more.flatMap(({ settled = [] }) => settled)],
  unparked: [...part.unparked, ...more.flatMap(({ unparked = [] }) => unparked)],
  owed: [...part.owed, ...more.flatMap(({ owed = [] }) => owed)],
  audit: [...part.audit, ...more.flatMap(({ audit = [] }) => audit)],
});

const sizeOf = (part: Part): number => Object.values(part).reduce((sum, some) => sum + some.length, 0);

async function write(
  ctx: Context,
  before: Restore | null,
  after: Restore,
  part: Part,
  act?: string,
  holds: readonly Moved<MailHold>[] = [],
): Promise<Result<Restore> | 'again'> {
  const record = act ? [audited('mail', null, ctx.clock.now(), ctx.actor, act, `${after.raised} registrations`)] : [];
  const change = { ...part, settings: [{ before, after }, ...holds], audit: [...part.audit, ...record] };
  return (await ctx.store.commit(change)) === 'committed' ? ok(after) : 'again';
}
