import {
  clockRange,
  dateWithoutYear,
  durationWords,
  shortDate,
  zoneName,
  zoneShort,
  type TimeZone,
} from '../../functions/domain/time.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { eventWord } from '../words/kind.ts';
import { overlapsOf } from '../words/overlaps.ts';
import { byDay, counted, daysInWords, firstStart } from '../words/when.ts';
import { AgendaDay } from './agenda-day.tsx';
import type { AgendaSession } from './agenda-session.ts';

export interface AgendaPageProps {
  readonly frame: Frame;
  readonly event: {
    readonly title: string;
    readonly href: string;
    readonly timeZone: TimeZone;
    readonly sessions: readonly AgendaSession[];
  };
  /** Session ids in the agenda as it is saved; or, after a press such as "Take this track", as it would be. */
  readonly chosen: readonly string[];
  /** Ids that are saved. Sent back as `was`, so that saving sends only what was changed here. */
  readonly saved: readonly string[];
  /** Before registering, saving leads on to the form. */
  readonly registered: boolean;
  /** What the last press did. */
  readonly notice: 'saved' | 'none-chosen' | null;
}

/**
 * `/trainings/:slug/agenda`: choose sessions. Posts to itself with `sessions`, `was`, and one of `save`,
 * `take` (a day and a track: `2027-05-11|Investigations`) or `clear` (a day).
 */
export const AgendaPage = (props: AgendaPageProps) => {
  const { frame, event, chosen } = props;
  const zone = zoneFor(frame, event.timeZone);
  const taken = event.sessions.filter((session) => chosen.includes(session.id));
  const overlaps = overlapsOf(taken);
  const days = byDay(event.sessions, zone);
  const lost = props.notice === 'none-chosen';
  return (
    <Layout frame={frame} title={`Choose your sessions: ${event.title}`} error={lost} at="trainings">
      <div class="page-head agenda-head">
        <div class="wrap">
          <a class="back" href={event.href}>
            <Icon name="back" /> About the {eventWord({ ...event, sessionChoice: 'any' })}
          </a>
          <h1>Choose your sessions</h1>
          <p class="lead">
            {event.title}. {daysInWords(event.sessions, zone)}. You have chosen {taken.length} of{' '}
            {counted(event.sessions.length, 'session')}. {zonesSentence(frame, zone, event)}{' '}
            <a href={`/time-zone?return=${encodeURIComponent(frame.path)}`}>Change time zone</a>
          </p>
          <div class="agenda-tools">
            <ul class="agenda-days">
              {days.map(([day, ofDay]) => (
                <li>
                  <a href={`#day-${day}`}>{shortDate(firstStart(ofDay), zone)}</a>{' '}
                  {ofDay.filter((session) => chosen.includes(session.id)).length} chosen
                </li>
              ))}
            </ul>
            <ul class="legend-keys" aria-hidden="true">
              <li class="key-mine">In my agenda</li>
              <li class="key-overlap">Overlaps</li>
            </ul>
          </div>
        </div>
      </div>
      <form class="agenda" method="post" action={`${event.href}/agenda`}>
        <button type="submit" name="save" value="yes" hidden tabindex={-1}>
          Save my agenda
        </button>
        <input type="hidden" name="was" value={props.saved.join(' ')} />
        <div class="wrap">
          <Notice {...props} />
          {overlaps.length > 0 ? <OverlapNote overlaps={overlaps} zone={zone} /> : null}
          {days.map(([day, ofDay]) => (
            <AgendaDay
              day={day}
              sessions={ofDay}
              zone={zone}
              eventZone={event.timeZone}
              chosen={chosen}
              saved={props.saved}
              overlaps={overlaps}
            />
          ))}
        </div>
        <div class="save">
          <div class="wrap">
            <p>
              <strong>
                {counted(taken.length, 'session')}
                {taken.length > 0
                  ? `, ${durationWords(taken.reduce((sum, session) => sum + session.endsAt - session.startsAt, 0))}`
                  : ''}
                .
              </strong>{' '}
              {overlaps.length > 0 ? `${counted(overlaps.length, 'overlap')}. ` : ''}Saving sends only what you changed
              here.
            </p>
            <Button name="save" value="yes">
              {props.registered ? 'Save my agenda' : 'Go on to register'}
            </Button>
          </div>
        </div>
      </form>
    </Layout>
  );
};

function zonesSentence(frame: Frame, zone: TimeZone, event: AgendaPageProps['event']): string {
  const at = firstStart(event.sessions);
  const own = `${zoneName(zone)}, ${zoneShort(zone, at)}`;
  if (!frame.zone || zoneShort(zone, at) === zoneShort(event.timeZone, at)) return `Times are ${own}.`;
  return `Times are yours, ${own}, with ${zoneName(event.timeZone)}, ${zoneShort(event.timeZone, at)}, beside them.`;
}

const Notice = ({ notice, registered }: AgendaPageProps) => {
  if (notice === 'saved')
    return (
      <p class="note note-good agenda-note" role="status">
        <Icon name="checkCircle" size={20} /> <span>We saved your agenda. Your calendar follows.</span>
      </p>
    );
  if (notice === 'none-chosen')
    return (
      <div class="error-summary agenda-note" role="alert" tabindex={-1} autofocus>
        <h2>Choose at least one session</h2>
        <p>
          {registered
            ? 'To give up all of them, give your seat back on your registration’s page.'
            : 'Then go on to register.'}
        </p>
      </div>
    );
  return null;
};

const MOST_TOLD = 4;

const OverlapNote = ({ overlaps, zone }: { overlaps: readonly [AgendaSession, AgendaSession][]; zone: TimeZone }) => {
  const [first] = overlaps[0] ?? [];
  if (!first) return null;
  return (
    <div class="note note-soon agenda-note">
      <Icon name="warning" size={20} />
      <div>
        <p>
          <strong>
            {overlaps.length === 1
              ? 'Two of your sessions overlap'
              : `${overlaps.length} pairs of your sessions overlap`}
            , and you can save them.
          </strong>
        </p>
        {overlaps.slice(0, MOST_TOLD).map(([a, b]) => (
          <p>
            {dateWithoutYear(a.startsAt, zone)}: “{a.title}” runs {clockRange(a.startsAt, a.endsAt, zone)} and “
            {b.title}” {clockRange(b.startsAt, b.endsAt, zone)}. <a href={`#session-${a.id}`}>Go to “{a.title}”</a>
          </p>
        ))}
        {overlaps.length > MOST_TOLD ? <p>The others are marked below.</p> : null}
      </div>
    </div>
  );
};
