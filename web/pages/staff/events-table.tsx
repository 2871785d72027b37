import { dayWords, localDay, type TimeZone } from '../../../functions/domain/time.ts';
import { SeatBar } from '../../components/bar.tsx';
import { EventState } from '../../components/event-state.tsx';
import { DataTable, type Column } from '../../components/table.tsx';
import type { DeskFrame } from '../../frame.ts';
import type { Offered } from '../../words/offer.ts';
import { firstStart, grouped, type Timed } from '../../words/when.ts';

/** An event as staff's tables show it. */
export interface StaffEventRow extends Offered {
  readonly title: string;
  /** `/staff/events/:id`; `/edit`, `/review`, `/roster`, `/waitlist`, `/history` stand behind it. */
  readonly href: string;
  readonly programName: string;
  /** All pools together; null: no limit. */
  readonly capacity: number | null;
  readonly taken: number;
  readonly waiting: number;
  readonly toReview: number;
}

/** "Wed Feb 24", "Mar 16–18", with the year where it is not this one. */
export function dayOfRow(sessions: readonly Timed[], zone: TimeZone, now: DeskFrame['now']): string {
  const from = firstStart(sessions);
  const last = sessions.map((session) => session.startsAt).reduce((a, b) => (b > a ? b : a));
  const a = dayWords(from, zone);
  const b = dayWords(last, zone);
  const year = a.year === dayWords(now, zone).year ? '' : `, ${a.year}`;
  if (localDay(from, zone) === localDay(last, zone))
    return `${a.weekday.slice(0, 3)} ${a.month.slice(0, 3)} ${a.day}${year}`;
  return `${a.month.slice(0, 3)} ${a.day}–${a.month === b.month ? '' : `${b.month.slice(0, 3)} `}${b.day}${year}`;
}

/** Events by date with their seats, who waits, who is to be reviewed. */
export const EventsTable = (props: {
  caption: string;
  events: readonly StaffEventRow[];
  frame: DeskFrame;
  program?: boolean;
}) => {
  const { frame } = props;
  const columns: Column<StaffEventRow>[] = [
    { head: 'Date', narrow: true, cell: (event) => dayOfRow(event.sessions, event.timeZone, frame.now) },
    {
      head: 'Training',
      cell: (event) => (
        <a
          class="plain-link strong-link"
          href={event.status === 'draft' ? `${event.href}/edit` : `${event.href}/roster`}
        >
          {event.title}
          <span class="usa-sr-only">, {dayOfRow(event.sessions, event.timeZone, frame.now)}</span>
        </a>
      ),
    },
    ...(props.program ? [{ head: 'Program', cell: (event: StaffEventRow) => event.programName }] : []),
    { head: 'Seats filled', narrow: true, labelled: true, cell: (event) => <Seats event={event} now={frame.now} /> },
    { head: 'Waiting', number: true, cell: (event) => <Number value={event.waiting} what="waiting" /> },
    {
      head: 'Review',
      number: true,
      cell: (event) =>
        event.toReview > 0 ? (
          <a href={`${event.href}/review`}>
            {event.toReview}
            <span class="usa-sr-only"> to review for {event.title}</span>
            <span class="phone-only"> to review</span>
          </a>
        ) : (
          <Number value={0} what="to review" />
        ),
    },
    { head: 'State', narrow: true, cell: (event) => <EventState event={event} now={frame.now} zone={frame.zone} /> },
  ];
  return <DataTable caption={props.caption} columns={columns} rows={props.events} look="table desk-table" />;
};

const Number = ({ value, what }: { value: number; what: string }) => (
  <>
    {grouped(value)}
    <span class="phone-only"> {what}</span>
  </>
);

const Seats = ({ event, now }: { event: StaffEventRow; now: DeskFrame['now'] }) => {
  const idle = event.status === 'draft' || now < event.opensAt;
  return (
    <span class="seats-cell">
      <SeatBar taken={event.taken} capacity={event.capacity} idle={idle} />
      {event.capacity === null
        ? `${grouped(event.taken)}, no limit`
        : idle && event.taken === 0
          ? `${grouped(event.capacity)} seats`
          : `${grouped(event.taken)} of ${grouped(event.capacity)}`}
    </span>
  );
};
