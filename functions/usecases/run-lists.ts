import { personOf, type Actor } from '../domain/actor.ts';
import { audited } from '../domain/change.ts';
import { countsOf, ROWS_AT_ONCE, type ListJob, type ListRow, type Outcome } from '../domain/import-list.ts';
import { chooseSessions, poolFor, register, type Listed } from '../domain/register.ts';
import type { Email } from '../domain/person.ts';
import { isStanding, type Registration } from '../domain/registration.ts';
import { forbidden, ok, unknown, type Refusal, type Result } from '../domain/result.ts';
import { plus, SECOND, type Instant } from '../domain/time.ts';
import { verdictFor } from './access.ts';
import { isOver, type Context, type Try } from './context.ts';
import { mayList, notTheirs, rightTo, type MayList } from './coordinate.ts';
import { promoteSoon } from './promote-waiting.ts';
import { personOfAddress } from './person-of-address.ts';
import { committed, settle } from './settle.ts';

/** How long one run goes on: the next sweep continues with what is left. */
const TURN = 20 * SECOND;

/**
 * Registers the people of the lists that staff started, chunk by chunk, from where each stopped. A row has a request
 * key of its own, so one that is run twice is registered once, and nobody who gave up in the meantime comes back. Where one
 * list fails the others go on, and then the first failure is thrown. No list waits for another.
 */
export async function runLists(ctx: Context, until?: Instant): Promise<void> {
  const turn = plus(ctx.clock.now(), TURN);
  const runs = await Promise.allSettled((await ctx.store.runningLists()).map((job) => runList(ctx, job, turn, until)));
  const failed = runs.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

async function runList(ctx: Context, job: ListJob, turn: Instant, until: Instant | undefined): Promise<void> {
  let at: ListJob | null = job;
  while (at?.state === 'running' && !isOver(ctx, turn) && !isOver(ctx, until)) at = await runChunk(ctx, at);
}

/** The list as it then stands; null when somebody else carries it on. */
async function runChunk(ctx: Context, job: ListJob): Promise<ListJob | null> {
  const actor = await actorOf(ctx, job);
  const rows = await ctx.store.listRows(job.id, job.done);
  const after: ListRow[] = [];
  const as = { ...ctx, actor };
  const may = job.hosts ? await mayList(as) : 'everybody';
  // people who are new are made side by side; seats are given in the order of the list
  const people = rows.flatMap(({ person }) => (person && isTheirs(may, person.email) ? [person.email] : []));
  await Promise.all(people.map((email) => personOfAddress(ctx, email)));
  for (const row of rows) after.push({ ...row, outcome: await outcomeOf(as, job, row) });
  await ctx.store.putListRows(job, job.done, after);
  const done = job.done + 1;
  const outcomes = sum(job.outcomes, countsOf(after.map(({ outcome }) => outcome)));
  const now = ctx.clock.now();
  const last = done * ROWS_AT_ONCE >= job.total;
  const next: ListJob = { ...job, rev: job.rev + 1, done, outcomes, movedAt: now, state: last ? 'done' : 'running' };
  const entry = last ? audited(job.event, null, now, actor, 'registered a list', wordsOf(outcomes)) : undefined;
  if (!(await ctx.store.moveList(job, next, entry))) return null;
  const event = await ctx.store.event(job.event);
  if (event) await promoteSoon(ctx, poolFor(event, job.sessions));
  return next;
}

/** The person who made the list; the system where they no longer exist. */
async function actorOf(ctx: Context, job: ListJob): Promise<Actor> {
  const person = await ctx.store.person(job.by);
  if (!person) return { role: 'system', name: 'list' };
  return { role: job.hosts ? 'participant' : 'staff', person };
}

const sum = (a: Record<string, number>, b: Record<string, number>): Record<string, number> => {
  const total = { ...a };
  for (const [name, count] of Object.entries(b)) total[name] = (total[name] ?? 0) + count;
  return total;
};
const wordsOf = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');

async function outcomeOf(ctx: Context, job: ListJob, row: ListRow): Promise<Outcome | null> {
  const { person } = row;
  if (!person) return null;
  const requestKey = `${ctx.ids.hash(`${job.id}#${person.email}`).slice(0, 22)}.list`;
  const result = await settle(ctx, async () => registerRow(ctx, job, person, requestKey));
  if (!result.ok && result.refusal.kind === 'forbidden')
    return (await doneBefore(ctx, job, person.email, requestKey)) ?? 'not-theirs';
  if (!result.ok) return refusedAs(result.refusal);
  const { registration, mine } = result.value;
  return standingAs(registration, mine);
}

const isTheirs = (may: MayList, email: Email): boolean => may !== null && notTheirs(may, email) === null;

const standingAs = ({ status }: Registration, mine: boolean): Outcome =>
  mine && isStanding(status) ? status : 'already';

/** What became of a row in a chunk that broke off, before its coordinator was taken back; null: nothing yet. */
async function doneBefore(ctx: Context, job: ListJob, email: Email, requestKey: string): Promise<Outcome | null> {
  const person = await ctx.store.personByEmail(email);
  const held = person && (await ctx.store.registration(job.event, person.id));
  return held && [held.requestKey, ...(held.earlierKeys ?? [])].includes(requestKey)
    ? standingAs(held, held.requestKey === requestKey)
    : null;
}

/** Anything that passes is no answer: the chunk is done again. */
function refusedAs(refusal: Refusal): Outcome {
  if (refusal.kind === 'busy') throw new Error('A row of a list was not registered: its chunk is done again');
  return refusal.kind === 'not-in-audience' ? refusal.kind : refusal.kind === 'conflict' ? 'ended' : 'refused';
}

/** People are told the name of a coordinator who registered them, but not of staff. */
function registeredBy(ctx: Context, job: ListJob): Listed['by'] {
  if (!job.hosts) return { role: 'staff', name: '' };
  const person = personOf(ctx.actor);
  return { role: 'coordinator', name: person?.profile?.name ?? person?.email ?? '' };
}

/** One read, decide, commit, by the rules for everybody; a coordinator's, while they may: they can be taken back midway. */
async function registerRow(
  ctx: Context,
  job: ListJob,
  listed: NonNullable<ListRow['person']>,
  requestKey: string,
): Promise<Try<{ readonly registration: Registration; readonly mine: boolean }>> {
  const event = await ctx.store.event(job.event);
  if (!event || event.status === 'draft') return unknown('event');
  const sessions: Result<typeof job.sessions> = chooseSessions(event, job.sessions);
  if (!sessions.ok) return sessions;
  const restsOn = job.hosts ? await rightTo(ctx, job.by, listed.email) : undefined;
  if (restsOn === null) return forbidden('Only staff and the coordinator of their host may do this');
  const person = await personOfAddress(ctx, listed.email);
  const [held, [seats], verdict] = await Promise.all([
    ctx.store.registration(event.id, person.id),
    ctx.store.seats([poolFor(event, sessions.value)]),
    verdictFor(ctx, event, person),
  ]);
  if (!seats) return unknown('event');
  const decision = register({
    event,
    person,
    held,
    seats,
    verdict,
    sessions: sessions.value,
    attempt: undefined,
    details: { answers: listed.answers, accommodations: { needs: [], other: '' } },
    actor: ctx.actor,
    requestKey,
    now: ctx.clock.now(),
    listed: { by: registeredBy(ctx, job), profile: listed.profile },
  });
  if (!decision.ok) return decision;
  if (decision.value.kind === 'standing') {
    const { registration } = decision.value;
    return ok({ registration, mine: registration.requestKey === requestKey });
  }
  const outcome = await ctx.store.commit({ ...decision.value.change, ...(restsOn ? { restsOn } : {}) });
  if (decision.value.kind === 'seal') return 'again';
  return committed(ctx, outcome, ok({ registration: decision.value.registration, mine: true }));
}
