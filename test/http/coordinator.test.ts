import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweep } from '../../functions/usecases/sweep.ts';
import { at, fieldsOf, openSite, publishedEvent, textAt, type Ask, type Site } from '../fixtures/app.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
  await decide('harlowsheriff.example.org', 'exclusive');
});
afterAll(() => site.close());

const COORDINATOR = 'training@harlowsheriff.example.org';
const HEAD = 'email,name,agency';
const decide = (host: string, kind: 'exclusive' | 'shared') =>
  site.request('PUT', `/api/hosts/${host}`, {
    token: site.staff,
    body: {
      agency: 'Harlow County Sheriff',
      class: kind,
      lists: ['law-enforcement'],
      evidence: 'A call to the published number',
      expiresAt: '2027-12-01T00:00:00Z',
    },
  });
const form = (token: string | undefined, fields: Readonly<Record<string, string>>): Ask => ({
  token,
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});
const formFile = (token: string, content: string): Ask => ({
  token,
  raw: `--list-of-people\r\ncontent-disposition: form-data; name="file"; filename="l.csv"\r\n\r\n${content}\r\n--list-of-people--\r\n`,
  headers: { 'content-type': 'multipart/form-data; boundary=list-of-people' },
});
const csv = (token: string, raw: string): Ask => ({ token, raw, headers: { 'content-type': 'text/csv' } });
const importPath = (event: string, query = '') => `/api/events/${event}/registrations/import${query}`;

/** Staff name them on the page of people, as they see it. */
async function name(email: string, hosts: string): Promise<number> {
  const page = await site.post('/staff/people', form(site.staff, { email }));
  const rev = /name="rev" value="(\d+)"/.exec(page.text)?.[1] ?? '';
  return (await site.post('/staff/people/coordinator', form(site.staff, { email, hosts, rev }))).status;
}
async function coordinator(): Promise<string> {
  const token = await site.token('participant', COORDINATOR);
  await site.request('PUT', '/api/me', { token, body: { name: 'Ruth Castellan', agency: 'Harlow County Sheriff' } });
  expect(await name(COORDINATOR, 'harlowsheriff.example.org')).toBe(200);
  return token;
}
const pageOf = async (event: string, token: string) =>
  (await site.get(`/trainings/x-${event}`, { token })).headers.get('location') ?? '';

test('a coordinator registers a list of their people, by pages: checked, started, seen, and told by mail', async () => {
  const token = await coordinator();
  const event = await publishedEvent(site, { capacity: 2 });
  const href = await pageOf(event, token);
  expect((await site.get(href, { token })).text).toContain(`${href}/list`);
  expect((await site.get(`${href}/list`, { token })).text).toContain(
    'You register people at harlowsheriff.example.org',
  );
  const file = `${HEAD}\r\na@harlowsheriff.example.org,Ana,H\r\nb@elsewhere.example.gov,Ben,X\r\nc@harlowsheriff.example.org,Cy,H\r\nd@harlowsheriff.example.org,Dov,H\r\n`;
  const kept = await site.post(`${href}/list`, formFile(token, file));
  expect(kept.status).toBe(303);
  const list = kept.headers.get('location') ?? '';
  const checked = await site.get(list, { token });
  expect(checked.text).toContain('3 of 4 rows can be registered');
  expect(checked.text).toContain('You may register people at harlowsheriff.example.org');
  expect((await site.get(list, { token: await site.token('participant', 'other@agency.example.gov') })).status).toBe(
    404,
  );
  await site.post(list, form(token, {}));
  await sweep(site.context);
  await sweep(site.context);
  expect((await site.get(list, { token })).text).toContain('All 4 rows done');
  expect((await site.get(list, { token })).text).not.toContain('/roster');
  await site.deliver();
  const letter = site.letters.find(({ to }) => to === 'a@harlowsheriff.example.org');
  expect(letter).toMatchObject({
    owed: { kind: 'confirmed' },
    registration: { registeredBy: { role: 'coordinator', name: 'Ruth Castellan' } },
  });
  // the list is theirs, the roster is not
  expect((await site.get(`/api/events/${event}/registrations`, { token })).status).toBe(403);
});

test('the API takes their list, too, and names the rows that are not theirs to register', async () => {
  const token = await coordinator();
  const event = await publishedEvent(site, { capacity: 2 });
  const file = `${HEAD}\r\na@harlowsheriff.example.org,Ana,H\r\nb@mail.harlowsheriff.example.org,Ben,X\r\nc@hаrlowsheriff.example.org,Cy,H\r\n`;
  const dry = await site.post(importPath(event), csv(token, file));
  expect(dry.json).toMatchObject({
    total: 3,
    wrong: 2,
    rows: [
      { foreseen: 'seat' },
      { problems: [{ path: 'email', message: expect.stringContaining('You may register people at harlow') }] },
      { problems: [{ path: 'email', message: expect.stringContaining('another alphabet') }] },
    ],
  });
  expect(fieldsOf(await site.post(importPath(event, '?run=1'), csv(token, file)))).toEqual([
    'rows.3.email',
    'rows.4.email',
  ]);
});

test('the API names and ends a coordinator, the same however often it is asked', async () => {
  const token = await coordinator();
  const ask = (hosts: readonly string[], email = COORDINATOR, by = site.staff) =>
    site.post('/api/coordinators', { token: by, body: { email, hosts } });
  for (const hosts of [[], ['harlowsheriff.example.org']])
    for (const _time of [1, 2]) {
      const named = await ask(hosts);
      expect([named.status, named.json]).toEqual([200, { email: COORDINATOR, hosts }]);
    }
  expect((await ask(['harlowsheriff.example.org'], COORDINATOR, token)).status).toBe(403);
  expect((await ask([], 'nobody@harlowsheriff.example.org')).status).toBe(404);
  for (const [hosts, field] of [
    [['marrowbay.example.org'], 'hosts'],
    [['not a host'], 'hosts.0'],
    [Array.from({ length: 21 }, (_, n) => `h${n}.example.gov`), 'hosts'],
  ] as const) {
    const wrong = await ask(hosts);
    expect([wrong.status, fieldsOf(wrong)]).toEqual([422, [field]]);
  }
});

test('the registration window binds a coordinator, as it does not bind staff', async () => {
  const token = await coordinator();
  const event = await publishedEvent(site, { opensAt: '2027-01-20T14:00:00Z' });
  const file = `${HEAD}\r\na@harlowsheriff.example.org,Ana,H\r\n`;
  const early = await site.post(importPath(event), csv(token, file));
  expect([early.status, at(early, 'type')]).toEqual([409, 'about:blank#closed']);
  expect((await site.post(importPath(event), csv(site.staff, file))).status).toBe(200);
});

test('whose naming is taken back while a list runs registers nobody more', async () => {
  const token = await coordinator();
  const event = await publishedEvent(site, { capacity: 90 });
  const rows = Array.from({ length: 30 }, (_, n) => `p${n}@harlowsheriff.example.org,P,H\r\n`).join('');
  const run = await site.post(importPath(event, '?run=1'), csv(token, `${HEAD}\r\n${rows}`));
  expect(run.status).toBe(202);
  expect(await name(COORDINATOR, '')).toBe(200);
  await sweep(site.context);
  const done = await site.get(`${importPath(event)}/${textAt(run, 'id')}`, { token: site.staff });
  expect(done.json).toMatchObject({ state: 'done', outcomes: { 'not-theirs': 30 } });
  expect((await site.get(`${importPath(event)}/${textAt(run, 'id')}`, { token })).status).toBe(403);
});

test('a host that became shared is coordinated by nobody', async () => {
  const token = await coordinator();
  const event = await publishedEvent(site, {});
  await decide('harlowsheriff.example.org', 'shared');
  expect((await site.get(`${await pageOf(event, token)}/list`, { token })).status).toBe(404);
  expect(await name(COORDINATOR, 'marrowbay.example.org')).toBe(422);
  await decide('harlowsheriff.example.org', 'exclusive');
});

test('columns named after the questions answer them, and a wrong answer is named by row and question', async () => {
  const event = await publishedEvent(site, {
    capacity: 9,
    questions: [
      { id: 'topics', label: 'Which topics?', kind: 'several', required: true, options: ['Intake', 'Law'] },
      { id: 'first', label: 'Is it your first?', kind: 'yes-no', required: false },
      { id: 'why', label: 'Why?', kind: 'text', required: false, maxLength: 5 },
    ],
  });
  const file = [
    `${HEAD},which topics?,first,WHY?`,
    'a@q.example.gov,Ana,Q,law; Intake,Yes,short',
    'b@q.example.gov,Ben,Q,Cooking,maybe,too long',
    'c@q.example.gov,Cy,Q,,,=1+1',
    'd@q.example.gov,Dov,Q,,,',
    '',
  ].join('\r\n');
  const dry = await site.post(importPath(event), csv(site.staff, file));
  expect(dry.json).toMatchObject({
    total: 4,
    wrong: 2,
    unanswered: 1,
    rows: [
      { foreseen: 'seat' },
      { problems: [{ path: 'Which topics?' }, { path: 'Is it your first?' }, { path: 'Why?' }] },
      { problems: [{ path: 'Why?', message: expect.stringContaining('formula') }] },
      { foreseen: 'seat' },
    ],
  });
  const good = file.split('\r\n').filter((_, index) => index !== 2 && index !== 3);
  const run = await site.post(importPath(event, '?run=1'), csv(site.staff, good.join('\r\n')));
  expect(run.status).toBe(202);
  await sweep(site.context);
  const roster = await site.get(`/staff/events/${event}/roster`, { token: site.staff });
  expect(roster.text).toContain('Law; Intake');
  expect(roster.text).toContain('short');
});
