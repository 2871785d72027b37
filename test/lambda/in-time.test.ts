import { DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { keys } from '../../functions/store/dynamo/keys.ts';
import { anEvent } from './an-event.ts';
import { openDesk, type DeskOnAws } from './desk.ts';
import { scheduledEvent } from './schedule.ts';
import { firstStaff, tokenOf } from './tokens.ts';

/** What schedules start, with the event that they send, when the function's time is nearly up. */
let desk: DeskOnAws;
let staff: string;
beforeAll(async () => {
  desk = await openDesk(inject('endpoint'));
  staff = await firstStaff(desk);
});
afterAll(async () => {
  await desk.stop();
});
beforeEach(() => {
  desk.cloud.mails.length = 0;
  desk.cloud.mailAnswers = 'sent';
});

/** Less than what the last thing begun may take. */
const NEARLY_UP_MS = 9_000;

test('a schedule without an input of its own sends the event that EventBridge Scheduler makes', () => {
  for (const name of ['deliver', 'sweep', 'doctor'] as const)
    expect(scheduledEvent(name), name).toMatchObject({
      source: 'aws.scheduler',
      resources: [expect.stringMatching(new RegExp(`/production-training-desk-${name}$`))],
      detail: '{}',
    });
});

test('the sender sends nothing, and at its next run what it left', async () => {
  expect((await desk.ask('POST', '/api/sign-in', { json: { email: 'ana@example.gov' } })).status).toBe(202);
  desk.cloud.mailAnswers = 'throttled';
  await desk.stream();
  desk.cloud.mailAnswers = 'sent';
  await makeDue();
  await desk.call('deliver', undefined, NEARLY_UP_MS);
  expect(desk.cloud.mails).toEqual([]);
  await desk.call('deliver');
  expect(desk.cloud.mails).toHaveLength(1);
});

/** As if the wait for another try were over. */
async function makeDue(): Promise<void> {
  const documents = DynamoDBDocumentClient.from(desk.client);
  const pk = keys.outbox('codes');
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: desk.table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
    }),
  );
  expect(Items).toHaveLength(1);
  for (const { sk } of Items)
    await documents.send(
      new UpdateCommand({
        TableName: desk.table,
        Key: { pk, sk },
        UpdateExpression: 'SET dueAt = :past',
        ExpressionAttributeValues: { ':past': Date.now() - 1_000 },
      }),
    );
}

test('the sweep carries nothing on, and at its next run tells everybody, once', async () => {
  const event = await anEvent(desk, staff);
  for (const name of ['ana', 'ben']) {
    const token = await tokenOf(desk, 'participant', `${name}@agency.example.gov`);
    expect((await desk.ask('POST', `/api/events/${event}/registrations`, { token, json: {} })).status).toBe(201);
  }
  await desk.stream();
  desk.cloud.mails.length = 0;
  const cancelled = await desk.ask('POST', `/api/events/${event}/cancel`, { token: staff, json: { reason: 'Ill' } });
  expect(cancelled.status, cancelled.text).toBe(200);
  await desk.call('sweep', undefined, NEARLY_UP_MS);
  expect(await desk.stream()).toMatchObject({ records: 0 });
  expect(desk.logs()).toContain('"WaitingBesideSeat":0');
  await desk.call('sweep');
  await desk.stream();
  expect(desk.cloud.mails).toHaveLength(2);
  await desk.call('sweep');
  expect(await desk.stream()).toMatchObject({ records: 0 });
});

test('the doctor looks at no event it could not look at whole, says so, and at its next run looks at all', async () => {
  await anEvent(desk, staff);
  expect(await desk.call('doctor', undefined, 59_000)).toMatchObject({
    events: 0,
    findings: [{ kind: 'not-all-seen' }],
  });
  expect(await desk.call('doctor', { fix: true }, 59_000)).toMatchObject({
    mended: [],
    findings: [{ kind: 'not-all-seen' }],
  });
  const whole = await desk.call('doctor');
  expect(whole).toMatchObject({ findings: [] });
  expect(whole).not.toMatchObject({ events: 0 });
});

test('within the deployed policies', () => {
  expect(desk.cloud.denied).toEqual([]);
});
