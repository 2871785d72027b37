import { dateWithoutYear, inTwoZones, type TimeZone } from '../../functions/domain/time.ts';
import { SeatsState } from '../components/seats.tsx';
import { DataTable, type Column } from '../components/table.tsx';
import { seatsInWords } from '../words/offer.ts';
import { byDay, firstStart, lastEnd } from '../words/when.ts';
import type { EventDetail } from './event.tsx';

/** At most so many sessions to choose from are listed one by one; more are told as the hours of each day. */
const LISTED_ONE_BY_ONE = 4;

interface Line {
  key: string;
  day: string | null;
  title: string | null;
  own: string;
  event: string | null;
  seats: EventDetail['seats'];
}

function linesOf(event: EventDetail, zone: TimeZone): Line[] {
  const days = byDay(event.sessions, zone);
  if (event.sessionChoice === 'any' && event.sessions.length > LISTED_ONE_BY_ONE)
    return days.map(([key, ofDay]) => {
      const from = firstStart(ofDay);
      const times = inTwoZones(from, lastEnd(ofDay), zone, event.timeZone);
      return { key, day: dateWithoutYear(from, zone), title: null, ...times, seats: null };
    });
  return days.flatMap(([, ofDay]) =>
    ofDay.map((session) => ({
      key: session.id,
      day: days.length > 1 ? dateWithoutYear(session.startsAt, zone) : null,
      title: event.sessions.length > 1 && event.sessionChoice !== 'one' ? session.title : null,
      ...inTwoZones(session.startsAt, session.endsAt, zone, event.timeZone),
      seats: event.sessionChoice === 'one' || event.sessions.length === 1 ? (session.seats ?? event.seats) : null,
    })),
  );
}

/** The times of an event in the reader's zone and its own, with seats where each session has its own. */
export const EventTimes = ({ event, zone, seats }: { event: EventDetail; zone: TimeZone; seats: boolean }) => {
  const lines = linesOf(event, zone);
  const has = (of: (line: Line) => unknown) => lines.some((line) => of(line) !== null);
  const perLine = seats && has((line) => line.seats);
  const twoZones = has((line) => line.event);
  const columns: Column<Line>[] = [
    ...(has((line) => line.day) ? [{ head: 'Day', cell: (line: Line) => line.day }] : []),
    ...(has((line) => line.title) ? [{ head: 'Session', cell: (line: Line) => line.title }] : []),
    { head: twoZones ? 'Your time' : 'Time', cell: (line) => <strong>{line.own}</strong> },
    ...(twoZones ? [{ head: 'Event time', cell: (line: Line) => line.event }] : []),
    ...(perLine
      ? [
          {
            head: 'Seats',
            cell: ({ seats: told }: Line) =>
              told ? <SeatsState offer={seatsInWords(told)} zone={zone} of={told.capacity} /> : null,
          },
        ]
      : []),
  ];
  return (
    <>
      <DataTable caption={perLine ? 'Times and seats' : 'Times'} columns={columns} rows={lines} look="times" />
      {seats && !perLine && event.seats ? (
        <p class="times-seats">
          <SeatsState offer={seatsInWords(event.seats)} zone={zone} of={event.seats.capacity} />
        </p>
      ) : null}
    </>
  );
};
