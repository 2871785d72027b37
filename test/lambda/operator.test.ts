import { DeleteCommand, DynamoDBDocumentClient, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { keys, type Key } from '../../functions/store/dynamo/keys.ts';
import { EventId, PersonId } from '../../functions/domain/ids.ts';
import { Owed } from '../../functions/domain/owed.ts';
import { instant } from '../../functions/domain/time.ts';
import { parkedItem } from '../../functions/store/dynamo/items.ts';
import { openDesk, type DeskOnAws } from './desk.ts';
import { tokenOf } from './tokens.ts';
import { notDone } from './unused.ts';

/** What operators do by hand, each within the policies that are deployed. */
let desk: DeskOnAws;
let staff = '';
beforeAll(async () => {
  desk = await openDesk(inject('endpoint'));
  await desk.call('operator', { task: 'seed' });
  await desk.call('operator', { task: 'make-staff', email: 'first@hq.dhs.gov' });
  staff = await tokenOf(desk, 'staff', 'first@hq.dhs.gov');
});
afterAll(async () => {
  await desk.stop();
});

const KeyOf = z.object({ pk: z.string(), sk: z.string() });

const inDays = (days: number, hours = 0) =>
  new Date(Date.now() + days * 86_400_000 + hours * 3_600_000).toISOString().replace(/\.\d+/, '');

/** An event with one seat taken and one person waiting. */
async function busyEvent(): Promise<EventId> {
  const programs = (await desk.ask('GET', '/api/programs')).json['items'] as { id: string; key: string }[];
  const made = await desk.ask('POST', '/api/events', {
    token: staff,
    json: {
      programId: programs.find(({ key }) => key === 'cp-webinar-public')?.id,
      title: 'Continued Presence',
      description: 'What it gives a person.',
      timeZone: 'America/New_York',
      sessions: [{ title: 'Session', startsAt: inDays(20), endsAt: inDays(20, 1), joinUrl: '', location: 'Online' }],
      capacity: 1,
      approval: 'automatic',
      opensAt: inDays(-1),
      closesAt: inDays(19),
      trainers: ['trainer@ccht.example.org'],
    },
  });
  const event = EventId.parse(made.json['id']);
  expect((await desk.ask('POST', `/api/events/${event}/publish`, { token: staff })).status).toBe(200);
  for (const name of ['ana', 'ben']) {
    const token = await tokenOf(desk, 'participant', `${name}@agency.example.gov`);
    const registered = await desk.ask('POST', `/api/events/${event}/registrations`, { token, json: {} });
    expect(registered.status, registered.text).toBe(201);
  }
  return event;
}

test('the first member of staff is made once; a second is refused with what to do instead', async () => {
  expect(await desk.call('operator', { task: 'make-staff', email: 'first@hq.dhs.gov' })).toEqual({
    done: 'make-staff',
  });
  await expect(desk.call('operator', { task: 'make-staff', email: 'second@hq.dhs.gov' })).rejects.toThrow(
    /made already\. Staff make others on the page People/,
  );
});

test('mail is held but for sign-in codes, and let go', async () => {
  const event = await busyEvent();
  expect(await desk.call('operator', { task: 'hold' })).toEqual({ done: 'hold' });
  await desk.ask('POST', '/api/sign-in', { json: { email: 'ana@agency.example.gov' } });
  await desk.stream();
  expect(desk.cloud.mails.map((mail) => /^Subject: .*$/m.exec(mail)?.[0])).toEqual([expect.stringContaining('code')]);
  const page = await desk.ask('GET', '/staff/messages', { token: staff });
  expect(page.text).toContain('All mail is held');
  expect(page.text).toContain('Let 2 messages go');
  await desk.cool('stream');
  // of one of them a message had been given up, too
  const documents = DynamoDBDocumentClient.from(desk.client);
  const token = await tokenOf(desk, 'participant', 'ana@agency.example.gov');
  const ana = PersonId.parse((await desk.ask('GET', '/api/me', { token })).json['id']);
  const { pk, begins } = keys.owedTo(event, ana);
  const { Items: [owed] = [] } = await documents.send(
    new QueryCommand({
      TableName: desk.table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :begins)',
      ExpressionAttributeValues: { ':pk': pk, ':begins': begins },
    }),
  );
  const parked = {
    owed: Owed.parse(owed),
    at: instant(Date.now()),
    how: 'given-up' as const,
    outcome: 'no such mailbox',
  };
  await documents.send(new PutCommand({ TableName: desk.table, Item: parkedItem(parked) }));
  // as if the table had been restored a moment ago: rosters wait for what processes remember
  const restored = { task: 'after-restore', restoredTo: new Date().toISOString(), since: inDays(-1) };
  expect(await desk.call('operator', restored)).toMatchObject({
    restore: { below: [], shard: null, raised: 0, finishedAt: null },
  });
  await documents.send(
    new UpdateCommand({
      TableName: desk.table,
      Key: { ...keys.setting('restore') },
      UpdateExpression: 'SET rostersFrom = startedAt',
    }),
  );
  // both are raised, and told how they stand in place of what they were owed
  expect(await desk.call('operator', restored)).toMatchObject({ restore: { raised: 2, settled: 3, told: 2 } });
  expect(desk.cloud.denied).toEqual([]);
  expect(await desk.call('operator', { task: 'release' })).toEqual({ done: 'release' });
  await desk.again();
  expect(desk.cloud.mails).toHaveLength(3);
});

test('the doctor mends what it knows to mend within its policy', async () => {
  const event = await busyEvent();
  const idle = await busyEvent();
  const documents = DynamoDBDocumentClient.from(desk.client);
  const remove = ({ pk, sk }: Key) => documents.send(new DeleteCommand({ TableName: desk.table, Key: { pk, sk } }));
  const set = ({ pk, sk }: Key, name: string, value: unknown) =>
    documents.send(
      new UpdateCommand({
        TableName: desk.table,
        Key: { pk, sk },
        UpdateExpression: 'SET #name = :value',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: { ':value': value },
      }),
    );
  const waiting = async (of: EventId): Promise<Key> => {
    const line = { TableName: desk.table, KeyConditionExpression: 'pk = :pk' };
    const { Items = [] } = await documents.send(
      new QueryCommand({ ...line, ExpressionAttributeValues: { ':pk': keys.line(of) } }),
    );
    return KeyOf.parse(Items[0]);
  };
  // one waits without a place, and a place is nobody's; of the other event the counter is gone, and a seat stands idle
  const place = await waiting(event);
  await remove(place);
  const nobodys = { ...place, sk: place.sk.replace(/per_\w+/, 'per_aaaabbbbccccdddd') };
  await documents.send(new PutCommand({ TableName: desk.table, Item: nobodys }));
  await set(await waiting(idle), 'entered', Date.now() - 600_000);
  const token = await tokenOf(desk, 'participant', 'ana@agency.example.gov');
  const ana = PersonId.parse((await desk.ask('GET', '/api/me', { token })).json['id']);
  await set(keys.registration(idle, ana), 'status', 'cancelled');
  await remove(keys.seats(idle));
  const { Attributes: seats } = await documents.send(
    new UpdateCommand({
      TableName: desk.table,
      Key: { ...keys.seats(event) },
      UpdateExpression: 'SET taken = :five, closesAt = :five',
      ExpressionAttributeValues: { ':five': 5 },
      ReturnValues: 'ALL_NEW',
    }),
  );
  expect(seats).toMatchObject({ sealed: true });
  const trainer = await tokenOf(desk, 'trainer', 'trainer@ccht.example.org');
  const me = (await desk.ask('GET', '/api/me', { token: trainer })).json['id'];
  await remove({ pk: keys.event(event).pk, sk: `TRAINER#${String(me)}` });
  const { mended, findings } = (await desk.call('doctor', { fix: true })) as Record<string, { kind: string }[]>;
  expect(mended?.map(({ kind }) => kind).toSorted()).toEqual([
    'count-off',
    'idle-seats',
    'no-counter',
    'no-place',
    'settings-differ',
    'stray-place',
    'trainer-not-listed',
  ]);
  expect(findings).toEqual([]);
  expect(desk.cloud.denied).toEqual([]);
});

test('and what the journey leaves to these was done', () => {
  expect(notDone('operator.test.ts', desk.cloud.done)).toEqual([]);
});
