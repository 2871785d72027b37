import { audited } from '../domain/change.ts';
import { examineEvent, noEvent, unansweredAfter, unfinished, unreadable } from '../domain/checkup.ts';
import { workFindings } from '../domain/checkup-work.ts';
import { endOf, poolsOf } from '../domain/event.ts';
import type { EventRead, Finding } from '../domain/finding.ts';
import type { EventId } from '../domain/ids.ts';
import type { ListJob } from '../domain/import-list.ts';
import type { Job } from '../domain/job.ts';
import type { Owed } from '../domain/owed.ts';
import type { Registration } from '../domain/registration.ts';
import { ok, type Result } from '../domain/result.ts';
import type { MailHold } from '../domain/setting.ts';
import { fiscalYear, instant, type Instant } from '../domain/time.ts';
import { UnreadableItem } from '../domain/unreadable.ts';
import { zoneFindings } from '../domain/zones.ts';
import { staffOnly } from './access.ts';
import { isOver, type Context } from './context.ts';
import { SHARDS } from './store-port.ts';
import { promoteWaiting } from './promote-waiting.ts';
import { rosterOf } from './roster-of.ts';
import { settle } from './settle.ts';

/** What a look at the whole desk found. */
export interface Diagnosis {
  /** How many events were looked at: all that are not over, and those that something unfinished refers to. */
  readonly events: number;
  readonly findings: readonly Finding[];
  /** After which event the time was up; null: all were looked at. */
  readonly stoppedAt: EventId | null;
}

/** How much of the desk a run is to look at: all of it unless told. */
export interface Round {
  /** Begins with no event at or after this moment. */
  readonly until?: Instant | undefined;
  /** The event after which the last run stopped: this one begins with what follows. */
  readonly after?: EventId | null | undefined;
}

/**
 * Compares what the desk keeps about every event that is not over (seat rule 15), and finds what is stuck. It only
 * reads, each roster twice, and may run at any moment: for staff, the operator's command and the nightly schedule, which
 * acts as the system.
 */
export async function examineDesk(ctx: Context, round: Round = {}): Promise<Result<Diagnosis>> {
  const refused = mayExamine(ctx);
  if (refused) return refused;
  const work = await readWork(ctx);
  const ids = inTurn(await eventsToSee(ctx, work), round);
  const strange = await ctx.store.unreadable(null, []);
  const findings = [...zoneFindings(), ...strange.map(unreadable), ...workFindings(work, ctx.clock.now())];
  const { seen, stoppedAt } = await eachInTime(ctx, ids, round, async (id) => {
    findings.push(...(await eventFindings(ctx, id, work)));
  });
  if (seen < ids.length) findings.push(unfinished(ids.length - seen, ids.length));
  return ok({ events: seen, findings, stoppedAt });
}

/** From where the last run stopped, and around. */
function inTurn(ids: ReadonlySet<EventId>, { after }: Round): EventId[] {
  const sorted = [...ids].toSorted();
  const from = after ? sorted.findIndex((id) => id > after) : 0;
  return from > 0 ? [...sorted.slice(from), ...sorted.slice(0, from)] : sorted;
}

async function eachInTime(
  ctx: Context,
  ids: readonly EventId[],
  { until, after }: Round,
  work: (id: EventId) => Promise<void>,
): Promise<{ readonly seen: number; readonly stoppedAt: EventId | null }> {
  for (const [seen, id] of ids.entries()) {
    if (isOver(ctx, until)) return { seen, stoppedAt: ids[seen - 1] ?? after ?? null };
    await work(id);
  }
  return { seen: ids.length, stoppedAt: null };
}

/**
 * Mends what needs no judgment, when a person asks for it. Each change is conditional on what was read, so the desk may
 * be busy in the meantime, and each is on record.
 * Half of its time is for mending, and half for the look at what is left.
 * @returns what was mended, and what is left
 */
export async function mendDesk(
  ctx: Context,
  round: Round = {},
): Promise<Result<{ readonly mended: readonly Finding[]; readonly left: Diagnosis }>> {
  const refused = mayExamine(ctx);
  if (refused) return refused;
  const work = await readWork(ctx);
  const mended: Finding[] = [];
  const ids = inTurn(await eventsToSee(ctx, work), round);
  const now = ctx.clock.now();
  const half = round.until && instant(Math.floor((now + round.until) / 2));
  const { stoppedAt } = await eachInTime(ctx, ids, { ...round, until: half }, (id) => mendEvent(ctx, id, work, mended));
  const left = await examineDesk(ctx, round);
  return left.ok ? ok({ mended, left: { ...left.value, stoppedAt: stoppedAt ?? left.value.stoppedAt } }) : left;
}

const mayExamine = (ctx: Context) => (ctx.actor.role === 'system' ? null : staffOnly(ctx));

/** Messages owed and given up, changes on their way, and people who wait for an answer. */
interface Work {
  readonly owed: readonly Owed[];
  readonly parked: number;
  readonly jobs: readonly Job[];
  readonly lists: readonly ListJob[];
  readonly hold: MailHold | null;
  readonly pending: readonly Registration[];
}

/** The last moment that sorts among the others. */
const EVER = instant(9_999_999_999_998);

async function readWork(ctx: Context): Promise<Work> {
  const [owed, parked, jobs, lists, hold, pending] = await Promise.all([
    Promise.all(SHARDS.map((shard) => ctx.store.owed(shard))),
    ctx.store.parked(),
    ctx.store.jobsDue(EVER),
    ctx.store.runningLists(),
    ctx.store.mailHold(),
    ctx.store.pending(null),
  ]);
  return { owed: owed.flat(), parked: parked.length, jobs, lists, hold, pending };
}

/** Fiscal years ahead that an event may be planned in. */
const YEARS_AHEAD = 4;

/** Events that are not over, by the lists of their years and, should those lack one, by what refers to it. */
async function eventsToSee(ctx: Context, work: Work): Promise<ReadonlySet<EventId>> {
  const now = ctx.clock.now();
  const listed = (await Promise.all(yearsFrom(now).map((year) => ctx.store.listed(year)))).flat();
  return new Set([
    ...listed.filter(({ end }) => end >= now).map(({ event }) => event),
    ...work.owed.flatMap((owed) => (owed.about === 'registration' ? [owed.event] : [])),
    ...work.jobs.map((job) => job.event),
    ...work.pending.map((registration) => registration.event),
  ]);
}

const yearsFrom = (now: Instant): number[] =>
  Array.from({ length: YEARS_AHEAD + 1 }, (_, more) => fiscalYear(now) + more);

async function eventFindings(ctx: Context, id: EventId, work: Work): Promise<readonly Finding[]> {
  try {
    const now = ctx.clock.now();
    const read = await readEvent(ctx, id, work);
    if (!read) return [noEvent(id)];
    const pools = poolsOf(read.event).map(({ pool }) => pool);
    // after it was read: what was left out of a list then is found now, and nobody counts without it
    const strange = await ctx.store.unreadable(id, pools);
    if (strange.length > 0) return strange.map(unreadable);
    if (endOf(read.event) >= now) return examineEvent(read, now);
    return work.pending.filter(({ event }) => event === id).map((pending) => unansweredAfter(read.event, pending));
  } catch (error) {
    if (!(error instanceof UnreadableItem)) throw error;
    return [unreadable(error)];
  }
}

/** Reads an event twice over while it is not changed by staff; its roster before and after everything else. */
async function readEvent(ctx: Context, id: EventId, work: Work): Promise<EventRead | null> {
  for (;;) {
    const event = await ctx.store.event(id);
    if (!event) return null;
    if (endOf(event) < ctx.clock.now()) return { ...NOTHING, event };
    const pools = poolsOf(event).map(({ pool }) => pool);
    const before = await rosterOf(ctx, id);
    const [seats, lines, trainers, listed] = await Promise.all([
      ctx.store.seats(pools),
      Promise.all(pools.map((pool) => ctx.store.line(pool))),
      ctx.store.trainersOf(id),
      ctx.store.listed(fiscalYear(endOf(event))),
    ]);
    const after = await rosterOf(ctx, id);
    if ((await ctx.store.event(id))?.rev !== event.rev) continue;
    return {
      event,
      listed: listed.find((one) => one.event === id) ?? null,
      before,
      seats,
      line: lines.flat(),
      trainers,
      after,
      carried: work.jobs.some((job) => job.event === id),
    };
  }
}

const NOTHING = {
  listed: null,
  before: [],
  seats: [],
  line: [],
  trainers: new Map(),
  after: [],
  carried: false,
} as const;

/** Looks, mends and looks again, until nothing is left that could be mended. */
async function mendEvent(ctx: Context, id: EventId, work: Work, mended: Finding[]): Promise<void> {
  const done = new Set<string>();
  await settle(ctx, async () => {
    const found = await eventFindings(ctx, id, work);
    // a cancellation that is carried again takes its time
    const sick = found.filter((finding) => finding.mend !== null && !done.has(keyOf(finding)));
    for (const finding of sick) {
      if (!(await applied(ctx, finding))) continue;
      done.add(keyOf(finding));
      mended.push(finding);
    }
    return sick.length === 0 ? ok(null) : 'again';
  });
}

const keyOf = ({ kind, subject, words }: Finding): string => `${kind} ${subject} ${words}`;

async function applied(ctx: Context, { mend, kind, words }: Finding): Promise<boolean> {
  if (mend === null) return false;
  if (mend.by === 'promoter') return (await promoteWaiting(ctx, mend.pool)) > 0;
  const audit = [audited(mend.entity, mend.rev, ctx.clock.now(), ctx.actor, `mended ${kind}`, words)];
  const outcome = await ctx.store.commit({ ...mend.change, audit });
  if (outcome === 'committed') ctx.nudge();
  return outcome === 'committed';
}
