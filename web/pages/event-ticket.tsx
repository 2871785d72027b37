import {
  dateWithoutYear,
  inTwoZones,
  longDate,
  monthDay,
  clockWithZone,
  zoneName,
  type TimeZone,
} from '../../functions/domain/time.ts';
import { LinkButton } from '../components/button.tsx';
import { DateBlock, type DateTone } from '../components/date-block.tsx';
import { SeatsState } from '../components/seats.tsx';
import { Ticket } from '../components/ticket.tsx';
import { eventWord, GROUP_WORDS } from '../words/kind.ts';
import { ACT_WORDS, actOf, seatsInWords, type Offer } from '../words/offer.ts';
import { byDay, counted, daysInWords, firstStart, lastEnd } from '../words/when.ts';
import { ordinal } from '../../functions/domain/time.ts';
import { StandingLine } from './event-standing.tsx';
import type { EventDetail, EventPageProps, MyRegistration } from './event.tsx';

type TicketProps = EventPageProps & { zone: TimeZone; offer: Offer };

/** The ticket of an event: its day, its times in two zones, its seats, the one act. */
export const EventTicket = (props: TicketProps) => {
  const { event, zone, offer, standing, mine, frame } = props;
  const gone = offer.kind === 'cancelled' || offer.kind === 'past' || offer.kind === 'closed';
  const refused = standing.kind === 'not' && !mine;
  const tone: DateTone = (gone && !mine) || refused ? 'quiet' : mine && mine.status !== 'confirmed' ? 'unsure' : 'sure';
  return (
    <Ticket
      date={<DateBlock sessions={event.sessions} zone={zone} size="ticket" tone={tone} />}
      side={<Side {...props} />}
      below={mine || offer.kind === 'cancelled' || offer.kind === 'past' ? null : <StandingLine {...props} />}
    >
      <h2>{daysInWords(event.sessions, zone)}</h2>
      <p class="small quiet">
        {sessionsSentence(event)}{' '}
        {frame.zone ? `Your time zone is ${zoneName(frame.zone)}.` : `Times are ${zoneName(event.timeZone)}.`}{' '}
        <a href={`/time-zone?return=${encodeURIComponent(frame.path)}`}>Change time zone</a>
      </p>
      <Times event={event} zone={zone} seats={!gone && !refused && offer.kind !== 'not-open-yet'} />
    </Ticket>
  );
};

function sessionsSentence(event: EventDetail): string {
  const many = event.sessions.length;
  if (many === 1) return '';
  if (event.sessionChoice === 'any') return `${counted(many, 'session')} to choose from.`;
  const words =
    many <= 9
      ? `${['', '', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'][many]} sessions`
      : counted(many, 'session');
  return event.sessionChoice === 'one' ? `${words}, same content.` : `${words}. You take all of them.`;
}

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
  if (event.sessionChoice === 'any' && event.sessions.length > 4)
    return days.map(([key, ofDay], index) => {
      const from = firstStart(ofDay);
      const times = inTwoZones(from, lastEnd(ofDay), zone, event.timeZone);
      return { key, day: dateWithoutYear(from, zone), title: null, ...times, seats: index === 0 ? event.seats : null };
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

const Times = ({ event, zone, seats }: { event: EventDetail; zone: TimeZone; seats: boolean }) => {
  const lines = linesOf(event, zone);
  const twoZones = lines.some((line) => line.event !== null);
  const days = lines.some((line) => line.day !== null);
  const titles = lines.some((line) => line.title !== null);
  const perLine = lines.some((line) => line.seats !== null);
  return (
    <>
      <table class="times" role="table">
        <caption class="usa-sr-only">Times{seats && perLine ? ' and seats' : ''}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {days ? <Head words="Day" /> : null}
            {titles ? <Head words="Session" /> : null}
            <Head words={twoZones ? 'Your time' : 'Time'} />
            {twoZones ? <Head words="Event time" /> : null}
            {seats && perLine ? <Head words="Seats" /> : null}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {lines.map((line) => (
            <tr role="row">
              {days ? <td role="cell">{line.day}</td> : null}
              {titles ? <td role="cell">{line.title}</td> : null}
              <td role="cell">
                <strong>{line.own}</strong>
              </td>
              {twoZones ? <td role="cell">{line.event}</td> : null}
              {seats && perLine ? (
                <td role="cell">
                  {line.seats ? (
                    <SeatsState offer={seatsInWords(line.seats)} zone={zone} of={line.seats.capacity} />
                  ) : null}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      {seats && !perLine && event.seats ? (
        <p class="times-seats">
          <SeatsState offer={seatsInWords(event.seats)} zone={zone} of={event.seats.capacity} />
        </p>
      ) : null}
    </>
  );
};

const Head = ({ words }: { words: string }) => (
  <th scope="col" role="columnheader">
    {words}
  </th>
);

const Side = (props: TicketProps) => {
  const { event, zone, offer, standing, mine } = props;
  const word = eventWord(event);
  if (offer.kind === 'cancelled')
    return <Nothing strong={`We canceled this ${word}.`} text={event.cancelReason ?? 'We are sorry.'} />;
  if (mine) return <MySide mine={mine} word={word} />;
  if (offer.kind === 'past')
    return (
      <Nothing strong={`This ${word} is over.`} text={`It ended on ${longDate(lastEnd(event.sessions), zone)}.`} />
    );
  if (offer.kind === 'closed')
    return (
      <Nothing
        strong={`Registration closed on ${monthDay(offer.at, zone)}.`}
        text="Seats that free up go to people already waiting."
      />
    );
  if (standing.kind === 'not') return <NotForReader {...props} />;
  if (offer.kind === 'not-open-yet')
    return (
      <Nothing
        strong={`Opens ${monthDay(offer.at, zone)} at ${clockWithZone(offer.at, zone)}.`}
        text="Come back then: the Register button will be here."
      />
    );
  const act = actOf(offer, standing.kind === 'review');
  return (
    <>
      <LinkButton href={`${event.href}/register`} big wide look={act === 'wait' ? 'outline' : 'filled'}>
        {ACT_WORDS[act]}
      </LinkButton>
      <p class="aside">
        {act === 'apply' ? 'Applying does not hold a seat. ' : ''}
        {act === 'wait' ? 'If a seat frees up for you, it is yours at once. ' : ''}
        {choiceSentence(event)}
        Registration closes {closesWords(event, zone)}.
      </p>
    </>
  );
};

function choiceSentence(event: EventDetail): string {
  if (event.sessions.length === 1 || event.sessionChoice === 'all') return '';
  return event.sessionChoice === 'one'
    ? 'You choose a session on the next page. '
    : 'You choose your sessions on the next page. ';
}

const closesWords = (event: EventDetail, zone: TimeZone): string => {
  const theirs = inTwoZones(event.closesAt, event.closesAt, zone, event.timeZone).event;
  const own = `${dateWithoutYear(event.closesAt, zone)}, at ${clockWithZone(event.closesAt, zone)}`;
  return theirs ? `${own} (${clockWithZone(event.closesAt, event.timeZone)})` : own;
};

const Nothing = ({ strong, text }: { strong: string; text: string }) => (
  <>
    <p>
      <strong>{strong}</strong>
    </p>
    <p class="aside">{text}</p>
    <p>
      <LinkButton href="/" look="outline" wide>
        See other trainings
      </LinkButton>
    </p>
  </>
);

const NotForReader = ({ event, instead, frame }: TicketProps) => (
  <>
    <p>
      <strong>Only {event.group === 'public' ? 'people we invite' : inSentence(event.group)} can register.</strong>{' '}
      {instead ? 'The training below is for you.' : null}
    </p>
    <p class="aside">
      Did we get this wrong? Email <a href={`mailto:${frame.site.email}`}>{frame.site.email}</a>
    </p>
  </>
);

const inSentence = (group: EventDetail['group']): string =>
  group === 'law-enforcement' ? GROUP_WORDS[group].toLowerCase() : GROUP_WORDS[group];

const MINE: Readonly<Record<MyRegistration['status'], string>> = {
  confirmed: 'You have a seat.',
  waitlisted: 'You are on the waitlist.',
  pending: 'We are checking that you may attend.',
  ineligible: 'You can’t attend this one any more.',
  denied: 'We could not give you a seat.',
};

const MySide = ({ mine, word }: { mine: MyRegistration; word: string }) => (
  <>
    <p>
      <strong>
        {mine.status === 'waitlisted' && mine.position
          ? `You are ${ordinal(mine.position)} on the waitlist.`
          : MINE[mine.status]}
      </strong>
    </p>
    <p>
      <LinkButton href={mine.href} look="outline" wide>
        See my registration
      </LinkButton>
    </p>
    <p class="aside">
      {mine.status === 'confirmed'
        ? `Join this ${word}, change your answers or give your seat back there.`
        : 'What happens next is there.'}
    </p>
  </>
);
