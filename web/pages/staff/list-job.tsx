import type { Foreseen, Outcome } from '../../../functions/domain/import-list.ts';
import { Button, LinkButton } from '../../components/button.tsx';
import { EmailText } from '../../components/email-text.tsx';
import { Icon } from '../../components/icon.tsx';
import { DataTable } from '../../components/table.tsx';
import type { DeskFrame } from '../../frame.ts';
import { counted, grouped, people } from '../../words/when.ts';
import { EventFrame, type StaffEvent } from './event-frame.tsx';

/** One row of the list as staff see it. */
export interface ListRowShown {
  readonly row: number;
  /** Null where the row is wrong. */
  readonly person: { readonly name: string; readonly agency: string; readonly email: string } | null;
  readonly written: string;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  readonly foreseen: Foreseen | null;
  readonly note: string;
  readonly outcome: Outcome | null;
}

export interface ListJobProps {
  /** The list's own page. */
  readonly href: string;
  /** Where another file is chosen. */
  readonly uploadHref: string;
  /** The page that shows its people; null for readers who may not see it. */
  readonly rosterHref: string | null;
  readonly state: 'checked' | 'running' | 'done';
  /** Seconds after which the page of a list that runs looks again by itself; null: it does not. */
  readonly looksAgainAfter: number | null;
  readonly total: number;
  readonly wrong: number;
  readonly done: number;
  readonly foreseen: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Rows without an answer to a question that has to be answered. */
  readonly unanswered: number;
  readonly unused: readonly string[];
  /** Rows that are wrong, left out or worth a look; none while it runs. */
  readonly toLookAt: readonly ListRowShown[];
  readonly rows: readonly ListRowShown[];
  readonly page: { readonly number: number; readonly of: number };
}

const FORESEEN: Readonly<Record<Foreseen, string>> = {
  seat: 'Gets a seat',
  waitlist: 'Goes on the waitlist',
  review: 'Is checked by a person',
  already: 'Is registered already',
  'not-in-audience': 'Not in the audience, left out',
  ended: 'The desk ended their registration, left out',
};
const OUTCOMES: Readonly<Record<Outcome, string>> = {
  confirmed: 'Has a seat',
  waitlisted: 'In line',
  pending: 'To review',
  already: 'Was registered already',
  'not-in-audience': 'Not in the audience, left out',
  ended: 'The desk ended their registration, left out',
  'not-theirs': 'No longer the coordinator’s to register, left out',
  refused: 'The event took nobody any more, left out',
};

export interface ListJobPageProps extends Omit<ListJobProps, 'uploadHref' | 'rosterHref'> {
  readonly frame: DeskFrame;
  readonly event: StaffEvent;
}

/** `/staff/events/:id/import/:job`: what a list would do, how far it is, what became of it. Posts to itself to start. */
export const ListJobPage = ({ frame, event, ...list }: ListJobPageProps) => (
  <EventFrame frame={frame} event={event} at="list" title={LIST_TITLES[list.state]}>
    <ListJob {...list} uploadHref={`${event.href}/import`} rosterHref={`${event.href}/roster`} />
  </EventFrame>
);

/** A list of people, for staff and for the coordinator who made it. */
export const ListJob = (props: ListJobProps) => (
  <div class="list-job">
    {props.state === 'checked' ? (
      <Checked {...props} />
    ) : props.state === 'running' ? (
      <Running {...props} />
    ) : (
      <Done {...props} />
    )}
    {props.toLookAt.length > 0 ? (
      <section class="panel">
        <div class="panel-head">
          <h2>{counted(props.toLookAt.length, 'row')} to look at</h2>
        </div>
        <Rows caption="Rows to look at" rows={props.toLookAt.slice(0, MOST_SHOWN)} />
        {props.toLookAt.length > MOST_SHOWN ? <p class="panel-empty">The first {MOST_SHOWN} are shown.</p> : null}
      </section>
    ) : null}
    {props.state === 'running' ? null : (
      <section class="panel">
        <div class="panel-head">
          <h2>Every row</h2>
        </div>
        <Rows caption="Every row of the list" rows={props.rows} />
        <Pages {...props} />
      </section>
    )}
  </div>
);

const MOST_SHOWN = 100;
export const LIST_TITLES = { checked: 'List checked', running: 'Registering a list', done: 'List registered' } as const;
const LEFT_OUT = ['not-in-audience', 'ended', 'already'] as const;

const Checked = ({ href, uploadHref, total, wrong, foreseen, unanswered, unused }: ListJobProps) => {
  const out = wrong + LEFT_OUT.reduce((sum, kind) => sum + (foreseen[kind] ?? 0), 0);
  const fit = total - out;
  return (
    <>
      <h2>
        {fit === total
          ? `All ${people(fit)} can be registered`
          : `${grouped(fit)} of ${counted(total, 'row')} can be registered`}
      </h2>
      <p>This is what would happen now. Nobody is registered yet.</p>
      <Counts words={FORESEEN} counts={foreseen} wrong={wrong} />
      {unanswered > 0 ? (
        <p>
          {counted(unanswered, 'row')} {unanswered === 1 ? 'leaves' : 'leave'} a question open that has to be answered.
          They can be registered: the people answer on the page of their registration.
        </p>
      ) : null}
      {unused.length > 0 ? <p class="quiet">Columns that are not used: {unused.join(', ')}.</p> : null}
      <form method="post" action={href} class="button-row">
        {fit > 0 ? <Button>Register and email {people(fit)}</Button> : null}
        <LinkButton href={uploadHref} look="outline">
          Choose another file
        </LinkButton>
      </form>
    </>
  );
};

const Running = ({ href, looksAgainAfter, total, done, outcomes, wrong }: ListJobProps) => (
  <>
    <h2>Registering the list</h2>
    <p>
      <label for="list-progress">
        {grouped(done)} of {counted(total, 'row')} done.
      </label>{' '}
      You can leave this page: it goes on by itself.{' '}
      {looksAgainAfter === null ? (
        <a href={href}>Look again</a>
      ) : (
        <>
          This page looks again every {looksAgainAfter} seconds. <a href={`${href}?still=1`}>Stop looking again</a>
        </>
      )}
    </p>
    <progress class="list-progress" id="list-progress" max={total} value={done} />
    <Counts words={OUTCOMES} counts={outcomes} wrong={wrong} />
  </>
);

const Done = ({ rosterHref, total, outcomes, wrong }: ListJobProps) => (
  <>
    <h2>
      <Icon name="checkCircle" /> All {counted(total, 'row')} done
    </h2>
    <p>Whoever is in line while seats are free has one within a minute. Everybody registered gets an email.</p>
    <Counts words={OUTCOMES} counts={outcomes} wrong={wrong} />
    {rosterHref ? (
      <div class="button-row">
        <LinkButton href={rosterHref} look="outline">
          See the roster
        </LinkButton>
      </div>
    ) : null}
  </>
);

interface CountsProps {
  words: Readonly<Record<string, string>>;
  counts: Readonly<Record<string, number>>;
  wrong: number;
}
const Counts = ({ words, counts, wrong }: CountsProps) => (
  <dl class="figures">
    {Object.entries(words)
      .filter(([kind]) => (counts[kind] ?? 0) > 0)
      .map(([kind, name]) => (
        <div>
          <dt>{name}</dt>
          <dd>
            <strong>{grouped(counts[kind] ?? 0)}</strong>
          </dd>
        </div>
      ))}
    {wrong > 0 ? (
      <div>
        <dt>Wrong rows, left out</dt>
        <dd>
          <strong>{grouped(wrong)}</strong>
        </dd>
      </div>
    ) : null}
  </dl>
);

const Rows = ({ caption, rows }: { caption: string; rows: readonly ListRowShown[] }) => (
  <DataTable
    caption={caption}
    rows={rows}
    look="table desk-table"
    columns={[
      { head: 'Row', narrow: true, cell: ({ row }) => <>Row {row}</> },
      {
        head: 'Person',
        cell: ({ person, written }) =>
          person ? (
            <>
              <strong>{person.name}</strong>
              <br />
              <span class="quiet small">
                <EmailText email={person.email} />
              </span>
            </>
          ) : (
            written || 'Nothing to read'
          ),
      },
      { head: 'Agency', cell: ({ person }) => person?.agency ?? '' },
      { head: 'What happens', cell: (row) => <What {...row} /> },
    ]}
  />
);

const What = ({ problems, foreseen, outcome, note }: ListRowShown) => (
  <>
    {problems.map(({ path, message }) => (
      <span class="row-problem">
        <Icon name="error" size={16} /> <strong>{FIELDS[path] ?? path}:</strong> {message}
      </span>
    ))}
    {outcome ? OUTCOMES[outcome] : foreseen ? FORESEEN[foreseen] : null}
    {note ? (
      <>
        <br />
        <span class="quiet small">{note}</span>
      </>
    ) : null}
  </>
);
const FIELDS: Readonly<Record<string, string>> = {
  row: 'Row',
  email: 'Email',
  name: 'Name',
  agency: 'Agency',
  title: 'Title',
  component: 'Component',
};

const Pages = ({ href, page }: ListJobProps) =>
  page.of < 2 ? null : (
    <nav class="pager" aria-label="Pages of the list">
      <p>
        Page {grouped(page.number)} of {grouped(page.of)}
      </p>
      {page.number > 1 ? (
        <LinkButton href={`${href}?page=${page.number - 1}`} look="outline">
          Page before
        </LinkButton>
      ) : null}
      {page.number < page.of ? (
        <LinkButton href={`${href}?page=${page.number + 1}`} look="outline">
          Next page
        </LinkButton>
      ) : null}
    </nav>
  );
