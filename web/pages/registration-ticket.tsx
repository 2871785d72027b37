import { COUNTED_IN_LINE } from '../../functions/domain/seats.ts';
import { clockWithZone, dateWithoutYear, monthDay, ordinal, type TimeZone } from '../../functions/domain/time.ts';
import type { Child } from 'hono/jsx';
import { LinkButton } from '../components/button.tsx';
import { DateBlock, type DateTone } from '../components/date-block.tsx';
import { EmailText } from '../components/email-text.tsx';
import { SeatsState } from '../components/seats.tsx';
import { Facts, Ticket, TicketLine } from '../components/ticket.tsx';
import { TwoTimes } from '../components/two-times.tsx';
import { seatsInWords } from '../words/offer.ts';
import { byDay, counted, daysInWords, people, firstStart, lastEnd } from '../words/when.ts';
import type { Phase, PlaceAtSession, PlaceInLine, RegistrationParts } from './registration.tsx';

const TONES: Readonly<Record<Phase, DateTone>> = {
  confirmed: 'sure',
  waitlisted: 'unsure',
  pending: 'unsure',
  denied: 'quiet',
  ineligible: 'quiet',
  cancelled: 'quiet',
  'event-canceled': 'quiet',
  over: 'quiet',
};

/** The ticket of a registration. */
export const RegistrationTicket = (parts: RegistrationParts) => {
  const { event, registration, zone, phase } = parts;
  const mine = registration.sessions.length > 0 ? registration.sessions : event.sessions;
  return (
    <Ticket
      date={<DateBlock sessions={mine} zone={zone} size="ticket" tone={TONES[phase]} />}
      side={<Side {...parts} />}
      below={<Below {...parts} />}
    >
      <h2>
        <a class="plain-link" href={event.href}>
          {event.title}
        </a>
      </h2>
      <Facts
        facts={[
          ['Date', <strong>{daysInWords(mine, zone)}</strong>],
          ...times(parts),
          registration.name ? ['For', [registration.name, registration.agency].filter(Boolean).join(', ')] : null,
          registration.needs.length > 0 ? ['You asked for', registration.needs.join(', ')] : null,
          phase === 'pending' && registration.seats
            ? [
                'Seats now',
                <SeatsState offer={seatsInWords(registration.seats)} zone={zone} of={registration.seats.capacity} />,
              ]
            : null,
          phase === 'waitlisted' && registration.place
            ? ['Your place', <Place {...parts} place={registration.place} />]
            : null,
        ]}
      />
    </Ticket>
  );
};

function times({ event, registration, zone }: RegistrationParts): (readonly [string, Child])[] {
  const mine = registration.sessions;
  if (event.sessionChoice === 'any')
    return [['Sessions', <SessionList sessions={mine} zone={zone} eventZone={event.timeZone} />]];
  if (mine.length > 1)
    return byDay(mine, zone).map(([, ofDay], index) => [
      index === 0 ? 'Your times' : '',
      <>
        {monthDay(firstStart(ofDay), zone)}:{' '}
        <TwoTimes from={firstStart(ofDay)} to={lastEnd(ofDay)} own={zone} event={event.timeZone} />
      </>,
    ]);
  const [only] = mine.length === 1 ? mine : event.sessions;
  return only
    ? [['Your time', <TwoTimes from={only.startsAt} to={only.endsAt} own={zone} event={event.timeZone} />]]
    : [];
}

const SessionList = (props: { sessions: readonly PlaceAtSession[]; zone: TimeZone; eventZone: TimeZone }) => (
  <details class="session-list">
    <summary>{counted(props.sessions.length, 'session')}</summary>
    <ul>
      {props.sessions.map((session) => (
        <li>
          {session.title}
          <br />
          <span class="small">
            {monthDay(session.startsAt, props.zone)},{' '}
            <TwoTimes from={session.startsAt} to={session.endsAt} own={props.zone} event={props.eventZone} />
            {session.joinHref ? (
              <>
                {' '}
                <a href={session.joinHref}>
                  Join page<span class="usa-sr-only">: {session.title}</span>
                </a>
              </>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  </details>
);

const MOST_DOTS = 12;

const Place = ({
  place: { position, waiting },
  frame,
  zone,
  registration,
}: RegistrationParts & { place: PlaceInLine }) => (
  <>
    {position === null ? (
      <strong>At least {COUNTED_IN_LINE} people are ahead of you.</strong>
    ) : (
      <>
        <strong>{waiting === null ? `${ordinal(position)}.` : `${ordinal(position)} of ${waiting}.`}</strong>{' '}
        {position === 1
          ? 'Nobody is ahead of you.'
          : `${people(position - 1)} ${position === 2 ? 'is' : 'are'} ahead of you.`}
      </>
    )}
    {waiting !== null && waiting > 1 && waiting <= MOST_DOTS ? (
      <span class="place-dots" aria-hidden="true">
        {Array.from({ length: waiting }, (_, index) => (
          <i class={index + 1 === position ? 'you' : undefined} />
        ))}
      </span>
    ) : (
      <br />
    )}
    <span class="small quiet">
      At {clockWithZone(frame.now, zone)}. <a href={registration.href}>Check again</a>
    </span>
  </>
);

const Download = ({ href }: { href: string | null }) =>
  href ? (
    <>
      , or <a href={href}>download the same entry</a>
    </>
  ) : null;

const Side = ({ phase, registration, calendarHref, sentAgain, event, frame, zone }: RegistrationParts) => {
  switch (phase) {
    case 'confirmed':
      return (
        <>
          <p>
            <strong>The invitation is in your email.</strong> Accept it there and your calendar follows every change.
          </p>
          {sentAgain ? (
            <p class="aside" role="status">
              We sent it again. Look in junk mail too
              <Download href={calendarHref} />.
            </p>
          ) : (
            <form class="aside" method="post" action={`${registration.href}/send-again`}>
              It didn’t come?{' '}
              <button class="linkbutton" type="submit">
                Send it again
              </button>
              <Download href={calendarHref} />.
            </form>
          )}
        </>
      );
    case 'waitlisted':
      return (
        <>
          <LinkButton href={`${registration.href}/answers`} look="outline" wide>
            Change my answers
          </LinkButton>
          <p class="aside">Answers or accommodation. You keep your place.</p>
        </>
      );
    case 'pending':
      return <Sponsored {...registration} />;
    case 'cancelled':
      return event.closesAt > frame.now ? (
        <LinkButton href={event.href} look="outline" wide>
          See this training
        </LinkButton>
      ) : (
        <p class="aside">Registration closed on {monthDay(event.closesAt, zone)}.</p>
      );
    case 'denied':
    case 'ineligible':
    case 'event-canceled':
    case 'over':
      return (
        <LinkButton href="/" look="outline" wide>
          See other trainings
        </LinkButton>
      );
  }
};

/** The supervisor who was asked to confirm an applicant, or how to ask one. */
const Sponsored = ({ href, sponsor, sponsorWanted }: RegistrationParts['registration']) => {
  if (!sponsor)
    return (
      <>
        <LinkButton href={`${href}/supervisor`} look="outline" wide>
          Ask somebody to confirm me
        </LinkButton>
        <p class="aside">
          {sponsorWanted ? <strong>The training desk asks who can confirm you. </strong> : null}A supervisor or
          colleague whose address we know gets an email with one button. It helps the person who decides.
        </p>
      </>
    );
  const who = <EmailText email={sponsor.email} strong />;
  if (sponsor.answer === 'confirmed')
    return (
      <>
        <p>
          <strong>A supervisor confirmed you.</strong>
        </p>
        <p class="aside">{who} knows you. The training desk decides.</p>
      </>
    );
  return (
    <>
      <p>
        <strong>You asked a supervisor.</strong>
      </p>
      <p class="aside">
        {who} {sponsor.answer === 'unknown' ? 'answered that they don’t know you' : 'has not answered yet'}.{' '}
        {sponsorWanted ? 'The training desk asks whether somebody else can confirm you. ' : ''}
        <a href={`${href}/supervisor`}>See or ask somebody else</a>
      </p>
    </>
  );
};

const Below = ({ phase, registration, event, frame, zone }: RegistrationParts) => {
  if (phase === 'pending')
    return (
      <TicketLine tone="checked" icon="infoOutline">
        <strong>You don’t hold a seat yet.</strong> If we approve you and there is room, you have a seat from that
        moment. If it is full by then, you are on its waitlist.
      </TicketLine>
    );
  const next =
    phase === 'confirmed'
      ? registration.sessions.find((session) => session.endsAt > frame.now && session.joinHref)
      : undefined;
  if (!next?.joinHref) return null;
  if (next.joinOpensAt <= frame.now)
    return (
      <div class="ticket-line line-good join-line">
        <p>
          <strong>You can join now.</strong> It starts at {clockWithZone(next.startsAt, zone)}.
        </p>
        <LinkButton href={next.joinHref}>Open my join page</LinkButton>
      </div>
    );
  return (
    <TicketLine tone="paper" icon="lockOutline">
      <strong>
        The join button opens on {dateWithoutYear(next.joinOpensAt, zone)} at {clockWithZone(next.joinOpensAt, zone)}
      </strong>
      , {event.joinOpensMinutes} minutes before the start, here and at <a href={next.joinHref}>your own join page</a>.
      The link is in every email from us.
    </TicketLine>
  );
};
