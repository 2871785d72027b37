import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { anEvent } from './an-event.ts';
import { openDesk, type DeskOnAws } from './desk.ts';
import { lastTaken, queued, reportOn, type Report, type Taken } from './ses-events.ts';
import { firstStaff, tokenOf } from './tokens.ts';

/** What SES reports of messages, given to the built function as its queue gives it. */
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

interface Person {
  readonly event: string;
  readonly email: string;
  readonly token: string;
  readonly registration: string;
  readonly mail: Taken;
}
let people = 0;
/** Somebody with a seat, whose confirmation SES took. */
async function somebody(at = event): Promise<Person> {
  const email = `person-${(people += 1)}@agency.example.gov`;
  const token = await tokenOf(desk, 'participant', email);
  const profile = { name: `Robin Marker ${people}`, agency: 'Agency', timeZone: 'America/Denver' };
  expect((await desk.ask('PUT', '/api/me', { token, json: profile })).status).toBe(200);
  const registered = await desk.ask('POST', `/api/events/${at}/registrations`, { token, json: {} });
  await desk.stream();
  return { event: at, email, token, registration: String(registered.json['id']), mail: lastTaken(desk.cloud) };
}

async function signInByCode(email: string): Promise<string> {
  const asked = await desk.ask('POST', '/api/sign-in', { json: { email } });
  await desk.stream();
  const code = /^Subject: .*?(\d{3} ?\d{3})/m.exec(desk.cloud.mails.at(-1) ?? '')?.[1];
  const { challenge } = asked.json;
  const verified = await desk.ask('POST', '/api/sign-in/verify', { json: { email, code, challenge } });
  expect(verified.status, verified.text).toBe(200);
  return String(verified.json['token']);
}

const reports = (...bodies: string[]) => desk.call('bounces', queued(...bodies));
const report = (on: Taken, what: Report) => reports(reportOn(on, what));
const page = async (address: string, token: string) => (await desk.ask('GET', address, { token })).text;
const NONE_FAILED = { batchItemFailures: [] };

test('an address that takes no mail is marked: its person, the roster and the page of both say so', async () => {
  const who = await somebody();
  expect(who.mail.to).toBe(who.email);
  expect(await page(`/registrations/${who.registration}`, who.token)).not.toContain('does not reach you');
  expect(await report(who.mail, { eventType: 'Bounce', why: 'smtp; 550 5.1.1 user unknown' })).toEqual(NONE_FAILED);
  expect(await page(`/registrations/${who.registration}`, who.token)).toContain('Our email does not reach you');
  expect(await page(`/staff/events/${event}/roster`, staff)).toContain('Mail came back');
  expect(await page(`/staff/registrations/${who.registration}`, staff)).toContain('550 5.1.1 user unknown');
});

test('what another server did not take in time is of that message alone', async () => {
  const who = await somebody();
  await report(who.mail, { eventType: 'Bounce', bounceType: 'Transient', why: 'smtp; 452 mailbox full' });
  const seen = await page(`/registrations/${who.registration}`, who.token);
  expect(seen).toContain('One of our emails did not reach you');
  expect(seen).not.toContain('Our email does not reach you');
});

test('reports that come twice, late and in another order end in the same', async () => {
  const who = await somebody();
  const bounce = reportOn(who.mail, { eventType: 'Bounce', at: '2026-11-01T10:00:00.000Z', why: 'the older' });
  const complaint = reportOn(who.mail, { eventType: 'Complaint', at: '2026-11-01T11:00:00.000Z' });
  for (const body of [complaint, bounce, complaint, bounce]) expect(await reports(body)).toEqual(NONE_FAILED);
  const seen = await page(`/staff/registrations/${who.registration}`, staff);
  expect(seen).toContain('It was marked as spam');
  expect(seen).not.toContain('the older');
});

test('whoever signs in with a mailed code gets mail again, and is no longer marked', async () => {
  const who = await somebody();
  await report(who.mail, { eventType: 'Bounce' });
  const again = await signInByCode(who.email);
  expect(await page(`/registrations/${who.registration}`, again)).not.toContain('Our email does not reach you');
});

test('a record that is no report fails alone, and what is not ours is counted and dropped', async () => {
  const who = await somebody();
  const foreign = {
    to: 'stranger@elsewhere.example.com',
    tags: [{ Name: 'event', Value: 'evt_aaaaaaaaaaaaaaaa' }],
  };
  const answer = await reports(
    '{"eventType":"Bounce"}',
    reportOn(foreign, { eventType: 'Bounce' }),
    'not JSON at all',
    reportOn(who.mail, { eventType: 'Reject' }),
    'Successfully validated SNS topic for Amazon SES event publishing.',
    reportOn(who.mail, { eventType: 'Delivery' }),
  );
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }, { itemIdentifier: 'message-2' }] });
  expect(await page(`/staff/registrations/${who.registration}`, staff)).toContain('would not send it: Bad content');
  const counted = desk.logs().match(/"Outcome":"unknown","MailReturned":(\d+)/);
  expect(counted?.[1]).toBe('1');
});

test('of several reports only the one that the table does not take comes again', async () => {
  const [here, there] = [await somebody(), await somebody(await anEvent(desk, staff))];
  const bodies = [here, there, here].map(({ mail }) => reportOn(mail, { eventType: 'Bounce' }));
  desk.cloud.fails = `ROSTER#${there.event}`;
  expect(await reports(...bodies)).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
  desk.cloud.fails = null;
  expect(await page(`/registrations/${here.registration}`, here.token)).toContain('Our email does not reach you');
  expect(await page(`/registrations/${there.registration}`, there.token)).not.toContain('does not reach you');
  expect(await reports(...bodies.slice(1, 2))).toEqual(NONE_FAILED);
  expect(await page(`/registrations/${there.registration}`, there.token)).toContain('Our email does not reach you');
});

test('what the table does not take, and what time does not allow, comes again', async () => {
  const who = await somebody();
  const body = reportOn(who.mail, { eventType: 'Bounce' });
  desk.cloud.fails = `ROSTER#${event}`;
  expect(await reports(body)).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
  desk.cloud.fails = null;
  expect(await desk.call('bounces', queued(body), 9_000)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'message-0' }],
  });
  expect(await page(`/registrations/${who.registration}`, who.token)).not.toContain('does not reach you');
  expect(await reports(body)).toEqual(NONE_FAILED);
  expect(await page(`/registrations/${who.registration}`, who.token)).toContain('Our email does not reach you');
});

test('staff find what came back, by page, with its person and reason; what is late marks nobody', async () => {
  const late = await somebody();
  await report(late.mail, { eventType: 'DeliveryDelay', why: 'smtp; 452 mailbox is full for now' });
  expect(await page(`/registrations/${late.registration}`, late.token)).not.toContain('did not reach you');
  const old = await somebody();
  await report(old.mail, { eventType: 'Bounce', at: new Date(Date.now() - 31 * 86_400_000).toISOString() });
  const first = await page('/staff/messages', staff);
  expect(first).toContain('Late: the other server does not take it yet');
  expect(first).toContain('452 mailbox is full for now');
  expect(first).toContain(`href="/staff/registrations/${late.registration}"`);
  expect(first).not.toContain(old.email);
  const seen = new Set<string>();
  for (let n = 0; n < 26; n += 1) {
    const who = {
      to: late.email,
      tags: late.mail.tags.map((tag) => (tag.Name === 'part' ? { ...tag, Value: `part-${n}` } : tag)),
    };
    await report(who, { eventType: 'Bounce', bounceType: 'Transient', why: `reason ${n}.` });
  }
  let next: string | undefined = '/staff/messages';
  for (let pages = 0; next && pages < 5; pages += 1) {
    const text: string = await page(next, staff);
    for (const [, n = ''] of text.matchAll(/reason (\d+)\./g)) seen.add(n);
    next = /href="(\/staff\/messages\?cursor=[^"#]+)/.exec(text)?.[1];
  }
  expect(seen.size).toBe(26);
  expect((await desk.ask('GET', '/staff/messages?cursor=made.up', { token: staff })).status).toBe(422);
});

test('within the deployed policies, and the log names nobody', () => {
  expect(desk.cloud.denied).toEqual([]);
  expect([...desk.cloud.done].filter((act) => act.startsWith('bounces dynamodb')).toSorted()).toEqual([
    'bounces dynamodb:GetItem table ROSTER',
    'bounces dynamodb:PutItem table ROSTER',
    'bounces dynamodb:UpdateItem table EMAIL',
  ]);
  for (const name of ['agency.example.gov', 'stranger', 'Marker', 'user unknown'])
    expect(desk.logs()).not.toContain(name);
});
