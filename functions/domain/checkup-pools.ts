import type { Change } from './change.ts';
import { newSeats, poolsOf, startOf, type TrainingEvent } from './event.ts';
import { FIX, steady, type EventRead, type Finding, type Mend } from './finding.ts';
import type { PoolId } from './ids.ts';
import { isFit, roomFor, UNLIMITED, type Seats } from './seats.ts';
import { MINUTE, plus, type Instant } from './time.ts';

/** How long a seat may be free while a person waits: the sweep runs every minute. */
const IDLE = 5 * MINUTE;

/** What is wrong with one pool: its counter, its settings, its line. */
export function poolFindings(read: EventRead, pool: PoolId, now: Instant): Finding[] {
  const { event } = read;
  const seats = read.seats.find((one) => one.pool === pool);
  const waiting = read.line.filter((place) => place.pool === pool);
  if (!seats) return [noCounter(read, pool)];
  const waits = waiting.some((place) => isFit(place, now) && plus(place.entered, IDLE) < now);
  return [
    ...countFindings(read, seats),
    ...settingFindings(event, seats),
    ...(waiting.length > 0 && !seats.sealed
      ? [
          {
            kind: 'line-not-sealed',
            subject: pool,
            words: `${waiting.length} people wait for a pool that still answers at once, so later ones are seated before them`,
            cause: 'The pool was reopened by hand',
            remedy: FIX,
            mend: ofPool(event, { move: 'seal', pool }),
          },
        ]
      : []),
    ...(waits && roomFor(seats, now) > 0 && event.status === 'published'
      ? [
          {
            kind: 'idle-seats',
            subject: pool,
            words: `${seats.capacity - seats.taken} seats are free while ${waiting.length} people wait`,
            cause: 'Neither the promoter nor the sweep has run for 5 minutes',
            remedy: `See that the sweep runs. ${FIX} to seat them now`,
            mend: { by: 'promoter' as const, pool },
          },
        ]
      : []),
  ];
}

type PoolMove = NonNullable<Change['seats']>[number];
const ofPool = (event: TrainingEvent, ...seats: PoolMove[]): Mend => ({
  by: 'change',
  change: { seats },
  entity: event.id,
  rev: null,
});

/** How many people hold a seat: at least this many, and at most this many with those who moved in the meantime. */
function holders(read: EventRead, pool: PoolId): { readonly least: number; readonly most: number } {
  const still = steady(read);
  const least = still.filter((one) => one.pool === pool && one.status === 'confirmed').length;
  const everybody = new Set([...read.before, ...read.after].map(({ person }) => person));
  return { least, most: least + everybody.size - still.length };
}

function noCounter(read: EventRead, pool: PoolId): Finding {
  const { event } = read;
  const usual = poolsOf(event).find((one) => one.pool === pool);
  const { least, most } = holders(read, pool);
  const fresh = newSeats(event, pool, usual?.capacity ?? UNLIMITED, usual?.startsAt ?? startOf(event));
  const sealed = fresh.sealed || read.line.some((place) => place.pool === pool);
  return {
    kind: 'no-counter',
    subject: pool,
    words: `“${event.title}” has no counter of seats for this pool, so nobody can register`,
    cause: 'The counter was removed, or a restore left it out',
    remedy: FIX,
    mend: least === most ? ofPool(event, { move: 'create', seats: { ...fresh, taken: least, sealed } }) : null,
  };
}

function countFindings(read: EventRead, seats: Seats): Finding[] {
  const { least, most } = holders(read, seats.pool);
  if (least <= seats.taken && seats.taken <= most) return [];
  const tooMany = seats.taken > most;
  return [
    {
      kind: 'count-off',
      subject: seats.pool,
      words: `The counter says ${seats.taken} seats of “${read.event.title}” are taken, and ${least === most ? least : `${least} to ${most}`} people hold one`,
      cause: tooMany
        ? 'A seat was counted without its registration, or a registration ended without giving its seat back: seats stand empty'
        : 'A registration was confirmed without its seat, or a seat was given back twice: more people may be let in than fit',
      remedy:
        least === most ? FIX : `Nobody can count while people come and go: ${FIX.toLowerCase()} when it is quieter`,
      mend: least === most ? ofPool(read.event, { move: 'recount', read: seats, taken: least }) : null,
    },
  ];
}

function settingFindings(event: TrainingEvent, seats: Seats): Finding[] {
  const usual = poolsOf(event).find(({ pool }) => pool === seats.pool);
  if (!usual) return [];
  const { capacity, startsAt } = usual;
  const { opensAt, closesAt } = event;
  const set = { capacity, opensAt, closesAt, startsAt };
  const differs = Object.entries(set).filter(
    ([name, value]) => Object.entries(seats).find(([n]) => n === name)?.[1] !== value,
  );
  const open = event.status === 'cancelled' && seats.state === 'open';
  const shut = event.status === 'published' && seats.state === 'cancelled';
  const unsealed = event.mode === 'sealed' && !seats.sealed;
  const wrong = [...differs.map(([name]) => name), ...(open || shut ? ['state'] : []), ...(unsealed ? ['sealed'] : [])];
  if (wrong.length === 0) return [];
  // one move an item: what is left is found again by the next look
  const move: PoolMove | null = open
    ? { move: 'cancel', pool: seats.pool }
    : unsealed
      ? { move: 'seal', pool: seats.pool }
      : differs.length > 0
        ? { move: 'set', pool: seats.pool, ...set }
        : null;
  const again = { ...event, rev: event.rev + 1 };
  return [
    {
      kind: 'settings-differ',
      subject: seats.pool,
      words: `The counter of “${event.title}” does not have the event's ${wrong.join(', ')}`,
      cause: 'One of the two was written without the other',
      remedy: move ? FIX : 'The event is published and its seats are canceled: cancel the event, or ask an engineer',
      mend: move && {
        by: 'change',
        change: { events: [{ before: event, after: again }], seats: [move] },
        entity: event.id,
        rev: again.rev,
      },
    },
  ];
}
