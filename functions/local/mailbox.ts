import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { closeServer, listen, serveHere } from './listening.ts';
import { openMailStore, type MailStore } from './mail-store.ts';
import { mailboxApp } from './mailbox-app.tsx';
import { HOST } from './ports.ts';

const LARGEST_MESSAGE_BYTES = 10_000_000;

export interface Mailbox {
  readonly url: string;
  readonly store: MailStore;
  stop(): Promise<void>;
}

export interface MailboxOptions {
  readonly smtpPort: number;
  readonly webPort: number;
  /** Holds the mail; kept from run to run. */
  readonly folder: string;
  /** Where the site answers, for the link to it. */
  readonly site: string;
}

/** Takes all mail that the desk sends, by SMTP, and shows it on a page. Nothing goes any further. */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const store = await openMailStore(options.folder);
  const smtp = smtpInto(store);
  const [web] = await Promise.all([
    serveHere(mailboxApp(store, options.site).fetch, options.webPort),
    listen(smtp.server, options.smtpPort),
  ]);
  return {
    url: `http://${HOST}:${options.webPort}`,
    store,
    stop: async () => {
      await Promise.all([closeServer(web), new Promise<void>((resolve) => smtp.close(() => resolve()))]);
    },
  };
}

function smtpInto(store: MailStore): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST_MESSAGE_BYTES,
    closeTimeout: 1_000,
    logger: false,
    onData(stream, session, done) {
      receive(store, stream, session).then(
        () => done(),
        () => done(refusal(451, 'The message could not be kept; try again')),
      );
    },
  });
  // A client that hangs up in the middle is no reason to end; the message it was sending was never accepted.
  server.on('error', () => {});
  return server;
}

async function receive(store: MailStore, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
  const to = session.envelope.rcptTo.map(({ address }) => address);
  await store.keep(await buffer(stream), to);
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
