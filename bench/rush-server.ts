import { BatchWriteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Hono } from 'hono';
import { z } from 'zod';
import { systemClock } from '../functions/compose/clock.ts';
import { serveHere } from '../functions/local/listening.ts';
import { PROGRAMS } from '../functions/seed/programs.ts';
import { tableDefinition } from '../functions/store/dynamo/schema.ts';
import { deliverOutbox } from '../functions/usecases/deliver-outbox.ts';
import { seedDesk } from '../functions/usecases/seed-desk.ts';
import { sweep } from '../functions/usecases/sweep.ts';
import { countedClient, nothing } from './counted.ts';
import { appOver, deskOver, TABLE_NAME, tokensOf } from './desk.ts';
import { plainOver, type Plain } from './plain.ts';

/** The product with delivery paused, its calls counted, and beside it a plain route that makes the same calls. */
const [endpoint = '', portText = ''] = process.argv.slice(2);
const port = Number(portText);

const admin = new DynamoDBClient({
  endpoint,
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
await admin.send(new CreateTableCommand(tableDefinition(TABLE_NAME)));
const counted = nothing();
const db = countedClient(endpoint, counted);
const origin = `http://127.0.0.1:${port}`;
const context = deskOver(db, systemClock, origin);
await seedDesk(context, { programs: PROGRAMS, hosts: [] });
const app = appOver(context);

let plain: Plain | null = null;
const bench = new Hono();
bench.post('/bench/tokens', async (c) => {
  const { role, emails } = z
    .object({ role: z.enum(['participant', 'staff']), emails: z.array(z.string()) })
    .parse(await c.req.json());
  return c.json(await tokensOf(context, role, emails));
});
/** Copies of one registration, so that an event has many. */
bench.post('/bench/already', async (c) => {
  const { event, count } = z.object({ event: z.string(), count: z.number() }).parse(await c.req.json());
  const { Items: [one] = [] } = await db.send(
    new QueryCommand({
      TableName: TABLE_NAME,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :reg)',
      ExpressionAttributeValues: { ':pk': `ROSTER#${event}`, ':reg': 'REG#' },
      Limit: 1,
    }),
  );
  for (let from = 0; from < count; from += 25) {
    const copies = Array.from({ length: Math.min(25, count - from) }, () => {
      const person = context.ids.random('per');
      return { ...one, sk: `REG#${person}`, person, gsi1pk: `PERSON#${person}` };
    });
    await db.send(
      new BatchWriteCommand({ RequestItems: { [TABLE_NAME]: copies.map((Item) => ({ PutRequest: { Item } })) } }),
    );
  }
  return c.json(count);
});
bench.post('/bench/plain', async (c) => {
  const { event, mode } = z.object({ event: z.string(), mode: z.enum(['open', 'sealed']) }).parse(await c.req.json());
  plain = await plainOver(db, TABLE_NAME, event, mode);
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
  await plain?.register(context.ids.hash((c.req.header('authorization') ?? '').slice('Bearer '.length)));
  return c.json({ status: 'confirmed' }, 201);
});
const isBench = /\/(bench\/\w+|plain)$/;

// the product is as near to the socket as the plain route
await serveHere((request) => (isBench.test(request.url) ? bench : app).fetch(request), port);
console.log('ready');
