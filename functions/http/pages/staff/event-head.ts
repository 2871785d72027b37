import type { TrainingEvent } from '../../../domain/event.ts';
import { clock } from '../../../domain/time.ts';
import { UNLIMITED } from '../../../domain/seats.ts';
import { sessionsOf, type Registration } from '../../../domain/registration.ts';
import { listPending, type RosterFound } from '../../../usecases/roster.ts';
import type { Context } from '../../../usecases/context.ts';
import type { PoolSeen } from '../../../usecases/store-port.ts';
import { viewEvent, type EventSeen } from '../../../usecases/list-events.ts';
import type { StaffEvent } from '../../../../web/pages/staff/event-frame.tsx';
import { eventPath, offeredOf } from '../views.ts';
import { filled, staffPath } from './rows.ts';

/** "10:00 AM session": how a sitting is called; empty where the event is one pool. */
export const poolLabel = (event: TrainingEvent, pool: string): string => {
  const session = event.sessions.find(({ id }) => id === pool);
  return session ? `${clock(session.startsAt, event.timeZone)} session` : '';
};

/** What somebody chose, in the words of a list; empty where all take all. */
export function chosenWords(registration: Registration, event: TrainingEvent): string {
  if (event.sessionChoice === 'all') return '';
  const taken = sessionsOf(registration, event);
  const sessions = event.sessions.filter(({ id }) => taken.includes(id));
  if (event.sessionChoice === 'one') return sessions.map(({ startsAt }) => clock(startsAt, event.timeZone)).join(', ');
  return sessions.length === 1 ? (sessions[0]?.title ?? '') : `${sessions.length} sessions`;
}

/** The head of the pages of one event; without its people, what their counters say. */
export async function headOf(
  ctx: Context,
  { event, program }: Pick<EventSeen, 'event' | 'program'>,
  people: Pick<RosterFound, 'counts' | 'needing'> | null,
): Promise<StaffEvent> {
  const seen = await viewEvent(ctx, { id: event.id });
  const pools: readonly PoolSeen[] = seen.ok ? seen.value.pools : [];
  const counted = filled(event, pools);
  const pending = people ? null : await listPending(ctx, { event: event.id });
  return {
    ...offeredOf(event, pools),
    title: event.title,
    href: staffPath(event),
    publicHref: eventPath(event),
    pools: pools.map(({ seats, waiting }) => ({
      label: poolLabel(event, seats.pool) || 'Seats',
      taken: seats.taken,
      capacity: seats.capacity === UNLIMITED ? null : seats.capacity,
      waiting,
    })),
    toReview: people?.counts.pending ?? (pending?.ok ? pending.value.length : 0),
    registered: people?.counts.confirmed ?? counted.taken,
    waiting: people?.counts.waitlisted ?? counted.waiting,
    accommodations: people?.needing ?? null,
    marking: program.marking,
  };
}
