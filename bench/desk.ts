import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { idsFrom } from '../functions/compose/ids.ts';
import { NOBODY } from '../functions/domain/actor.ts';
import { Email } from '../functions/domain/person.ts';
import { api } from '../functions/http/api/whole.ts';
import { makeApp } from '../functions/http/app.ts';
import { pagesOfDesk } from '../functions/http/pages/desk.ts';
import { pagesOf } from '../functions/http/pages/pages.tsx';
import { publicPages } from '../functions/http/pages/public.ts';
import { dynamoStore } from '../functions/store/dynamo/store.ts';
import type { Clock, Context } from '../functions/usecases/context.ts';
import { issueToken } from '../functions/usecases/issue-token.ts';

export const TABLE_NAME = 'training-desk';
const SECRET = 'a secret of the benchmark';

/** The desk over a client of the table; its messages go nowhere, at once. */
export function deskOver(db: DynamoDBDocumentClient, clock: Clock, origin: string): Context {
  const ids = idsFrom(SECRET);
  return {
    actor: NOBODY,
    clock,
    ids,
    store: dynamoStore(
      { db, name: TABLE_NAME },
      () => clock.now(),
      () => ids.secret(),
    ),
    mailer: { send: async () => ({ outcome: 'sent', id: 'nowhere' }) },
    calendars: { feed: () => '' },
    desk: { origin, uidHost: 'training-desk.example.gov' },
    nudge: () => {},
  };
}

/** The whole application over a desk; nobody signs in, since the bench has tokens. */
export const appOver = (context: Context) =>
  makeApp({
    api,
    pages: pagesOf([...publicPages, ...pagesOfDesk]),
    context,
    origins: [context.desk.origin],
    provider: {
      start: async () => Promise.reject(new Error('nobody signs in here')),
      finish: async () => null,
    },
    assets: async (_c, next) => next(),
    networkOf: () => '127.0.0.1',
    report: (error) => console.error(`${error.name}: ${error.message}`),
  });

const AT_ONCE = 50;

/** A bearer token for each address, in their order. */
export async function tokensOf(
  context: Context,
  role: 'participant' | 'staff',
  addresses: readonly string[],
): Promise<string[]> {
  const tokens: string[] = [];
  for (let from = 0; from < addresses.length; from += AT_ONCE) {
    const some = addresses.slice(from, from + AT_ONCE).map((address) => Email.parse(address));
    tokens.push(...(await Promise.all(some.map((email) => issueToken(context, { role, email })))));
  }
  return tokens;
}
