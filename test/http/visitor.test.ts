import { afterAll, beforeAll, expect, test } from 'vitest';
import { EventId } from '../../functions/domain/ids.ts';
import { EASTERN, instantOf, SECOND } from '../../functions/domain/time.ts';
import { pageProblem } from '../../functions/http/pages/page.tsx';
import { aSession, openSite, publishedEvent, registered, type Ask, type Site } from '../fixtures/app.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const form = (fields: Readonly<Record<string, string>>, more: Ask = {}): Ask => ({
  ...more,
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
});
const NO_ZONE = /<option value=""[^>]*>Each training’s own</;

test('a visitor who chose a zone goes back to each training’s own', async () => {
  const chosen = await site.post('/time-zone', form({ zone: 'America/Denver', return: '/' }));
  const cookie = chosen.headers.get('set-cookie')?.split(';')[0] ?? '';
  expect(cookie).toContain('zone=');
  for (const path of ['/', '/time-zone']) expect((await site.get(path, { cookie })).text).toMatch(NO_ZONE);
  const back = await site.post('/time-zone', form({ zone: '', return: '/' }, { cookie }));
  expect([back.status, back.headers.get('location')]).toEqual([303, '/']);
  expect(back.headers.get('set-cookie')).toMatch(/zone=;.*Max-Age=0/);
});

test('the zone of a profile is changed and never taken away', async () => {
  const token = await site.token('participant', 'zoned@agency.example.gov');
  const profile = { name: 'Zoe', agency: 'An agency', timeZone: 'America/Denver' };
  await site.put('/api/me', { token, body: profile });
  expect((await site.get('/time-zone', { token })).text).not.toMatch(NO_ZONE);
  expect((await site.post('/time-zone', form({ zone: '' }, { token }))).status).toBe(422);
});

test('who asks for another code is told that another went out', async () => {
  const email = 'two-codes@agency.example.gov';
  const first = await site.post('/sign-in', form({ email }));
  expect(first.text).toContain('We sent 6 digits to');
  const [, name = '', value = ''] =
    /<button[^>]* name="(\w+)" value="(\w+)"[^>]*>\s*Send another code/.exec(first.text) ?? [];
  const second = await site.post('/sign-in', form({ email, [name]: value }));
  expect(second.text).toContain('We sent another 6 digits to');
});

test('the form of a full training says that it is full, and its button joins the waitlist', async () => {
  const event = await publishedEvent(site, { capacity: 1 });
  for (const name of ['ann', 'bo']) await registered(site, event, `${name}-full@agency.example.gov`);
  site.clock.pass(6 * SECOND);
  const token = await site.token('participant', 'cy-full@agency.example.gov');
  const path = (await site.get(`/trainings/x-${event}`, { token })).headers.get('location') ?? '';
  const page = await site.get(`${path}/register`, { token });
  expect(page.text).toContain('<h1>Join the waitlist</h1>');
  expect(page.text).toContain('1 person waiting, you would be 2nd.');
  expect(page.text).toMatch(/<button[^>]*>Join the waitlist/);
});

test('what came too late is said once, and its moment as people say it', async () => {
  const event = await publishedEvent(site, { sessions: [aSession(3)] });
  const { id } = await registered(site, event, 'late@agency.example.gov');
  const begins = (await site.context.store.event(EventId.parse(event)))?.sessions[0]?.startsAt;
  site.clock.set(begins ?? site.clock.now());
  const token = await site.token('participant', 'late@agency.example.gov');
  const late = await site.post(`/registrations/${id}/hand-over`, form({ email: 'lee@agency.example.gov' }, { token }));
  expect(late.status).toBe(409);
  expect(late.text.match(/This event has started\./g)).toHaveLength(1);
  const at = instantOf('2027-03-08T22:00:00Z');
  expect(pageProblem({ kind: 'closed', because: 'closed', at }, EASTERN)).toMatchObject({
    detail: 'Registration is closed. It closed on Monday, March 8, at 5:00 PM ET.',
  });
  expect(pageProblem({ kind: 'over', endedAt: at }, EASTERN)).toMatchObject({
    detail: 'It ended on Monday, March 8, at 5:00 PM ET.',
  });
});
