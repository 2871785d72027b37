import { simpleParser } from 'mailparser';
import { z } from 'zod';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { replyCalendar, replyMail } from '../fixtures/replies.ts';
import { anEvent } from './an-event.ts';
import { openDesk, type DeskOnAws } from './desk.ts';
import { notificationOf, queued, received } from './ses-events.ts';
import { firstStaff, tokenOf } from './tokens.ts';
import { notDone } from './unused.ts';

/** Answers of calendars, as SES receives them, given to the built function. */
let desk: DeskOnAws;
let staff: string;
let event: string;
beforeAll(async () => {
  desk = await openDesk(inject('endpoint'));
  staff = await firstStaff(desk);
  event = await anEvent(desk, staff);
});
afterAll(async () => {
  await desk.stop();
});

const NONE_FAILED = { batchItemFailures: [] };

/** A moment from now, as a calendar writes it. */
const inSeconds = (seconds: number): string =>
  new Date(Date.now() + seconds * 1_000).toISOString().replace(/[-:]|\.\d+/g, '');

/** What a message does to the calendar entry of a UID. */
async function sequenceOf(raw: string | undefined, uid: string): Promise<[method: string, sequence: number]> {
  const { attachments } = await simpleParser(raw ?? '');
  const calendar = attachments[0]?.content.toString().replaceAll('\r\n ', '') ?? '';
  expect(calendar).toContain(`UID:${uid}`);
  return [/^METHOD:(\w+)/m.exec(calendar)?.[1] ?? '', Number(/^SEQUENCE:(\d+)/m.exec(calendar)?.[1])];
}

const inDays = (days: number) => inSeconds(days * 86_400).replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5');

const uidIn = async (raw: string | undefined): Promise<string> => {
  const { attachments } = await simpleParser(raw ?? '');
  const calendar = attachments[0]?.content.toString().replaceAll('\r\n ', '') ?? '';
  return /^UID:(.*)$/m.exec(calendar)?.[1]?.trim() ?? '';
};

let people = 0;
async function somebody() {
  const email = `person-${(people += 1)}@agency.example.gov`;
  const token = await tokenOf(desk, 'participant', email);
  const profile = { name: `Robin Marker ${people}`, agency: 'Agency', timeZone: 'America/Denver' };
  expect((await desk.ask('PUT', '/api/me', { token, json: profile })).status).toBe(200);
  const registered = await desk.ask('POST', `/api/events/${event}/registrations`, { token, json: {} });
  await desk.stream();
  const uid = await uidIn(desk.cloud.mails.at(-1));
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
  const mailed = desk.cloud.mails.length;
  await desk.stream();
  const mail = await simpleParser(desk.cloud.mails.at(-1) ?? '');
  expect([desk.cloud.mails.length - mailed, mail.to]).toMatchObject([1, { text: who.email }]);
  expect(mail.subject).toContain('You still have your seat');
  expect(mail.text).toContain(`/registrations/${who.registration}/give-back`);
  expect(mail.attachments).toEqual([]);
  // the same once more, and another no within the day: kept, and nobody is written to again
  const no = receive(replyMail(replyCalendar({ uid: who.uid, attendee: who.email, stamp: inSeconds(-1) })));
  expect(await give(body, no)).toEqual(NONE_FAILED);
  expect((await desk.stream()).records).toBe(0);
});

test('a machine’s answer is kept, and nobody is written to because of it', async () => {
  for (const header of ['Auto-Submitted: auto-replied', 'Precedence: bulk']) {
    const who = await somebody();
    expect(await give(receive(replyMail(replyCalendar({ uid: who.uid, attendee: who.email }), [header])))).toEqual(
      NONE_FAILED,
    );
    expect(await page(`/registrations/${who.registration}`, who.token)).toContain('You declined in your calendar.');
    expect((await desk.stream()).records, header).toBe(0);
  }
});

test('an answer to what was canceled is called back again, above every SEQUENCE, once a day', async () => {
  const who = await somebody();
  const reply = (stamp: string) =>
    receive(replyMail(replyCalendar({ uid: who.uid, attendee: who.email, partstat: 'ACCEPTED', stamp })));
  await desk.ask('POST', `/api/registrations/${who.registration}/cancel`, { token: who.token });
  // the end itself is on its way
  expect(await give(reply(inSeconds(-90)))).toEqual(NONE_FAILED);
  await desk.stream();
  expect(await sequenceOf(desk.cloud.mails.at(-1), who.uid)).toEqual(['CANCEL', 1]);
  const first = reply(inSeconds(-60));
  expect(await give(first, first)).toEqual(NONE_FAILED);
  await desk.stream();
  expect(await sequenceOf(desk.cloud.mails.at(-1), who.uid)).toEqual(['CANCEL', 2]);
  expect((await simpleParser(desk.cloud.mails.at(-1) ?? '')).subject).toContain('No seat any more');
  expect(await give(reply(inSeconds(-30)), first)).toEqual(NONE_FAILED);
  expect((await desk.stream()).records).toBe(0);
  expect(await page(`/staff/registrations/${who.registration}`, staff)).toContain('Called back again');
});

test('a session that was taken out of a course is called back again, and the rest of it stands', async () => {
  const session = (title: string, days: number) => ({
    title,
    startsAt: inDays(days),
    endsAt: inDays(days + 0.05),
    joinUrl: 'https://meet.example.gov/1',
    location: 'Online',
  });
  const course = await anEvent(desk, staff, { sessions: [session('One', 20), session('Two', 21)] });
  const token = await tokenOf(desk, 'participant', 'course@agency.example.gov');
  await desk.ask('POST', `/api/events/${course}/registrations`, { token, json: {} });
  await desk.stream();
  const seen = await desk.ask('GET', `/api/events/${course}`, { token: staff });
  const { sessions } = z.object({ sessions: z.array(z.looseObject({ id: z.string() })) }).parse(seen.json);
  const uids = await Promise.all(desk.cloud.mails.slice(-2).map(uidIn));
  const second = uids.find((uid) => uid.includes(sessions[1]?.id ?? 'none')) ?? '';
  const edit = { token: staff, headers: { 'If-Match': seen.headers['etag']?.[0] ?? '' } };
  const shorter = await desk.ask('PATCH', `/api/events/${course}`, {
    ...edit,
    json: { sessions: [{ ...session('One', 20), id: sessions[0]?.id }] },
  });
  expect(shorter.status, shorter.text).toBe(200);
  await desk.call('sweep');
  await desk.stream();
  const before = desk.cloud.mails.length;
  const reply = replyCalendar({ uid: second, attendee: 'course@agency.example.gov', stamp: inSeconds(-60) });
  expect(await give(receive(replyMail(reply)))).toEqual(NONE_FAILED);
  await desk.stream();
  expect(desk.cloud.mails).toHaveLength(before + 1);
  const [method, sequence] = await sequenceOf(desk.cloud.mails.at(-1), second);
  expect([method, sequence > 1]).toEqual(['CANCEL', true]);
  const mine = await desk.ask('GET', '/api/me/registrations', { token });
  const { id } = z.object({ items: z.array(z.object({ id: z.string() })).length(1) }).parse(mine.json).items[0] ?? {};
  expect(await page(`/registrations/${id}`, token)).not.toContain('You declined');
});

test('a UID of an attempt that ended is dead: it is called back again while the next one stands', async () => {
  const who = await somebody();
  await desk.ask('POST', `/api/registrations/${who.registration}/cancel`, { token: who.token });
  await desk.stream();
  const again = { token: who.token, json: { attempt: 2 } };
  expect((await desk.ask('POST', `/api/events/${event}/registrations`, again)).json['status']).toBe('confirmed');
  await desk.stream();
  const reply = replyCalendar({ uid: who.uid, attendee: who.email, partstat: 'TENTATIVE', stamp: inSeconds(-60) });
  expect(await give(receive(replyMail(reply)))).toEqual(NONE_FAILED);
  await desk.stream();
  expect((await sequenceOf(desk.cloud.mails.at(-1), who.uid))[0]).toBe('CANCEL');
  const mine = await desk.ask('GET', '/api/me/registrations', { token: who.token });
  expect(mine.json['items']).toMatchObject([{ status: 'confirmed' }]);
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
  expect(acts).toEqual([
    'replies dynamodb:GetItem table EVENT',
    'replies dynamodb:GetItem table ROSTER',
    'replies dynamodb:PutItem table AUDIT',
    'replies dynamodb:PutItem table OUT',
    'replies dynamodb:PutItem table ROSTER',
    'replies dynamodb:Query table MAIL',
    'replies dynamodb:Query table OUT',
  ]);
  expect(notDone('replies.test.ts', desk.cloud.done)).toEqual([]);
  for (const name of ['agency.example.gov', 'Marker', 'elsewhere', 'UID']) expect(desk.logs()).not.toContain(name);
});
