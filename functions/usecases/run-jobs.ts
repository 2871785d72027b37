import { tellChange } from '../domain/decide.ts';
import type { TrainingEvent } from '../domain/event.ts';
import { LATE, type Job } from '../domain/job.ts';
import { end, isStanding, type Registration } from '../domain/registration.ts';
import { plus, SECOND, type Instant } from '../domain/time.ts';
import { isOver, type Context } from './context.ts';
import { settle, committed } from './settle.ts';
import { asSystem } from './system.ts';
import { ok } from '../domain/result.ts';

/** Registrations of one step; the checkpoint moves after each. */
const PAGE = 100;
/** How long one run goes on: seats that came free wait for it, and the next sweep takes up what is left. */
const TURN = 20 * SECOND;

/**
 * Carries changes of events to everybody registered, a page of each in turn, from where it stopped. Each registration is
 * moved under its own `rev` and remembers what it was told, so a step that runs twice does its work once. Where one job
 * fails the others go on, and then the first failure is thrown.
 * @param until carries to nobody at or after this moment: the next run begins with the page that was left
 * @returns whether anything is left to do now
 */
export async function runJobs(caller: Context, until?: Instant): Promise<boolean> {
  const ctx = asSystem(caller, 'fan-out');
  const turn = plus(ctx.clock.now(), TURN);
  const jobs = await ctx.store.jobsDue(ctx.clock.now());
  const failures: unknown[] = [];
  for (let going = jobs; going.length > 0 && !isOver(ctx, turn);) {
    const further: Job[] = [];
    for (const job of going) {
      try {
        further.push(...(await step(ctx, job, until)));
      } catch (failure) {
        failures.push(failure);
      }
    }
    going = further;
  }
  if (failures.length > 0) throw failures[0];
  return jobs.length > 0;
}

/** One page; the job as it goes on now, or nothing. */
async function step(ctx: Context, job: Job, until: Instant | undefined): Promise<Job[]> {
  if (isOver(ctx, until)) return [];
  const event = await ctx.store.event(job.event);
  if (!event) {
    await ctx.store.advanceJob(job, null);
    return [];
  }
  const page = await ctx.store.rosterPage(job.event, PAGE, job.cursor);
  for (const registration of page.items) {
    if (isOver(ctx, until)) {
      ctx.nudge();
      return [];
    }
    await carry(ctx, job, event, registration);
  }
  ctx.nudge();
  const further: Job | null = page.next ? { ...job, cursor: page.next } : null;
  await ctx.store.advanceJob(job, further ?? secondPass(job, ctx.clock.now()));
  return further ? [further] : [];
}

const secondPass = (job: Job, now: Instant): Job | null =>
  job.pass === 1 ? { ...job, pass: 2, cursor: null, dueAt: plus(now, LATE) } : null;

async function carry(ctx: Context, job: Job, event: TrainingEvent, seen: Registration): Promise<void> {
  const carried = await settle(ctx, async (tries) => {
    const held = tries === 0 ? seen : await ctx.store.registration(seen.event, seen.person);
    const change = held && changeFor(ctx, job, event, held);
    return change ? committed(ctx, await ctx.store.commit(change), ok(null)) : ok(null);
  });
  if (!carried.ok) throw new Error(`A registration was not told (${carried.refusal.kind}): the page is done again`);
}

function changeFor(ctx: Context, job: Job, event: TrainingEvent, held: Registration) {
  const now = ctx.clock.now();
  if (job.kind === 'event-changed') {
    return event.status === 'published' ? tellChange(held, event, job, ctx.actor, now) : null;
  }
  if (!isStanding(held.status)) return null;
  const reason = event.cancelReason ?? '';
  return end(held, event, { by: 'event', kind: 'event-cancelled', reason }, ctx.actor, now);
}
