import type { RegistrationStatus } from '../../../functions/domain/registration.ts';
import { clockWithZone, monthDay, type Instant } from '../../../functions/domain/time.ts';
import { Button } from '../../components/button.tsx';
import { EmailText } from '../../components/email-text.tsx';
import { LeftOut } from '../../components/left-out.tsx';
import { Pager, type Page } from '../../components/pager.tsx';
import { DataTable } from '../../components/table.tsx';
import { ExportPanel, type ExportProps } from '../../components/export-panel.tsx';
import type { DeskFrame } from '../../frame.ts';
import { unbroken } from '../../words/when.ts';
import { EventFrame, type StaffEvent } from './event-frame.tsx';

export interface RosterRow {
  /** Everything about this person at this event. */
  readonly href: string;
  readonly name: string;
  readonly title: string;
  readonly agency: string;
  readonly email: string;
  /** "3:00 PM", or titles; empty where people take all. */
  readonly session: string;
  readonly status: RegistrationStatus;
  readonly askedAt: Instant;
  /** A message about the event came back from their address. */
  readonly unreached: boolean;
  /** They said no in their calendar, which gives no seat back. */
  readonly declined: boolean;
  readonly needs: readonly string[];
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
}

export interface RosterQuery {
  readonly q: string;
  readonly status: '' | RegistrationStatus;
  readonly sort: 'name' | 'agency' | 'asked';
}

export interface RosterPageProps {
  readonly frame: DeskFrame;
  readonly event: StaffEvent;
  readonly rows: readonly RosterRow[];
  readonly query: RosterQuery;
  readonly page: Page;
  /** Registrations that can't be read. */
  readonly unreadable: number;
  readonly export: ExportProps;
}

export const STATUS_WORDS: Readonly<Record<RegistrationStatus, string>> = {
  confirmed: 'Has a seat',
  waitlisted: 'Waiting',
  pending: 'To review',
  ineligible: 'No longer qualifies',
  denied: 'Denied',
  cancelled: 'Canceled',
};

/** `/staff/events/:id/roster`. Searches by post, so that names stay out of the address: `q`, `status`, `sort`, `cursor`. */
export const RosterPage = ({ frame, event, rows, query, page, unreadable, export: exported }: RosterPageProps) => (
  <EventFrame frame={frame} event={event} at="roster" title="Roster">
    <form class="filter-bar" id="roster" method="post" action={`${event.href}/roster`}>
      <div class="filter-grow">
        <label class="usa-label" for="q">
          Find a person or an agency
        </label>
        <input class="usa-input" type="search" id="q" name="q" value={query.q} autocomplete="off" maxlength={100} />
      </div>
      <div>
        <label class="usa-label" for="status">
          Status
        </label>
        <select class="usa-select" id="status" name="status" autocomplete="off">
          <option value="" selected={query.status === ''}>
            Any
          </option>
          {Object.entries(STATUS_WORDS).map(([value, words]) => (
            <option value={value} selected={query.status === value}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label class="usa-label" for="sort">
          Sort by
        </label>
        <select class="usa-select" id="sort" name="sort" autocomplete="off">
          <option value="name" selected={query.sort === 'name'}>
            Name
          </option>
          <option value="agency" selected={query.sort === 'agency'}>
            Agency
          </option>
          <option value="asked" selected={query.sort === 'asked'}>
            When they asked
          </option>
        </select>
      </div>
      <Button look="outline">Find</Button>
    </form>
    <LeftOut count={unreadable} />
    <div class="with-side">
      <section class="panel" aria-label="People">
        {rows.length === 0 ? (
          <p class="panel-empty">
            Nobody here fits. People are listed once they register; try another status or fewer letters.
          </p>
        ) : (
          <DataTable
            caption="People on the roster"
            rows={rows}
            look="table desk-table"
            columns={[
              {
                head: 'Person',
                cell: (row) => (
                  <>
                    <a class="plain-link strong-link" href={row.href}>
                      {row.name || row.email}
                    </a>
                    <br />
                    <span class="quiet">{row.title}</span>
                  </>
                ),
              },
              {
                head: 'Agency',
                cell: (row) => (
                  <>
                    {row.agency}
                    <br />
                    <span class="quiet small">
                      <EmailText email={row.email} />
                    </span>
                    {row.unreached ? (
                      <>
                        <br />
                        <span class="state-tag state-tag-soon">Mail came back</span>
                      </>
                    ) : null}
                  </>
                ),
              },
              { head: 'Session', labelled: true, cell: (row) => unbroken(row.session) || 'All' },
              {
                head: 'Status',
                cell: (row) => (
                  <>
                    {STATUS_WORDS[row.status]}
                    {row.declined ? <span class="quiet">, declined in their calendar</span> : null}
                    <br />
                    <span class="quiet small">
                      asked {monthDay(row.askedAt, frame.zone)}, {clockWithZone(row.askedAt, frame.zone)}
                    </span>
                  </>
                ),
              },
              { head: 'Accommodation and answers', cell: (row) => <More row={row} /> },
            ]}
          />
        )}
        <Pager page={page} form="roster" what="people" />
      </section>
      <ExportPanel {...exported} />
    </div>
  </EventFrame>
);

const More = ({ row }: { row: RosterRow }) => (
  <>
    {row.needs.map((need) => (
      <span class="need-tag">{need}</span>
    ))}
    {row.answers.length > 0 ? (
      <details class="answers">
        <summary>
          Answers<span class="usa-sr-only"> of {row.name || row.email}</span>
        </summary>
        <dl>
          {row.answers.map((answer) => (
            <div>
              <dt>{answer.question}</dt>
              <dd>{answer.answer}</dd>
            </div>
          ))}
        </dl>
      </details>
    ) : null}
  </>
);
