import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { anEvent } from './an-event.ts';
import { openDesk, type DeskOnAws } from './desk.ts';
import { tokenOf } from './tokens.ts';

/** What the senders do when something goes wrong: each step is a call of a built bundle. */
let desk: DeskOnAws;
beforeAll(async () => {
  desk = await openDesk(inject('endpoint'));
});
afterAll(async () => {
  await desk.stop();
});
beforeEach(() => {
  desk.cloud.mails.length = 0;
  desk.cloud.fails = null;
  desk.cloud.mailAnswers = 'sent';
});

const STAFF = 'staff@hq.dhs.gov';
let asked = 0;
const askForCode = async () => {
  const email = `person-${(asked += 1)}@example.gov`;
  expect((await desk.ask('POST', '/api/sign-in', { json: { email } })).status).toBe(202);
};

test('a shard that cannot be read is reported record by record, so that Lambda brings it again', async () => {
  await askForCode();
  desk.cloud.fails = 'OUT#codes';
  const first = await desk.stream();
  expect(first.failed).toEqual(first.sequences);
  expect(desk.cloud.mails).toEqual([]);
  desk.cloud.fails = null;
  expect(await desk.again()).toMatchObject({ failed: [] });
  expect(desk.cloud.mails).toHaveLength(1);
});

test('of a batch only the shard that failed is reported; Lambda goes on from there, in halves, and each message goes out once', async () => {
  await Promise.all([
    desk.call('operator', { task: 'seed' }),
    desk.call('operator', { task: 'make-staff', email: STAFF }),
  ]);
  const event = await anEvent(desk, await tokenOf(desk, 'staff', STAFF));
  await desk.stream();
  desk.cloud.mails.length = 0;
  await askForCode();
  const token = await tokenOf(desk, 'participant', 'ana@agency.example.gov');
  const registered = await desk.ask('POST', `/api/events/${event}/registrations`, { token, json: {} });
  expect(registered.status, registered.text).toBe(201);
  await askForCode();
  desk.cloud.fails = 'OUT#codes';
  const first = await desk.stream();
  const [code = '', confirmation = '', otherCode = ''] = first.sequences;
  expect(first).toMatchObject({ records: 3, failed: [code, otherCode] });
  expect(desk.cloud.mails).toHaveLength(1);
  desk.cloud.fails = null;
  // from the lowest that failed on, in two halves (BisectBatchOnFunctionError)
  expect(await desk.again([code, confirmation])).toMatchObject({ failed: [] });
  expect(await desk.again([otherCode])).toMatchObject({ failed: [] });
  const to = desk.cloud.mails.map((mail) => /^To: (.*)$/m.exec(mail)?.[1]);
  expect(new Set(to).size).toBe(3);
  expect(to).toHaveLength(3);
});

test('records that come twice send once', async () => {
  await askForCode();
  expect((await desk.stream()).failed).toEqual([]);
  expect((await desk.again()).failed).toEqual([]);
  expect(desk.cloud.mails).toHaveLength(1);
});

test('near the end of its time a sender begins nothing, and what it left is sent next time', async () => {
  await askForCode();
  expect(await desk.stream(9_000)).toMatchObject({ records: 1, failed: [] });
  expect(desk.cloud.mails).toEqual([]);
  expect((await desk.again()).failed).toEqual([]);
  expect(desk.cloud.mails).toHaveLength(1);
});

test('what is fresh is left to the stream: the schedule sends nothing that is younger than two minutes', async () => {
  await askForCode();
  await desk.call('deliver');
  expect(desk.cloud.mails).toEqual([]);
  await desk.stream();
  expect(desk.cloud.mails).toHaveLength(1);
});

test('while SES slows us down a message waits, and nothing is reported that another try of the batch would mend', async () => {
  await askForCode();
  desk.cloud.mailAnswers = 'throttled';
  expect((await desk.stream()).failed).toEqual([]);
  await desk.call('deliver');
  expect(desk.logs().includes('"OutboxLength":1')).toBe(true);
});

test('a schedule that fails says so to Lambda, after it measured what it could', async () => {
  desk.cloud.fails = 'OUT#07';
  await expect(desk.call('deliver')).rejects.toThrow();
  desk.cloud.fails = null;
});
