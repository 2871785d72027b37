import { LinkButton } from '../components/button.tsx';
import { DateBlock } from '../components/date-block.tsx';
import { SeatsState } from '../components/seats.tsx';
import { Facts, Ticket } from '../components/ticket.tsx';
import { TwoTimes } from '../components/two-times.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { ACT_WORDS, actOf, offerOf } from '../words/offer.ts';
import { daysInShort, daysInWords, firstStart, lastEnd } from '../words/when.ts';
import type { Instead } from './event.tsx';

/** The ticket that is shown to people who can't attend this event. */
export const InsteadTicket = ({ frame, instead }: { frame: Frame; instead: Instead }) => {
  const zone = zoneFor(frame, instead.timeZone);
  const offer = offerOf(instead, frame.now, zone);
  const act = actOf(offer, false);
  return (
    <section class="section">
      <h2>For you instead</h2>
      <Ticket
        date={<DateBlock sessions={instead.sessions} zone={zone} size="ticket" />}
        side={
          <>
            <LinkButton
              href={act === 'none' ? instead.href : `${instead.href}/register`}
              look={act === 'register' ? 'filled' : 'outline'}
              big
              wide
              about={`${instead.title}, ${daysInShort(instead.sessions, zone)}`}
            >
              {ACT_WORDS[act]}
            </LinkButton>
            {act === 'register' ? <p class="aside">Open to everyone. No check, you have a seat right away.</p> : null}
          </>
        }
      >
        <h3 class="instead-title">
          <a href={instead.href}>{instead.title}</a>
        </h3>
        <Facts
          facts={[
            ['Date', <strong>{daysInWords(instead.sessions, zone)}</strong>],
            [
              'Your time',
              <TwoTimes
                from={firstStart(instead.sessions)}
                to={lastEnd(instead.sessions)}
                own={zone}
                event={instead.timeZone}
              />,
            ],
            ['Seats', <SeatsState offer={offer} zone={zone} />],
          ]}
        />
      </Ticket>
      {instead.outcomes.length > 0 ? (
        <>
          <h2 class="instead-outcomes">What you will be able to do</h2>
          <ul class="dashes">
            {instead.outcomes.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
};
