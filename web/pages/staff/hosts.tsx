import type { HostRecord } from '../../../functions/domain/audience.ts';
import type { Colleagues } from '../../../functions/domain/colleague.ts';
import { longDate } from '../../../functions/domain/time.ts';
import { Button } from '../../components/button.tsx';
import { DeskHead, DeskLayout } from '../../components/desk-layout.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { TextField, type Errors } from '../../components/field.tsx';
import { DataTable } from '../../components/table.tsx';
import type { DeskFrame } from '../../frame.ts';
import { peopleWords } from '../../words/colleagues.ts';
import { counted } from '../../words/when.ts';
import { CLASSES, HostForm, LIST_WORDS, type HostValues } from './host-form.tsx';

export interface HostsPageProps {
  readonly frame: DeskFrame;
  /** How many there are; `hosts` are some of them, in the order of their agencies. */
  readonly total: number;
  readonly hosts: readonly HostRecord[];
  /** The number of the page after this one; null on the last. */
  readonly next: number | null;
  readonly typed: string;
  readonly errors: Errors;
}

const classWords = (record: HostRecord): string => CLASSES.find(({ value }) => value === record.class)?.label ?? '';

/** `/staff/hosts`: every email host that was decided on. `host` leads to the page of one. */
export const HostsPage = ({ frame, total, hosts, next, typed, errors }: HostsPageProps) => (
  <DeskLayout frame={frame} desk="staff" title="Email hosts" error={errors.length > 0} at="people">
    <DeskHead title="Email hosts" crumb={{ href: '/staff/people', words: 'People' }} />
    <ErrorSummary errors={errors} to="find the host" rest="Nothing was looked up." />
    <form class="people-search" method="get" action="/staff/hosts" novalidate>
      <TextField
        path="host"
        label="Host"
        hint="The whole part behind the @, such as police.example.gov"
        value={typed}
        errors={errors}
        maxlength={253}
      />
      <Button>Find or decide</Button>
    </form>
    <section class="panel">
      <div class="panel-head">
        <h2>{counted(total, 'host')} decided on</h2>
      </div>
      {hosts.length === 0 ? (
        <p class="panel-empty">None yet. Type a host above to decide on it.</p>
      ) : (
        <DataTable
          caption="Hosts that were decided on"
          rows={hosts}
          look="table desk-table"
          columns={[
            {
              head: 'Host',
              cell: (record) => (
                <a class="plain-link strong-link" href={`/staff/hosts/${record.host}`}>
                  {record.host}
                </a>
              ),
            },
            { head: 'Agency', cell: (record) => record.agency },
            { head: 'Class', labelled: true, cell: classWords },
            {
              head: 'Counts as',
              labelled: true,
              cell: (record) => record.lists.map((list) => LIST_WORDS[list]).join(', ') || 'Nothing',
            },
            {
              head: 'Holds until',
              labelled: true,
              narrow: true,
              cell: (record) =>
                record.expiresAt <= frame.now ? (
                  <strong class="late">Ended {longDate(record.expiresAt, frame.zone)}</strong>
                ) : (
                  longDate(record.expiresAt, frame.zone)
                ),
            },
          ]}
        />
      )}
    </section>
    {next === null ? null : (
      <p>
        <a href={`/staff/hosts?page=${next}`}>More hosts</a>
      </p>
    )}
  </DeskLayout>
);

export interface HostPageProps {
  readonly frame: DeskFrame;
  readonly host: string;
  /** What is kept; null where nobody has decided yet. */
  readonly record: HostRecord | null;
  readonly looksLike: string | null;
  readonly isOtherScript: boolean;
  /** What became of its people, at any event. */
  readonly colleagues: Colleagues;
  readonly values: HostValues;
  readonly back: { readonly href: string; readonly words: string };
  readonly errors: Errors;
}

/** `/staff/hosts/:host`: one host and the decision on it. Posts to itself. */
export const HostPage = ({ frame, host, record, values, back, errors, ...seen }: HostPageProps) => (
  <DeskLayout frame={frame} desk="staff" title={host} error={errors.length > 0} at="people">
    <DeskHead
      title={host}
      crumb={{ href: '/staff/hosts', words: 'Email hosts' }}
      below={
        record
          ? `${record.agency}. Verified by ${record.verifiedBy} on ${longDate(record.verifiedAt, frame.zone)}, ${record.expiresAt <= frame.now ? 'ended' : 'holds until'} ${longDate(record.expiresAt, frame.zone)}`
          : 'Nobody has decided on this host yet'
      }
    />
    <div class="narrow">
      <ErrorSummary errors={errors} to="save this host" rest="Nothing was saved." />
      {seen.looksLike ? (
        <p class="note note-soon">
          This looks like {seen.looksLike}, a host we know, but is not. Look twice before you let its people in.
        </p>
      ) : null}
      {seen.isOtherScript ? (
        <p class="note note-soon">
          It has letters of another script, so it can read like a name that we know. Look twice.
        </p>
      ) : null}
      <p>{peopleWords(seen.colleagues, frame.zone)}, by our own records.</p>
      <p>
        Everybody on an exclusive host gets into trainings for what it counts as, without a check. It approves nobody
        who waits now.
      </p>
      <HostForm host={host} values={values} errors={errors} back={back} by={frame.name} />
    </div>
  </DeskLayout>
);
