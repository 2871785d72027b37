import { clockWithZone, monthDay, type Instant } from '../../../functions/domain/time.ts';
import { LinkButton } from '../../components/button.tsx';
import { DataTable } from '../../components/table.tsx';
import type { DeskFrame } from '../../frame.ts';
import { EventFrame, type StaffEvent } from './event-frame.tsx';

export interface HistoryEntry {
  readonly at: Instant;
  /** A name or an address; "The desk" where nobody pressed anything. */
  readonly who: string;
  /** In a sentence: "Approved Noelle Adair". */
  readonly what: string;
  /** The reason given, or what changed; may be empty. */
  readonly detail: string;
}

export interface HistoryPageProps {
  readonly frame: DeskFrame;
  readonly event: StaffEvent;
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  readonly nextHref: string | null;
}

/** `/staff/events/:id/history`: who did what, when. */
export const HistoryPage = ({ frame, event, entries, nextHref }: HistoryPageProps) => (
  <EventFrame frame={frame} event={event} at="history" title="History">
    <section class="panel" aria-label="History">
      {entries.length === 0 ? (
        <p class="panel-empty">Every change to this event and every look at its lists will be here, with who it was.</p>
      ) : (
        <DataTable
          caption="What happened, newest first"
          rows={entries}
          look="table desk-table"
          columns={[
            {
              head: 'When',
              narrow: true,
              cell: (entry) => `${monthDay(entry.at, frame.zone)}, ${clockWithZone(entry.at, frame.zone)}`,
            },
            { head: 'Who', cell: (entry) => entry.who },
            {
              head: 'What',
              cell: (entry) => (
                <>
                  {entry.what}
                  {entry.detail ? (
                    <>
                      <br />
                      <span class="quiet">{entry.detail}</span>
                    </>
                  ) : null}
                </>
              ),
            },
          ]}
        />
      )}
      {nextHref ? (
        <div class="pager">
          <LinkButton href={nextHref} look="outline">
            Show older
          </LinkButton>
        </div>
      ) : null}
    </section>
  </EventFrame>
);
