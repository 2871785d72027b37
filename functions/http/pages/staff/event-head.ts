import type { Session, TrainingEvent } from '../../../domain/event.ts';
import { clock, localDay, monthDay } from '../../../domain/time.ts';
import { UNLIMITED } from '../../../domain/seats.ts';
import { sessionsOf, type Registration } from '../../../domain/registration.ts';
import { listPending, type RosterFound } from '../../../usecases/roster.ts';
import type { Context } from '../../../usecases/context.ts';
import type { PoolSeen } from '../../../usecases/store-port.ts';
import { viewEvent, type EventSeen } from '../../../usecases/list-events.ts';
import type { StaffEvent } from '../../../../web/pages/staff/event-frame.tsx';
import { eventPath, offeredOf } from '../views.ts';
import { filled, staffPath } from './rows.ts';

/** "10:00 AM", or where sittings are on several days "March 10, 10:00 AM": what tells a sitting from the others. */
export function sittingWords({ sessions, timeZone }: TrainingEvent, { startsAt }: Session): string {
  const days = new Set(sessions.map((session) => localDay(session.startsAt, timeZone)));
  return days.size === 1 ? clock(startsAt, timeZone) : `${monthDay(startsAt, timeZone)}, ${clock(startsAt, timeZone)}`;
}

/** "10:00 AM session": how a sitting is called; empty where the event is one pool. */
export const poolLabel = (event: TrainingEvent, pool: string): string => {
  const session = event.sessions.find(({ id }) => id === pool);
  return session ? `${sittingWords(event, session)} session` : '';
};

/** What somebody chose, in the words of a list; empty where all take all. */
export function chosenWords(registration: Registration, event: TrainingEvent): string {
  if (event.sessionChoice === 'all') return '';
  const taken = sessionsOf(registration, event);
  const sessions = event.sessions.filter(({ id }) => taken.includes(id));
  if (event.sessionChoice === 'one') return sessions.map((session) => sittingWords(event, session)).join(', ');
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
