import { zoneName, type TimeZone } from '../../functions/domain/time.ts';
import { DateBlock, type DateTone } from '../components/date-block.tsx';
import { Ticket } from '../components/ticket.tsx';
import type { Offer } from '../words/offer.ts';
import { counted, daysInWords } from '../words/when.ts';
import { EventSide } from './event-side.tsx';
import { StandingLine } from './event-standing.tsx';
import { EventTimes } from './event-times.tsx';
import type { EventDetail, EventPageProps } from './event.tsx';

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
      side={<EventSide {...props} />}
      below={mine || offer.kind === 'cancelled' || offer.kind === 'past' ? null : <StandingLine {...props} />}
    >
      <h2>{daysInWords(event.sessions, zone)}</h2>
      <p class="small quiet">
        {sessionsSentence(event)}{' '}
        {event.sessionChoice === 'any' && !gone ? (
          <>
            <a href={`${event.href}/agenda`}>See the agenda</a>.{' '}
          </>
        ) : null}
        {frame.zone ? `Your time zone is ${zoneName(frame.zone)}.` : `Times are ${zoneName(event.timeZone)}.`}{' '}
        <a href={`/time-zone?return=${encodeURIComponent(frame.path)}`}>Change time zone</a>
      </p>
      <EventTimes event={event} zone={zone} seats={!gone && !refused && offer.kind !== 'not-open-yet'} />
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
