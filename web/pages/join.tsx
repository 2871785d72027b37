import { clock, clockWithZone, longDate, type Instant, type TimeZone } from '../../functions/domain/time.ts';
import type { Child } from 'hono/jsx';
import { Button, LinkButton } from '../components/button.tsx';
import { DateBlock } from '../components/date-block.tsx';
import { Layout } from '../components/layout.tsx';
import { Facts, Ticket } from '../components/ticket.tsx';
import { TwoTimes } from '../components/two-times.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import type { Timed } from '../words/when.ts';

export interface JoinPageProps {
  readonly frame: Frame;
  readonly state: 'early' | 'open' | 'over';
  readonly event: {
    readonly title: string;
    readonly timeZone: TimeZone;
    /** From `eventWord`: "webinar". */
    readonly word: string;
  };
  /** The session's own title where the event has several, else null. */
  readonly session: Timed & { readonly title: string | null };
  readonly opensAt: Instant;
  /** A person who holds the link learns nothing more about somebody than this; empty where not known. */
  readonly firstName: string;
  /** `/join/:secret`: the button posts there, "Check again" opens it. */
  readonly href: string;
  readonly joinedAt: Instant | null;
}

/** `/join/:secret`: when, or now. Opening it changes nothing; the button does. */
export const JoinPage = (props: JoinPageProps) => {
  const { frame, state, event, session } = props;
  const zone = zoneFor(frame, event.timeZone);
  return (
    <Layout frame={frame} title={`${titleOf(props, zone)}: ${event.title}`}>
      <div class={`page-head head-under tone-${{ early: 'checked', open: 'good', over: 'quiet' }[state]}`}>
        <div class="wrap join-head">
          <h1>{titleOf(props, zone)}</h1>
          <p class="lead">{lead(props, zone)}</p>
        </div>
      </div>
      <div class="wrap">
        <Ticket
          date={<DateBlock sessions={[session]} zone={zone} size="ticket" tone={state === 'over' ? 'quiet' : 'sure'} />}
          side={<Act {...props} />}
        >
          <h2>{event.title}</h2>
          <Facts
            facts={[
              session.title ? ['Session', session.title] : null,
              ['Date', <strong>{longDate(session.startsAt, zone)}</strong>],
              ['Your time', <TwoTimes from={session.startsAt} to={session.endsAt} own={zone} event={event.timeZone} />],
              props.firstName ? ['For', props.firstName] : null,
            ]}
          />
        </Ticket>
        <ul class="three">
          {helps(props).map((help) => (
            <li>
              <h2>{help.title}</h2>
              <p>{help.text}</p>
            </li>
          ))}
        </ul>
      </div>
    </Layout>
  );
};

function titleOf({ state, opensAt, firstName, event }: JoinPageProps, zone: TimeZone): string {
  if (state === 'early') return `The join button opens at ${clockWithZone(opensAt, zone)}`;
  if (state === 'over') return `This ${event.word} is over`;
  return `You can join now${firstName ? `, ${firstName}` : ''}`;
}

function lead({ frame, state, session, firstName, joinedAt }: JoinPageProps, zone: TimeZone): string {
  const now = clockWithZone(frame.now, zone);
  if (state === 'early')
    return `It is ${now} now. You are early${firstName ? `, ${firstName}` : ''}, and your seat is yours.`;
  if (state === 'over')
    return `It ended at ${clockWithZone(session.endsAt, zone)}.${joinedAt ? ` You joined at ${clockWithZone(joinedAt, zone)}.` : ''}`;
  const started = session.startsAt <= frame.now;
  return `It ${started ? 'started' : 'starts'} at ${clockWithZone(session.startsAt, zone)}. It is ${now} now.`;
}

const Act = ({ frame, state, href, event, opensAt }: JoinPageProps) => {
  const zone = zoneFor(frame, event.timeZone);
  if (state === 'open')
    return (
      <form method="post" action={href}>
        <Button big wide>
          Join the {event.word}
        </Button>
        <p class="aside">Opens the meeting in this browser or its app. We note the time you joined.</p>
      </form>
    );
  if (state === 'early') {
    const theirs = clockWithZone(opensAt, event.timeZone);
    const own = clockWithZone(opensAt, zone);
    return (
      <>
        <LinkButton href={href} look="outline" wide>
          Check again
        </LinkButton>
        <p class="aside">
          At {own}
          {own === theirs ? '' : ` (${theirs})`} the join button is here. This page does not change by itself.
        </p>
      </>
    );
  }
  return (
    <LinkButton href="/registrations" look="outline" wide>
      See my registrations
    </LinkButton>
  );
};

function helps({ state, frame, firstName, event, session }: JoinPageProps): { title: string; text: Child }[] {
  const zone = zoneFor(frame, event.timeZone);
  const desk = <a href={`mailto:${frame.site.email}`}>{frame.site.email}</a>;
  const seatBack = {
    title: 'You can’t come',
    text: (
      <>
        <a href="/registrations">Give your seat back</a>, until {clock(session.startsAt, zone)}.
      </>
    ),
  };
  const notYou = {
    title: firstName ? `You are not ${firstName}?` : 'Not your link?',
    text: (
      <>
        This link is for one person. <a href="/registrations">Sign in to get your own</a>.
      </>
    ),
  };
  if (state === 'early')
    return [
      { title: 'Keep this page', text: 'The same link is in every email from us and in your calendar.' },
      { title: 'Captions', text: 'Automatic captions are always on.' },
      seatBack,
    ];
  if (state === 'open')
    return [
      { title: 'Captions', text: 'Automatic captions are always on. Look for captions in the meeting’s menu.' },
      { title: 'No sound or picture?', text: <>Leave the meeting and press Join again, or email {desk}.</> },
      notYou,
    ];
  return [
    { title: 'You were there, and we missed it?', text: <>By phone, or in a colleague’s room: email {desk}.</> },
    { title: 'The next one', text: <a href="/">See upcoming trainings</a> },
  ];
}
