import type { SessionChoice } from '../../functions/domain/event.ts';
import type { TimeZone } from '../../functions/domain/time.ts';
import { eventWord } from '../words/kind.ts';
import { daysInShort, whenOf, type Timed } from '../words/when.ts';
import { DateBlock } from './date-block.tsx';

/** The training that somebody came for, kept in sight while they sign in. */
export interface StubEvent {
  readonly title: string;
  readonly timeZone: TimeZone;
  readonly sessionChoice: SessionChoice;
  readonly sessions: readonly Timed[];
}

export const Stub = ({ event, zone }: { event: StubEvent; zone: TimeZone }) => {
  const when = whenOf(event.sessions, event.sessionChoice, zone, event.timeZone);
  return (
    <div class="ticket stub">
      <div class="stub-main">
        <DateBlock sessions={event.sessions} zone={zone} size="card" />
        <div>
          <h2>{event.title}</h2>
          <p>
            {daysInShort(event.sessions, zone)}, {when.own}
            {when.event ? <span class="quiet"> ({when.event})</span> : null}
          </p>
        </div>
      </div>
      <p class="stub-line">After you sign in, you go straight back to this {eventWord(event)}.</p>
    </div>
  );
};
