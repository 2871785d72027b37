import { clockWithZone, longDate, monthDay, type Instant } from '../../../functions/domain/time.ts';
import { Button } from '../../components/button.tsx';
import { DeskHead, DeskLayout } from '../../components/desk-layout.tsx';
import { EmailText } from '../../components/email-text.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { TextArea, type Errors } from '../../components/field.tsx';
import { HandlingStrip } from '../../components/handling-strip.tsx';
import { DataTable } from '../../components/table.tsx';
import type { DeskFrame } from '../../frame.ts';
import type { HistoryEntry } from './history.tsx';

export interface PersonAtEventPageProps {
  readonly frame: DeskFrame;
  /** `/staff/registrations/:id`; `/cancel` and `/reopen` stand behind it. */
  readonly href: string;
  readonly event: { readonly title: string; readonly href: string; readonly startsAt: Instant };
  readonly marking: string;
  readonly name: string;
  readonly email: string;
  /** Terms and what they hold, those that have something. */
  readonly facts: readonly { readonly term: string; readonly value: string }[];
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
  /** In the order in which they went out. */
  readonly messages: readonly {
    readonly at: Instant;
    readonly words: string;
    /** Why it came back; null where nobody said so. */
    readonly trouble: string | null;
  }[];
  readonly act: 'cancel' | 'reopen' | null;
  /** As typed. */
  readonly reason: string;
  readonly errors: Errors;
}

/** `/staff/registrations/:id`: one person at one event, everything that was done and sent, and how to end or reopen it. */
export const PersonAtEventPage = (props: PersonAtEventPageProps) => {
  const { frame, event, name, email, facts, errors } = props;
  const title = name || email;
  return (
    <DeskLayout frame={frame} desk="staff" title={`${title}: ${event.title}`} error={errors.length > 0} at="events">
      <HandlingStrip marking={props.marking} text="For the training desk. Every view is on record." />
      <DeskHead
        title={title}
        crumb={{ href: `${event.href}/roster`, words: 'Roster' }}
        below={`${event.title}, ${longDate(event.startsAt, frame.zone)}`}
      />
      <ErrorSummary errors={errors} to="cancel" rest="Nothing was changed." />
      <section class="panel panel-pad" aria-label="Registration">
        <dl class="facts">
          <div>
            <dt>Address</dt>
            <dd>
              <EmailText email={email} />
            </dd>
          </div>
          {facts.map(({ term, value }) => (
            <div>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Messages {...props} />
      <History {...props} />
      <Act {...props} />
    </DeskLayout>
  );
};

const when = (at: Instant, frame: DeskFrame): string => `${monthDay(at, frame.zone)}, ${clockWithZone(at, frame.zone)}`;

const Messages = ({ frame, messages }: PersonAtEventPageProps) => (
  <section class="panel">
    <div class="panel-head">
      <h2>Messages sent</h2>
    </div>
    {messages.length === 0 ? (
      <p class="panel-empty">None yet. Each message that goes out will be here, with its time.</p>
    ) : (
      <DataTable
        caption="Messages sent"
        rows={messages}
        look="table desk-table"
        columns={[
          { head: 'When', narrow: true, cell: (message) => when(message.at, frame) },
          { head: 'Message', cell: (message) => <Message {...message} /> },
        ]}
      />
    )}
  </section>
);

const Message = ({ words, trouble }: PersonAtEventPageProps['messages'][number]) => (
  <>
    {words}
    {trouble === null ? null : (
      <>
        {' '}
        <span class="state-tag state-tag-soon">Came back</span>
        <br />
        <span class="quiet small">{trouble}</span>
      </>
    )}
  </>
);

const History = ({ frame, history }: PersonAtEventPageProps) => (
  <section class="panel">
    <div class="panel-head">
      <h2>What happened</h2>
    </div>
    <DataTable
      caption="What happened, newest first"
      rows={history}
      look="table desk-table"
      columns={[
        { head: 'When', narrow: true, cell: (entry) => when(entry.at, frame) },
        { head: 'Who', cell: (entry) => entry.who },
        { head: 'What', cell: (entry) => (entry.detail ? `${entry.what}: ${entry.detail}` : entry.what) },
      ]}
    />
  </section>
);

const Act = ({ act, href, reason, errors, name, email }: PersonAtEventPageProps) => {
  if (act === null) return null;
  if (act === 'reopen')
    return (
      <form class="panel panel-pad" method="post" action={`${href}/reopen`}>
        <h2>Let {name || email} ask again</h2>
        <p>The desk ended this registration, so registering again is refused until you allow it.</p>
        <Button look="outline">Allow a new registration</Button>
      </form>
    );
  return (
    <form class="panel panel-pad" method="post" action={`${href}/cancel`} novalidate>
      <h2>End this registration</h2>
      <TextArea
        path="reason"
        label="Why"
        hint="The person reads it in our email. A seat goes to the next in line at once."
        value={reason}
        errors={errors}
        rows={2}
        maxlength={500}
      />
      <div class="button-row">
        <Button look="danger">End the registration and send the email</Button>
      </div>
    </form>
  );
};
