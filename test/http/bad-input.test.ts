import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  aSession,
  draftEvent,
  eventBody,
  fieldsOf,
  inDays,
  openSite,
  publishedEvent,
  registered,
  textAt,
  type Answer,
  type Ask,
  type EventBody,
  type Site,
} from '../fixtures/app.ts';

let site: Site;
/** A registered participant, their event and registration: what bad input must leave as it is. */
let event: string;
let draft: string;
let registration: string;
let token: string;
beforeAll(async () => {
  site = await openSite();
  event = await publishedEvent(site, { approval: 'manual', capacity: 9 });
  draft = await draftEvent(site);
  ({ token, id: registration } = await registered(site, event, 'pat@agency.example.gov'));
});
afterAll(() => site.close());

/** Asks, and holds that it is refused with a problem document. */
async function problem(status: number, method: string, path: string, ask: Ask): Promise<Answer> {
  const answer = await site.request(method, path, ask);
  expect(answer.status, `${method} ${path}: ${answer.text}`).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return answer;
}

/** Holds that nothing in the table changes meanwhile. */
async function changingNothing<T>(act: () => Promise<T>): Promise<T> {
  const before = await site.contents();
  const value = await act();
  expect(await site.contents()).toEqual(before);
  return value;
}

const refusedWith = (status: number, method: string, path: string, ask: Ask): Promise<Answer> =>
  changingNothing(() => problem(status, method, path, ask));

/** The same of every route that takes JSON. */
const ofEveryRoute = (act: (route: ReturnType<typeof jsonRoutes>[number]) => Promise<void>): Promise<void> =>
  changingNothing(async () => {
    for (const route of jsonRoutes()) await act(route);
  });

/** Every route that takes JSON, with an address that exists and somebody who may. */
const jsonRoutes = () =>
  site.contract.operations
    .filter(({ operation }) => operation.requestBody?.content?.['application/json'])
    .map(({ method, path, operation }) => ({
      method,
      path: `/api${addressOf(path)}`,
      required: operation.requestBody?.required ?? false,
      ask: { token: site.staff, headers: { 'content-type': 'application/json', 'if-match': '"1"' } },
    }));

const addressOf = (path: string): string =>
  path
    .replace(/^\/events\/\{id\}$/, `/events/${draft}`)
    .replace('/events/{id}', `/events/${event}`)
    .replace('/registrations/{id}', `/registrations/${registration}`)
    .replace('/hosts/{host}', '/hosts/agency.example.gov')
    .replace('{id}', 'prg_aaaaaaaaaaaaaaaa');

describe('an event', () => {
  const wrong: readonly (readonly [string, EventBody, readonly string[]])[] = [
    ['a zone that does not exist', { timeZone: 'Mars/Olympus' }, ['timeZone']],
    ['an offset for a zone', { timeZone: '-05:00' }, ['timeZone']],
    ['a zone by its abbreviation', { timeZone: 'EST5EDT4' }, ['timeZone']],
    ['an end before its start', { sessions: [aSession(0, { endsAt: inDays(13) })] }, ['sessions.0.endsAt']],
    ['an end at its start', { sessions: [aSession(0, { endsAt: inDays(14) })] }, ['sessions.0.endsAt']],
    ['a session of two days', { sessions: [aSession(0, { endsAt: inDays(16) })] }, ['sessions.0.endsAt']],
    ['a time without a zone', { opensAt: '2027-01-14T18:00:00' }, ['opensAt']],
    ['a time that is none', { opensAt: 'tomorrow' }, ['opensAt']],
    ['a day that does not exist', { opensAt: '2027-02-30T18:00:00Z' }, ['opensAt']],
    ['more digits of a second than a clock has', { opensAt: '2027-01-10T18:00:00.12345678901Z' }, ['opensAt']],
    ['a time as a number', { closesAt: 1_800_000_000_000 }, ['closesAt']],
    ['closing before it opens', { closesAt: inDays(-2) }, ['closesAt']],
    ['closing after it ends', { closesAt: inDays(20) }, ['closesAt']],
    ['no session', { sessions: [] }, ['sessions']],
    ['sessions that are none', { sessions: 'all of them' }, ['sessions']],
    ['a session that is null', { sessions: [null] }, ['sessions.0']],
    ['no seats', { capacity: 0 }, ['capacity']],
    ['fewer than no seats', { capacity: -1 }, ['capacity']],
    ['a billion seats', { capacity: 1_000_000_000 }, ['capacity']],
    ['half a seat', { capacity: 1.5 }, ['capacity']],
    ['seats in words', { capacity: '20' }, ['capacity']],
    ['seats of a session that nobody picks', { sessions: [aSession(0, { capacity: 5 })] }, ['sessions.0.capacity']],
    ['a program that does not exist', { programId: 'prg_aaaaaaaaaaaaaaaa' }, ['programId']],
    ['an id of another kind', { programId: 'evt_aaaaaaaaaaaaaaaa' }, ['programId']],
    ['a title of blanks', { title: ' \u200B\t ' }, ['title']],
    ['a title too long', { title: 'x'.repeat(161) }, ['title']],
    ['a title that is an object', { title: { toString: 'x' } }, ['title']],
    ['a choice that there is not', { sessionChoice: 'some' }, ['sessionChoice']],
    ['an approval that there is not', { approval: 'perhaps' }, ['approval']],
    [
      'a link without TLS',
      { sessions: [aSession(0, { joinUrl: 'http://meet.example.gov/1' })] },
      ['sessions.0.joinUrl'],
    ],
    [
      'a link with a line break',
      { sessions: [aSession(0, { joinUrl: 'https://meet.example.gov/1\n2' })] },
      ['sessions.0.joinUrl'],
    ],
    ['a link that runs', { sessions: [aSession(0, { joinUrl: 'javascript:alert(1)' })] }, ['sessions.0.joinUrl']],
    ['a trainer who has no address', { trainers: ['Marisol Ortega'] }, ['trainers.0']],
    ['a trainer twice', { trainers: ['a@example.org', 'A@example.org'] }, ['trainers']],
    ['an audience of no host', { audience: { kind: 'hosts', hosts: [] } }, ['audience.hosts']],
    ['an audience by an ending', { audience: { kind: 'hosts', hosts: ['*.gov'] } }, ['audience.hosts.0']],
    ['an audience in another script', { audience: { kind: 'hosts', hosts: ['fbі.gov'] } }, ['audience.hosts.0']],
    [
      'a question twice',
      { questions: ['a', 'a'].map((id) => ({ id, label: 'Unit?', kind: 'text', required: true })) },
      ['questions'],
    ],
    [
      'a choice without choices',
      { questions: [{ id: 'a', label: 'Unit?', kind: 'choice', required: true }] },
      ['questions.0.options'],
    ],
    ['a field that is not known', { sponsor: 'CCHT' }, ['sponsor']],
    ['a state', { status: 'published' }, ['status']],
    ['two things at once', { capacity: 0, timeZone: 'Nowhere/Else' }, ['timeZone', 'capacity']],
  ];

  test.each(wrong)('%s', async (_, more, fields) => {
    const body = await eventBody(site, more);
    const made = await refusedWith(422, 'POST', '/api/events', { token: site.staff, body });
    expect(fieldsOf(made)).toEqual(fields);
    const patched = await refusedWith(422, 'PATCH', `/api/events/${draft}`, {
      token: site.staff,
      body: more,
      headers: { 'if-match': '"1"' },
    });
    expect(fieldsOf(patched)).toEqual(fields);
  });

  test('each field that is missing', async () => {
    const refused = await refusedWith(422, 'POST', '/api/events', { token: site.staff, body: {} });
    expect(fieldsOf(refused)).toEqual([
      'programId',
      'title',
      'description',
      'timeZone',
      'sessions',
      'capacity',
      'approval',
      'opensAt',
      'closesAt',
    ]);
  });

  test('publishing with a start in the past', async () => {
    const past = await draftEvent(site, {
      sessions: [aSession(-20, { endsAt: inDays(-6, 1) }), aSession(0)],
      opensAt: inDays(-30),
    });
    const refused = await refusedWith(422, 'POST', `/api/events/${past}/publish`, { token: site.staff });
    expect(fieldsOf(refused)).toEqual(['sessions.0.startsAt']);
  });

  test('publishing with a registration that has closed, or without a description', async () => {
    const past = await draftEvent(site, { opensAt: inDays(-30), closesAt: inDays(-1), description: '' });
    const refused = await refusedWith(422, 'POST', `/api/events/${past}/publish`, { token: site.staff });
    expect(fieldsOf(refused)).toEqual(['closesAt', 'description']);
  });

  test('moving a published event into the past, with a trainer who is new', async () => {
    const refused = await refusedWith(422, 'PATCH', `/api/events/${event}`, {
      token: site.staff,
      body: {
        sessions: [aSession(0, { startsAt: inDays(-2), endsAt: inDays(-2, 1) })],
        closesAt: inDays(-2),
        opensAt: inDays(-3),
        trainers: ['never-seen-before@ccht.example.org'],
      },
      headers: { 'if-match': '"2"' },
    });
    expect(fieldsOf(refused)).toContain('sessions.0.startsAt');
  });

  test('sessions of another event', async () => {
    const foreign = textAt(await site.get(`/api/events/${event}`), 'sessions', 0, 'id');
    const refused = await refusedWith(422, 'PATCH', `/api/events/${draft}`, {
      token: site.staff,
      body: { sessions: [aSession(0, { id: foreign })] },
      headers: { 'if-match': '"1"' },
    });
    expect(fieldsOf(refused)).toEqual(['sessions.0.id']);
  });

  test('canceling without a reason', async () => {
    for (const body of [{}, { reason: '' }, { reason: '  ' }, { reason: 'x'.repeat(501) }, { reason: 5 }]) {
      const refused = await refusedWith(422, 'POST', `/api/events/${event}/cancel`, { token: site.staff, body });
      expect(fieldsOf(refused)).toEqual(['reason']);
    }
  });
});

describe('a registration', () => {
  const wrong: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['a session that is no id', { sessions: ['first'] }, ['sessions.0']],
    ['sessions of another kind', { sessions: [event] }, ['sessions.0']],
    ['sessions that are none', { sessions: 'all' }, ['sessions']],
    ['answers that are none', { answers: [] }, ['answers']],
    ['an answer to a question that is not asked', { answers: { shoe: '44' } }, ['answers.shoe']],
    ['an answer that is an object', { answers: { reason: {} } }, ['answers.reason']],
    ['a reason too long', { answers: { reason: 'x'.repeat(501) } }, ['answers.reason']],
    ['a need that there is not', { accommodations: { needs: ['coffee'] } }, ['accommodations.needs.0']],
    ['attempt 0', { attempt: 0 }, ['attempt']],
    ['an attempt in words', { attempt: '1' }, ['attempt']],
    ['an attempt beyond counting', { attempt: 1e300 }, ['attempt']],
    ['a status', { status: 'confirmed' }, ['status']],
    ['somebody else', { person: 'per_aaaaaaaaaaaaaaaa' }, ['person']],
    ['an array', [], ['']],
    ['null', null, ['']],
    ['a text', 'please', ['']],
  ];

  test.each(wrong)('%s', async (_, body, fields) => {
    const other = await site.token('participant', 'other@agency.example.gov');
    const refused = await refusedWith(422, 'POST', `/api/events/${event}/registrations`, { token: other, body });
    expect(fieldsOf(refused)).toEqual(fields);
  });

  test('a change of fields that are not one’s own to change', async () => {
    for (const field of ['status', 'attempt', 'email', 'ticket', 'pool']) {
      const refused = await refusedWith(422, 'PATCH', `/api/registrations/${registration}`, {
        token,
        body: { [field]: 'confirmed' },
        headers: { 'if-match': '"1"' },
      });
      expect(fieldsOf(refused)).toEqual([field]);
    }
  });

  test('a change that answers what is not asked', async () => {
    const refused = await refusedWith(422, 'PATCH', `/api/registrations/${registration}`, {
      token,
      body: { answers: { shoe: '44' } },
      headers: { 'if-match': '"1"' },
    });
    expect(fieldsOf(refused)).toEqual(['answers.shoe']);
  });

  test('a profile with a role, an address or an id', async () => {
    const profile = { name: 'Pat', agency: 'An agency', timeZone: 'America/Denver' };
    for (const field of ['role', 'staff', 'email', 'id', 'approvals']) {
      const refused = await refusedWith(422, 'PUT', '/api/me', { token, body: { ...profile, [field]: 'staff' } });
      expect(fieldsOf(refused)).toEqual([field]);
    }
    for (const [field, value] of [
      ['name', ''],
      ['name', '\u0000\u0007'],
      ['agency', 'x'.repeat(121)],
      ['timeZone', 'Moon/Base'],
      ['timeZone', '../../etc/passwd'],
      ['name', ['Pat']],
    ] as const) {
      const refused = await refusedWith(422, 'PUT', '/api/me', { token, body: { ...profile, [field]: value } });
      expect(fieldsOf(refused)).toEqual([field]);
    }
  });
});

describe('ids of others, and of nothing', () => {
  const NOTHING = ['evt_aaaaaaaaaaaaaaaa', 'reg_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1'] as const;

  test('what is not there is a 404', async () => {
    const [none, nobody] = NOTHING;
    const json = { token: site.staff, body: {} };
    await refusedWith(404, 'GET', `/api/events/${none}`, { token: site.staff });
    await refusedWith(404, 'PATCH', `/api/events/${none}`, { ...json, headers: { 'if-match': '"1"' } });
    await refusedWith(404, 'POST', `/api/events/${none}/publish`, { token: site.staff });
    await refusedWith(404, 'POST', `/api/events/${none}/cancel`, { token: site.staff, body: { reason: 'x' } });
    await refusedWith(404, 'POST', `/api/events/${none}/registrations`, json);
    await refusedWith(404, 'GET', `/api/events/${none}/registrations`, { token: site.staff });
    await refusedWith(404, 'POST', `/api/events/${none}/registrations/search`, json);
    await refusedWith(404, 'GET', `/api/events/${none}/roster.csv`, { token: site.staff });
    await refusedWith(404, 'GET', `/api/registrations/${nobody}`, { token: site.staff });
    await refusedWith(404, 'POST', `/api/registrations/${nobody}/approve`, { token: site.staff });
    await refusedWith(404, 'POST', `/api/registrations/${nobody}/deny`, { token: site.staff, body: { reason: 'x' } });
    await refusedWith(404, 'POST', `/api/registrations/${nobody}/reopen`, { token: site.staff });
    await refusedWith(404, 'POST', `/api/registrations/${nobody}/cancel`, { token: site.staff });
    await refusedWith(404, 'GET', '/api/programs/prg_aaaaaaaaaaaaaaaa', { token: site.staff });
  });

  test.each([
    'evt_AAAAAAAAAAAAAAAA',
    'evt_aaaaaaaaaaaaaaa',
    'ses_aaaaaaaaaaaaaaaa',
    'evt_aaaaaaaaaaaaaaaa%00',
    'evt_aaaaaaaaaaaaaaaa%0A',
    '%',
    '%C3%28',
    '..',
    '__proto__',
    'constructor',
  ])('%s is no id: a problem that names it, or nothing there', async (id) => {
    for (const path of [`/api/events/${id}`, `/api/registrations/${id}`, `/api/programs/${id}`]) {
      const answer = await site.get(path, { token: site.staff });
      expect([404, 422], `${path}: ${answer.text}`).toContain(answer.status);
      if (answer.status === 422) expect(fieldsOf(answer)).toEqual(['id']);
    }
  });

  test.each(['-a.gov', 'a..gov', 'fbі.gov', 'a', 'x'.repeat(300), 'a.gov%00', '%2e%2e%2fetc', '*.gov'])(
    '%s is no host',
    async (host) => {
      const answer = await refusedWith(422, 'GET', `/api/hosts/${host}`, { token: site.staff });
      expect(fieldsOf(answer)).toEqual(['host']);
    },
  );
});

describe('bodies', () => {
  test('broken JSON is a 400', async () => {
    await ofEveryRoute(async ({ method, path, ask }) => {
      for (const raw of ['{', '{"a":}', "{'a':1}", '[1,]', '', '\u0000', '{"a":1}{"b":2}', 'NaN']) {
        const answer = await problem(400, method, path, { ...ask, raw });
        expect([path, fieldsOf(answer)]).toEqual([path, ['body']]);
      }
    });
  });

  test('half a character is refused', async () => {
    const half = '{"email":"a@example.org","reason":"\\ud800","title":"\\udc00x","name":"\\ud83d"}';
    await ofEveryRoute(async ({ method, path, ask }) => {
      const answer = await problem(400, method, path, { ...ask, raw: half });
      expect([path, fieldsOf(answer)]).toEqual([path, ['body']]);
    });
  });

  test('a whole character by its two escapes is none the worse', async () => {
    const answer = await site.put('/api/me', {
      token,
      headers: { 'content-type': 'application/json' },
      raw: '{"name":"Pat \\ud83d\\ude00","agency":"An agency"}',
    });
    expect([answer.status, textAt(answer, 'name')]).toEqual([200, 'Pat 😀']);
  });

  test('a body of no content type, or of another, is a 415', async () => {
    await ofEveryRoute(async ({ method, path, ask }) => {
      for (const type of [
        undefined,
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'json',
      ]) {
        const headers = { 'if-match': '"1"', ...(type ? { 'content-type': type } : {}) };
        const answer = await problem(415, method, path, { ...ask, headers, raw: '{"reason":"x"}' });
        expect([path, fieldsOf(answer)]).toEqual([path, ['Content-Type']]);
      }
    });
  });

  test('a body that is missing is named where one is needed', async () => {
    await ofEveryRoute(async ({ method, path, required }) => {
      if (!required) return;
      const answer = await problem(422, method, path, { token: site.staff, headers: { 'if-match': '"1"' } });
      expect([path, fieldsOf(answer)]).toEqual([path, ['body']]);
    });
  });

  test('a huge body is a 413, whatever it says of its length', async () => {
    const raw = `{"title":"${'x'.repeat(300 * 1024)}"}`;
    await ofEveryRoute(async ({ method, path, ask }) => {
      const answer = await problem(413, method, path, { ...ask, raw });
      expect([path, fieldsOf(answer)]).toEqual([path, ['body']]);
    });
    const headers = { 'content-type': 'application/json', 'content-length': '999999999' };
    expect((await site.post('/api/sign-in', { raw: '{}', headers })).status).toBe(413);
    const page = await site.post('/sign-in', {
      raw: `email=${'x'.repeat(300 * 1024)}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([page.status, page.headers.get('content-type')]).toEqual([413, 'text/html; charset=UTF-8']);
  });

  test('nesting without end is refused, not followed', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const deepObject = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    await ofEveryRoute(async ({ method, path, ask }) => {
      for (const raw of [deep, deepObject, deep.replace('[[', '["\\ud83d\\ude00",[')]) {
        const answer = await site.request(method, path, { ...ask, raw });
        expect([400, 404, 422], `${method} ${path}`).toContain(answer.status);
      }
    });
  });

  test('names that every object has change no object', async () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
    await ofEveryRoute(async ({ method, path, ask }) => {
      for (const name of names) {
        const raw = `{"${name}":{"status":"published","isStaff":true},"answers":{"${name}":"x"}}`;
        const answer = await site.request(method, path, { ...ask, raw });
        expect([400, 404, 409, 412, 422, 428], `${method} ${path} ${name}: ${answer.text}`).toContain(answer.status);
      }
    });
    expect(Object.prototype).not.toHaveProperty('status');
    expect(Object.prototype).not.toHaveProperty('isStaff');
  });
});

describe('queries', () => {
  test.each([
    ['/api/events?from=yesterday', 'from'],
    ['/api/events?to=2027-01-14', 'to'],
    ['/api/events?from=2027-01-14T18:00:00.1234567891Z', 'from'],
    ['/api/events?limit=1&limit=2', 'limit'],
    ['/api/staff/events?status=deleted', 'status'],
    ['/api/audit?actor=me', 'actor'],
    ['/api/audit?from=%F0%9F%98%80', 'from'],
    [`/api/events/EVENT/registrations?status=here`, 'status'],
    [`/api/events/EVENT/roster.csv?columns=name,password`, 'columns.1'],
    [`/api/events/EVENT/roster.csv?status=here`, 'status.0'],
    [`/api/events/EVENT/roster.csv?session=evt_aaaaaaaaaaaaaaaa`, 'session'],
  ])('%s is refused by its name', async (path, field) => {
    const answer = await refusedWith(422, 'GET', path.replace('EVENT', event), { token: site.staff });
    expect(fieldsOf(answer)).toEqual([field]);
  });

  test.each([
    '?__proto__=x',
    '?constructor=x',
    '?limit[]=5',
    '?%',
    '?=&&&',
    '?from',
    `?program=${'x'.repeat(60)}`,
    '?program=%00',
  ])('/api/events%s does no harm', async (query) => {
    expect([200, 422]).toContain((await site.get(`/api/events${query}`)).status);
  });

  test('an actor, an entity and a program of strange letters find nothing', async () => {
    for (const entity of ['#', '%00', '%F0%9F%98%80', '__proto__', 'x'.repeat(80), 'AUDIT%23'])
      expect((await site.get(`/api/audit?entity=${entity}`, { token: site.staff })).status).toBe(200);
  });
});

describe('text', () => {
  /** In JSON: escapes but for a line break, and characters that turn or hide what is around them. */
  const STRANGE = /\\[bfrtu]|[\u0085\u200B\u2028\u202E\u2066]/;

  test('control characters and marks of direction are no part of what is kept', async () => {
    const dirt = 'a\u0000b\u0007c\u001Bd\u202Ee\u2066f\u200Bg\rh\ni\u0085j\u2028k';
    const id = await draftEvent(site, {
      title: dirt,
      description: dirt,
      outcomes: [dirt],
      sessions: [aSession(0, { title: dirt, location: dirt, track: dirt })],
    });
    const kept = await site.get(`/api/events/${id}`, { token: site.staff });
    expect(kept.text).not.toMatch(STRANGE);
    const other = await publishedEvent(site, {
      questions: [{ id: 'why', label: dirt, kind: 'text', required: true }],
    });
    const person = await registered(site, other, 'dirty@agency.example.gov', {
      answers: { why: dirt },
      accommodations: { needs: [], other: dirt },
    });
    await site.put('/api/me', { token: person.token, body: { name: dirt, agency: dirt, title: dirt } });
    const mine = await site.get(`/api/registrations/${person.id}`, { token: person.token });
    expect(mine.text).not.toMatch(STRANGE);
    const calendar = new URL(textAt(await site.get('/api/me/calendar', { token: person.token }), 'url')).pathname;
    expect((await site.get(calendar)).text).not.toMatch(/[^\P{Cc}\r\n]/u);
  });

  test('a reason of staff is kept without them too', async () => {
    const held = await registered(site, event, 'denied@agency.example.gov');
    const answer = await site.post(`/api/registrations/${held.id}/deny`, {
      token: site.staff,
      body: { reason: 'No\u0000 \u0007seat.\r\nSorry.' },
    });
    expect(answer.status).toBe(200);
    const mine = await site.get(`/api/registrations/${held.id}`, { token: held.token });
    expect(textAt(mine, 'reason')).toBe('No seat.\nSorry.');
  });
});

describe('forms', () => {
  /** The editor's form, with a session at a local time. */
  const editor = (date: string, start: string, more = {}) =>
    new URLSearchParams({
      do: 'save',
      title: 'Typed into the form',
      description: 'What it is about.',
      timeZone: 'America/New_York',
      sessionChoice: 'all',
      approval: 'automatic',
      'opens.date': '2027-01-12',
      'opens.time': '09:00',
      'closes.date': '2027-01-20',
      'closes.time': '17:00',
      'sessions.0.title': 'Session 1',
      'sessions.0.date': date,
      'sessions.0.start': start,
      'sessions.0.length': '60',
      ...more,
    }).toString();

  async function typed(path: string, raw: string, who: string): Promise<Answer> {
    const before = await site.contents();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const page = await site.post(path, { token: who, headers, raw });
    expect(page.status).toBe(422);
    expect(page.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    expect(await site.contents()).toEqual(before);
    return page;
  }

  test.each([
    ['that does not exist', '2027-03-14', '02:30', /does not exist/],
    ['that comes twice', '2027-11-07', '01:30', /comes twice/],
    ['on a day that there is not', '2027-02-30', '10:00', /id="f-sessions-0-date-error"/],
    ['in words', 'tomorrow', 'noon', /id="f-sessions-0-start-error"/],
  ])('a local time %s is said beside its field, and what was typed is there again', async (_, date, start, words) => {
    const page = await typed('/staff/events/new', editor(date, start), site.staff);
    expect(page.text).toMatch(words);
    expect(page.text).toContain('Typed into the form');
    expect(page.text).toMatch(/href="#[\w.-]*sessions[\w.-]*"/);
  });

  test('an answer to a question that is not asked any more is said, in every form, and the others are kept', async () => {
    const id = await publishedEvent(site, {
      questions: [{ id: 'unit', label: 'Which unit?', kind: 'text', required: false }],
    });
    const slug = new URL(textAt(await site.get(`/api/events/${id}`), 'url')).pathname;
    const held = await registered(site, id, 'stray@agency.example.gov');
    const other = await site.token('participant', 'other-stray@agency.example.gov');
    const raw = (more: Record<string, string>) =>
      new URLSearchParams({
        givenName: 'Dana',
        familyName: 'Lee',
        agency: 'A',
        timeZone: 'America/Denver',
        'answers.unit': 'Vice',
        ...more,
      }).toString();
    for (const [path, who] of [
      [`${slug}/register`, other],
      [`/registrations/${held.id}/answers`, held.token],
    ] as const) {
      const page = await typed(path, raw({ 'answers.shoe': '44' }), who);
      expect(page.text).toContain('This training no longer asks a question that you answered');
      expect(page.text).toContain('>Vice<');
      expect(page.text).not.toContain('shoe');
    }
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = await site.post(`${slug}/register`, { token: other, headers, raw: raw({ 'answers.shoe': '' }) });
    expect(sent.status).toBe(303);
  });

  test.each(['ben@harlоwsheriff.example.org', 'bеn@harlowsheriff.example.org'])(
    '%s, which only looks like an address, is said to be of another alphabet',
    async (email) => {
      const words = 'This address has letters of another alphabet, which look like others. Type it again by hand';
      const page = await typed('/sign-in', new URLSearchParams({ email }).toString(), token);
      expect(page.text).toContain(words);
      const refused = await refusedWith(422, 'POST', '/api/sign-in', { body: { email } });
      expect(refused.json).toMatchObject({ errors: [{ path: 'email', message: words }] });
    },
  );

  test('what is wrong with a registration is said beside each field, and every answer kept', async () => {
    const question = { id: 'unit', label: 'Which unit do you work in?', kind: 'text', required: true };
    const id = await publishedEvent(site, { questions: [question] });
    const slug = new URL(textAt(await site.get(`/api/events/${id}`), 'url')).pathname;
    const raw = new URLSearchParams({
      givenName: 'Dana-Unusual',
      'accommodations.other': 'A quiet room',
      attempt: '1',
    });
    const page = await typed(
      `${slug}/register`,
      raw.toString(),
      await site.token('participant', 'form@agency.example.gov'),
    );
    expect(page.text).toContain('Which unit do you work in?');
    for (const kept of ['Dana-Unusual', 'A quiet room']) expect(page.text).toContain(kept);
  });
});

describe('replays', () => {
  test('of everything that changes something end where the first ended', async () => {
    const other = await publishedEvent(site, { capacity: 3 });
    const { token: who, id } = await registered(site, other, 'replay@agency.example.gov', { attempt: 1 });
    const again = async (method: string, path: string, ask: Ask): Promise<void> => {
      const first = await site.request(method, path, ask);
      const second = await site.request(method, path, ask);
      expect([200, 412, 428], `${path} ${second.text}`).toContain(second.status);
      if (second.status === 200) expect(second.json).toEqual(first.json);
    };
    await again('POST', `/api/events/${other}/registrations`, { token: who, body: { attempt: 1 } });
    await again('POST', `/api/registrations/${id}/cancel`, { token: who });
    await again('POST', `/api/events/${other}/registrations`, { token: who, body: { attempt: 1 } });
    await again('POST', `/api/events/${other}/publish`, { token: site.staff });
    await again('PATCH', `/api/events/${other}`, {
      token: site.staff,
      body: { title: 'x' },
      headers: { 'if-match': '"2"' },
    });
    await again('POST', `/api/events/${other}/cancel`, { token: site.staff, body: { reason: 'It snows.' } });
  });
});

describe('anything at all', () => {
  const anything = fc.jsonValue({ noUnicodeString: false, maxDepth: 4 });
  /** Values that nearly fit: the names of the contract with anything in them. */
  const nearly = fc.dictionary(
    fc.constantFrom(
      'title',
      'sessions',
      'capacity',
      'timeZone',
      'opensAt',
      'closesAt',
      'trainers',
      'questions',
      'audience',
      'answers',
      'accommodations',
      'attempt',
      'reason',
      'q',
      'sort',
      'limit',
      'cursor',
      'email',
      'code',
      'challenge',
      'name',
      'agency',
      'class',
      'lists',
      'evidence',
      'expiresAt',
      'key',
      'cadence',
      'covers',
      'registrationId',
      'decision',
      '__proto__',
    ),
    fc.oneof(
      anything,
      fc.constantFrom(
        '',
        '0',
        '\u0000',
        '2027-01-14T18:00:00Z',
        '9999-12-31T23:59:59Z',
        '0000-01-01T00:00:00Z',
        -1,
        0,
        1e21,
      ),
      fc.constantFrom([], [null], [{}], {}, { kind: 'hosts' }, { needs: [] }),
    ),
  );

  test('on every route that takes JSON: never a 5xx, never a trace of our code', async () => {
    const routes = jsonRoutes();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(routes.length - 1),
        fc.oneof(anything, nearly, fc.array(nearly, { maxLength: 3 })),
        async (n, body) => {
          const route = routes[n];
          if (!route) return;
          const answer = await site.request(route.method, route.path, { ...route.ask, raw: JSON.stringify(body) });
          expect(answer.status).toBeLessThan(500);
          expect(answer.text).not.toMatch(/\bat \S+ \(|node_modules|\.tsx?:\d|TypeError|ZodError/);
          if (answer.status >= 400) expect(answer.headers.get('content-type')).toBe('application/problem+json');
        },
      ),
      { numRuns: 400 },
    );
  });

  test('in every query and address: the same', async () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('..', '%', '\u0000', '\r\n', '%ff', '/'),
    );
    const gets = site.contract.operations.filter(({ method }) => method === 'GET');
    await fc.assert(
      fc.asyncProperty(fc.nat(gets.length - 1), text, text, async (n, part, value) => {
        const { path = '', operation } = gets[n] ?? {};
        const names = (operation?.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
        const query = names.map((name) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&');
        const address = path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(part.toWellFormed()) || 'x');
        for (const one of [`/api${address}`, `/api${addressOf(path)}?${query}`]) {
          const answer = await site.get(one, { token: site.staff });
          expect(answer.status).toBeLessThan(500);
        }
      }),
      { numRuns: 200 },
    );
  });
});
