import { audited, type Change } from './change.ts';
import type { Actor } from './actor.ts';
import { endOf, newSeats, poolsOf, type Earlier, type EventDraft, type TrainingEvent } from './event.ts';
import type { Job } from './job.ts';
import { invalid, type FieldError, type Result } from './result.ts';
import type { SeatsMove } from './seats.ts';
import { DAY, isoOf, plus, type Instant } from './time.ts';

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

/** What people registered under can't be changed after they did. */
export function keepsItsShape(before: TrainingEvent, draft: EventDraft): Result<never> | null {
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
export function pastProblems(
  before: TrainingEvent,
  after: Pick<TrainingEvent, 'sessions'>,
  now: Instant,
): FieldError[] {
  if (before.status !== 'published') return [];
  return after.sessions.flatMap((session, index) => {
    const was = before.sessions.find((old) => old.id === session.id);
    return session.startsAt <= now && was?.startsAt !== session.startsAt
      ? [{ path: `sessions.${index}.startsAt`, message: 'Start the session in the future' }]
      : [];
  });
}

/** Everything that changes with an event; the people registered are told what concerns them. */
export function changeOf(before: TrainingEvent, after: TrainingEvent, actor: Actor, now: Instant): Change {
  // of what is over nobody need hear: a word that is mended then is for the record
  const isOver = endOf({ sessions: [...before.sessions, ...after.sessions] }) <= now;
  const tells = before.status === 'published' && !isOver && concernsPeople(before, after);
  return {
    events: [{ before, after }],
    ...(before.status === 'published' ? { seats: seatsMoves(before, after) } : {}),
    ...(tells ? { jobs: [jobFor(after, 'event-changed', now)] } : {}),
    audit: [audited(after.id, after.rev, now, actor, 'changed event', changedFields(before, after).join(', '))],
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

/** Far longer than a change takes to reach everybody. */
const HEARD_BY_THEN = DAY;
const MOST_EARLIER = 200;

/**
 * Sessions that this edit moves, adds or removes, as they were, after those of other recent edits. At least one of them
 * where the time zone changed, since people's days are in it.
 */
export function earlierSessions(
  before: TrainingEvent,
  { sessions, timeZone }: Pick<TrainingEvent, 'sessions' | 'timeZone'>,
  now: Instant,
): Earlier[] {
  const zoned = before.sessionChoice === 'any' && before.timeZone !== timeZone ? { zone: before.timeZone } : null;
  const ids = new Set([...before.sessions, ...sessions].map(({ id }) => id));
  const edited = [...ids].flatMap((id, index): Earlier[] => {
    const [old, is] = [before.sessions, sessions].map((some) => some.find((session) => session.id === id));
    const stays = old && is && old.startsAt === is.startsAt && old.endsAt === is.endsAt;
    if (stays && !(zoned && index === 0)) return [];
    const was = old ? { startsAt: old.startsAt, endsAt: old.endsAt } : null;
    return [{ id, rev: before.rev + 1, at: now, was, ...zoned }];
  });
  const kept = (before.earlier ?? []).filter(({ at }) => plus(at, HEARD_BY_THEN) > now);
  return [...kept, ...edited].slice(-MOST_EARLIER);
}

const changedFields = (before: TrainingEvent, after: TrainingEvent): string[] =>
  Object.entries(after)
    .filter(
      ([name, value]) =>
        JSON.stringify(value) !== JSON.stringify(Object.entries(before).find(([n]) => n === name)?.[1]),
    )
    .map(([name]) => name)
    .filter((name) => !['rev', 'updatedAt', 'updatedBy', 'earlier'].includes(name));

/** A change of an event on its way to everybody registered. */
export const jobFor = (event: TrainingEvent, kind: Job['kind'], now: Instant): Job => ({
  event: event.id,
  eventRev: event.rev,
  kind,
  pass: 1,
  cursor: null,
  dueAt: now,
});
