import type { SessionChoice } from '../../functions/domain/event.ts';
import type { SeatsTold } from '../../functions/domain/seats.ts';
import {
  clockRange,
  dateWithoutYear,
  inTwoZones,
  ordinal,
  zoneShort,
  type TimeZone,
} from '../../functions/domain/time.ts';
import { Choices, Group, OneChoice, type Choice } from '../components/choices.tsx';
import { type Errors } from '../components/field.tsx';
import { SeatsState, State } from '../components/seats.tsx';
import { idOf } from '../words/paths.ts';
import { seatsInWords } from '../words/offer.ts';
import { byDay, grouped, type Timed } from '../words/when.ts';

/** A session that can be chosen. `seats` where each has its own. */
export interface SessionOption extends Timed {
  readonly id: string;
  readonly title: string;
  readonly track: string | null;
  readonly seats: SeatsTold | null;
}

interface SessionFieldsProps {
  event: {
    readonly href: string;
    readonly timeZone: TimeZone;
    readonly sessionChoice: SessionChoice;
    readonly sessions: readonly SessionOption[];
  };
  zone: TimeZone;
  chosen: readonly string[];
  errors: Errors;
}

const FULL = 'If the one you choose is full, or fills while you type, you are on its waitlist. You lose nothing.';

/** The choice of a sitting, or of sessions; nothing where everybody takes all. Fields are named `sessions`. */
export const SessionFields = (props: SessionFieldsProps) => {
  if (props.event.sessionChoice === 'all' || props.event.sessions.length < 2) return null;
  return (
    <section class="form-section">
      {props.event.sessionChoice === 'one' ? <Sittings {...props} under={FULL} /> : <Agenda {...props} />}
    </section>
  );
};

interface SittingsProps extends Pick<SessionFieldsProps, 'zone' | 'chosen' | 'errors'> {
  event: Pick<SessionFieldsProps['event'], 'timeZone' | 'sessions'>;
  /** What follows from the choice. */
  under: string;
}

/** The sittings to choose one from, as tiles with their seats. */
export const Sittings = ({ event, zone, chosen, errors, under }: SittingsProps) => {
  const days = byDay(event.sessions, zone);
  const [first] = event.sessions;
  return (
    <>
      <Choices
        path="sessions"
        legend={days.length === 1 && first ? `Session on ${dateWithoutYear(first.startsAt, zone)}` : 'Session'}
        heading
        look="tiles"
        options={event.sessions.map((session) => sitting(session, zone, event.timeZone, days.length > 1))}
        chosen={chosen}
        errors={errors}
      />
      <p class="under-choices">{under}</p>
    </>
  );
};

function sitting(session: SessionOption, zone: TimeZone, eventZone: TimeZone, withDay: boolean): Choice {
  const times = inTwoZones(session.startsAt, session.endsAt, zone, eventZone);
  const words = seatsInWords(session.seats);
  return {
    value: session.id,
    label: withDay ? `${dateWithoutYear(session.startsAt, zone)}, ${times.own}` : times.own,
    note: (
      <>
        {times.event}
        <span class="tile-seats">
          {words.kind === 'full' ? (
            <State
              icon="people"
              tone="plain"
              words="Full."
              note={`${words.waiting === 0 ? 'Nobody' : grouped(words.waiting)} waiting, you would be ${ordinal(words.waiting + 1)}`}
            />
          ) : (
            <SeatsState offer={words} zone={zone} />
          )}
        </span>
      </>
    ),
  };
}

const Agenda = ({ event, zone, chosen, errors }: SessionFieldsProps) => {
  let index = 0;
  return (
    <Group
      path="sessions"
      legend="Sessions"
      heading
      hint="Choose any. You can change them until the start, also on a page with the whole agenda. Sessions that overlap can both be chosen."
      errors={errors}
    >
      {byDay(event.sessions, zone).map(([day, ofDay]) => (
        <fieldset class="usa-fieldset day-choices">
          <legend>{ofDay[0] ? dateWithoutYear(ofDay[0].startsAt, zone) : day}</legend>
          {ofDay.map((session) => {
            const id = index === 0 ? idOf('sessions') : `${idOf('sessions')}-${index}`;
            index += 1;
            return (
              <OneChoice
                kind="checkbox"
                name="sessions"
                id={id}
                option={{ value: session.id, label: session.title, note: sessionNote(session, zone, event.timeZone) }}
                checked={chosen.includes(session.id)}
              />
            );
          })}
        </fieldset>
      ))}
    </Group>
  );
};

function sessionNote(session: SessionOption, zone: TimeZone, eventZone: TimeZone): string {
  const times = inTwoZones(session.startsAt, session.endsAt, zone, eventZone);
  const own = `${clockRange(session.startsAt, session.endsAt, zone)} ${zoneShort(zone, session.startsAt)}`;
  return `${own}${times.event ? ` (${times.event})` : ''}${session.track ? `, ${session.track}` : ', everyone'}`;
}
