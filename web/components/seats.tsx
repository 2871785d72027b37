import { clockWithZone, monthDay, type TimeZone } from '../../functions/domain/time.ts';
import { seatsLeft, waitingWords, type Offer } from '../words/offer.ts';
import { Icon, type IconName } from './icon.tsx';

/** The state of seats or registration: icon and word, and in quiet text what belongs to it. */
export const SeatsState = ({ offer, zone, of }: { offer: Offer; zone: TimeZone; of?: number | null }) => {
  switch (offer.kind) {
    case 'open':
      return <State icon="checkCircle" tone="good" words="Open" />;
    case 'few':
      return (
        <State
          icon="hourglass"
          tone="soon"
          words={seatsLeft(offer.left)}
          note={offer.note ?? (of ? `of ${of}` : null)}
        />
      );
    case 'full':
      return <State icon="people" tone="plain" words="Full" note={waitingWords(offer.waiting)} />;
    case 'not-open-yet':
      return (
        <State
          icon="calendar"
          tone="later"
          words={`Opens ${monthDay(offer.at, zone)}`}
          note={`at ${clockWithZone(offer.at, zone)}`}
        />
      );
    case 'closed':
      return <State icon="lockOutline" tone="quiet" words={`Registration closed on ${monthDay(offer.at, zone)}`} />;
    case 'cancelled':
      return <State icon="block" tone="quiet" words="Canceled" />;
    case 'past':
      return <State icon="history" tone="quiet" words="Past" />;
  }
};

type Tone = 'good' | 'soon' | 'plain' | 'later' | 'quiet';

export const State = ({
  icon,
  tone,
  words,
  note,
}: {
  icon: IconName;
  tone: Tone;
  words: string;
  note?: string | null;
}) => (
  <span class={`state state-${tone}`}>
    <Icon name={icon} />
    <span>
      <strong>{words}</strong>
      {note ? <span class="state-note"> {note}</span> : null}
    </span>
  </span>
);
