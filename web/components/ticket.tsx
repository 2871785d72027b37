import type { Child, PropsWithChildren } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

interface TicketProps {
  date: Child;
  /** The one action, and what it means. */
  side?: Child;
  /** A line below: what the reader may do, or when the join button opens. */
  below?: Child;
}

/** One date, the times, the seats, one action. */
export const Ticket = ({ date, side, below, children }: PropsWithChildren<TicketProps>) => (
  <div class="ticket">
    <div class="ticket-main">
      {date}
      <div class="ticket-body">{children}</div>
      {side ? <div class="ticket-side">{side}</div> : null}
    </div>
    {below}
  </div>
);

/** A line below the ticket. */
export const TicketLine = ({
  tone,
  icon,
  children,
}: PropsWithChildren<{ tone: 'good' | 'checked' | 'soon' | 'quiet' | 'paper'; icon: IconName }>) => (
  <div class={`ticket-line line-${tone}`}>
    <Icon name={icon} size={20} />
    <div>{children}</div>
  </div>
);

/** The facts of a ticket: a word and what it is, a line each. */
export const Facts = ({ facts }: { facts: readonly (readonly [string, Child] | null)[] }) => (
  <dl class="facts">
    {facts.map((fact) =>
      fact ? (
        <div>
          <dt>{fact[0]}</dt>
          <dd>{fact[1]}</dd>
        </div>
      ) : null,
    )}
  </dl>
);
