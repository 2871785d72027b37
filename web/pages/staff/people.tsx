import type { RegistrationStatus } from '../../../functions/domain/registration.ts';
import { monthDay, longDate, type Instant, type TimeZone } from '../../../functions/domain/time.ts';
import { Button } from '../../components/button.tsx';
import { DeskHead, DeskLayout } from '../../components/desk-layout.tsx';
import { EmailText } from '../../components/email-text.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { TextArea, TextField, type Errors } from '../../components/field.tsx';
import { HandlingStrip } from '../../components/handling-strip.tsx';
import { DataTable } from '../../components/table.tsx';
import type { DeskFrame } from '../../frame.ts';
import { STATUS_WORDS } from './roster.tsx';

export interface PersonFound {
  readonly email: string;
  readonly name: string;
  readonly title: string;
  readonly agency: string;
  readonly component: string;
  /** The version that the form shows. */
  readonly rev: number;
  /** Has the staff role, and whether this is whoever looks. */
  readonly staff: boolean;
  readonly own: boolean;
  /** Hosts whose people they register from lists, one a line, as kept or as typed. */
  readonly coordinates: string;
  /** Until when approvals of the person hold, a line each. */
  readonly known: readonly { readonly words: string; readonly until: Instant }[];
  readonly registrations: readonly {
    readonly eventTitle: string;
    readonly eventHref: string;
    readonly startsAt: Instant;
    readonly timeZone: TimeZone;
    readonly status: RegistrationStatus;
    readonly askedAt: Instant;
  }[];
}

export interface PeoplePageProps {
  readonly frame: DeskFrame;
  /** As typed; empty before the first search. */
  readonly email: string;
  /** Null: nobody has this address. Undefined before the first search. */
  readonly person?: PersonFound | null;
  readonly errors: Errors;
}

/** `/staff/people`: one person, by the whole address. Posts `email` to itself, so that it stays out of the address bar. */
export const PeoplePage = ({ frame, email, person, errors }: PeoplePageProps) => (
  <DeskLayout frame={frame} desk="staff" title="People" error={errors.length > 0} at="people">
    <HandlingStrip marking="" text="For the training desk. Every look-up is on record." />
    <DeskHead title="People">
      <a href="/staff/hosts">Email hosts</a>
    </DeskHead>
    <ErrorSummary
      errors={errors}
      to={person ? 'save the coordinator' : 'search'}
      rest={person ? 'Nothing was saved.' : 'Nothing was looked up.'}
    />
    <form class="people-search" method="post" action="/staff/people" novalidate>
      <TextField
        path="email"
        label="Email address"
        hint="The whole address, as they signed in with it"
        type="email"
        value={email}
        errors={errors}
        maxlength={254}
      />
      <Button>Find</Button>
    </form>
    {person === null ? (
      <p class="empty">
        Nobody has signed in with <EmailText email={email} strong />. Check the spelling, or ask which address they
        used.
      </p>
    ) : null}
    {person ? <Found person={person} frame={frame} errors={errors} /> : null}
  </DeskLayout>
);

const Found = ({ person, frame, errors }: { person: PersonFound; frame: DeskFrame; errors: Errors }) => (
  <>
    <section class="panel panel-pad">
      <h2>{person.name || 'No name given yet'}</h2>
      <dl class="facts">
        {(
          [
            ['Address', person.email],
            ['Title', person.title],
            ['Agency', person.agency],
            ['Component', person.component],
          ] as const
        )
          .filter(([, value]) => value)
          .map(([term, value]) => (
            <div>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        {person.known.map((known) => (
          <div>
            <dt>Known</dt>
            <dd>
              {known.words}, until {longDate(known.until, frame.zone)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
    <section class="panel panel-pad">
      <h2>Coordinator</h2>
      <p>
        A coordinator registers people of an agency’s own hosts from a list, by the same rules as everybody, and sees
        what became of that list and nothing else.
      </p>
      <form method="post" action="/staff/people/coordinator" novalidate>
        <input type="hidden" name="email" value={person.email} />
        <input type="hidden" name="rev" value={person.rev} />
        <TextArea
          path="hosts"
          label="Exclusive hosts"
          hint="One a line, such as police.example.gov. Empty: not a coordinator"
          value={person.coordinates}
          errors={errors}
          maxlength={2000}
          optional
        />
        <div class="button-row">
          <Button look="outline">Save coordinator</Button>
        </div>
      </form>
    </section>
    <StaffRole {...person} />
    <section class="panel">
      <div class="panel-head">
        <h2>Registrations</h2>
      </div>
      {person.registrations.length === 0 ? (
        <p class="panel-empty">None yet. They will be here once this person registers.</p>
      ) : (
        <DataTable
          caption="Registrations"
          rows={person.registrations}
          look="table desk-table"
          columns={[
            { head: 'Date', narrow: true, cell: (row) => longDate(row.startsAt, row.timeZone) },
            {
              head: 'Training',
              cell: (row) => (
                <a class="plain-link strong-link" href={`${row.eventHref}/roster`}>
                  {row.eventTitle}
                </a>
              ),
            },
            { head: 'Status', labelled: true, cell: (row) => STATUS_WORDS[row.status] },
            { head: 'Asked', narrow: true, labelled: true, cell: (row) => monthDay(row.askedAt, frame.zone) },
          ]}
        />
      )}
    </section>
  </>
);

/** The staff role; one's own is ended by somebody else, so that somebody is left. */
const StaffRole = ({ email, rev, staff, own }: PersonFound) => (
  <section class="panel panel-pad">
    <h2>Staff</h2>
    <p>
      {staff ? 'Has' : 'Does not have'} the staff role: everything of every event, once signed in by the identity
      provider.{own ? ' Somebody else of the staff can end yours.' : ''}
    </p>
    {own ? null : (
      <form method="post" action="/staff/people/staff">
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="rev" value={rev} />
        <Button name="do" value={staff ? 'end' : 'make'} look="outline">
          {staff ? 'End the staff role' : 'Make staff'}
        </Button>
      </form>
    )}
  </section>
);
