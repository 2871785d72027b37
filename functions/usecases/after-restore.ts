import { audited } from '../domain/change.ts';
import type { EventId } from '../domain/ids.ts';
import { raised, RAISE } from '../domain/restored.ts';
import { conflict, forbidden, ok, type Result } from '../domain/result.ts';
import type { Restore } from '../domain/setting.ts';
import { DAY, plus, type Instant } from '../domain/time.ts';
import type { Context } from './context.ts';
import { settle } from './settle.ts';

/** Actions that one transaction takes (DynamoDB: 100), less those for how far this is and its record. */
const MOST_ACTIONS = 95;
/** People of a roster that are looked at together. */
const AT_ONCE = 20;
/** As far ahead as events are planned. */
const AHEAD = 3 * 366 * DAY;

/**
 * What follows a restore of the table, while mail is held: every registration of an event to come is raised above what
 * its person was sent, and what it was owed is settled. Each step keeps how far it is in the same transaction, so it can
 * be run again after any end, and raises nobody twice.
 * @param input.restoredTo the moment whose state the table has
 * @param input.until begins no step at or after it
 * @returns how far it is; `finishedAt` null: run it again
 */
export async function afterRestore(
  ctx: Context,
  input: { readonly restoredTo: Instant; readonly until?: Instant },
): Promise<Result<Restore>> {
  if (ctx.actor.role !== 'system') return forbidden('Operators do this');
  const hold = await ctx.store.mailHold();
  if (!hold?.held) return conflict('Hold all mail first: what was owed may not go out before it is settled');
  if (input.restoredTo > ctx.clock.now()) return conflict('Give the moment that the table was restored to');
  let at = await begun(ctx, input.restoredTo);
  while (at.ok && at.value.finishedAt === null && !(input.until !== undefined && ctx.clock.now() >= input.until))
    at = await step(ctx, at.value);
  return at;
}

/** The restore that is under way, or done, to that moment; begun now where there is none. */
function begun(ctx: Context, restoredTo: Instant): Promise<Result<Restore>> {
  return settle(ctx, async () => {
    const before = await ctx.store.restore();
    if (before?.restoredTo === restoredTo) return ok(before);
    if (before && before.finishedAt === null)
      return conflict('Another restore is not done yet: run it to its end with its own moment');
    const now = ctx.clock.now();
    const events = await ctx.store.events(now, plus(now, AHEAD));
    const after: Restore = {
      name: 'restore',
      rev: (before?.rev ?? 0) + 1,
      restoredTo,
      raise: RAISE,
      startedAt: now,
      events: events.map(({ event }) => event.id),
      cursor: null,
      raised: 0,
      settled: 0,
      told: 0,
      finishedAt: null,
    };
    return write(ctx, before, after, [], 'began after a restore');
  });
}

/** Some people of the event at work, or the end of it. */
function step(ctx: Context, known: Restore): Promise<Result<Restore>> {
  return settle(ctx, async () => {
    const before = await ctx.store.restore();
    // somebody else's run is ahead of this one
    if (!before || before.rev !== known.rev) return ok(before ?? known);
    const [event, ...rest] = before.events;
    if (event === undefined) {
      const after = { ...before, rev: before.rev + 1, finishedAt: ctx.clock.now() };
      return write(ctx, before, after, [], 'ended after a restore');
    }
    const { changes, cursor } = await some(ctx, event, before.cursor);
    const after: Restore = {
      ...before,
      rev: before.rev + 1,
      events: cursor === null ? rest : before.events,
      cursor,
      raised: before.raised + changes.reduce((sum, { registrations }) => sum + registrations.length, 0),
      settled: before.settled + changes.reduce((sum, { settled }) => sum + settled.length, 0),
      told: before.told + changes.filter(({ owed }) => owed.length > 0).length,
    };
    return write(ctx, before, after, changes);
  });
}

type Raised = ReturnType<typeof raised>;
interface Some {
  readonly changes: readonly Raised[];
  /** Where the roster goes on; null at its end. */
  readonly cursor: string | null;
}

/** Some people of a roster, as many as fit into one transaction. */
async function some(ctx: Context, id: EventId, cursor: string | null): Promise<Some> {
  const event = await ctx.store.event(id);
  if (!event) return { changes: [], cursor: null };
  for (const limit of [AT_ONCE, 1]) {
    const page = await ctx.store.rosterPage(id, limit, cursor);
    const changes = await Promise.all(
      page.items.map(async (held) =>
        raised(held, event, await ctx.store.owedTo(id, held.person), ctx.actor, ctx.clock.now()),
      ),
    );
    const actions = changes.reduce((sum, { settled, owed }) => sum + 2 + settled.length + owed.length, 0);
    if (actions <= MOST_ACTIONS) return { changes, cursor: page.next };
    const [one] = changes;
    // so many messages to one person: all but one are settled first, and that one keeps the rest to do in mind
    if (limit === 1 && one) return { changes: [onlySettling(one)], cursor };
  }
  return { changes: [], cursor };
}

const onlySettling = ({ settled }: Raised): Raised => ({
  registrations: [],
  settled: settled.slice(0, -1).slice(0, MOST_ACTIONS),
  owed: [],
  audit: [],
});

async function write(
  ctx: Context,
  before: Restore | null,
  after: Restore,
  changes: readonly Raised[],
  act?: string,
): Promise<Result<Restore> | 'again'> {
  const outcome = await ctx.store.commit({
    settings: [{ before, after }],
    registrations: changes.flatMap(({ registrations }) => registrations),
    settled: changes.flatMap(({ settled }) => settled),
    owed: changes.flatMap(({ owed }) => owed),
    audit: [
      ...changes.flatMap(({ audit }) => audit),
      ...(act ? [audited('mail', null, ctx.clock.now(), ctx.actor, act, `${after.raised} registrations`)] : []),
    ],
  });
  return outcome === 'committed' ? ok(after) : 'again';
}
