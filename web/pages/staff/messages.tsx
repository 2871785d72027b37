import { clockWithZone, monthDay, type Instant } from '../../../functions/domain/time.ts';
import { Button } from '../../components/button.tsx';
import { DeskHead, DeskLayout } from '../../components/desk-layout.tsx';
import { DataTable } from '../../components/table.tsx';
import { TO_AND_MESSAGE } from './message-columns.tsx';
import type { DeskFrame } from '../../frame.ts';
import { HeldMail, HoldMail, type Held } from './held-mail.tsx';
import { ReturnedMailPanel, type ReturnedMail } from './returned-mail.tsx';
import { counted } from '../../words/when.ts';

export interface ParkedMessage {
  readonly id: string;
  readonly to: string;
  /** "Confirmation", "Change", "Cancellation". */
  readonly kind: string;
  readonly event: { readonly title: string; readonly href: string } | null;
  readonly tries: number;
  readonly lastError: string;
  readonly parkedAt: Instant;
}

export interface MessagesPageProps {
  readonly frame: DeskFrame;
  /** Null while mail goes out. */
  readonly held: Held | null;
  readonly parked: readonly ParkedMessage[];
  /** All of them, where more are parked than are shown. */
  readonly total: number;
  readonly returned: ReturnedMail;
}

/** `/staff/messages`: what could not be delivered, what came back, and what is held back. Posts `message` (an id, or `all`) to itself to try again. */
export const MessagesPage = ({ frame, held, parked, total, returned }: MessagesPageProps) => (
  <DeskLayout frame={frame} desk="staff" title="Messages" at="messages">
    <DeskHead
      title="Messages"
      below={`What we could not deliver, and what came back. Everything else ${held ? 'is held' : 'went out'}.`}
    />
    {held ? <HeldMail frame={frame} held={held} /> : null}
    {parked.length === 0 ? (
      <p class="empty">
        Nothing is stuck. A message that can’t be delivered will be here, with the reason and a button to try again.
      </p>
    ) : (
      <section class="panel">
        <div class="panel-head">
          <h2>{counted(total, 'message')} not delivered</h2>
          <form method="post" action="/staff/messages">
            <Button name="message" value="all" look="outline">
              Try all again
            </Button>
          </form>
        </div>
        <DataTable
          caption="Messages not delivered"
          rows={parked}
          look="table desk-table"
          columns={[
            ...TO_AND_MESSAGE,
            {
              head: 'Why',
              cell: (message) => (
                <>
                  {message.lastError}
                  <br />
                  <span class="quiet small">
                    {counted(message.tries, 'try', 'tries')}, the last {monthDay(message.parkedAt, frame.zone)},{' '}
                    {clockWithZone(message.parkedAt, frame.zone)}
                  </span>
                </>
              ),
            },
            {
              head: 'Act',
              hidden: true,
              cell: (message) => (
                <form method="post" action="/staff/messages">
                  <Button name="message" value={message.id} look="outline" about={`${message.kind} to ${message.to}`}>
                    Try again
                  </Button>
                </form>
              ),
            },
          ]}
        />
        {parked.length < total ? <p class="panel-empty">The first {parked.length} are shown.</p> : null}
      </section>
    )}
    <ReturnedMailPanel frame={frame} returned={returned} />
    {held ? null : <HoldMail />}
  </DeskLayout>
);
