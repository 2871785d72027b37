import { BatchWriteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Hono } from 'hono';
import { z } from 'zod';
import { systemClock } from '../functions/compose/clock.ts';
import { idsFrom } from '../functions/compose/ids.ts';
import { NOBODY } from '../functions/domain/actor.ts';
import { Email } from '../functions/domain/person.ts';
import { makeApp } from '../functions/http/app.tsx';
import { serveHere } from '../functions/local/listening.ts';
import { PROGRAMS } from '../functions/seed/programs.ts';
import { tableDefinition } from '../functions/store/dynamo/schema.ts';
import { dynamoStore } from '../functions/store/dynamo/store.ts';
import type { Context } from '../functions/usecases/context.ts';
import { deliverOutbox } from '../functions/usecases/deliver-outbox.ts';
import { issueToken } from '../functions/usecases/issue-token.ts';
import { seedDesk } from '../functions/usecases/seed-desk.ts';
import { sweep } from '../functions/usecases/sweep.ts';
import { countedClient, nothing } from './counted.ts';
import { plainOver, type Plain } from './plain.ts';

/** The product with delivery paused, its calls counted, and beside it a plain route that makes the same calls. */
const [endpoint = '', portText = ''] = process.argv.slice(2);
const port = Number(portText);
const NAME = 'training-desk';
const AT_ONCE = 50;

const admin = new DynamoDBClient({
  endpoint,
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
await admin.send(new CreateTableCommand(tableDefinition(NAME)));
const counted = nothing();
const db = countedClient(endpoint, counted);
const ids = idsFrom('a secret of the benchmark');
const origin = `http://127.0.0.1:${port}`;
const context: Context = {
  actor: NOBODY,
  clock: systemClock,
  ids,
  store: dynamoStore(
    { db, name: NAME },
    () => systemClock.now(),
    () => ids.secret(),
  ),
  mailer: { send: async () => ({ outcome: 'sent', id: 'nowhere' }) },
  calendars: { feed: () => '' },
  desk: { origin, uidHost: 'training-desk.example.gov' },
  nudge: () => {},
};
await seedDesk(context, { programs: PROGRAMS, hosts: [] });
const app = makeApp({
  context,
  origins: [origin],
  provider: {
    start: async () => Promise.reject(new Error('nobody signs in here')),
    finish: async () => null,
  },
  assets: async (_c, next) => next(),
  networkOf: () => '127.0.0.1',
  report: (error) => console.error(error),
});

let plain: Plain | null = null;
const bench = new Hono();
bench.post('/bench/tokens', async (c) => {
  const { role, emails } = z
    .object({ role: z.enum(['participant', 'staff']), emails: z.array(Email) })
    .parse(await c.req.json());
  const tokens: string[] = [];
  for (let from = 0; from < emails.length; from += AT_ONCE)
    tokens.push(
      ...(await Promise.all(emails.slice(from, from + AT_ONCE).map((email) => issueToken(context, { role, email })))),
    );
  return c.json(tokens);
});
/** Copies of one registration, so that an event has many. */
bench.post('/bench/already', async (c) => {
  const { event, count } = z.object({ event: z.string(), count: z.number() }).parse(await c.req.json());
  const { Items: [one] = [] } = await db.send(
    new QueryCommand({
      TableName: NAME,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :reg)',
      ExpressionAttributeValues: { ':pk': `ROSTER#${event}`, ':reg': 'REG#' },
      Limit: 1,
    }),
  );
  for (let from = 0; from < count; from += 25) {
    const copies = Array.from({ length: Math.min(25, count - from) }, () => {
      const person = ids.random('per');
      return { ...one, sk: `REG#${person}`, person, gsi1pk: `PERSON#${person}` };
    });
    await db.send(
      new BatchWriteCommand({ RequestItems: { [NAME]: copies.map((Item) => ({ PutRequest: { Item } })) } }),
    );
  }
  return c.json(count);
});
bench.post('/bench/plain', async (c) => {
  const { event, mode } = z.object({ event: z.string(), mode: z.enum(['open', 'sealed']) }).parse(await c.req.json());
  plain = await plainOver(db, NAME, event, mode);
  return c.json(null);
});
bench.post('/bench/counted', (c) => {
  const answer = c.json({ ...counted });
  Object.assign(counted, nothing());
  return answer;
});
bench.post('/bench/sweep', async (c) => {
  await sweep(context);
  return c.json(null);
});
bench.post('/bench/deliver', async (c) => c.json(await deliverOutbox(context)));
bench.post('/plain', async (c) => {
  await plain?.register(ids.hash((c.req.header('authorization') ?? '').slice('Bearer '.length)));
  return c.json({ status: 'confirmed' }, 201);
});
bench.all('*', (c) => app.fetch(c.req.raw));

await serveHere((request) => bench.fetch(request), port);
console.log('ready');
