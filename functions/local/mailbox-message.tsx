import type { FC } from 'hono/jsx';
import { bothZones, clock, dayWords, EASTERN, longDate } from '../domain/time.ts';
import { addressOf, arrival } from './mailbox-words.ts';
import type { MailSummary } from './mail-store.ts';
import type { Mail } from './mail.ts';
import { readInvitation, type Invitation } from './invitation.ts';
import type { Header } from './parse-mail.ts';

const VIEWS = { seen: 'As seen', text: 'Text', calendar: 'Calendar', headers: 'Headers', source: 'Source' } as const;

/** One way to look at a message. */
export type View = keyof typeof VIEWS;
export const isView = (name: string | undefined): name is View => name !== undefined && Object.hasOwn(VIEWS, name);

/** The message that is open, and how it is looked at. */
export interface OpenMessage {
  readonly mail: Mail;
  readonly view: View;
  readonly source: string;
  readonly headers: readonly Header[];
}

interface MessageViewProps extends OpenMessage {
  /** Whether the message is what the page is about, or only the first of the list beside it. */
  readonly main: boolean;
  readonly to: string | undefined;
  readonly aboutTheSame: readonly MailSummary[];
}

export const MessageView: FC<MessageViewProps> = (props) => {
  const { mail, view, to } = props;
  const subject = mail.subject || '(no subject)';
  const invitation = mail.calendar ? readInvitation(mail.calendar) : null;
  return (
    <article>
      {props.main ? <h1 class="subject">{subject}</h1> : <h2 class="subject">{subject}</h2>}
      <dl class="envelope">
        <dt>From</dt>
        <dd>{mail.from}</dd>
        <dt>To</dt>
        <dd>{mail.to.join(', ')}</dd>
        <dt>Sent</dt>
        <dd>
          {longDate(arrival(mail.time), EASTERN)}, {clock(arrival(mail.time), EASTERN)} ET
        </dd>
      </dl>
      {invitation && <InvitationCard invitation={invitation} later={laterOne(props)} to={to} />}
      <nav class="tabs" aria-label="Ways to look at this message">
        {Object.entries(VIEWS).map(([name, words]) => (
          <a
            href={addressOf(`/messages/${mail.id}`, { to, view: name === 'seen' ? undefined : name })}
            aria-current={name === view ? 'page' : undefined}
          >
            {words}
          </a>
        ))}
        <a href={`/messages/${mail.id}/download`}>Download .eml</a>
      </nav>
      <div class="pane">
        <Pane {...props} />
      </div>
    </article>
  );
};

const Pane: FC<MessageViewProps> = ({ mail, view, source, headers }) => {
  switch (view) {
    case 'seen':
      return mail.html ? (
        <iframe
          src={`/messages/${mail.id}/body`}
          title="The message as its reader sees it"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      ) : (
        <Plain words={mail.text || 'This message has no text.'} />
      );
    case 'text':
      return <Plain words={mail.text || 'This message has no plain text.'} />;
    case 'calendar':
      return mail.calendar ? <Code code={mail.calendar} /> : <Plain words="This message has no calendar part." />;
    case 'headers':
      return <Headers headers={headers} />;
    case 'source':
      return <Code code={source} />;
  }
};

const Plain: FC<{ words: string }> = ({ words }) => <div class="letter plain">{words}</div>;

const Code: FC<{ code: string }> = ({ code }) => <pre class="letter">{code}</pre>;

const Headers: FC<{ headers: readonly Header[] }> = ({ headers }) => (
  <dl class="letter headers">
    {headers.map(({ name, value }) => (
      <>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </>
    ))}
  </dl>
);

/** The message that a calendar would go by today, when it is another than this one. */
function laterOne({ mail, aboutTheSame }: MessageViewProps): MailSummary | null {
  const last = aboutTheSame.toSorted((a, b) => (a.invitation?.sequence ?? 0) - (b.invitation?.sequence ?? 0)).at(-1);
  const own = aboutTheSame.find(({ id }) => id === mail.id)?.invitation?.sequence ?? 0;
  return last && (last.invitation?.sequence ?? 0) > own ? last : null;
}

const InvitationCard: FC<{ invitation: Invitation; later: MailSummary | null; to: string | undefined }> = (props) => {
  const { invitation, later, to } = props;
  const gone = invitation.method === 'CANCEL' || later?.invitation?.method === 'CANCEL';
  const { weekday, month, day } = dayWords(invitation.startsAt, EASTERN);
  return (
    <section class="card" aria-label="The calendar entry">
      <div class="card-main">
        <div class={gone ? 'date gone' : 'date'} aria-hidden="true">
          <span>{weekday.slice(0, 3)}</span>
          <b>{day}</b>
          <span>{month}</span>
        </div>
        <div>
          <p class="entry">{invitation.summary}</p>
          <p>
            <strong>{whenOf(invitation)}</strong>
          </p>
          <p class="quiet">{detailsOf(invitation)}</p>
          <p>{stateOf(invitation)}</p>
          {later && (
            <p>
              A later message changed it: <a href={addressOf(`/messages/${later.id}`, { to })}>{later.subject}</a>
            </p>
          )}
        </div>
      </div>
      <p class="stub">
        <code>METHOD:{invitation.method}</code> <code>SEQUENCE:{invitation.sequence}</code>{' '}
        <code>UID:{invitation.uid}</code>
      </p>
    </section>
  );
};

function whenOf({ startsAt, endsAt }: Invitation): string {
  const first = longDate(startsAt, EASTERN);
  if (first === longDate(endsAt, EASTERN)) return `${first}, ${bothZones(startsAt, endsAt, EASTERN, EASTERN)}`;
  return `${first}, ${clock(startsAt, EASTERN)} to ${longDate(endsAt, EASTERN)}, ${clock(endsAt, EASTERN)} ET`;
}

function detailsOf({ organizer, location, reminderMinutes }: Invitation): string {
  const parts = [organizer && `Organizer ${organizer}.`, location && `Where: ${location}.`];
  if (reminderMinutes !== null) parts.push(`Reminder ${reminderMinutes} minutes before.`);
  return parts.filter(Boolean).join(' ');
}

function stateOf({ method, sequence }: Invitation): string {
  if (method === 'CANCEL') return 'Takes the entry off the calendar.';
  if (method === 'REQUEST')
    return sequence ? 'Moves or changes the entry on the calendar.' : 'Puts an entry on the calendar.';
  return 'Only for information: a calendar asks nothing.';
}
