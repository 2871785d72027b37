import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { openSite } from '../fixtures/app.ts';
import { replyCalendar, replyMail } from '../fixtures/replies.ts';
import { startTlsProvider, type TlsProvider } from '../fixtures/tls-provider.ts';
import { anEvent } from './an-event.ts';
import { browserOf, cookiesOf, eventByForms, participantByPages, registerByPages, seatsByForm } from './by-pages.ts';
import { OTHER_SECRET } from './cloud.ts';
import { openDesk, type Answer, type DeskOnAws } from './desk.ts';
import { lastTaken, queued, received, reportOn } from './ses-events.ts';
import { environmentOf } from './template.ts';
import { tokenOf } from './tokens.ts';
import { stale, unused } from './unused.ts';

/** The main job through the entry points of Lambda alone: each step is one call of a built bundle. */
let desk: DeskOnAws;
let provider: TlsProvider;
const tokens = { staff: '', participant: '', trainer: '' };
const found = { event: '', registration: '', uid: '' };
const PERSON = 'pat.quill@sheriff.example.gov';

beforeAll(async () => {
  const { OIDC_CLIENT_ID = '', ORIGIN = '' } = environmentOf('auth');
  provider = await startTlsProvider({ clientId: OIDC_CLIENT_ID, clientSecret: OTHER_SECRET, site: ORIGIN });
  desk = await openDesk(inject('endpoint'), {
    OIDC_ISSUER: provider.issuer,
    OIDC_PROMPT: '',
    NODE_EXTRA_CA_CERTS: provider.certificate,
  });
});
afterAll(async () => {
  await Promise.all([desk.stop(), provider.stop()]);
});

const inDays = (days: number, hours = 0) =>
  new Date(Date.now() + days * 86_400_000 + hours * 3_600_000).toISOString().replace(/\.\d+/, '');
/** The first member of staff, who has an account of the provider. */
const AMARA = 'amara.lindqvist@ccht.example';
const lastMail = async () => simpleParser(desk.cloud.mails.at(-1) ?? '');
/** The last message to an address: messages to several people go out in any order. */
const lastMailTo = async (address: string) =>
  simpleParser(desk.cloud.mails.findLast((mail) => /^To: .*$/m.exec(mail)?.[0].includes(address)) ?? '');

test('the operator brings programs and hosts, and makes somebody staff', async () => {
  expect(await desk.call('operator', { task: 'seed' })).toEqual({ done: 'seed' });
  expect(await desk.call('operator', { task: 'make-staff', email: AMARA })).toEqual({
    done: 'make-staff',
  });
  await expect(desk.call('operator', { task: 'drop everything' })).rejects.toThrow('task');
  tokens.staff = await tokenOf(desk, 'staff', AMARA);
  tokens.trainer = await tokenOf(desk, 'trainer', 'trainer@ccht.example.org');
});

const signIn = async (account: string, returned = (url: URL) => url): Promise<Answer> => {
  const started = await desk.ask('GET', '/auth/start?return=');
  expect(started.status, started.text).toBe(303);
  const back = returned(await provider.choose(started.headers['location']?.[0] ?? '', account));
  return desk.ask('GET', `${back.pathname}${back.search}`, { headers: { Cookie: cookiesOf(started) } });
};

test('staff and trainers sign in with a DHS account, by the function that knows the provider', async () => {
  const trainer = await signIn('ruth');
  const back = await signIn('amara');
  expect([back.status, back.headers['location']]).toEqual([303, ['/staff']]);
  const page = await desk.ask('GET', '/staff', { headers: { Cookie: cookiesOf(back) } });
  expect([page.status, page.text.includes('Amara')]).toEqual([200, false]);
  const theirs = await desk.ask('GET', '/staff', { headers: { Cookie: cookiesOf(trainer) } });
  expect(theirs.status).toBe(403);
});

test('the desk by forms, and a participant by pages: made, published, applied for, approved, more seats', async () => {
  const staff = browserOf(desk, cookiesOf(await signIn('amara')));
  const programs = (await desk.ask('GET', '/api/programs')).json['items'] as { id: string; key: string }[];
  const made = await eventByForms(staff, programs.find(({ key }) => key === 'cp-webinar-public')?.id ?? '');
  const person = await participantByPages(desk, 'forms@example.gov');
  const registration = await registerByPages(person, made.id, 'Dana Whitfield');
  await desk.stream();
  const waiting = await staff.open(`/staff/events/${made.id}/review`);
  expect(waiting.text).toContain(registration);
  await desk.cool('desk');
  const approved = await staff.post(`/staff/events/${made.id}/review`, { do: 'approve', registration });
  expect(approved.status, approved.text).toBe(303);
  await desk.stream();
  expect((await lastMail()).text).toContain('By forms alone');
  await desk.cool('api');
  const mine = await person.open(`/registrations/${registration}`);
  expect([mine.status, mine.text.includes('By forms alone')]).toEqual([200, true]);
  await seatsByForm(staff, made, 7);
  const seen = await desk.ask('GET', `/api/events/${made.id}`);
  expect(seen.json).toMatchObject({ seats: { capacity: 7, remaining: 6 } });
  const other = await registerByPages(await participantByPages(desk, 'other@example.gov'), made.id, 'Lee Marsh');
  const said = await desk.ask('POST', `/api/registrations/${other}/approve`, { token: tokens.staff });
  expect([said.status, said.json['status']], said.text).toEqual([200, 'confirmed']);
});

test('nobody comes in by an answer of the provider that was not asked for in this browser', async () => {
  const other = (url: URL) => {
    url.searchParams.set('state', 'another');
    return url;
  };
  const back = await signIn('amara', other);
  expect([back.status, cookiesOf(back).includes('session=')]).toEqual([403, false]);
});

test('health answers; the home page is a page with its security headers', async () => {
  expect((await desk.ask('GET', '/api/health')).status).toBe(200);
  const page = await desk.ask('GET', '/');
  expect(page.status).toBe(200);
  expect(page.headers['content-type']).toEqual(['text/html; charset=UTF-8']);
  expect(page.headers['content-security-policy']?.[0]).toContain("default-src 'self'");
});

test('static files come as they are, and are not sent twice', async () => {
  const css = await desk.ask('GET', '/assets/site.css');
  expect(css.headers['content-type']).toEqual(['text/css; charset=utf-8']);
  const font = await desk.ask('GET', '/assets/fonts/public-sans/PublicSans-Regular.woff2');
  expect(font.body.subarray(0, 4).toString()).toBe('wOF2');
  const again = await desk.ask('GET', '/assets/site.css', {
    headers: { 'If-None-Match': css.headers['etag']?.[0] ?? '' },
  });
  expect([again.status, again.text]).toEqual([304, '']);
  expect((await desk.ask('GET', '/assets/../../index.mjs')).status).toBe(404);
});

test('staff schedule an event and publish it', async () => {
  const programs = (await desk.ask('GET', '/api/programs')).json['items'] as { id: string; key: string }[];
  const made = await desk.ask('POST', '/api/events', {
    token: tokens.staff,
    json: {
      programId: programs.find(({ key }) => key === 'cp-webinar-public')?.id,
      title: 'Continued Presence',
      description: 'What it gives a person.',
      timeZone: 'America/New_York',
      sessions: [
        {
          title: 'Session',
          startsAt: inDays(20),
          endsAt: inDays(20, 1),
          joinUrl: 'https://meet.example.gov/secret',
          location: 'Online',
        },
      ],
      capacity: 1,
      approval: 'automatic',
      opensAt: inDays(-1),
      closesAt: inDays(19),
      trainers: ['trainer@ccht.example.org'],
    },
  });
  expect(made.status, made.text).toBe(201);
  found.event = String(made.json['id']);
  expect((await desk.ask('POST', `/api/events/${found.event}/publish`, { token: tokens.staff })).status).toBe(200);
});

test('a participant signs in with the code that the stream’s function mailed', async () => {
  const asked = await desk.ask('POST', '/api/sign-in', { json: { email: PERSON } });
  expect(asked.status).toBe(202);
  expect((await desk.stream()).failed).toEqual([]);
  const code = /\d{3} ?\d{3}/.exec((await lastMail()).subject ?? '')?.[0];
  const verified = await desk.ask('POST', '/api/sign-in/verify', {
    json: { email: PERSON, code, challenge: asked.json['challenge'] },
  });
  expect(verified.status, verified.text).toBe(200);
  expect(verified.headers['set-cookie']?.some((cookie) => cookie.startsWith('__Host-session='))).toBe(true);
  tokens.participant = String(verified.json['token']);
});

test('the participant registers, is confirmed at once, and is sent an invitation', async () => {
  const profile = { name: 'Pat Quill', agency: 'Sheriff', timeZone: 'America/Denver' };
  expect((await desk.ask('PUT', '/api/me', { token: tokens.participant, json: profile })).status).toBe(200);
  const registered = await desk.ask('POST', `/api/events/${found.event}/registrations`, {
    token: tokens.participant,
    json: {},
  });
  expect([registered.status, registered.json['status']]).toEqual([201, 'confirmed']);
  found.registration = String(registered.json['id']);
  const before = desk.cloud.mails.length;
  await desk.stream();
  expect(desk.cloud.mails).toHaveLength(before + 1);
  const mail = await lastMail();
  const invitation =
    mail.attachments.find(({ contentType }) => contentType === 'text/calendar')?.content.toString() ?? '';
  expect(invitation).toContain('METHOD:REQUEST');
  found.uid = /UID:(\S+(?:\r\n \S+)*)/.exec(invitation)?.[1]?.replaceAll('\r\n ', '') ?? '';
  expect(found.uid).not.toBe('');
});

test('their calendar answers', async () => {
  const reply = replyMail(replyCalendar({ uid: found.uid, attendee: PERSON, partstat: 'ACCEPTED' }));
  expect(await desk.call('replies', queued(received(desk.cloud, reply)))).toEqual({ batchItemFailures: [] });
  expect(desk.logs()).toContain('"Outcome":"accepted"');
});

test('the calendar feed and the trainer’s file come from the function that has their code', async () => {
  const address = await desk.ask('GET', '/api/me/calendar', { token: tokens.participant });
  const { pathname } = new URL(String(address.json['url']));
  const feed = await desk.ask('GET', pathname);
  expect(feed.status).toBe(200);
  expect(feed.text.replaceAll('\r\n ', '')).toContain(found.uid);
  const file = await desk.ask('GET', `/api/events/${found.event}/roster.csv?columns=name,email`, {
    token: tokens.trainer,
  });
  expect(file.headers['content-type']?.[0]).toContain('text/csv');
  expect(file.text).toContain(PERSON);
  expect([...desk.cloud.done].some((act) => act === 'files dynamodb:PutItem table AUDIT')).toBe(true);
});

test('a cold start finds everything as it was', async () => {
  await desk.cool('api');
  const mine = await desk.ask('GET', '/api/me/registrations', { token: tokens.participant });
  expect(mine.json['items']).toMatchObject([{ id: found.registration, status: 'confirmed' }]);
});

test('the participant cancels: the same UID ends, with a higher SEQUENCE', async () => {
  expect(
    (await desk.ask('POST', `/api/registrations/${found.registration}/cancel`, { token: tokens.participant })).status,
  ).toBe(200);
  await desk.stream();
  const ended =
    (await lastMail()).attachments.find(({ contentType }) => contentType === 'text/calendar')?.content.toString() ?? '';
  expect(ended).toContain('METHOD:CANCEL');
  expect(ended.replaceAll('\r\n ', '')).toContain(found.uid);
});

test('staff and trainer open every page and list that the application has', async () => {
  const site = await openSite();
  const gets = new Set(site.app.routes.filter(({ method }) => method === 'GET').map(({ path }) => path));
  await site.close();
  const event = (path: string) => path.replace(/^(.*(?:events|trainings)\/):(?:id|slug)/, `$1${found.event}`);
  const registration = (path: string) => path.replace(/:id/, found.registration).replace(/:\w+(\{.*\})?/g, 'unknown');
  for (const path of gets)
    for (const token of [tokens.staff, tokens.trainer, tokens.participant]) {
      const { status } = await desk.ask('GET', registration(event(path)), { token });
      // the provider is not there
      if (path !== '/auth/start') expect([path, status < 500]).toEqual([path, true]);
    }
  expect(desk.cloud.denied).toEqual([]);
});

test('somebody waits, and the sweep seats them when there is room', async () => {
  const first = { token: tokens.participant, json: { attempt: 2 } };
  const register = (ask: object) => desk.ask('POST', `/api/events/${found.event}/registrations`, ask);
  expect((await register(first)).json['status']).toBe('confirmed');
  const token = await tokenOf(desk, 'participant', 'second@example.gov');
  const profile = { name: 'Second Person', agency: 'Agency', timeZone: 'America/Denver' };
  expect((await desk.ask('PUT', '/api/me', { token, json: profile })).status).toBe(200);
  const waiting = await register({ token, json: {} });
  expect([waiting.json['status'], waiting.json['position']]).toEqual(['waitlisted', 1]);
  await desk.stream();
  expect((await lastMailTo('second@example.gov')).subject?.toLowerCase()).toContain('wait');
  // somebody known: the code's message is in their own time zone
  expect((await desk.ask('POST', '/api/sign-in', { json: { email: PERSON } })).status).toBe(202);
  await desk.stream();
  const seen = await desk.ask('GET', `/api/events/${found.event}`, { token: tokens.staff });
  const etag = { 'If-Match': seen.headers['etag']?.[0] ?? '' };
  const wider = await desk.ask('PATCH', `/api/events/${found.event}`, {
    token: tokens.staff,
    headers: etag,
    json: { capacity: 2 },
  });
  expect(wider.status, wider.text).toBe(200);
  // a place in line is settled some seconds after it was taken, by the clock that the bundles have: the machine's
  await vi.waitFor(
    async () => {
      await desk.call('sweep');
      const mine = await desk.ask('GET', '/api/me/registrations', { token });
      expect(mine.json['items']).toMatchObject([{ status: 'confirmed' }]);
    },
    { timeout: 20_000, interval: 500 },
  );
  expect(desk.cloud.denied).toEqual([]);
});

test('staff change a program, decide on a host and read the record', async () => {
  const [program] = (await desk.ask('GET', '/api/programs')).json['items'] as { id: string }[];
  const seen = await desk.ask('GET', `/api/programs/${program?.id}`);
  const etag = { 'If-Match': seen.headers['etag']?.[0] ?? '' };
  const changed = await desk.ask('PATCH', `/api/programs/${program?.id}`, {
    token: tokens.staff,
    headers: etag,
    json: { name: 'Renamed' },
  });
  expect(changed.status, changed.text).toBe(200);
  const host = { agency: 'Sheriff', class: 'exclusive', lists: [], evidence: 'Seen', expiresAt: inDays(300) };
  const decided = await desk.ask('PUT', '/api/hosts/sheriff.example.gov', { token: tokens.staff, json: host });
  expect(decided.status, decided.text).toBe(200);
  const me = await desk.ask('GET', '/api/me', { token: tokens.staff });
  expect((await desk.ask('GET', `/api/audit?actor=${String(me.json['id'])}`, { token: tokens.staff })).status).toBe(
    200,
  );
});

test('staff hand in a list of people: the sweep registers them', async () => {
  const path = `/api/events/${found.event}/registrations/import`;
  const started = await desk.ask('POST', `${path}?run=1`, {
    token: tokens.staff,
    headers: { 'Content-Type': 'text/csv', 'Idempotency-Key': 'once' },
    body: 'email,name,agency\r\nthird@example.gov,Third Person,Agency\r\nfourth@example.gov,Fourth Person,Agency\r\n',
  });
  expect(started.status, started.text).toBe(202);
  await desk.call('sweep');
  const ended = await desk.ask('GET', `${path}/${String(started.json['id'])}`, { token: tokens.staff });
  expect(ended.json, ended.text).toMatchObject({ state: 'done', total: 2, done: 2 });
  expect(desk.cloud.denied).toEqual([]);
});

test('staff name a coordinator, who hands in a list of their people: the sweep registers those', async () => {
  const email = 'lead@sheriff.example.gov';
  const token = await tokenOf(desk, 'participant', email);
  const form = (fields: Readonly<Record<string, string>>) => ({
    token: tokens.staff,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  const page = await desk.ask('POST', '/staff/people', form({ email }));
  const rev = /name="rev" value="(\d+)"/.exec(page.text)?.[1] ?? '';
  const named = await desk.ask('POST', '/staff/people/coordinator', form({ email, hosts: 'sheriff.example.gov', rev }));
  expect(named.status, named.text).toBe(200);
  const path = `/api/events/${found.event}/registrations/import`;
  const started = await desk.ask('POST', `${path}?run=1`, {
    token,
    headers: { 'Content-Type': 'text/csv' },
    body: 'email,name,agency\r\nfifth@sheriff.example.gov,Fifth Person,Sheriff\r\n',
  });
  expect(started.status, started.text).toBe(202);
  await desk.call('sweep');
  const ended = await desk.ask('GET', `${path}/${String(started.json['id'])}`, { token });
  expect(ended.json, ended.text).toMatchObject({ state: 'done', total: 1, outcomes: { waitlisted: 1 } });
  expect(desk.cloud.denied).toEqual([]);
});

test('an applicant asks a supervisor, who answers by the link in their mail; staff see it and approve', async () => {
  const seen = await desk.ask('GET', `/api/events/${found.event}`, { token: tokens.staff });
  const { programId, sessions, opensAt, closesAt } = seen.json;
  const made = await desk.ask('POST', '/api/events', {
    token: tokens.staff,
    json: {
      programId,
      sessions,
      opensAt,
      closesAt,
      approval: 'manual',
      capacity: 5,
      title: 'By hand',
      description: 'A person checks.',
      timeZone: 'America/New_York',
    },
  });
  const event = String(made.json['id']);
  expect((await desk.ask('POST', `/api/events/${event}/publish`, { token: tokens.staff })).status).toBe(200);
  const token = await tokenOf(desk, 'participant', 'sixth@example.gov');
  const applied = await desk.ask('POST', `/api/events/${event}/registrations`, { token, json: {} });
  const id = String(applied.json['id']);
  const asked = await desk.ask('POST', `/api/registrations/${id}/supervisor`, {
    token,
    json: { email: 'boss@sheriff.example.gov' },
  });
  expect(asked.status, asked.text).toBe(200);
  await desk.stream();
  const toSupervisor = desk.cloud.mails.findLast((mail) => mail.includes('boss@sheriff.example.gov')) ?? '';
  const link = /https:\S+(\/confirm\/\S+)/.exec((await simpleParser(toSupervisor)).text ?? '')?.[1] ?? '';
  expect((await desk.ask('GET', link)).text).toContain('You answer as');
  const answered = await desk.ask('POST', link, {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'answer=confirmed',
  });
  expect(answered.text).toContain('You said that you know them');
  const review = await desk.ask('GET', `/staff/events/${event}/review`, { token: tokens.staff });
  expect(review.text).toContain('Confirmed by mail: boss@sheriff.example.gov');
  const approved = await desk.ask('POST', `/api/registrations/${id}/approve`, { token: tokens.staff, json: {} });
  expect(approved.json, approved.text).toMatchObject({ status: 'confirmed' });
  const next = await tokenOf(desk, 'participant', 'seventh@example.gov');
  const page = await desk.ask('GET', `/trainings/by-hand-${event}`, { token: next });
  expect(page.text).toContain('In the last 30 days, half had an answer within 1 working day');
  expect(desk.cloud.denied).toEqual([]);
});

test('staff move the event, and then cancel it: the sweep carries both to whoever is registered', async () => {
  const seen = await desk.ask('GET', `/api/events/${found.event}`, { token: tokens.staff });
  const moved = await desk.ask('PATCH', `/api/events/${found.event}`, {
    token: tokens.staff,
    headers: { 'If-Match': seen.headers['etag']?.[0] ?? '' },
    json: { title: 'Continued Presence, moved' },
  });
  expect(moved.status, moved.text).toBe(200);
  await desk.call('sweep');
  await desk.stream();
  expect((await lastMail()).subject).toContain('moved');
  const reason = { token: tokens.staff, json: { reason: 'The room is gone' } };
  expect((await desk.ask('POST', `/api/events/${found.event}/cancel`, reason)).status).toBe(200);
  await desk.call('sweep');
  await desk.stream();
  expect((await lastMail()).text).toContain('The room is gone');
  expect(desk.cloud.denied).toEqual([]);
});

test('SES reports that the last message came back', async () => {
  const bounce = queued(reportOn(lastTaken(desk.cloud), { eventType: 'Bounce' }));
  expect(await desk.call('bounces', bounce)).toEqual({ batchItemFailures: [] });
});

test('the doctor finds nothing, and has nothing to mend', async () => {
  expect(await desk.call('doctor', { version: '1.0' })).toMatchObject({ mended: [], findings: [] });
  expect(await desk.call('doctor', { fix: true })).toMatchObject({ mended: [], findings: [] });
});

test('the schedules run, and measure the outbox', async () => {
  await desk.call('sweep', { version: '1.0' });
  await desk.call('deliver', { version: '1.0' });
  const measured = desk
    .logs()
    .split('\n')
    .filter((line) => line.includes('"Namespace":"TrainingDesk"'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(measured).toContainEqual(expect.objectContaining({ Findings: 0 }));
  expect(measured.at(-1)).toMatchObject({ Stage: 'production', OutboxAge: 0, OutboxLength: 0, MailParked: 0 });
  expect(measured.some(({ WaitingBesideSeat: waiting }) => waiting === 0)).toBe(true);
  const outcomes = new Set(
    measured.flatMap(({ Outcome, Registrations: count }) => (Number(count) > 0 ? [Outcome] : [])),
  );
  for (const outcome of ['confirmed', 'waitlisted', 'cancelled-by-person', 'event-cancelled'])
    expect([...outcomes]).toContain(outcome);
});

test('what is seldom: a seat handed over, a place in line given up, no trainer any more, signed out', async () => {
  const programs = (await desk.ask('GET', '/api/programs')).json['items'] as { id: string; key: string }[];
  const seldom = await anEvent(desk, tokens.staff, {
    programId: programs.find(({ key }) => key === 'cp-webinar-public')?.id,
    capacity: 1,
    trainers: ['trainer@ccht.example.org'],
  });
  const register = async (name: string) => {
    const token = await tokenOf(desk, 'participant', `${name}@example.gov`);
    const made = await desk.ask('POST', `/api/events/${seldom}/registrations`, { token, json: {} });
    return { token, id: String(made.json['id']) };
  };
  const seated = await register('eighth');
  const offered = { token: seated.token, json: { email: 'colleague@example.gov' } };
  expect((await desk.ask('POST', `/api/registrations/${seated.id}/transfer`, offered)).status).toBe(200);
  const colleague = await tokenOf(desk, 'participant', 'colleague@example.gov');
  const accepted = { token: colleague, json: {} };
  const taken = await desk.ask('POST', `/api/registrations/${seated.id}/transfer/accept`, accepted);
  expect(taken.json, taken.text).toMatchObject({ status: 'confirmed' });
  const waiting = await register('ninth');
  expect((await desk.ask('POST', `/api/registrations/${waiting.id}/cancel`, { token: waiting.token })).status).toBe(
    200,
  );
  const seen = await desk.ask('GET', `/api/events/${seldom}`, { token: tokens.staff });
  const alone = await desk.ask('PATCH', `/api/events/${seldom}`, {
    token: tokens.staff,
    headers: { 'If-Match': seen.headers['etag']?.[0] ?? '' },
    json: { trainers: [] },
  });
  expect(alone.status, alone.text).toBe(200);
  const record = await desk.ask('GET', `/api/audit?entity=${seldom}`, { token: tokens.staff });
  expect(record.text).toContain('published');
  expect((await desk.ask('POST', '/api/sign-out', { token: waiting.token })).status).toBe(204);
});

test('mail that SES slows down or refuses, that staff hold and let go, and send again', async () => {
  const staff = browserOf(desk, cookiesOf(await signIn('amara')));
  for (const answer of ['throttled', 'refused'] as const) {
    desk.cloud.mailAnswers = answer;
    await desk.ask('POST', '/api/sign-in', { json: { email: `${answer}@example.gov` } });
    await desk.stream();
  }
  desk.cloud.mailAnswers = 'sent';
  expect((await staff.open('/staff/messages')).text).toContain('refused@example.gov');
  expect((await staff.post('/staff/messages/hold', {})).status).toBe(303);
  expect((await staff.open('/staff/messages')).text).toContain('All mail is held');
  expect((await staff.post('/staff/messages/release', {})).status).toBe(303);
  expect((await staff.post('/staff/messages', { message: 'all' })).status).toBe(303);
  await desk.stream();
  expect((await staff.open('/staff/messages')).text).not.toContain('refused@example.gov');
});

test('everything was within the deployed policies', () => {
  expect(desk.cloud.denied).toEqual([]);
  expect(desk.cloud.done.size).toBeGreaterThan(60);
});

test('and the policies allow hardly more than that', () => {
  expect(unused(desk.cloud.done)).toEqual([]);
  expect(stale(desk.cloud.done)).toEqual([]);
});

test('the logs name nobody: no address, name, code, token or secret', () => {
  const logs = desk.logs();
  expect(logs.split('\n').filter((line) => line !== '').length).toBeGreaterThan(3);
  for (const secret of [
    PERSON,
    'pat.quill',
    'Quill',
    tokens.participant,
    tokens.staff,
    'meet.example.gov',
    found.uid,
    desk.ids,
  ])
    expect(logs).not.toContain(secret);
});
