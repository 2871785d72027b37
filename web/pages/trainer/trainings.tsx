import { bothZones, type TimeZone } from '../../../functions/domain/time.ts';
import { DeskHead, DeskLayout } from '../../components/desk-layout.tsx';
import { EventState } from '../../components/event-state.tsx';
import { DataTable } from '../../components/table.tsx';
import type { DeskFrame } from '../../frame.ts';
import type { Offered } from '../../words/offer.ts';
import { counted, daysInShort, firstStart, grouped, lastEnd } from '../../words/when.ts';
import { dayOfRow } from '../staff/events-table.tsx';

/** An event that this trainer is assigned to. */
export interface TrainerEventRow extends Offered {
  readonly title: string;
  /** Its attendee list. */
  readonly href: string;
  readonly confirmed: number;
  readonly waiting: number;
}

export interface TrainingsPageProps {
  readonly frame: DeskFrame;
  /** Soonest first. */
  readonly coming: readonly TrainerEventRow[];
  /** Latest first. */
  readonly past: readonly TrainerEventRow[];
}

/** `/trainer`: the trainings of this trainer. */
export const TrainingsPage = ({ frame, coming, past }: TrainingsPageProps) => (
  <DeskLayout frame={frame} desk="trainer" title="My trainings" at="trainings">
    <DeskHead title="My trainings" />
    <section class="panel">
      <div class="panel-head">
        <h2>Coming</h2>
      </div>
      {coming.length === 0 ? (
        <p class="panel-empty">Trainings that the desk assigns to you will be here, with their attendee lists.</p>
      ) : (
        <Table caption="Coming trainings" rows={coming} frame={frame} />
      )}
    </section>
    {past.length > 0 ? (
      <section class="panel">
        <div class="panel-head">
          <h2>Past</h2>
        </div>
        <Table caption="Past trainings" rows={past} frame={frame} />
      </section>
    ) : null}
  </DeskLayout>
);

const Table = ({ caption, rows, frame }: { caption: string; rows: readonly TrainerEventRow[]; frame: DeskFrame }) => (
  <DataTable
    caption={caption}
    rows={rows}
    look="table desk-table"
    columns={[
      { head: 'Date', narrow: true, cell: (row) => dayOfRow(row.sessions, frame.zone, frame.now) },
      {
        head: 'Training',
        cell: (row) => (
          <>
            <strong class="name">{row.title}</strong>
            <br />
            <span class="quiet">{timeOf(row, frame.zone)}</span>
          </>
        ),
      },
      {
        head: 'People',
        cell: (row) => (
          <>
            {grouped(row.confirmed)} with a seat
            {row.waiting > 0 ? <span class="quiet">, {grouped(row.waiting)} waiting</span> : null}
          </>
        ),
      },
      { head: 'State', cell: (row) => <EventState event={row} now={frame.now} zone={frame.zone} /> },
      {
        head: 'List',
        hidden: true,
        cell: (row) => (
          <a class="usa-button usa-button--outline" href={row.href}>
            Attendee list
            <span class="usa-sr-only">
              : {row.title}, {daysInShort(row.sessions, frame.zone)}
            </span>
          </a>
        ),
      },
    ]}
  />
);

function timeOf(row: TrainerEventRow, zone: TimeZone): string {
  const [only, more] = row.sessions;
  if (only && !more) return bothZones(only.startsAt, only.endsAt, zone, row.timeZone);
  if (row.sessionChoice === 'one')
    return `${counted(row.sessions.length, 'sitting')}, from ${bothZones(firstStart(row.sessions), lastEnd(row.sessions), zone, row.timeZone)}`;
  return counted(row.sessions.length, 'session');
}
