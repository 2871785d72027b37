import { slugOf } from '../../domain/ids.ts';
import { hostOfEmail } from '../../domain/audience.ts';
import type { TrainingEvent } from '../../domain/event.ts';
import { startOf } from '../../domain/event.ts';
import { answerBy, ANSWERS_WITHIN, workingDaysUntil } from '../../domain/holidays.ts';
import { idOf, isStanding } from '../../domain/registration.ts';
import type { ReviewTimes } from '../../domain/review-times.ts';
import { tell, type SeatsTold } from '../../domain/seats.ts';
import { EASTERN, type Instant } from '../../domain/time.ts';
import type { Email } from '../../domain/person.ts';
import type { Context } from '../../usecases/context.ts';
import type { PoolSeen } from '../../usecases/store-port.ts';
import type { EventSeen } from '../../usecases/list-events.ts';
import type { MySession } from '../../usecases/my-registrations.ts';
import type { EventDetail, Instead, MyRegistration } from '../../../web/pages/event.tsx';
import type { HomeEvent } from '../../../web/pages/home.tsx';
import type { PlaceAtSession } from '../../../web/pages/registration.tsx';
import type { SessionOption } from '../../../web/pages/session-fields.tsx';
import type { Offered } from '../../../web/words/offer.ts';
import type { Standing } from '../../../web/words/standing.ts';
import { listEvents } from '../../usecases/list-events.ts';

export const eventPath = (event: Pick<TrainingEvent, 'id' | 'title'>): string =>
  `/trainings/${slugOf(event.title, event.id)}`;

const told = (pools: readonly PoolSeen[], pool: string): SeatsTold | null => {
  const seen = pools.find(({ seats }) => seats.pool === pool);
  return seen ? tell(seen.seats, seen.waiting) : null;
};

export const offeredOf = (event: TrainingEvent, pools: readonly PoolSeen[]): Offered => ({
  status: event.status,
  timeZone: event.timeZone,
  sessionChoice: event.sessionChoice,
  sessions: event.sessions.map((session) => ({
    id: session.id,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    seats: told(pools, session.id),
  })),
  seats: told(pools, event.id),
  opensAt: event.opensAt,
  closesAt: event.closesAt,
});

/** Everybody is checked by a person, whatever their address. */
const needsApproval = (event: TrainingEvent): boolean =>
  event.approval === 'manual' || event.audience.kind === 'review';

export function homeEvent({ event, program, pools, verdict, registration }: EventSeen): HomeEvent {
  return {
    ...offeredOf(event, pools),
    title: event.title,
    href: eventPath(event),
    group: program.group,
    needsApproval: needsApproval(event),
    readerIsChecked: verdict?.verdict === 'review',
    mine:
      registration && isStanding(registration.status)
        ? { href: `/registrations/${idOf(registration)}`, status: registration.status }
        : null,
  };
}

export const sessionOptions = (event: TrainingEvent, pools: readonly PoolSeen[]): SessionOption[] =>
  event.sessions.map((session) => ({
    id: session.id,
    title: session.title,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    track: session.track,
    seats: told(pools, session.id),
  }));

export function eventDetail({ event, program, pools, sight }: EventSeen): EventDetail {
  const offered = offeredOf(event, pools);
  const whole = sight === 'whole';
  return {
    ...offered,
    title: event.title,
    description: event.description,
    outcomes: event.outcomes,
    href: eventPath(event),
    group: program.group,
    needsApproval: needsApproval(event),
    audience: event.audience,
    sessions: event.sessions.map((session) => ({
      id: session.id,
      title: session.title,
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      track: session.track,
      location: whole ? session.location : null,
      seats: offered.sessions.find(({ id }) => id === session.id)?.seats ?? null,
    })),
    joinOpensMinutes: event.joinOpensMinutes,
    cancelReason: event.cancelReason,
    trainers: whole ? event.trainers.flatMap((trainer) => (trainer.name ? [{ name: trainer.name }] : [])) : null,
  };
}

/** Whether the reader may attend an event, from the verdict on their address. */
export function standingOf(ctx: Context, { event, verdict }: EventSeen, reviews: ReviewTimes | null): Standing {
  if (verdict === null || !('person' in ctx.actor)) return { kind: 'signed-out' };
  const about = { email: ctx.actor.person.email, because: verdict.because, agency: verdict.agency };
  if (verdict.verdict === 'qualifies') return { kind: 'qualifies', ...about };
  if (verdict.verdict === 'not') return { kind: 'not', ...about };
  const now = ctx.clock.now();
  const startsIn = workingDaysUntil(now, startOf(event), EASTERN);
  const checkTakes = Math.max(ANSWERS_WITHIN, reviews?.slowest ?? 0);
  return {
    kind: 'review',
    ...about,
    answerBy: answerBy(now),
    soon: startsIn <= checkTakes ? { startsIn, checkTakes } : null,
  };
}

/** The reader's registration as the event's page tells of it; a canceled one is no longer anything to see. */
export function mineOf({ registration }: EventSeen, position: number | null): MyRegistration | null {
  if (!registration || registration.status === 'cancelled') return null;
  const { status } = registration;
  return {
    href: `/registrations/${idOf(registration)}`,
    status,
    ...(position === null ? {} : { position }),
    ...(status === 'pending' ? { answerBy: answerBy(registration.appliedAt) } : {}),
  };
}

/** Whether another sitting can be chosen now: as long as registration is open, and their own has not begun. */
export const mayChangeSitting = (event: TrainingEvent, starts: Instant, now: Instant): boolean =>
  event.status === 'published' &&
  event.sessionChoice === 'one' &&
  event.sessions.filter(({ startsAt }) => startsAt > now).length > 1 &&
  event.opensAt <= now &&
  now < event.closesAt &&
  now < starts;

/** Whether it is for the reader. Nothing is known about a visitor, so only what is for everybody is for them. */
const isForReader = ({ verdict, event }: EventSeen): boolean =>
  verdict ? verdict.verdict !== 'not' : event.audience.kind === 'anyone';

/** The next event of the program that is offered to people this one is not for, if it is for the reader. */
export async function insteadOf(ctx: Context, seen: Pick<EventSeen, 'event' | 'program'>): Promise<Instead | null> {
  const { program } = seen;
  if (!program.instead) return null;
  const events = await listEvents(ctx, {});
  if (!events.ok) return null;
  const next = events.value.find(
    (one) =>
      one.program.key === program.instead &&
      one.event.id !== seen.event.id &&
      isForReader(one) &&
      one.event.closesAt > ctx.clock.now() &&
      !(one.registration && isStanding(one.registration.status)),
  );
  return next
    ? {
        ...offeredOf(next.event, next.pools),
        title: next.event.title,
        href: eventPath(next.event),
        outcomes: next.event.outcomes,
      }
    : null;
}

export const placesOf = (sessions: readonly MySession[], origin: string): PlaceAtSession[] =>
  sessions.map(({ session, joinUrl, join }) => ({
    id: session.id,
    title: session.title,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    joinOpensAt: join.opensAt,
    joinHref: joinUrl ? joinUrl.slice(origin.length) : null,
  }));

/** People on DHS hosts say which component they work for. */
export const asksComponent = (email: Email): boolean => {
  const host = hostOfEmail(email);
  return host.endsWith('.dhs.gov') || host === 'uscg.mil';
};
