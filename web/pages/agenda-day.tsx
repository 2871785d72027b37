import {
  bothZones,
  clock,
  clockRange,
  dateWithoutYear,
  HOUR,
  inTwoZones,
  MINUTE,
  plus,
  zoneShort,
  type Instant,
  type TimeZone,
} from '../../functions/domain/time.ts';
import { Icon } from '../components/icon.tsx';
import { firstStart, lastEnd } from '../words/when.ts';
import type { AgendaSession } from './agenda-session.ts';

interface DayProps {
  day: string;
  sessions: readonly AgendaSession[];
  zone: TimeZone;
  eventZone: TimeZone;
  chosen: readonly string[];
  saved: readonly string[];
  overlaps: readonly [AgendaSession, AgendaSession][];
}

/** A row of the grid is a quarter of an hour; the head of the tracks is row 1. */
const QUARTER = 15 * MINUTE;
const FIRST_ROW = 2;

/** One day of the agenda. The DOM is in the order of time; the grid of wide screens is only placement, by classes. */
export const AgendaDay = (props: DayProps) => {
  const { day, sessions, zone, eventZone } = props;
  const tracks = [...new Set(sessions.flatMap((session) => session.track ?? []))];
  const from = firstStart(sessions);
  const name = dateWithoutYear(from, zone);
  const origin = plus(from, -(from % QUARTER));
  return (
    <section class="agenda-day" aria-labelledby={`day-${day}`}>
      <div class="agenda-day-head">
        <h2 id={`day-${day}`} tabindex={-1}>
          {name} <span>{bothZones(from, lastEnd(sessions), zone, eventZone)}</span>
        </h2>
        <button class="linkbutton" type="submit" name="clear" value={day} formaction={`#day-${day}`}>
          Clear this day<span class="usa-sr-only">: {name}</span>
        </button>
      </div>
      <div class={`grid tracks-${Math.max(1, Math.min(tracks.length, 6))}`}>
        <p class="grid-zones" aria-hidden="true">
          <strong>{zoneShort(zone, from)}</strong>
          {zoneShort(zone, from) === zoneShort(eventZone, from) ? null : <span>{zoneShort(eventZone, from)}</span>}
        </p>
        {tracks.map((track, index) => (
          <div class={`track-head col-${index + 1}`}>
            <strong>{track}</strong>
            <button class="linkbutton" type="submit" name="take" value={`${day}|${track}`} formaction={`#day-${day}`}>
              Take this track for the day
              <span class="usa-sr-only">
                : {track}, {name}
              </span>
            </button>
          </div>
        ))}
        {hours(origin, lastEnd(sessions)).map((hour) => (
          <p class={`hour at-${FIRST_ROW + Math.round((hour - origin) / QUARTER)}`} aria-hidden="true">
            <strong>{clock(hour, zone).replace(':00', '')}</strong>
            {zoneShort(zone, from) === zoneShort(eventZone, from) ? null : (
              <span>
                {clock(hour, eventZone).replace(':00', '')} {zoneShort(eventZone, from)}
              </span>
            )}
          </p>
        ))}
        {sessions.map((session) => (
          <AgendaCard
            {...props}
            session={session}
            column={session.track ? tracks.indexOf(session.track) + 1 : 0}
            origin={origin}
          />
        ))}
      </div>
    </section>
  );
};

function hours(origin: Instant, end: Instant): Instant[] {
  const first = plus(origin, (HOUR - (origin % HOUR)) % HOUR);
  return Array.from({ length: Math.max(0, Math.ceil((end - first) / HOUR)) }, (_, index) => plus(first, index * HOUR));
}

type CardProps = DayProps & { session: AgendaSession; column: number; origin: Instant };

const AgendaCard = (props: CardProps) => {
  const { session, zone, eventZone, column, origin, chosen, saved } = props;
  const mine = chosen.includes(session.id);
  const other = props.overlaps.flatMap(([a, b]) => (a.id === session.id ? [b] : b.id === session.id ? [a] : []))[0];
  const row = FIRST_ROW + Math.floor((session.startsAt - origin) / QUARTER);
  const span = Math.max(
    1,
    Math.ceil((session.endsAt - origin) / QUARTER) - Math.floor((session.startsAt - origin) / QUARTER),
  );
  const id = `session-${session.id}`;
  const times = inTwoZones(session.startsAt, session.endsAt, zone, eventZone);
  return (
    <div
      class={`slot col-${column === 0 ? 'all' : column} at-${row} for-${Math.min(span, 64)}${other ? ' slot-overlap' : ''}`}
    >
      <div class="usa-checkbox">
        <input
          class="usa-checkbox__input"
          type="checkbox"
          id={id}
          name="sessions"
          value={session.id}
          checked={mine}
          data-saved={saved.includes(session.id) ? 'yes' : undefined}
          aria-describedby={`${id}-time`}
        />
        <label class="usa-checkbox__label" for={id}>
          {session.title}
        </label>
      </div>
      <div class="slot-more" id={`${id}-time`}>
        <p>
          <strong>{clockRange(session.startsAt, session.endsAt, zone)}</strong>
          {times.event ? ` (${times.event})` : ''}
          <span class="slot-track">, {session.track ?? 'everyone'}</span>
        </p>
        {other ? (
          <p class="slot-warning">
            <Icon name="warning" size={16} /> Overlaps {other.title}
          </p>
        ) : null}
        {session.location ? <p class="quiet">{session.location}</p> : null}
      </div>
    </div>
  );
};
