import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { replyCalendar, replyMail } from '../fixtures/replies.ts';
import { anEvent } from './an-event.ts';
import { openDesk, type DeskOnAws } from './desk.ts';
import { notificationOf, queued, received } from './ses-events.ts';
import { tokenOf } from './tokens.ts';

/** Answers of calendars, as SES receives them, given to the built function. */
let desk: DeskOnAws;
let staff: string;
let event: string;
beforeAll(async () => {
  desk = await openDesk(inject('endpoint'));
  await desk.call('operator', { task: 'seed' });
  await desk.call('operator', { task: 'make-staff', email: 'staff@hq.dhs.gov' });
  staff = await tokenOf(desk, 'staff', 'staff@hq.dhs.gov');
  event = await anEvent(desk, staff);
});
afterAll(async () => {
  await desk.stop();
});

const NONE_FAILED = { batchItemFailures: [] };

let people = 0;
async function somebody() {
  const email = `person-${(people += 1)}@agency.example.gov`;
  const token = await tokenOf(desk, 'participant', email);
  const profile = { name: `Robin Marker ${people}`, agency: 'Agency', timeZone: 'America/Denver' };
  expect((await desk.ask('PUT', '/api/me', { token, json: profile })).status).toBe(200);
  const registered = await desk.ask('POST', `/api/events/${event}/registrations`, { token, json: {} });
  await desk.stream();
  const mail = await simpleParser(desk.cloud.mails.at(-1) ?? '');
  const invitation = mail.attachments[0]?.content.toString().replaceAll('\r\n ', '') ?? '';
  const uid = /^UID:(.*)$/m.exec(invitation)?.[1]?.trim() ?? '';
  return { email, token, registration: String(registered.json['id']), uid };
}

const receive = (mail: string | Uint8Array, virus: 'PASS' | 'FAIL' = 'PASS'): string =>
  received(desk.cloud, mail, virus);
const give = (...bodies: string[]) => desk.call('replies', queued(...bodies));
const page = async (address: string, token: string) => (await desk.ask('GET', address, { token })).text;

test('who declines keeps the seat, and their page, the roster and the page of staff say so', async () => {
  const who = await somebody();
  const body = receive(replyMail(replyCalendar({ uid: who.uid, attendee: who.email })));
  expect(await give(body)).toEqual(NONE_FAILED);
  const own = await page(`/registrations/${who.registration}`, who.token);
  expect(own).toContain('You declined in your calendar.');
  expect(own).toContain('You have a seat');
  expect(own).toContain(`/registrations/${who.registration}/give-back`);
  expect(await page(`/staff/events/${event}/roster`, staff)).toContain('declined in their calendar');
  expect(await page(`/staff/registrations/${who.registration}`, staff)).toContain('Declined, which gives no seat back');
  // nothing is owed, so nothing is answered
  expect((await desk.stream()).records).toBe(0);
});

test('the latest answer counts, whatever order they come in and how often', async () => {
  const who = await somebody();
  const said = (partstat: string, stamp: string) =>
    receive(replyMail(replyCalendar({ uid: who.uid, attendee: who.email, partstat, stamp })));
  const no = said('DECLINED', '20251125T120000Z');
  const yes = said('ACCEPTED', '20251125T130000Z');
  for (const bodies of [[yes], [no], [no, yes], [no]]) expect(await give(...bodies)).toEqual(NONE_FAILED);
  expect(await page(`/registrations/${who.registration}`, who.token)).not.toContain('You declined');
  expect(await page(`/staff/registrations/${who.registration}`, staff)).toContain('Accepted');
});

test('no answer has effect whose UID is not ours, was passed on, or is of a seat that was given back', async () => {
  const who = await somebody();
  const forged = who.uid.replace(
    /-([a-z2-7]{26})@/,
    (_, proof: string) => `-${Array.from(proof).toReversed().join('')}@`,
  );
  const reply = (uid: string, attendee = who.email) => receive(replyMail(replyCalendar({ uid, attendee })));
  expect(await give(reply(forged), reply('some-other@calendar'), reply(who.uid, 'friend@x.example'))).toEqual(
    NONE_FAILED,
  );
  expect(await page(`/registrations/${who.registration}`, who.token)).not.toContain('You declined');
  await desk.ask('POST', `/api/registrations/${who.registration}/cancel`, { token: who.token });
  expect(await give(reply(who.uid))).toEqual(NONE_FAILED);
  for (const outcome of ['unknown","CalendarAnswers":2', 'stranger","CalendarAnswers":1', 'over","CalendarAnswers":1'])
    expect(desk.logs()).toContain(`"Outcome":"${outcome}`);
});

test('other mail ends without effect; what cannot be read comes again, alone', async () => {
  const who = await somebody();
  const reply = replyMail(replyCalendar({ uid: who.uid, attendee: who.email }));
  const answer = await give(
    receive('Subject: Hello\r\n\r\nMay I come later?\r\n'),
    receive(Buffer.concat([Buffer.from(reply), Buffer.alloc(30 * 1024 * 1024, 'x')])),
    receive(reply, 'FAIL'),
    notificationOf('mail/that-is-gone'),
    notificationOf('mail/AMAZON_SES_SETUP_NOTIFICATION'),
    '{"notificationType":"Bounce"}',
  );
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-3' }, { itemIdentifier: 'message-5' }] });
  expect(await page(`/registrations/${who.registration}`, who.token)).not.toContain('You declined');
  expect(await desk.call('replies', queued(receive(reply)), 9_000)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'message-0' }],
  });
});

test('within the deployed policies, and the log names nobody', () => {
  expect(desk.cloud.denied).toEqual([]);
  const acts = [...desk.cloud.done].filter((act) => act.startsWith('replies dynamodb')).toSorted();
  expect(acts).toEqual(['replies dynamodb:GetItem table ROSTER', 'replies dynamodb:PutItem table ROSTER']);
  for (const name of ['agency.example.gov', 'Marker', 'elsewhere', 'UID']) expect(desk.logs()).not.toContain(name);
});
