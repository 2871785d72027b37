import { bothZones, zoneName, type TimeZone } from '../../../functions/domain/time.ts';
import { Button } from '../../components/button.tsx';
import { DeskHead, DeskLayout } from '../../components/desk-layout.tsx';
import { ExportPanel, type ExportProps } from '../../components/export-panel.tsx';
import { HandlingStrip } from '../../components/handling-strip.tsx';
import { LeftOut } from '../../components/left-out.tsx';
import { Pager, type Page } from '../../components/pager.tsx';
import { DataTable } from '../../components/table.tsx';
import type { DeskFrame } from '../../frame.ts';
import { daysInWords, grouped, unbroken, type Timed } from '../../words/when.ts';

export interface AttendeeRow {
  /** "Adair, Noelle" */
  readonly sortName: string;
  readonly title: string;
  readonly agency: string;
  /** "Has a seat", or the state in words. */
  readonly status: string;
  /** Where people choose: "3:00 PM", or titles. */
  readonly session: string;
  readonly needs: readonly string[];
}

/** A press that limits the list: a status or a session, with how many it holds. */
export interface Chip {
  readonly name: 'status' | 'session';
  readonly value: string;
  readonly words: string;
  readonly count: number;
  readonly chosen: boolean;
}

export interface AttendeesPageProps {
  readonly frame: DeskFrame;
  readonly event: {
    readonly title: string;
    /** Posts go here: `q`, `status`, `session`, `cursor`. */
    readonly href: string;
    readonly timeZone: TimeZone;
    readonly sessions: readonly Timed[];
    readonly marking: string;
  };
  readonly confirmed: number;
  readonly query: { readonly q: string; readonly status: string; readonly session: string };
  readonly chips: readonly Chip[];
  readonly rows: readonly AttendeeRow[];
  /** 50 a page. */
  readonly page: Page;
  /** Registrations that can't be read. */
  readonly unreadable: number;
  readonly export: ExportProps;
}

/** The attendee list of a trainer's event: strip, find, list, export. */
export const AttendeesPage = ({
  frame,
  event,
  confirmed,
  query,
  chips,
  rows,
  page,
  unreadable,
  export: exported,
}: AttendeesPageProps) => (
  <DeskLayout frame={frame} desk="trainer" title={`Attendees: ${event.title}`} at="trainings">
    <HandlingStrip
      marking={event.marking}
      text="For the trainers of this event and the training desk. Every view and export is on record."
    />
    <DeskHead
      title={`Attendees: ${event.title}`}
      crumb={{ href: '/trainer', words: 'My trainings' }}
      below={whenOfEvent(event, frame.zone)}
    >
      <p class="head-count">
        <strong>{grouped(confirmed)}</strong> with a seat
      </p>
    </DeskHead>
    <form class="find" id="attendees" method="post" action={event.href}>
      <input type="hidden" name="status" value={query.status} />
      <input type="hidden" name="session" value={query.session} />
      <div class="find-field">
        <label class="usa-label" for="q">
          Find a person or an agency
        </label>
        <div>
          <input class="usa-input" type="search" id="q" name="q" value={query.q} autocomplete="off" maxlength={100} />
          <Button look="outline">Find</Button>
        </div>
      </div>
    </form>
    <Chips chips={chips} query={query} href={event.href} />
    <LeftOut count={unreadable} />
    <div class="with-side">
      <section class="panel" aria-label="Attendees">
        {rows.length === 0 ? (
          <p class="panel-empty">
            Nobody here fits. People are listed once they register; try fewer letters or another group.
          </p>
        ) : (
          <DataTable
            caption="Attendees"
            rows={rows}
            look="table desk-table sheet"
            columns={[
              {
                head: 'Person',
                cell: (row) => (
                  <>
                    <strong class="name">{row.sortName || 'No name given'}</strong>
                    <br />
                    <span class="quiet">{row.title}</span>
                  </>
                ),
              },
              { head: 'Agency', cell: (row) => row.agency },
              ...(rows.some((row) => row.session)
                ? [{ head: 'Session', cell: (row: AttendeeRow) => unbroken(row.session) }]
                : []),
              { head: 'Status', cell: (row) => row.status },
              { head: 'Accommodation', cell: (row) => row.needs.map((need) => <span class="need-tag">{need}</span>) },
            ]}
          />
        )}
        <Pager page={page} form="attendees" what="people" />
      </section>
      <ExportPanel {...exported} />
    </div>
  </DeskLayout>
);

/** Each chip is a form of its own, so that the search stays and a press changes one thing. */
const Chips = ({
  chips,
  query,
  href,
}: {
  chips: readonly Chip[];
  query: AttendeesPageProps['query'];
  href: string;
}) => (
  <ul class="chips" aria-label="Show">
    {chips.map((chip) => (
      <li>
        <form method="post" action={href}>
          <input type="hidden" name="q" value={query.q} />
          {chip.name === 'status' ? (
            <input type="hidden" name="session" value={query.session} />
          ) : (
            <input type="hidden" name="status" value={query.status} />
          )}
          <button
            class="chip"
            type="submit"
            name={chip.name}
            value={chip.value}
            aria-pressed={chip.chosen ? 'true' : 'false'}
          >
            {chip.words} <span>{grouped(chip.count)}</span>
          </button>
        </form>
      </li>
    ))}
  </ul>
);

function whenOfEvent(event: AttendeesPageProps['event'], zone: TimeZone): string {
  const [only, more] = event.sessions;
  const day = daysInWords(event.sessions, zone);
  return only && !more
    ? `${day}, ${bothZones(only.startsAt, only.endsAt, zone, event.timeZone)}`
    : `${day}, times in ${zoneName(zone)}`;
}
