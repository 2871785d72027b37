import { tellChange } from '../domain/decide.ts';
import type { TrainingEvent } from '../domain/event.ts';
import { LATE, type Job } from '../domain/job.ts';
import { end, isStanding, type Registration } from '../domain/registration.ts';
import { plus, type Instant } from '../domain/time.ts';
import { isOver, type Context } from './context.ts';
import { settle, committed } from './settle.ts';
import { asSystem } from './system.ts';
import { ok } from '../domain/result.ts';

/** Registrations of one step; the checkpoint moves after each. */
const PAGE = 100;

/**
 * Carries changes of events to everybody registered, from where it stopped. Each registration is moved under its own
 * `rev` and remembers what it was told, so a step that runs twice does its work once. Where one job fails the others go
 * on, and then the first failure is thrown.
 * @param until carries to nobody at or after this moment: the next run begins with the page that was left
 * @returns whether anything is left to do now
 */
export async function runJobs(caller: Context, until?: Instant): Promise<boolean> {
  const ctx = asSystem(caller, 'fan-out');
  const jobs = await ctx.store.jobsDue(ctx.clock.now());
  const failures: unknown[] = [];
  for (const job of jobs) {
    try {
      await step(ctx, job, until);
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw failures[0];
  return jobs.length > 0;
}

async function step(ctx: Context, job: Job, until: Instant | undefined): Promise<void> {
  if (isOver(ctx, until)) return;
  const event = await ctx.store.event(job.event);
  if (!event) return ctx.store.advanceJob(job, null);
  const page = await ctx.store.rosterPage(job.event, PAGE, job.cursor);
  for (const registration of page.items) {
    if (isOver(ctx, until)) return ctx.nudge();
    await carry(ctx, job, event, registration);
  }
  ctx.nudge();
  if (page.next) return ctx.store.advanceJob(job, { ...job, cursor: page.next });
  return ctx.store.advanceJob(
    job,
    job.pass === 1 ? { ...job, pass: 2, cursor: null, dueAt: plus(ctx.clock.now(), LATE) } : null,
  );
}

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
