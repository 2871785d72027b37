import { clockWithZone, monthDay, type Instant } from '../../../functions/domain/time.ts';
import { EmailText } from '../../components/email-text.tsx';
import { DataTable } from '../../components/table.tsx';
import type { DeskFrame } from '../../frame.ts';
import { counted } from '../../words/when.ts';
import { EventFrame, type StaffEvent } from './event-frame.tsx';

export interface WaitingRow {
  /** Everything about this person at this event. */
  readonly href: string;
  readonly position: number;
  readonly name: string;
  readonly agency: string;
  readonly email: string;
  readonly askedAt: Instant;
}

export interface WaitlistPageProps {
  readonly frame: DeskFrame;
  readonly event: StaffEvent;
  /** A line for each pool, in order. `label` is the session's name ("10:00 AM session"), empty where the event is one pool. */
  readonly lines: readonly {
    readonly label: string;
    readonly waiting: readonly WaitingRow[];
    readonly total: number;
  }[];
}

/** `/staff/events/:id/waitlist`: who waits, in the order in which seats reach them. */
export const WaitlistPage = ({ frame, event, lines }: WaitlistPageProps) => (
  <EventFrame frame={frame} event={event} at="waitlist" title="Waitlist">
    {lines.every((line) => line.total === 0) ? (
      <p class="empty">Nobody waits. Once a session is full, people wait here in the order in which they asked.</p>
    ) : (
      <>
        <p class="part-note">
          A freed seat goes to the first in line at once, without a press. Nobody moves up after the start.
        </p>
        {lines
          .filter((line) => line.total > 0)
          .map((line) => (
            <section class="panel">
              <div class="panel-head">
                <h2>
                  {line.label ? `${line.label}: ` : ''}
                  {counted(line.total, 'person', 'people')} waiting
                </h2>
              </div>
              <DataTable
                caption={line.label ? `Waitlist of the ${line.label}` : 'Waitlist'}
                rows={line.waiting}
                look="table desk-table"
                columns={[
                  { head: 'Place', labelled: true, cell: (row) => row.position },
                  {
                    head: 'Person',
                    cell: (row) => (
                      <a class="plain-link strong-link" href={row.href}>
                        {row.name || row.email}
                      </a>
                    ),
                  },
                  { head: 'Agency', cell: (row) => row.agency },
                  { head: 'Email', cell: (row) => <EmailText email={row.email} /> },
                  {
                    head: 'Asked',
                    labelled: true,
                    narrow: true,
                    cell: (row) => `${monthDay(row.askedAt, frame.zone)}, ${clockWithZone(row.askedAt, frame.zone)}`,
                  },
                ]}
              />
              {line.waiting.length < line.total ? (
                <p class="panel-empty">The first {line.waiting.length} are shown.</p>
              ) : null}
            </section>
          ))}
      </>
    )}
  </EventFrame>
);
