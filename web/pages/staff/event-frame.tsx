import type { PropsWithChildren } from 'hono/jsx';
import { clockRange, longDate, zoneShort } from '../../../functions/domain/time.ts';
import { SeatBar } from '../../components/bar.tsx';
import { LinkButton } from '../../components/button.tsx';
import { DeskHead, DeskLayout } from '../../components/desk-layout.tsx';
import { EventState } from '../../components/event-state.tsx';
import { HandlingStrip } from '../../components/handling-strip.tsx';
import { Icon } from '../../components/icon.tsx';
import type { DeskFrame } from '../../frame.ts';
import type { Offered } from '../../words/offer.ts';
import { daysInWords, firstStart, grouped, listed } from '../../words/when.ts';

/** The seats of a pool as staff see them. */
export interface PoolSeats {
  /** "10:00 AM session", or "Seats" where the event is one pool. */
  readonly label: string;
  readonly taken: number;
  readonly capacity: number | null;
  readonly waiting: number;
}

/** What the head of every page of one event shows. */
export interface StaffEvent extends Offered {
  readonly title: string;
  /** `/staff/events/:id` */
  readonly href: string;
  readonly publicHref: string;
  readonly pools: readonly PoolSeats[];
  readonly toReview: number;
  /** Confirmed people. */
  readonly registered: number;
  readonly waiting: number;
  /** Confirmed people who asked for something; null where the list was not read. */
  readonly accommodations: number | null;
  /** Of the program: how its lists must be handled; empty where there is nothing to handle. */
  readonly marking: string;
}

interface EventFrameProps {
  frame: DeskFrame;
  event: StaffEvent;
  at: 'review' | 'roster' | 'waitlist' | 'history' | 'list';
  title: string;
  error?: boolean;
}

/** The frame of one event's pages for staff: strip, head, seats, tabs. */
export const EventFrame = ({
  frame,
  event,
  at,
  title,
  error = false,
  children,
}: PropsWithChildren<EventFrameProps>) => (
  <DeskLayout frame={frame} desk="staff" title={`${title}: ${event.title}`} error={error} at="events">
    {at === 'history' ? null : (
      <HandlingStrip
        marking={event.marking}
        text="For the training desk and the trainers of this event. Every view and export is on record."
      />
    )}
    <DeskHead
      title={event.title}
      crumb={{ href: '/staff/events', words: 'Events' }}
      below={
        <>
          {whenWords(event)} <EventState event={event} now={frame.now} zone={frame.zone} />
        </>
      }
    >
      <a href={event.publicHref}>See public page</a>
      {event.status === 'published' ? <a href={`${event.href}/import`}>Register a list</a> : null}
      <LinkButton href={`${event.href}/edit`} look="outline">
        <Icon name="edit" /> Edit event
      </LinkButton>
    </DeskHead>
    <dl class="figures">
      {event.pools.map((pool) => (
        <div class="figure-seats">
          <dt>{pool.label}</dt>
          <dd>
            <strong>
              {pool.capacity === null ? grouped(pool.taken) : `${grouped(pool.taken)} of ${grouped(pool.capacity)}`}
            </strong>{' '}
            <span>{poolNote(pool)}</span>
            <SeatBar taken={pool.taken} capacity={pool.capacity} />
          </dd>
        </div>
      ))}
      <div>
        <dt>To review</dt>
        <dd>
          <strong>{grouped(event.toReview)}</strong> <span>hold no seat yet</span>
        </dd>
      </div>
      {event.accommodations === null ? null : (
        <div>
          <dt>Accommodations asked for</dt>
          <dd>
            <strong>{grouped(event.accommodations)}</strong>
          </dd>
        </div>
      )}
    </dl>
    <nav class="tabs" aria-label="About this event">
      <Tab
        href={`${event.href}/review`}
        current={at === 'review'}
        words="To review"
        count={event.toReview}
        waits={event.toReview > 0}
      />
      <Tab href={`${event.href}/roster`} current={at === 'roster'} words="Roster" count={event.registered} />
      <Tab href={`${event.href}/waitlist`} current={at === 'waitlist'} words="Waitlist" count={event.waiting} />
      <Tab href={`${event.href}/history`} current={at === 'history'} words="History" />
    </nav>
    {children}
  </DeskLayout>
);

/** In the event's own zone: the one that its trainers and rooms live in. */
function whenWords(event: StaffEvent): string {
  const zone = event.timeZone;
  const start = firstStart(event.sessions);
  if (event.sessions.length > 1 && event.sessionChoice !== 'one') return daysInWords(event.sessions, zone);
  const times = event.sessions.map((session) => clockRange(session.startsAt, session.endsAt, zone));
  const days = new Set(event.sessions.map((session) => longDate(session.startsAt, zone)));
  return `${days.size === 1 ? `${longDate(start, zone)}, ` : `${daysInWords(event.sessions, zone)}, `}${listed(times, 'and')} ${zoneShort(zone, start)}`;
}

function poolNote(pool: PoolSeats): string {
  if (pool.capacity === null) return 'no limit';
  if (pool.waiting > 0) return `${grouped(pool.waiting)} waiting`;
  return pool.taken >= pool.capacity ? 'full' : `${grouped(pool.capacity - pool.taken)} left`;
}

const Tab = (props: { href: string; current: boolean; words: string; count?: number; waits?: boolean }) => (
  <a href={props.href} aria-current={props.current ? 'page' : undefined}>
    {props.words}
    {props.count === undefined ? null : (
      <>
        {' '}
        <span class={`pill${props.waits ? ' pill-waits' : ''}`}>{grouped(props.count)}</span>
      </>
    )}
  </a>
);
