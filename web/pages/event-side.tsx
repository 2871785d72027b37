import {
  clockWithZone,
  dateWithoutYear,
  inTwoZones,
  longDate,
  monthDay,
  ordinal,
  type TimeZone,
} from '../../functions/domain/time.ts';
import { LinkButton } from '../components/button.tsx';
import { eventWord, GROUP_WORDS } from '../words/kind.ts';
import { ACT_WORDS, actOf, type Offer } from '../words/offer.ts';
import { lastEnd } from '../words/when.ts';
import type { EventDetail, EventPageProps, MyRegistration } from './event.tsx';

type SideProps = EventPageProps & { zone: TimeZone; offer: Offer };

/** The one act that the ticket offers this reader now, or why there is none. */
export const EventSide = (props: SideProps) => {
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

const NotForReader = ({ event, instead, frame }: SideProps) => (
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
