import {
  clockWithZone,
  DAY,
  dateWithoutYear,
  durationWords,
  MINUTE,
  monthDay,
  plus,
  type TimeZone,
} from '../../functions/domain/time.ts';
import { Icon } from '../components/icon.tsx';
import { Steps, type Step } from '../components/steps.tsx';
import { eventWord } from '../words/kind.ts';
import type { Offer } from '../words/offer.ts';
import { firstStart, listed } from '../words/when.ts';
import { whoMayAttend } from './event-audience.tsx';
import type { EventPageProps } from './event.tsx';

type AboutProps = EventPageProps & { zone: TimeZone; offer: Offer; notForReader: boolean };

/** What an event is about, for whom, what happens after registering, how it runs. */
export const EventAbout = (props: AboutProps) => (
  <div class="columns">
    <div>
      {props.event.outcomes.length > 0 && !(props.notForReader && props.instead) ? (
        <section class="section">
          <h2>What you will be able to do</h2>
          <ul class="dashes">
            {props.event.outcomes.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <section class="section">
        <h2>Who may attend</h2>
        <ul class="reasons">
          {whoMayAttend(props).map((line) => (
            <li>
              <Icon name={line.icon} size={20} />
              <span>
                <strong>{line.who}</strong> {line.what}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <After {...props} />
    </div>
    <div class="side-list">
      <HowItRuns {...props} />
      <Help {...props} />
      <section>
        <h2>Sensitive content</h2>
        <p>
          The trainers describe cases of exploitation. No recordings of victims are used. You may step out at any time.
        </p>
      </section>
      <Trainers trainers={props.event.trainers} />
    </div>
  </div>
);

const After = ({ event, standing, offer, zone, mine, notForReader }: AboutProps) => {
  const open = offer.kind === 'open' || offer.kind === 'few' || offer.kind === 'full' || offer.kind === 'not-open-yet';
  if (!open || mine || notForReader) return null;
  const checked = standing.kind === 'review';
  return (
    <section class="section">
      <h2>What happens after you {checked ? 'apply' : 'register'}</h2>
      <Steps
        steps={
          standing.kind === 'review'
            ? stepsOfApplying(event, dateWithoutYear(standing.answerBy, zone))
            : stepsOfRegistering(event, zone, offer)
        }
      />
    </section>
  );
};

function stepsOfRegistering(event: AboutProps['event'], zone: TimeZone, offer: Offer): Step[] {
  const first = firstStart(event.sessions);
  const opens = plus(first, -event.joinOpensMinutes * MINUTE);
  const seat = 'You get an email with a calendar invitation and your own join link.';
  return [
    offer.kind === 'full'
      ? { title: 'Right away', text: 'You have a place on the waitlist, and an email that says so.' }
      : { title: 'Right away', text: `You have a seat. ${seat}` },
    ...(offer.kind === 'full'
      ? [{ title: 'If a seat frees up', text: `It is yours at once. You do nothing. ${seat}` }]
      : []),
    {
      title:
        event.sessions.length === 1 || event.sessionChoice === 'all'
          ? `${monthDay(first, zone)}, ${clockWithZone(opens, zone)}`
          : `${event.joinOpensMinutes} minutes before your session`,
      text: `The join button opens, ${event.joinOpensMinutes} minutes before the start. The link is yours alone.`,
    },
  ];
}

const stepsOfApplying = (event: AboutProps['event'], answerBy: string): Step[] => [
  { title: 'Right away', text: 'You get an email that says a person is checking. You don’t hold a seat yet.' },
  {
    title: `By ${answerBy}`,
    text: `You hear from us. If you may attend and there is room, you have a seat from that moment, with a calendar invitation. If the ${
      event.sessionChoice === 'one' ? 'session' : eventWord(event)
    } is full by then, you are on its waitlist.`,
  },
  {
    title: 'Want it faster?',
    text: 'A supervisor or colleague whose address we know can confirm you by mail with one press. You can ask them once you have applied.',
  },
];

const HowItRuns = ({ event }: AboutProps) => {
  const lengths = new Set(event.sessions.map((session) => session.endsAt - session.startsAt));
  const [length] = lengths;
  const places = [...new Set(event.sessions.flatMap((session) => session.location || []))];
  return (
    <section>
      <h2>How it runs</h2>
      <ul class="icon-lines">
        {lengths.size === 1 && length ? (
          <li>
            <Icon name="timer" />
            <span>
              {durationWords(length)}
              {event.sessions.length > 1 ? ' a session' : ''}
            </span>
          </li>
        ) : null}
        {places.length > 0 ? (
          <li>
            <Icon name="place" />
            <span>{listed(places.slice(0, 4), 'and')}</span>
          </li>
        ) : null}
        <li>
          <Icon name="globe" />
          <span>You join from your own join page, in a browser</span>
        </li>
        <li>
          <Icon name="captions" />
          <span>Live captions, always on</span>
        </li>
      </ul>
    </section>
  );
};

const Help = ({ event, frame, zone }: AboutProps) => {
  const best = plus(firstStart(event.sessions), -14 * DAY);
  return (
    <section>
      <h2>Accessibility</h2>
      <p>
        Ask for a sign language interpreter or other help when you register,{' '}
        {best > frame.now ? `by ${monthDay(best, zone)} if you can.` : 'as early as you can.'}
      </p>
    </section>
  );
};

const Trainers = ({ trainers }: { trainers: AboutProps['event']['trainers'] }) =>
  trainers && trainers.length > 0 ? (
    <section>
      <h2>Trainers</h2>
      <ul>
        {trainers.map((trainer) => (
          <li>
            <strong>{trainer.name}</strong>
          </li>
        ))}
      </ul>
    </section>
  ) : null;
