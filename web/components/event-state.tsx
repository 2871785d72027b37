import { dayWords, type TimeZone } from '../../functions/domain/time.ts';
import { offerOf, type Offered } from '../words/offer.ts';
import { StateTag } from './tag.tsx';
import type { Instant } from '../../functions/domain/time.ts';

/** The state of an event in staff tables and heads: "Draft", "Open", "12 left", "Opens Mar 1". */
export const EventState = ({ event, now, zone }: { event: Offered; now: Instant; zone: TimeZone }) => {
  if (event.status === 'draft') return <StateTag tone="quiet">Draft</StateTag>;
  const offer = offerOf(event, now, zone);
  switch (offer.kind) {
    case 'open':
      return <StateTag tone="good">Open</StateTag>;
    case 'few':
      return <StateTag tone="soon">{offer.left} left</StateTag>;
    case 'full':
      return <StateTag tone="plain">Full</StateTag>;
    case 'not-open-yet': {
      const { month, day } = dayWords(offer.at, zone);
      return (
        <StateTag tone="later">
          Opens {month.slice(0, 3)} {day}
        </StateTag>
      );
    }
    case 'closed':
      return <StateTag tone="quiet">Closed</StateTag>;
    case 'cancelled':
      return <StateTag tone="quiet">Canceled</StateTag>;
    case 'past':
      return <StateTag tone="quiet">Past</StateTag>;
  }
};
