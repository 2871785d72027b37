import { audited, type Change } from '../domain/change.ts';
import {
  checkDraft,
  checkPublish,
  inOrder,
  newSeats,
  poolsOf,
  type EventDraft,
  type Session,
  type Trainer,
  type TrainingEvent,
} from '../domain/event.ts';
import { EventId, PersonId, SessionId } from '../domain/ids.ts';
import type { Job } from '../domain/job.ts';
import type { Email } from '../domain/person.ts';
import type { Program } from '../domain/program.ts';
import { conflict, invalid, ok, refuse, unknown, type FieldError, type Result } from '../domain/result.ts';
import type { SeatsMove } from '../domain/seats.ts';
import { asParagraphs } from '../domain/text.ts';
import { isoOf, type Instant } from '../domain/time.ts';
import { actorName, personOf } from '../domain/actor.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { promoteSoon } from './promote-waiting.ts';
import { committed, settle } from './settle.ts';

/** TransactWriteItems takes 100 actions: sessions of *one* have a counter each, and trainers an item each. */
const MOST_SITTINGS = 40;

/**
 * Makes a draft.
 * @param input.key an Idempotency-Key: the same key makes the same event once
 */
export async function createEvent(
  ctx: Context,
  input: { readonly draft: EventDraft; readonly key?: string | undefined; readonly digest: string },
): Promise<Result<{ readonly event: TrainingEvent; readonly created: boolean }>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const checked = await check(ctx, input.draft);
  if (!checked.ok) return checked;
  const by = personOf(ctx.actor)?.id ?? '';
  const id = EventId.parse(input.key ? ctx.ids.derived('evt', by, 'events', input.key) : ctx.ids.random('evt'));
  return settle(ctx, async (tries) => {
    const known = input.key || tries > 0 ? await ctx.store.event(id) : null;
    if (known)
      return known.madeBy === input.digest
        ? ok({ event: known, created: tries > 0 })
        : invalid({ path: 'Idempotency-Key', message: 'This key was used with other values. Use a new one' });
    const now = ctx.clock.now();
    const trainers = await findTrainers(ctx, input.draft.trainers);
    const event: TrainingEvent = {
      ...fields(ctx, input.draft, [], trainers, checked.value, now),
      id,
      rev: 1,
      status: 'draft',
      cancelReason: null,
      madeBy: input.digest,
    };
    const change: Change = {
      events: [{ before: null, after: event }],
      audit: [audited(id, 1, now, ctx.actor, 'created event')],
    };
    return committed(ctx, await ctx.store.commit(change), ok({ event, created: true }));
  });
}

/**
 * Changes an event, drafts and published ones alike; what registered people must know reaches them.
 * @param input.version the `rev` that the editor saw
 * @param input.patch makes the new values from the present ones
 */
export async function changeEvent(
  ctx: Context,
  input: {
    readonly id: EventId;
    readonly version: number | null;
    readonly patch: (event: TrainingEvent) => Result<EventDraft>;
  },
): Promise<Result<TrainingEvent>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const result = await settle(ctx, async () => {
    const before = await ctx.store.event(input.id);
    if (!before) return unknown('event');
    if (input.version === null) return refuse({ kind: 'version-missing' });
    if (before.rev !== input.version) return refuse({ kind: 'version-stale' });
    if (before.status === 'cancelled') return conflict('A canceled event can’t be changed');
    const draft = input.patch(before);
    if (!draft.ok) return draft;
    const checked = await check(ctx, draft.value);
    if (!checked.ok) return checked;
    const wrong = keepsItsShape(before, draft.value);
    if (wrong) return wrong;
    const now = ctx.clock.now();
    const changed = fields(ctx, draft.value, before.sessions, before.trainers, checked.value, now);
    const past = pastProblems(before, changed, now);
    if (past.length > 0) return invalid(...past);
    const trainers = await findTrainers(ctx, draft.value.trainers);
    const after: TrainingEvent = { ...before, ...changed, trainers, rev: before.rev + 1 };
    return committed(ctx, await ctx.store.commit(changeOf(ctx, before, after, now)), ok(after));
  });
  if (result.ok && result.value.status === 'published')
    for (const { pool } of poolsOf(result.value)) await promoteSoon(ctx, pool);
  return result;
}

/** Opens an event to those it is for; each pool of seats begins here. */
export async function publishEvent(ctx: Context, input: { readonly id: EventId }): Promise<Result<TrainingEvent>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  return settle(ctx, async () => {
    const before = await ctx.store.event(input.id);
    if (!before) return unknown('event');
    if (before.status === 'published') return ok(before);
    if (before.status === 'cancelled') return conflict('A canceled event can’t be published');
    const now = ctx.clock.now();
    const wrong = checkPublish(before, now);
    if (wrong.length > 0) return invalid(...wrong);
    const after: TrainingEvent = { ...before, rev: before.rev + 1, status: 'published', updatedAt: now };
    const change: Change = {
      events: [{ before, after }],
      seats: poolsOf(after).map(({ pool, capacity, startsAt }) => ({
        move: 'create',
        seats: newSeats(after, pool, capacity, startsAt),
      })),
      audit: [audited(after.id, after.rev, now, ctx.actor, 'published event')],
    };
    return committed(ctx, await ctx.store.commit(change), ok(after));
  });
}

/** Cancels an event: its seats close in the same transaction, and everybody registered is told. */
export async function cancelEvent(
  ctx: Context,
  input: { readonly id: EventId; readonly reason: string },
): Promise<Result<TrainingEvent>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const reason = asParagraphs(input.reason);
  if (reason === '') return invalid({ path: 'reason', message: 'Say why, in a sentence people read' });
  if (reason.length > 500) return invalid({ path: 'reason', message: 'Use at most 500 characters' });
  return settle(ctx, async () => {
    const before = await ctx.store.event(input.id);
    if (!before) return unknown('event');
    if (before.status === 'cancelled') return ok(before);
    const now = ctx.clock.now();
    const after: TrainingEvent = {
      ...before,
      rev: before.rev + 1,
      status: 'cancelled',
      cancelReason: reason,
      updatedAt: now,
    };
    const change: Change = {
      events: [{ before, after }],
      ...(before.status === 'published'
        ? {
            seats: poolsOf(before).map(({ pool }) => ({ move: 'cancel' as const, pool })),
            jobs: [jobFor(after, 'event-cancelled', [], now)],
          }
        : {}),
      audit: [audited(after.id, after.rev, now, ctx.actor, 'canceled event', reason)],
    };
    return committed(ctx, await ctx.store.commit(change), ok(after));
  });
}

const jobFor = (event: TrainingEvent, kind: Job['kind'], before: Job['before'], now: Instant): Job => ({
  event: event.id,
  eventRev: event.rev,
  kind,
  before,
  pass: 1,
  cursor: null,
  dueAt: now,
});

async function check(ctx: Context, draft: EventDraft): Promise<Result<Program>> {
  const errors: FieldError[] = checkDraft(draft);
  const program = await ctx.store.program(draft.programId);
  if (!program) errors.push({ path: 'programId', message: 'Choose one of the programs' });
  if (draft.sessionChoice === 'one' && draft.sessions.length > MOST_SITTINGS)
    errors.push({ path: 'sessions', message: `Use at most ${MOST_SITTINGS} sessions where people pick one` });
  return program && errors.length === 0 ? ok(program) : invalid(...errors);
}

/** What people registered under can't be exchanged below them. */
function keepsItsShape(before: TrainingEvent, draft: EventDraft): Result<never> | null {
  const known = new Set(before.sessions.map((session) => session.id));
  const strange = draft.sessions.findIndex((session) => session.id && !known.has(session.id));
  if (strange >= 0) return invalid({ path: `sessions.${strange}.id`, message: 'This event has no such session' });
  if (before.status !== 'published') return null;
  const errors: FieldError[] = [];
  if (draft.sessionChoice !== before.sessionChoice)
    errors.push({ path: 'sessionChoice', message: 'How sessions are taken is fixed once an event is published' });
  if (draft.mode !== before.mode)
    errors.push({ path: 'mode', message: 'Whether seats open or sealed is fixed once an event is published' });
  const kept = new Set(draft.sessions.flatMap((session) => session.id ?? []));
  if (before.sessionChoice === 'one' && before.sessions.some((session) => !kept.has(session.id)))
    errors.push({
      path: 'sessions',
      message: 'A session that people picked can’t be removed. Cancel the event instead',
    });
  return errors.length > 0 ? invalid(...errors) : null;
}

/** A published event can't be moved into the past. What is past already may stay. */
function pastProblems(before: TrainingEvent, after: Pick<TrainingEvent, 'sessions'>, now: Instant): FieldError[] {
  if (before.status !== 'published') return [];
  return after.sessions.flatMap((session, index) => {
    const was = before.sessions.find((old) => old.id === session.id);
    return session.startsAt <= now && was?.startsAt !== session.startsAt
      ? [{ path: `sessions.${index}.startsAt`, message: 'Start the session in the future' }]
      : [];
  });
}

type Fields = Omit<TrainingEvent, 'id' | 'rev' | 'status' | 'cancelReason' | 'madeBy'>;

function fields(
  ctx: Context,
  draft: EventDraft,
  known: readonly Session[],
  trainers: Trainer[],
  program: Program,
  now: Instant,
): Fields {
  const sessions = draft.sessions.map((session): Session => {
    const before = known.find((old) => old.id === session.id);
    return {
      ...session,
      id: session.id ?? SessionId.parse(ctx.ids.random('ses')),
      joinUrl: session.joinUrl || (before?.joinUrl ?? ''),
    };
  });
  return {
    programId: draft.programId,
    title: draft.title,
    description: draft.description,
    outcomes: draft.outcomes,
    timeZone: draft.timeZone,
    sessions: inOrder(sessions),
    sessionChoice: draft.sessionChoice,
    capacity: draft.capacity,
    mode: draft.mode,
    audience: draft.audience ?? program.audience,
    approval: draft.approval,
    opensAt: draft.opensAt,
    closesAt: draft.closesAt,
    joinOpensMinutes: draft.joinOpensMinutes,
    trainers,
    questions: draft.questions,
    updatedAt: now,
    updatedBy: actorName(ctx.actor),
  };
}

/** The people of the trainers' addresses; one that is new to the desk is made. */
export async function findTrainers(ctx: Context, emails: readonly Email[]): Promise<Trainer[]> {
  return Promise.all(
    emails.map(async (email) => {
      const person = await personOfAddress(ctx, email);
      return { person: person.id, email, name: person.profile?.name ?? '' };
    }),
  );
}

/** The person of an address, made where there is none. */
export const personOfAddress = (ctx: Context, email: Email) =>
  ctx.store.ensurePerson(email, {
    id: PersonId.parse(ctx.ids.random('per')),
    rev: 1,
    email,
    profile: null,
    staff: false,
    approvals: {},
    epoch: 0,
    feed: 1,
  });

/** Everything that changes with an event; those registered are told of what concerns them. */
function changeOf(ctx: Context, before: TrainingEvent, after: TrainingEvent, now: Instant): Change {
  const tells = before.status === 'published' && concernsPeople(before, after);
  return {
    events: [{ before, after }],
    ...(before.status === 'published' ? { seats: seatsMoves(before, after) } : {}),
    ...(tells ? { jobs: [jobFor(after, 'event-changed', movedSessions(before, after), now)] } : {}),
    audit: [audited(after.id, after.rev, now, ctx.actor, 'changed event', changedFields(before, after).join(', '))],
  };
}

function seatsMoves(before: TrainingEvent, after: TrainingEvent): SeatsMove[] {
  const had = new Set(poolsOf(before).map(({ pool }) => pool));
  return poolsOf(after).map(({ pool, capacity, startsAt }) =>
    had.has(pool)
      ? { move: 'set', pool, capacity, opensAt: after.opensAt, closesAt: after.closesAt, startsAt }
      : { move: 'create', seats: newSeats(after, pool, capacity, startsAt) },
  );
}

const timesOf = (event: TrainingEvent): string =>
  event.sessions.map((s) => `${s.id} ${isoOf(s.startsAt)} ${isoOf(s.endsAt)} ${s.title} ${s.location}`).join('\n');

/** Seats, trainers, questions and the window are the desk's business; words, times and places are everybody's. */
const concernsPeople = (before: TrainingEvent, after: TrainingEvent): boolean =>
  before.title !== after.title ||
  before.description !== after.description ||
  before.timeZone !== after.timeZone ||
  timesOf(before) !== timesOf(after);

/** Sessions that moved or are gone, as they were. */
const movedSessions = (before: TrainingEvent, after: TrainingEvent): Job['before'] =>
  before.sessions
    .filter((old) => {
      const now = after.sessions.find((session) => session.id === old.id);
      return !now || now.startsAt !== old.startsAt || now.endsAt !== old.endsAt;
    })
    .map(({ id, startsAt, endsAt }) => ({ id, startsAt, endsAt }));

const changedFields = (before: TrainingEvent, after: TrainingEvent): string[] =>
  Object.entries(after)
    .filter(
      ([name, value]) =>
        JSON.stringify(value) !== JSON.stringify(Object.entries(before).find(([n]) => n === name)?.[1]),
    )
    .map(([name]) => name)
    .filter((name) => !['rev', 'updatedAt', 'updatedBy'].includes(name));

/** The values of an event as a draft, to be changed in part. */
export const draftOf = (event: TrainingEvent): EventDraft => ({
  programId: event.programId,
  title: event.title,
  description: event.description,
  outcomes: event.outcomes,
  timeZone: event.timeZone,
  sessions: event.sessions,
  sessionChoice: event.sessionChoice,
  capacity: event.capacity,
  mode: event.mode,
  audience: event.audience,
  approval: event.approval,
  opensAt: event.opensAt,
  closesAt: event.closesAt,
  joinOpensMinutes: event.joinOpensMinutes,
  trainers: event.trainers.map((trainer) => trainer.email),
  questions: event.questions,
});
