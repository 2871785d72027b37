import type { StandingStatus } from '../../functions/domain/registration.ts';
import { dateWithoutYear, monthDay, type TimeZone } from '../../functions/domain/time.ts';
import { LinkButton } from '../components/button.tsx';
import { DateBlock } from '../components/date-block.tsx';
import { Icon } from '../components/icon.tsx';
import { SeatsState, State } from '../components/seats.tsx';
import { Tag } from '../components/tag.tsx';
import { groupTag } from '../words/kind.ts';
import { ACT_WORDS, actOf, type Offer } from '../words/offer.ts';
import { counted, daysInShort, firstStart, whenOf } from '../words/when.ts';
import type { HomeEvent } from './home.tsx';

interface RowProps {
  event: HomeEvent;
  offer: Offer;
  zone: TimeZone;
}

/** One training in the catalog. */
export const EventRow = ({ event, offer, zone }: RowProps) => {
  const when = whenOf(event.sessions, event.sessionChoice, zone, event.timeZone);
  return (
    <li class="row">
      <DateBlock
        sessions={event.sessions}
        zone={zone}
        month={false}
        tone={event.mine && event.mine.status !== 'confirmed' ? 'unsure' : 'sure'}
      />
      <div class="row-what">
        <h3>
          <a href={event.href}>{event.title}</a>
        </h3>
        <p>
          <span class="usa-sr-only">{daysInShort(event.sessions, zone)}, </span>
          {when.lead}
          {when.own}
          {when.event ? <span class="quiet"> ({when.event})</span> : null}
          {when.tail}
          {event.sessionChoice === 'any' && event.sessions.length > 1
            ? `. Choose from ${event.sessions.length} sessions`
            : null}
          {event.sessionChoice === 'all' && event.sessions.length > 1
            ? `, ${counted(event.sessions.length, 'session')}`
            : null}
        </p>
        <p class="tags">
          <Tag>{groupTag(event.group)}</Tag>
          {event.needsApproval ? <Tag>Needs approval</Tag> : null}
        </p>
      </div>
      <div class="row-state">
        {event.mine ? <MyState status={event.mine.status} /> : <SeatsState offer={offer} zone={zone} />}
      </div>
      <div class="row-act">
        <RowAction event={event} offer={offer} zone={zone} />
      </div>
    </li>
  );
};

const MyState = ({ status }: { status: StandingStatus }) => {
  if (status === 'confirmed') return <State icon="checkCircle" tone="good" words="You have a seat" />;
  if (status === 'waitlisted') return <State icon="people" tone="plain" words="You are on the waitlist" />;
  return <State icon="clock" tone="later" words="We are checking" />;
};

const RowAction = ({ event, offer, zone }: RowProps) => {
  const about = `${event.title}, ${daysInShort(event.sessions, zone)}`;
  if (event.mine)
    return (
      <LinkButton href={event.mine.href} look="outline" wide about={about}>
        See my registration
      </LinkButton>
    );
  const act = actOf(offer, event.readerIsChecked || event.needsApproval);
  const filled = act === 'register' || (act === 'apply' && offer.kind !== 'full');
  return (
    <LinkButton
      href={act === 'none' ? event.href : `${event.href}/register`}
      look={filled ? 'filled' : 'outline'}
      wide
      about={about}
    >
      {ACT_WORDS[act]}
    </LinkButton>
  );
};

/** A training that can no longer be had: one quiet line. */
export const ClosedRow = ({ event, offer, zone }: RowProps) => (
  <li class="row-closed">
    <Icon name={offer.kind === 'cancelled' ? 'block' : 'lockOutline'} />
    <span>
      <strong>{dateWithoutYear(firstStart(event.sessions), zone)}:</strong> <a href={event.href}>{event.title}</a>.{' '}
      {offer.kind === 'closed' ? `Registration closed on ${monthDay(offer.at, zone)}.` : 'Canceled.'}
      {event.mine?.status === 'confirmed' && offer.kind === 'closed' ? (
        <>
          {' '}
          You have a seat: <a href={event.mine.href}>see my registration</a>.
        </>
      ) : null}
    </span>
  </li>
);
