import { clockWithZone, monthDay, type Instant } from '../../../functions/domain/time.ts';
import { Button, LinkButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { DataTable } from '../../components/table.tsx';
import { TO_AND_MESSAGE } from './message-columns.tsx';
import type { DeskFrame } from '../../frame.ts';
import { counted, grouped } from '../../words/when.ts';

/** Mail that is held back, with what would go out. */
export interface Held {
  readonly since: Instant;
  /** "you", a name, or "the desk". */
  readonly by: string;
  readonly total: number;
  readonly kinds: readonly { readonly words: string; readonly count: number }[];
  readonly rows: readonly {
    readonly to: string;
    readonly kind: string;
    readonly event: { readonly title: string; readonly href: string } | null;
    readonly owedAt: Instant;
  }[];
  /** The first row's number, 1 for the first. */
  readonly from: number;
  readonly nextHref: string | null;
  /** The desk was restored, and nothing may go before what follows is done. */
  readonly restoring: boolean;
}

/** On top of Messages while mail is held; posts to `/staff/messages/release`. */
export const HeldMail = ({ frame, held }: { frame: DeskFrame; held: Held }) => (
  <section class="panel">
    <div class="panel-head">
      <h2>All mail is held</h2>
      {held.restoring ? null : (
        <form method="post" action="/staff/messages/release">
          <Button>Let {counted(held.total, 'message')} go</Button>
        </form>
      )}
    </div>
    <div class="panel-pad">
      <p class="note note-soon">
        <Icon name="hourglass" size={20} />
        <span>
          Held by {held.by} since {monthDay(held.since, frame.zone)}, {clockWithZone(held.since, frame.zone)}. Only
          sign-in codes go out. People register as ever, and hear of it once mail is let go.
          {held.restoring
            ? ' The desk was restored, and an operator has yet to finish what follows: until then nothing can be let go.'
            : ''}
        </span>
      </p>
      {held.total === 0 ? (
        <p>Nothing waits so far.</p>
      ) : (
        <>
          <h3>What would go out</h3>
          <ul class="held-kinds">
            {held.kinds.map(({ words, count }) => (
              <li>
                <strong>{grouped(count)}</strong> {words}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
    {held.rows.length === 0 ? null : (
      <DataTable
        caption="Messages held"
        rows={held.rows}
        look="table desk-table"
        columns={[
          ...TO_AND_MESSAGE,
          {
            head: 'Owed since',
            labelled: true,
            cell: (row) => `${monthDay(row.owedAt, frame.zone)}, ${clockWithZone(row.owedAt, frame.zone)}`,
          },
        ]}
      />
    )}
    {held.rows.length === 0 || (held.from === 1 && held.nextHref === null) ? null : (
      <div class="pager">
        <p>
          {grouped(held.from)} to {grouped(held.from + held.rows.length - 1)} of {grouped(held.total)}
        </p>
        {held.from > 1 ? (
          <LinkButton href="/staff/messages" look="outline">
            Back to the first
          </LinkButton>
        ) : null}
        {held.nextHref ? (
          <LinkButton href={held.nextHref} look="outline">
            Show the next
          </LinkButton>
        ) : null}
      </div>
    )}
  </section>
);

/** Below everything else: the switch, while mail goes out. Posts to `/staff/messages/hold`. */
export const HoldMail = () => (
  <section class="panel panel-pad">
    <h2>Hold all mail</h2>
    <p>
      Nothing but sign-in codes goes out until you let it go. Messages wait in order, and this page shows what would go
      out.
    </p>
    <form method="post" action="/staff/messages/hold">
      <Button look="outline">Hold all mail</Button>
    </form>
  </section>
);
