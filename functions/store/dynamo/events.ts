import * as z from 'zod';
import { endOf, poolsOf, startOf, TrainingEvent } from '../../domain/event.ts';
import { EventId, type PoolId } from '../../domain/ids.ts';
import { Program } from '../../domain/program.ts';
import { Seats } from '../../domain/seats.ts';
import { DAY, fiscalYear, plus, type Instant } from '../../domain/time.ts';
import type { EventWithSeats, Store } from '../../usecases/store-port.ts';
import { keeping } from './keeping.ts';
import { indexKeys, keys, sortable } from './keys.ts';
import { count, get, getMany, queryAll, type Table } from './table.ts';

/** No event lasts longer, so one that runs now began after this. */
const LONGEST_EVENT = 31 * DAY;

const ReviewedItem = z.object({ workingDays: z.number() });
const EndOfKey = z.object({ gsi1sk: z.string() });

type EventReads = Pick<
  Store,
  | 'programs'
  | 'program'
  | 'event'
  | 'recentEvent'
  | 'events'
  | 'seats'
  | 'pools'
  | 'knownSealed'
  | 'eventsOfTrainer'
  | 'reviewedSince'
>;

/** Reads of programs, events and their seats; `forget` is called after a commit that wrote one. */
export function eventReads(table: Table, now: () => Instant): EventReads & { forget(event?: EventId): void } {
  const recent = keeping<EventId, TrainingEvent | null>(now);
  const years = keeping<number, readonly EventWithSeats[]>(now);
  const allPrograms = keeping<'all', readonly Program[]>(now);
  const answered = keeping<'all', readonly { readonly workingDays: number }[]>(now);
  const sealed = new Set<PoolId>();

  const readSeats = async (pools: readonly PoolId[], consistent: boolean) => {
    const found = await getMany(
      table,
      pools.map((pool) => keys.seats(pool)),
      Seats,
      consistent,
    );
    for (const seats of found) if (seats.sealed) sealed.add(seats.pool);
    return found;
  };
  const withWaiting = (found: readonly Seats[]) =>
    Promise.all(
      found.map(async (seats) => ({
        seats,
        waiting: seats.sealed ? await count(table, { pk: keys.line(seats.pool), consistent: true }) : 0,
      })),
    );
  const withSeats = async (ids: readonly EventId[]): Promise<EventWithSeats[]> => {
    const events = await getMany(
      table,
      ids.map((id) => keys.event(id)),
      TrainingEvent,
      false,
    );
    const seats = await readSeats(
      events.flatMap((event) => poolsOf(event).map(({ pool }) => pool)),
      false,
    );
    const byPool = new Map((await withWaiting(seats)).map((seen) => [seen.seats.pool, seen]));
    return events.map((event) => ({ event, pools: poolsOf(event).flatMap(({ pool }) => byPool.get(pool) ?? []) }));
  };
  const inOrder = async (pools: readonly PoolId[]) => {
    const found = await readSeats(pools, true);
    return pools.flatMap((pool) => found.find((seats) => seats.pool === pool) ?? []);
  };
  const ofYear = (year: number) =>
    years.of(year, async () => {
      const found = await queryAll(table, { index: 'gsi1', pk: indexKeys.eventsOfYear(year) }, EndOfKey);
      return withSeats(found.map(({ gsi1sk }) => EventId.parse(gsi1sk.split('#')[3])));
    });
  const programs = () => allPrograms.of('all', () => queryAll(table, { pk: keys.programs }, Program));

  return {
    programs,
    // one that the list leaves out may be there and not be readable, and then nobody may take it for gone
    program: async (id) =>
      (await programs()).find((program) => program.id === id) ?? get(table, keys.program(id), Program),
    event: (id) => get(table, keys.event(id), TrainingEvent),
    recentEvent: (id) => recent.of(id, () => get(table, keys.event(id), TrainingEvent, false)),
    async events(from, to) {
      const wanted = fiscalYears(from, plus(to, LONGEST_EVENT));
      const found = (await Promise.all(wanted.map(ofYear))).flat();
      return found
        .filter(({ event }) => endOf(event) >= from && startOf(event) < to)
        .toSorted((a, b) => startOf(a.event) - startOf(b.event) || a.event.id.localeCompare(b.event.id));
    },
    seats: inOrder,
    pools: async (pools) => withWaiting(await inOrder(pools)),
    knownSealed: (pool) => sealed.has(pool),
    async eventsOfTrainer(person, from) {
      const since = sortable(plus(from, -LONGEST_EVENT));
      const found = await queryAll(table, { index: 'gsi1', pk: indexKeys.trainer(person), from: since }, EndOfKey);
      const events = await withSeats(found.map(({ gsi1sk }) => EventId.parse(gsi1sk.split('#')[1])));
      return events.toSorted((a, b) => startOf(a.event) - startOf(b.event));
    },
    async reviewedSince(from) {
      const found = await answered.of('all', () =>
        queryAll(table, { pk: keys.reviewed, from: sortable(from), consistent: false }, ReviewedItem),
      );
      return found.map(({ workingDays }) => workingDays);
    },
    forget(event) {
      recent.forget(event);
      years.forget();
      allPrograms.forget();
    },
  };
}

const fiscalYears = (from: Instant, to: Instant): number[] => {
  const first = fiscalYear(from);
  return Array.from({ length: Math.max(1, fiscalYear(to) - first + 1) }, (_, index) => first + index);
};
