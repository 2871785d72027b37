import { clockWithZone, monthDay, type Instant } from '../../../functions/domain/time.ts';
import { LinkButton } from '../../components/button.tsx';
import { DataTable } from '../../components/table.tsx';
import { TO_AND_MESSAGE } from './message-columns.tsx';
import type { DeskFrame } from '../../frame.ts';
import { counted, grouped } from '../../words/when.ts';

/** One page of the mail that went out and did not arrive. */
export interface ReturnedMail {
  readonly count: number;
  /** No more were counted. */
  readonly orMore: boolean;
  readonly days: number;
  readonly rows: readonly {
    readonly to: string;
    readonly kind: string;
    readonly event: { readonly title: string; readonly href: string } | null;
    readonly how: string;
    /** The other server's words; empty where it gave none. */
    readonly why: string;
    readonly at: Instant;
    /** The registration that it was about; null where it is gone. */
    readonly href: string | null;
  }[];
  readonly first: boolean;
  readonly nextHref: string | null;
}

/** On Messages: what went out, and came back later or is late. Links alone: there is nothing to send from here. */
export const ReturnedMailPanel = ({ frame, returned }: { frame: DeskFrame; returned: ReturnedMail }) => (
  <section class="panel" id="returned">
    <div class="panel-head">
      <h2>
        {returned.orMore
          ? `${grouped(returned.count)} or more messages`
          : returned.count === 0
            ? 'No message'
            : counted(returned.count, 'message')}{' '}
        came back in {returned.days} days
      </h2>
    </div>
    {returned.rows.length === 0 ? (
      <p class="panel-empty">
        {returned.first
          ? 'A message that bounces, is marked as spam or is late will be here, as far as the mail service tells us.'
          : 'There are no more.'}
      </p>
    ) : (
      <>
        <p class="panel-empty">
          Nothing is sent again by itself. Reach the person another way: they sign in with an address that works and
          register with that, or, once their mailbox is mended, have the invitation sent again from the page of their
          registration.
        </p>
        <DataTable
          caption="Messages that came back"
          rows={returned.rows}
          look="table desk-table"
          columns={[
            ...TO_AND_MESSAGE,
            {
              head: 'Why',
              cell: (message) => (
                <>
                  {message.how}
                  {message.why === '' ? null : (
                    <>
                      <br />
                      <span class="quiet small">{message.why}</span>
                    </>
                  )}
                  <br />
                  <span class="quiet small">
                    {monthDay(message.at, frame.zone)}, {clockWithZone(message.at, frame.zone)}
                  </span>
                </>
              ),
            },
            {
              head: 'See',
              hidden: true,
              cell: (message) =>
                message.href === null ? null : (
                  <a href={message.href}>
                    Registration<span class="usa-sr-only"> of {message.to}</span>
                  </a>
                ),
            },
          ]}
        />
      </>
    )}
    {returned.first && returned.nextHref === null ? null : (
      <div class="pager">
        {returned.first ? null : (
          <LinkButton href="/staff/messages#returned" look="outline">
            Back to the first
          </LinkButton>
        )}
        {returned.nextHref ? (
          <LinkButton href={returned.nextHref} look="outline">
            Show the next
          </LinkButton>
        ) : null}
      </div>
    )}
  </section>
);
