import { BatchWriteCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { anEvent } from './an-event.ts';
import { openDesk, type DeskOnAws } from './desk.ts';
import { firstStaff, tokenOf } from './tokens.ts';
import { notDone } from './unused.ts';

/** Attendee lists through the built function: small ones in its answer, large ones by the bucket. */
let desk: DeskOnAws;
let staff: string;
let event: string;
beforeAll(async () => {
  desk = await openDesk(inject('endpoint'));
  staff = await firstStaff(desk);
  event = await anEvent(desk, staff);
  const token = await tokenOf(desk, 'participant', 'first@agency.example.gov');
  const profile = { name: 'Robin Marker', agency: 'Agency', timeZone: 'America/Denver' };
  await desk.ask('PUT', '/api/me', { token, json: profile });
  expect((await desk.ask('POST', `/api/events/${event}/registrations`, { token, json: {} })).status).toBe(201);
});
afterAll(async () => {
  await desk.stop();
});

const list = (headers: Record<string, string> = {}) =>
  desk.ask('GET', `/api/events/${event}/roster.csv?columns=name,title,agency,email`, { token: staff, headers });

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const lettersOf = (n: number): string =>
  Array.from(String(n).padStart(16, '0'), (digit) => LETTERS[Number(digit)]).join('');

/** So many more like the one who registered, with the longest names there are. */
async function fill(people: number): Promise<void> {
  const db = DynamoDBDocumentClient.from(desk.client);
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: desk.table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': `ROSTER#${event}`, ':sk': 'REG#' },
    }),
  );
  const [first] = z.array(z.looseObject({ profile: z.looseObject({}) })).parse(Items);
  const long = { name: 'n'.repeat(100), title: '"'.repeat(80), agency: 'a'.repeat(120) };
  const all = Array.from({ length: people }, (_, n) => {
    const person = `per_${lettersOf(n)}`;
    const email = `${'e'.repeat(60)}${n}@${'h'.repeat(60)}.example.gov`;
    return {
      ...first,
      sk: `REG#${person}`,
      gsi1pk: `PERSON#${person}`,
      person,
      email,
      profile: { ...first?.profile, ...long },
    };
  });
  for (let at = 0; at < all.length; at += 25)
    await db.send(
      new BatchWriteCommand({
        RequestItems: { [desk.table]: all.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
}

test('a list that fits comes in the answer', async () => {
  const answer = await list();
  expect(answer.status).toBe(200);
  expect(answer.text).toContain('Robin Marker');
  expect(desk.cloud.files).toEqual([]);
});

test('a list that Lambda could not answer with waits in the bucket, under an address that works for five minutes', async () => {
  await fill(6_000);
  const answer = await list();
  expect(answer.status).toBe(303);
  const address = new URL(answer.headers['location']?.[0] ?? '');
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    'X-Amz-Expires': '300',
    'X-Amz-Security-Token': 'token',
    'X-Amz-SignedHeaders': 'host',
  });
  const [file] = desk.cloud.files;
  expect(file?.url).toBe(address.pathname);
  expect(address.pathname).toMatch(/\/exports\/[a-z2-7]{20,}\/[A-Za-z-]*attendee-list-[\d-]+\.csv$/);
  expect(file?.type).toContain('text/csv');
  const lines = file?.body.split('\r\n') ?? [];
  expect(lines.filter((line) => line.includes('@'))).toHaveLength(6_001);
  expect(Buffer.byteLength(file?.body ?? '')).toBeGreaterThan(2_500_000);
});

test('a browser gets a page with the link, since a form may not lead to another site', async () => {
  const answer = await list({ Accept: 'text/html,application/xhtml+xml' });
  expect(answer.status).toBe(200);
  expect(answer.text).toContain('Your file is ready');
  expect(answer.text).toContain('X-Amz-Signature=');
  expect(desk.cloud.files).toHaveLength(2);
  expect(new Set(desk.cloud.files.map(({ url }) => url)).size).toBe(2);
});

test('whoever may not see the list leaves nothing in the bucket', async () => {
  const token = await tokenOf(desk, 'participant', 'first@agency.example.gov');
  const answer = await desk.ask('GET', `/api/events/${event}/roster.csv`, { token });
  expect([answer.status, desk.cloud.files.length]).toEqual([403, 2]);
});

test('whether an event is theirs to know of may hang on their host', async () => {
  const audience = { kind: 'hosts', hosts: ['law-enforcement'], others: 'review' };
  const checked = await anEvent(desk, staff, { audience });
  const token = await tokenOf(desk, 'participant', 'first@agency.example.gov');
  expect((await desk.ask('GET', `/api/events/${checked}/roster.csv`, { token })).status).toBe(403);
});

test('within the deployed policies, and the log names neither people nor the address', () => {
  expect(desk.cloud.denied).toEqual([]);
  expect(notDone('exports.test.ts', desk.cloud.done)).toEqual([]);
  for (const word of ['Marker', 'example.gov', 'X-Amz', 'exports/']) expect(desk.logs()).not.toContain(word);
});
