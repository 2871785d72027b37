import { hostOfEmail, type Host } from '../domain/audience.ts';
import { audited } from '../domain/change.ts';
import { textOfFile } from '../domain/csv.ts';
import { startOf, type TrainingEvent } from '../domain/event.ts';
import { JobId, type EventId, type SessionId } from '../domain/ids.ts';
import {
  countsOf,
  isUnanswered,
  readList,
  ROWS_AT_ONCE,
  type Foreseen,
  type ListJob,
  type ListRow,
  type ReadList,
} from '../domain/import-list.ts';
import { lookAlikes } from '../domain/look-alike.ts';
import type { Email } from '../domain/person.ts';
import { chooseSessions, closedFor, poolFor } from '../domain/register.ts';
import { isStanding, isTurnedAway, type Registration } from '../domain/registration.ts';
import { conflict, invalid, ok, refuse, unknown, type Result } from '../domain/result.ts';
import { personOf } from '../domain/actor.ts';
import { seeEvent, staffOnly, verdictOn } from './access.ts';
import type { Context } from './context.ts';
import { mayList, notTheirs, type MayList } from './coordinate.ts';
import { rosterOf } from './roster-of.ts';

export interface ListInput {
  readonly event: EventId;
  /** Those that everybody on the list takes. */
  readonly sessions?: readonly SessionId[] | undefined;
  /** The file as it came; null: none was chosen. */
  readonly bytes: Uint8Array | null;
}

/** A list with what would become of each row, if it were run now. */
export interface CheckedList {
  readonly event: TrainingEvent;
  readonly sessions: readonly SessionId[];
  readonly rows: readonly ListRow[];
  /** Rows without an answer to a question that has to be answered. */
  readonly unanswered: number;
  readonly unused: readonly string[];
}

/** Says for each row of a list what registering it would do. Changes nothing. */
export async function checkList(ctx: Context, input: ListInput): Promise<Result<CheckedList>> {
  const may = await listing(ctx);
  if (!may.ok) return may;
  const seen = await seeEvent(ctx, input.event);
  if (!seen.ok) return seen;
  const { event } = seen.value;
  if (event.status === 'draft') return conflict('Publish the event first. Nobody can register for a draft');
  if (event.status === 'cancelled') return refuse({ kind: 'closed', because: 'cancelled' });
  if (startOf(event) <= ctx.clock.now()) return refuse({ kind: 'closed', because: 'past' });
  const sessions = chooseSessions(event, input.sessions);
  if (!sessions.ok) return sessions;
  const shut = may.value === 'everybody' ? null : await shutFor(ctx, event, sessions.value);
  if (shut) return shut;
  if (input.bytes === null) return invalid({ path: 'file', message: 'Choose a file' });
  const text = textOfFile(input.bytes);
  if (!text.ok) return text;
  const list = readList(text.value, event.questions);
  if (!list.ok) return list;
  const theirs = { ...list.value, rows: list.value.rows.map((row) => orNotTheirs(row, may.value)) };
  const rows = await foresee(ctx, event, sessions.value, theirs);
  const unanswered = rows.filter((row) => isUnanswered(row, event.questions)).length;
  return ok({ event, sessions: sessions.value, rows, unanswered, unused: list.value.unused });
}

/** Whom the caller may register from a list. */
async function listing(ctx: Context): Promise<Result<Exclude<MayList, null>>> {
  const may = await mayList(ctx);
  return may === null ? (staffOnly(ctx) ?? unknown('event')) : ok(may);
}

/** The window binds a coordinator as it binds everybody. */
async function shutFor(ctx: Context, event: TrainingEvent, sessions: readonly SessionId[]) {
  const [seats] = await ctx.store.seats([poolFor(event, sessions)]);
  return seats ? closedFor({ event, seats, sessions, now: ctx.clock.now() }) : unknown('event');
}

function orNotTheirs(row: ListRow, may: Exclude<MayList, null>): ListRow {
  const message = row.person && notTheirs(may, row.person.email);
  if (!row.person || !message) return row;
  const written = `${row.person.profile.name}, ${row.person.email}`.slice(0, 120);
  return { ...row, person: null, written, problems: [{ path: 'email', message }] };
}

async function foresee(
  ctx: Context,
  event: TrainingEvent,
  sessions: readonly SessionId[],
  { rows }: ReadList,
): Promise<readonly ListRow[]> {
  const [[seen], roster, known] = await Promise.all([
    ctx.store.pools([poolFor(event, sessions)]),
    rosterOf(ctx, event.id),
    ctx.store.hosts(),
  ]);
  const held = new Map(roster.map((registration) => [registration.email, registration]));
  const verdicts = await verdictsOf(ctx, event, rows);
  const [decided, alike] = [new Set(known), lookAlikes(known)];
  const likeOf = (host: Host): Host | null => (decided.has(host) ? null : alike(host));
  let free = seen ? Math.max(0, seen.seats.capacity - seen.seats.taken - seen.waiting) : 0;
  return rows.map((row) => {
    if (!row.person) return row;
    const { email } = row.person;
    const before = held.get(email) ?? null;
    const foreseen = foreseenOf(before, verdicts.get(email) ?? 'review', free > 0);
    if (foreseen === 'seat') free -= 1;
    return { ...row, foreseen, note: noteOf(email, before, likeOf) };
  });
}

function foreseenOf(before: Registration | null, verdict: 'qualifies' | 'review' | 'not', room: boolean): Foreseen {
  if (before && isStanding(before.status)) return 'already';
  if (before && isTurnedAway(before)) return 'ended';
  if (verdict === 'not') return 'not-in-audience';
  if (verdict === 'review') return 'review';
  return room ? 'seat' : 'waitlist';
}

function noteOf(email: Email, before: Registration | null, likeOf: (host: Host) => Host | null): string {
  const host = hostOfEmail(email);
  const alike = likeOf(host);
  if (alike) return `${host} looks like ${alike}, a host we know, but is not`;
  return before?.status === 'cancelled' && before.endedBy === 'person' ? 'They gave their place back before' : '';
}

/** A look at each host once, and at a person only where their own approval may decide; a list may have a host a row. */
async function verdictsOf(ctx: Context, event: TrainingEvent, rows: readonly ListRow[]) {
  const emails = rows.flatMap(({ person }) => person?.email ?? []);
  const byHosts = event.audience.kind === 'hosts';
  const hosts = byHosts ? [...new Set(emails.map(hostOfEmail))] : [];
  const records = new Map((await ctx.store.hostRecords(hosts)).map((record) => [record.host, record]));
  const verdicts = new Map<Email, 'qualifies' | 'review' | 'not'>();
  for (let from = 0; from < emails.length; from += ROWS_AT_ONCE)
    await Promise.all(
      emails.slice(from, from + ROWS_AT_ONCE).map(async (email) => {
        const record = records.get(hostOfEmail(email)) ?? null;
        const stranger = verdictOn(ctx, event, { email, approvals: {} }, record);
        const person = stranger.verdict === 'review' && byHosts ? await ctx.store.personByEmail(email) : null;
        verdicts.set(email, (person ? verdictOn(ctx, event, person, record) : stranger).verdict);
      }),
    );
  return verdicts;
}

/**
 * Checks a list and keeps it, to be looked at and then started. Registers nobody.
 * @param input.key an Idempotency-Key: the same key keeps the same list once
 */
export async function keepList(
  ctx: Context,
  input: ListInput & { readonly key?: string | undefined; readonly digest?: string | undefined },
): Promise<Result<ListJob>> {
  const checked = await checkList(ctx, input);
  if (!checked.ok) return checked;
  const by = personOf(ctx.actor);
  const may = await mayList(ctx);
  if (!by || may === null) return refuse({ kind: 'signed-out' });
  const digest = input.digest ?? '';
  const id = JobId.parse(
    input.key === undefined ? ctx.ids.random('job') : ctx.ids.derived('job', by.id, input.event, input.key),
  );
  const known = input.key === undefined ? null : await ctx.store.listJob(id);
  if (known)
    return known.madeBy === digest
      ? ok(known)
      : invalid({ path: 'Idempotency-Key', message: 'This key was used with another file. Use a new one' });
  const { event, sessions, rows, unanswered, unused } = checked.value;
  const now = ctx.clock.now();
  const job: ListJob = {
    id,
    rev: 1,
    event: event.id,
    sessions: [...sessions],
    by: by.id,
    ...(may === 'everybody' ? {} : { hosts: [...may] }),
    state: 'checked',
    total: rows.length,
    wrong: rows.filter(({ person }) => person === null).length,
    unanswered,
    unused: [...unused],
    done: 0,
    foreseen: countsOf(rows.map(({ foreseen }) => foreseen)),
    outcomes: {},
    madeBy: digest,
    checkedAt: now,
    movedAt: now,
  };
  await ctx.store.keepList(job, chunked(rows));
  return ok(job);
}

const chunked = (rows: readonly ListRow[]): ListRow[][] =>
  Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, chunk) =>
    rows.slice(chunk * ROWS_AT_ONCE, (chunk + 1) * ROWS_AT_ONCE),
  );

/** Begins to register the people of a list that was checked; wrong rows are left out. Again: as it stands. */
export async function startList(
  ctx: Context,
  input: { readonly event: EventId; readonly job: JobId },
): Promise<Result<ListJob>> {
  const found = await viewList(ctx, input);
  if (!found.ok || found.value.state !== 'checked') return found;
  const before = found.value;
  if (before.wrong === before.total)
    return invalid({ path: 'file', message: 'Every row of this list is wrong. Mend it and choose it again' });
  const now = ctx.clock.now();
  const after: ListJob = { ...before, rev: before.rev + 1, state: 'running', movedAt: now };
  const detail = `${before.total - before.wrong} people`;
  const entry = audited(before.event, null, now, ctx.actor, 'began to register a list', detail);
  if (!(await ctx.store.moveList(before, after, entry))) return viewList(ctx, input);
  ctx.nudge();
  return ok(after);
}

/** A list as it stands: to staff, and to the coordinator who made it. */
export async function viewList(
  ctx: Context,
  input: { readonly event: EventId; readonly job: JobId },
): Promise<Result<ListJob>> {
  const may = await listing(ctx);
  if (!may.ok) return may;
  const job = await ctx.store.listJob(input.job);
  // a list that somebody made as staff runs as staff's: it is not theirs as a coordinator
  const theirs = may.value === 'everybody' || (job?.hosts !== undefined && job.by === personOf(ctx.actor)?.id);
  return job && theirs && job.event === input.event ? ok(job) : unknown('list');
}

/** Rows of a list: one chunk of it, all of them, or those that staff should look at; the latter two are on record. */
export async function viewListRows(
  ctx: Context,
  job: ListJob,
  which: { readonly chunk: number } | 'all' | 'to-look-at',
): Promise<Result<readonly ListRow[]>> {
  const own = await viewList(ctx, { event: job.event, job: job.id });
  if (!own.ok) return own;
  if (typeof which === 'object') return ok(await ctx.store.listRows(job.id, which.chunk));
  await ctx.store.note(audited(job.event, null, ctx.clock.now(), ctx.actor, 'looked at a list', `${job.total} rows`));
  const rows = await ctx.store.allListRows(job.id);
  return ok(which === 'all' ? rows : rows.filter((row) => row.person === null || row.note !== '' || isLeftOut(row)));
}

/** Nothing will be done, or was done, for this row. */
const isLeftOut = ({ foreseen, outcome }: ListRow): boolean =>
  outcome === null
    ? foreseen === 'not-in-audience' || foreseen === 'ended'
    : outcome === 'not-in-audience' || outcome === 'ended' || outcome === 'not-theirs' || outcome === 'refused';
