import { jobFor } from './change-event.ts';
import { poolFindings } from './checkup-pools.ts';
import { endOf, poolsOf, startOf, type TrainingEvent } from './event.ts';
import { FIX, steady, type EventRead, type Finding, type Mend } from './finding.ts';
import type { EventId } from './ids.ts';
import { entityOf, isStanding, placeOf, type Registration } from './registration.ts';
import type { Place } from './seats.ts';
import type { UnreadableItem } from './unreadable.ts';
import { isoOf, MINUTE, plus, type Instant } from './time.ts';

/** Everything that is wrong with one event. */
export function examineEvent(read: EventRead, now: Instant): Finding[] {
  const lists = listFindings(read);
  if (read.event.status === 'draft') return lists;
  return [
    ...lists,
    ...poolsOf(read.event).flatMap(({ pool }) => poolFindings(read, pool, now)),
    ...steady(read).flatMap((registration) => registrationFindings(read, registration, now)),
    ...read.line.flatMap((place) => placeFindings(read, place)),
    ...leftovers(read, now),
    ...notTold(read, now),
  ];
}

const orderOf = (event: TrainingEvent): string => `${startOf(event)}/${endOf(event)}`;

function listFindings({ event, listed, trainers }: EventRead): Finding[] {
  const again: TrainingEvent = { ...event, rev: event.rev + 1 };
  const missing = event.trainers.filter(({ person }) => trainers.get(person) !== startOf(event));
  const rewrite = (before: TrainingEvent): Mend => ({
    by: 'change',
    change: { events: [{ before, after: again }] },
    entity: event.id,
    rev: again.rev,
  });
  return [
    ...(listed && `${listed.start}/${listed.end}` === orderOf(event)
      ? []
      : [
          {
            kind: 'not-listed',
            subject: event.id,
            words: listed
              ? `“${event.title}” is listed under ${isoOf(listed.start)}, but begins at ${isoOf(startOf(event))}`
              : `“${event.title}” is in no list of events`,
            cause: 'The event was written without its place in the index of its year',
            remedy: FIX,
            mend: rewrite(event),
          },
        ]),
    ...(missing.length === 0
      ? []
      : [
          {
            kind: 'trainer-not-listed',
            subject: event.id,
            words: `“${event.title}” is missing or misplaced among the events of ${missing.length} of its trainers`,
            cause: 'The event was written without the items of its trainers',
            remedy: FIX,
            mend: rewrite({ ...event, trainers: event.trainers.filter((trainer) => !missing.includes(trainer)) }),
          },
        ]),
  ];
}

function registrationFindings(read: EventRead, registration: Registration, now: Instant): Finding[] {
  const { event } = read;
  const { person, pool, status, ticket } = registration;
  if (!isStanding(status)) return [];
  const subject = entityOf(registration);
  if (!poolsOf(event).some((one) => one.pool === pool))
    return [
      {
        kind: 'no-pool',
        subject,
        words: `A ${status} registration is for seats that “${event.title}” does not have`,
        cause: 'Its session was removed from under it',
        remedy: 'Cancel this registration on the roster, and write to the person',
        mend: null,
      },
    ];
  if (status === 'pending' && event.status === 'published' && startOf(event) <= now)
    return [unanswered(event, registration, 'has begun')];
  if (status !== 'waitlisted' || event.status === 'cancelled') return [];
  const places = read.line.filter((place) => place.person === person && place.pool === pool && place.ticket === ticket);
  if (places.length > 0) return [];
  const after: Registration = { ...registration, rev: registration.rev + 1, ticket: ticket ?? registration.appliedAt };
  return [
    {
      kind: 'no-place',
      subject,
      words: `Somebody waits for “${event.title}” without a place in line, so they are never seated`,
      cause: 'Their place was removed without their registration',
      remedy: FIX,
      mend: {
        by: 'change',
        change: {
          registrations: [{ before: registration, after }],
          seats: [{ move: 'touch', pool, at: now }],
          line: [{ enter: { ...placeOf(after, after.ticket ?? after.appliedAt), entered: now } }],
        },
        entity: subject,
        rev: after.rev,
      },
    },
  ];
}

const unanswered = (event: TrainingEvent, registration: Registration, why: string): Finding => ({
  kind: 'unanswered',
  subject: entityOf(registration),
  words: `Somebody waits for an answer, and “${event.title}” ${why}`,
  cause: 'Nobody answered in time',
  remedy: 'Deny them on the event’s review page, with a word of regret',
  mend: null,
});

/** People to review whose event is over: nothing else looks there. */
export const unansweredAfter = (event: TrainingEvent, registration: Registration): Finding =>
  unanswered(event, registration, 'is over');

/** A place must belong to somebody who waits with exactly this ticket. People who moved in the meantime are not judged. */
function placeFindings(read: EventRead, place: Place): Finding[] {
  const { event, before, after } = read;
  const found = [...before, ...after].filter(({ person }) => person === place.person);
  const still = steady(read).find(({ person }) => person === place.person);
  if (found.length > 0 && !still) return [];
  if (still?.status === 'waitlisted' && still.pool === place.pool && still.ticket === place.ticket) return [];
  const twice = still?.status === 'waitlisted';
  const next = still && { ...still, rev: still.rev + 1 };
  return [
    {
      kind: twice ? 'second-place' : 'stray-place',
      subject: entityOf(place),
      words: twice
        ? `Somebody who waits for “${event.title}” has another place in line beside their own`
        : `A place in line for “${event.title}” stands for nobody who waits`,
      cause: twice
        ? 'An earlier place was left when they asked again'
        : `Their registration ${still ? `is ${still.status}` : 'is gone'}, and the place was left`,
      remedy: FIX,
      mend: {
        by: 'change',
        change: {
          line: [{ leave: place }],
          ...(still && next ? { registrations: [{ before: still, after: next }] } : {}),
        },
        entity: entityOf(place),
        rev: next?.rev ?? null,
      },
    },
  ];
}

/** Longer than the fan-out of a change takes to be on record. */
const SETTLED = 5 * MINUTE;

/** People whom the cancellation of their event did not reach; they are told again. */
function leftovers(read: EventRead, now: Instant): Finding[] {
  const { event } = read;
  if (event.status !== 'cancelled' || read.carried || plus(event.updatedAt, SETTLED) > now) return [];
  const left = steady(read).filter(({ status }) => isStanding(status));
  if (left.length === 0) return [];
  return [
    {
      kind: 'left-in-cancelled',
      subject: event.id,
      words: `${left.length} people still have a registration that stands for “${event.title}”, which is canceled`,
      cause: 'The cancellation stopped on its way to everybody',
      remedy: `${FIX}, and they are told`,
      mend: {
        by: 'change',
        change: {
          jobs: [jobFor(event, 'event-cancelled', now)],
        },
        entity: event.id,
        rev: null,
      },
    },
  ];
}

/** People whom a change of the sessions did not reach, and whose calendars are wrong; they are told again. */
function notTold(read: EventRead, now: Instant): Finding[] {
  const { event } = read;
  const edits = (event.earlier ?? []).filter(({ at }) => plus(at, SETTLED) <= now);
  const eventRev = Math.max(0, ...edits.map(({ rev }) => rev));
  if (event.status !== 'published' || read.carried) return [];
  const left = steady(read).filter(({ status, told }) => isStanding(status) && told < eventRev);
  if (left.length === 0) return [];
  return [
    {
      kind: 'not-told',
      subject: event.id,
      words: `${left.length} people were not told of a change of the sessions of “${event.title}”`,
      cause: 'The change stopped on its way to everybody',
      remedy: `${FIX}, and they are told`,
      mend: {
        by: 'change',
        change: { jobs: [{ ...jobFor(event, 'event-changed', now), eventRev }] },
        entity: event.id,
        rev: null,
      },
    },
  ];
}

/** A message, a change on its way or an application is about an event that can't be found. */
export const noEvent = (id: EventId): Finding => ({
  kind: 'no-event',
  subject: id,
  words: 'Something unfinished is about an event that is not there',
  cause: 'The event was removed by hand',
  remedy: 'Restore the event from a backup, or ask an engineer',
  mend: null,
});

/** Nothing is known of the events that a run had no time for. */
export const unfinished = (left: number, of: number): Finding => ({
  kind: 'not-all-seen',
  subject: 'events',
  words: `${left} of ${of} events were not looked at: the time of this run was up`,
  cause: 'There are more events, or larger ones, than one run can look at',
  remedy: 'Nothing, if the next night goes on with them; by hand, run the doctor again: it begins with them',
  mend: null,
});

/** Lists leave it out, and nobody counts what they leave out. */
export const unreadable = ({ subject, message }: UnreadableItem): Finding => ({
  kind: 'unreadable',
  subject,
  words: `An item can't be read (${message}), and is left out until it can`,
  cause: 'It was written by hand, or by a later version of the desk',
  remedy: 'Deploy the later version again, or have an engineer mend the item',
  mend: null,
});
