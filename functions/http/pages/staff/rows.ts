import { poolsOf, type TrainingEvent } from '../../../domain/event.ts';
import type { Registration } from '../../../domain/registration.ts';
import type { Program } from '../../../domain/program.ts';
import { UNLIMITED } from '../../../domain/seats.ts';
import type { PoolSeen, EventWithSeats } from '../../../usecases/store-port.ts';
import type { StaffEventRow } from '../../../../web/pages/staff/events-table.tsx';
import { offeredOf } from '../views.ts';

export const staffPath = (event: Pick<TrainingEvent, 'id'>): string => `/staff/events/${event.id}`;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** All pools of an event together; a draft's as they will be. */
export function filled(event: TrainingEvent, pools: readonly PoolSeen[]) {
  const capacities =
    pools.length > 0 ? pools.map(({ seats }) => seats.capacity) : poolsOf(event).map(({ capacity }) => capacity);
  return {
    capacity: capacities.includes(UNLIMITED) ? null : sum(capacities),
    taken: sum(pools.map(({ seats }) => seats.taken)),
    waiting: sum(pools.map(({ waiting }) => waiting)),
  };
}

export const rowOf = (
  { event, pools }: EventWithSeats,
  programs: readonly Program[],
  pending: readonly Registration[],
): StaffEventRow => ({
  ...offeredOf(event, pools),
  ...filled(event, pools),
  title: event.title,
  href: staffPath(event),
  programName: programs.find((program) => program.id === event.programId)?.name ?? '',
  toReview: pending.filter((registration) => registration.event === event.id).length,
});
