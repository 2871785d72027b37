import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { serveStatic } from '@hono/node-server/serve-static';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NOBODY } from '../domain/actor.ts';
import { Email } from '../domain/person.ts';
import { openIdProvider } from '../http/provider.ts';
import { api } from '../http/api/whole.ts';
import { makeApp } from '../http/app.ts';
import { pagesOfDesk } from '../http/pages/desk.ts';
import { pagesOf } from '../http/pages/pages.tsx';
import { publicPages } from '../http/pages/public.ts';
import { feedText } from '../mail/feed.ts';
import { smtpMailer } from '../mail/smtp.ts';
import { seedDemo } from '../seed/demo.ts';
import { HOSTS } from '../seed/hosts.ts';
import { PROGRAMS } from '../seed/programs.ts';
import { tableDefinition } from '../store/dynamo/schema.ts';
import { dynamoStore } from '../store/dynamo/store.ts';
import { BUILT, buildStyles } from '../../web/build.ts';
import type { Finding } from '../domain/finding.ts';
import type { Result } from '../domain/result.ts';
import { DAY, NO_TIME, type Instant } from '../domain/time.ts';
import type { UnreadableItem } from '../domain/unreadable.ts';
import type { Context } from '../usecases/context.ts';
import { deliverOutbox } from '../usecases/deliver-outbox.ts';
import { examineDesk, type Diagnosis } from '../usecases/doctor.ts';
import { afterRestore } from '../usecases/after-restore.ts';
import { holdMail, releaseMail } from '../usecases/hold-mail.ts';
import { issueToken } from '../usecases/issue-token.ts';
import { checkNightly, mendNow } from '../usecases/nightly-checkup.ts';
import { seedDesk } from '../usecases/seed-desk.ts';
import { sweep } from '../usecases/sweep.ts';
import { asSystem } from '../usecases/system.ts';
import { systemClock } from './clock.ts';
import { idsFrom } from './ids.ts';

/** Where the parts of a run on one machine are. */
export interface LocalSettings {
  /** Of the database engine. */
  readonly endpoint: string;
  /** `http://localhost:3000` */
  readonly origin: string;
  readonly port: number;
  readonly smtpPort: number;
  readonly mailboxUrl: string;
  /** Of the identity provider. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What ids, join links and codes are signed with. */
  readonly secret: string;
}

/** The product on one machine; the pump calls the very functions that Lambda calls. */
export interface LocalSystem {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Sends what is due; how many messages went out. */
  readonly deliver: () => Promise<number>;
  readonly sweep: () => Promise<void>;
  readonly onCommit: (nudge: () => void) => void;
  readonly seed: (kind: 'demo' | 'none') => Promise<void>;
  readonly issueToken: (role: 'participant' | 'trainer' | 'staff', email: string) => Promise<string>;
  /** Holds all mail but sign-in codes, and releases it, in the name of the operator. */
  readonly hold: () => Promise<Result<unknown>>;
  readonly release: () => Promise<Result<unknown>>;
  readonly afterRestore: (restoredTo: Instant, since?: Instant) => Promise<Result<unknown>>;
  readonly examine: () => Promise<Result<Diagnosis>>;
  /** Acts in the name of the operator. */
  readonly mend: () => Promise<Result<{ readonly mended: readonly Finding[]; readonly left: Diagnosis }>>;
}

const TABLE_NAME = 'training-desk';
/** From and ORGANIZER of every message: it never changes, since strict calendars refuse another's update. */
const FROM = 'training-desk@ccht.example.org';

/** Puts the product together over the local engine and mailbox. Makes the table where there is none. */
export async function composeLocal(settings: LocalSettings): Promise<LocalSystem> {
  const client = new DynamoDBClient({
    endpoint: settings.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await Promise.all([ensureTable(client), buildStyles()]);
  const ids = idsFrom(settings.secret);
  const db = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  let nudge = () => {};
  const context: Context = {
    actor: NOBODY,
    clock: systemClock,
    ids,
    store: dynamoStore(
      { db, name: TABLE_NAME, unreadable: sayOnce() },
      () => systemClock.now(),
      () => ids.secret(),
    ),
    mailer: smtpMailer({ host: '127.0.0.1', port: settings.smtpPort, from: FROM, contact: FROM }),
    calendars: { feed: feedText },
    desk: { origin: settings.origin, uidHost: 'training-desk.example.gov' },
    nudge: () => nudge(),
  };
  const app = makeApp({
    api,
    pages: pagesOf([...publicPages, ...pagesOfDesk]),
    context,
    origins: [settings.origin, `http://127.0.0.1:${settings.port}`],
    provider: openIdProvider({
      issuer: settings.issuer,
      clientId: settings.clientId,
      clientSecret: settings.clientSecret,
      prompt: '',
      insecure: true,
    }),
    assets: serveStatic({ root: BUILT, rewriteRequestPath: (path) => path.replace(/^\/assets/, '') }),
    networkOf: () => '127.0.0.1',
    report: (error) =>
      console.error(`A request failed: ${error.name}\n${(error.stack ?? '').split('\n').slice(1, 8).join('\n')}`),
  });
  const daily = asSystem(context, 'doctor');
  const operator = asSystem(context, 'operator');
  let checkedAt: Instant | null = null;
  /** The night's schedule: once a day, at the first chance. */
  const checkDaily = async () => {
    const now = systemClock.now();
    checkedAt ??= (await context.store.lastCheckup())?.at ?? NO_TIME;
    if (now - checkedAt < DAY) return;
    checkedAt = now;
    await checkNightly(daily);
  };
  return {
    fetch: (request) => app.fetch(request),
    deliver: () => deliverOutbox(context),
    sweep: async () => {
      await sweep(context);
      await checkDaily();
    },
    onCommit: (listener) => {
      nudge = listener;
    },
    seed: async (kind) => {
      await seedDesk(context, { programs: PROGRAMS, hosts: HOSTS });
      if (kind === 'demo') await seedDemo(context);
    },
    issueToken: (role, email) => issueToken(context, { role, email: Email.parse(email) }),
    hold: () => holdMail(operator),
    release: () => releaseMail(operator),
    afterRestore: (restoredTo, since) => afterRestore(operator, { restoredTo, since }),
    examine: () => examineDesk(asSystem(context, 'doctor')),
    mend: () => mendNow(operator),
  };
}

/** The pump meets an item every second; once is enough. */
function sayOnce(): (item: UnreadableItem) => void {
  const said = new Set<string>();
  return ({ subject, message }) => {
    if (said.has(subject)) return;
    said.add(subject);
    console.error(`An item can't be read (${message}), and is left out: ${subject}`);
  };
}

async function ensureTable(client: DynamoDBClient): Promise<void> {
  try {
    await client.send(new DescribeTableCommand({ TableName: TABLE_NAME }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    await client.send(new CreateTableCommand(tableDefinition(TABLE_NAME)));
  }
}
