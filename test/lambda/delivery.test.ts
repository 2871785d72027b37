import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { openDesk, type DeskOnAws } from './desk.ts';

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

test('a setting that is missing stops a function at its start, by name and with where to set it', async () => {
  await expect(desk.start('api', { ORIGIN: 'http://training-desk.example.gov' })).rejects.toThrow(
    /ORIGIN is malformed.*`domain` of the stage in stacks\/stages\.ts/,
  );
  await expect(desk.start('stream', { MAIL_CONFIGURATION_SET: '' })).rejects.toThrow(
    /MAIL_CONFIGURATION_SET is malformed/,
  );
  await expect(desk.start('sweep', { TABLE_NAME: undefined })).rejects.toThrow(
    /TABLE_NAME is missing.*stacks\/table\.ts/,
  );
});

test('with a relay a sender starts without SES, and not with a port that is none', async () => {
  const relay = { MAIL_CONFIGURATION_SET: undefined, MAIL_RELAY_HOST: 'relay.example.gov', MAIL_RELAY_PORT: '587' };
  await desk.start('deliver', relay);
  await expect(desk.start('deliver', { ...relay, MAIL_RELAY_PORT: 'smtp' })).rejects.toThrow(
    /MAIL_RELAY_PORT is malformed.*`mail.relay`/,
  );
});
