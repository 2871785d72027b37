import type { FC } from 'hono/jsx';
import { clock, EASTERN, longDate } from '../domain/time.ts';
import { Icon, type IconName } from './local-icon.tsx';
import { LocalPage } from './local-page.tsx';
import type { MailSummary } from './mail-store.ts';
import { MessageView, type OpenMessage } from './mailbox-message.tsx';
import { addressOf, arrival } from './mailbox-words.ts';

const BADGE = 'No message leaves this machine';

interface MailboxPageProps {
  readonly site: string;
  /** On a narrow screen only one of the two is shown. */
  readonly at: 'list' | 'message';
  readonly recipients: readonly { readonly address: string; readonly count: number }[];
  /** The recipient whose mail is shown; everybody's without. */
  readonly to: string | undefined;
  readonly total: number;
  /** A part of the list, newest first. */
  readonly list: readonly MailSummary[];
  /** The last message shown, when older ones follow. */
  readonly olderThan: string | undefined;
  readonly message: OpenMessage | null;
  /** All messages about the same calendar entry, oldest first. */
  readonly aboutTheSame: readonly MailSummary[];
}

/** The list of messages, and one of them as its reader sees it. What the address names is the main part. */
export const MailboxPage: FC<MailboxPageProps> = (props) => {
  const [List, Message] = props.at === 'list' ? (['main', 'section'] as const) : (['section', 'main'] as const);
  return (
    <LocalPage
      title={props.at === 'message' && props.message ? `${props.message.mail.subject}. Mailbox` : 'Mailbox'}
      badge={BADGE}
      site={props.site}
      class={`mailbox at-${props.at}`}
      skip={{ to: 'message', words: 'Skip to the message' }}
    >
      <div class="columns">
        <List class="list" aria-labelledby="mailbox">
          {props.at === 'list' ? <h1 id="mailbox">Mailbox</h1> : <h2 id="mailbox">Mailbox</h2>}
          <p class="quiet">{countOf(props)}</p>
          <RecipientFilter {...props} />
          <DayGroups {...props} />
          {props.olderThan && (
            <p class="older">
              <a href={addressOf('/', { to: props.to, before: props.olderThan })}>Older messages</a>
            </p>
          )}
        </List>
        <Message id="message" class="message" aria-label="Message" tabindex={-1}>
          <OneMessage {...props} />
        </Message>
      </div>
    </LocalPage>
  );
};

const OneMessage: FC<MailboxPageProps> = ({ message, to, at, aboutTheSame, site }) =>
  message ? (
    <>
      <a class="back" href={addressOf('/', { to })}>
        All messages
      </a>
      <MessageView {...message} main={at === 'message'} to={to} aboutTheSame={aboutTheSame} />
    </>
  ) : (
    <Empty site={site} />
  );

export const NoMessagePage: FC<{ site: string }> = ({ site }) => (
  <LocalPage title="No such message. Mailbox" badge={BADGE} site={site}>
    <main class="narrow">
      <h1>There is no such message</h1>
      <p>
        The data folder may have been emptied since. <a href="/">See all messages</a>.
      </p>
    </main>
  </LocalPage>
);

const Empty: FC<{ site: string }> = ({ site }) => (
  <>
    <h2>No messages yet</h2>
    <p>
      Everything that the desk sends is shown here. <a href={site}>Register for a training</a> to see the first.
    </p>
  </>
);

function countOf({ total, to, recipients }: MailboxPageProps): string {
  const messages = total === 1 ? '1 message' : `${total} messages`;
  const people = recipients.length === 1 ? '1 person' : `${recipients.length} people`;
  return to ? `${messages}, newest first` : `${messages} to ${people}, newest first`;
}

const RecipientFilter: FC<MailboxPageProps> = ({ recipients, to, total }) => (
  <form method="get" action="/" class="filter">
    <label for="to">Show messages to</label>
    <div class="together">
      <select id="to" name="to">
        <option value="">{to ? 'Everybody' : `Everybody (${total})`}</option>
        {recipients.map(({ address, count }) => (
          <option value={address} selected={address === to}>
            {`${address} (${count})`}
          </option>
        ))}
      </select>
      <button type="submit">Show</button>
    </div>
  </form>
);

const DayGroups: FC<MailboxPageProps> = ({ list, message, to, at }) => {
  const days = Map.groupBy(list, ({ time }) => longDate(arrival(time), EASTERN));
  return [...days].map(([day, mails]) => (
    <>
      <h2 class="day">{day}</h2>
      <ul class="mails">
        {mails.map((mail) => (
          <Row mail={mail} to={to} open={message?.mail.id === mail.id} current={at === 'message'} />
        ))}
      </ul>
    </>
  ));
};

const Row: FC<{ mail: MailSummary; to: string | undefined; open: boolean; current: boolean }> = (props) => {
  const { mail, to, open, current } = props;
  const kind = kindOf(mail);
  return (
    <li class={open ? 'open' : undefined}>
      <Icon name={kind.icon} />
      <div>
        <a href={addressOf(`/messages/${mail.id}`, { to })} aria-current={open && current ? 'page' : undefined}>
          {mail.subject || '(no subject)'}
        </a>
        <span class="quiet">
          {clock(arrival(mail.time), EASTERN)} ET{kind.words && `. ${kind.words}`}
        </span>
        <span class="quiet">{mail.to.join(', ')}</span>
      </div>
    </li>
  );
};

function kindOf({ invitation }: MailSummary): { icon: IconName; words: string } {
  if (!invitation) return { icon: 'mail', words: '' };
  if (invitation.method === 'CANCEL') return { icon: 'cancel', words: 'Cancellation' };
  const { sequence } = invitation;
  return { icon: 'event', words: sequence ? `Invitation, sequence ${sequence}` : 'Invitation' };
}
