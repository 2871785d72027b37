import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  aSession,
  at,
  draftEvent,
  eventBody,
  fieldsOf,
  inDays,
  itemsOf,
  MEETING,
  openSite,
  programId,
  publishedEvent,
  registered,
  textAt,
  type Answer,
  type Site,
} from '../fixtures/app.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

let made = 0;
/** An address that nothing else here uses. */
const someone = (host = 'agency.example.gov'): string => `person-${(made += 1)}@${host}`;
const participant = (host?: string) => site.token('participant', someone(host));
const register = (event: string, token: string, body: unknown = {}, headers = {}) =>
  site.post(`/api/events/${event}/registrations`, { token, body, headers });

/** Does something at another time, with tokens of that time, and comes back. */
async function later<T>(time: string, act: () => Promise<T>): Promise<T> {
  const now = site.clock.now();
  site.clock.set(time);
  try {
    return await act();
  } finally {
    site.clock.set(now);
  }
}

describe('conventions', () => {
  test('times are instants in UTC with an IANA zone beside them', async () => {
    const id = await draftEvent(site, {
      sessions: [aSession(0, { startsAt: '2027-01-25T09:00:00-05:00', endsAt: '2027-01-25T10:00:00-05:00' })],
      timeZone: 'America/Chicago',
    });
    const event = await site.get(`/api/events/${id}`, { token: site.staff });
    expect(event.json).toMatchObject({
      timeZone: 'America/Chicago',
      startsAt: '2027-01-25T14:00:00Z',
      endsAt: '2027-01-25T15:00:00Z',
      sessions: [{ startsAt: '2027-01-25T14:00:00Z', endsAt: '2027-01-25T15:00:00Z' }],
    });
  });

  test('ids are opaque, with their prefixes', async () => {
    const event = await publishedEvent(site);
    const { answer, id } = await registered(site, event, someone());
    const seen = await site.get(`/api/events/${event}`);
    expect(event).toMatch(/^evt_[a-z2-7]{16}$/);
    expect(id).toMatch(/^reg_[a-z2-7]+\d+$/);
    expect(textAt(seen, 'programId')).toMatch(/^prg_/);
    expect(textAt(seen, 'sessions', 0, 'id')).toMatch(/^ses_/);
    expect(answer.status).toBe(201);
  });

  test('errors are problem documents', async () => {
    const answers = [
      await site.get('/api/me'),
      await site.get('/api/staff/events', { token: await participant() }),
      await site.get('/api/events/evt_aaaaaaaaaaaaaaaa'),
      await site.post('/api/events', { token: site.staff, body: {} }),
      await site.get('/api/no-such-thing'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 403, 404, 422, 404]);
    for (const { headers, json, status, text } of answers) {
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(json).toMatchObject({
        type: expect.stringMatching(/./),
        title: expect.stringMatching(/./),
        status,
        detail: expect.stringMatching(/./),
      });
      expect(text).not.toMatch(/\bat \/|node_modules|\.ts:\d/);
    }
  });

  test('an ETag of an event: 428 without it, 412 when it is stale, 200 with the present one', async () => {
    const id = await draftEvent(site);
    const address = `/api/events/${id}`;
    const first = (await site.get(address, { token: site.staff })).headers.get('etag') ?? '';
    const change = (body: unknown, headers = {}) => site.patch(address, { token: site.staff, body, headers });
    expect((await change({ title: 'Other' })).status).toBe(428);
    const changed = await change({ title: 'Other' }, { 'if-match': first });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(first);
    for (const stale of [first, '"none"', 'none', '*', ''])
      expect((await change({ title: 'Another' }, { 'if-match': stale })).status, stale).toBe(412);
    const second = changed.headers.get('etag') ?? '';
    expect((await site.get(address, { token: site.staff })).headers.get('etag')).toBe(second);
    expect(textAt(await change({ title: 'Another' }, { 'if-match': second }), 'title')).toBe('Another');
  });

  test('an ETag: of several changes at the same moment one is made', async () => {
    const id = await draftEvent(site);
    const answers = await Promise.all(
      ['One', 'Two', 'Three', 'Four'].map((title) =>
        site.patch(`/api/events/${id}`, { token: site.staff, body: { title }, headers: { 'if-match': '"1"' } }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412]);
    const kept = await site.get(`/api/events/${id}`, { token: site.staff });
    const made = answers.find(({ status }) => status === 200);
    expect([kept.headers.get('etag'), at(kept, 'title')]).toEqual(['"2"', made && at(made, 'title')]);
  });

  test('an ETag of a registration: the same', async () => {
    const { token, id, answer } = await registered(site, await publishedEvent(site), someone());
    const tag = answer.headers.get('etag') ?? '';
    expect((await site.get(`/api/registrations/${id}`, { token })).headers.get('etag')).toBe(tag);
    const body = { accommodations: { needs: ['live-captions'] } };
    const change = (headers = {}) => site.patch(`/api/registrations/${id}`, { token, body, headers });
    expect((await change()).status).toBe(428);
    expect((await change({ 'if-match': '"99"' })).status).toBe(412);
    expect((await change({ 'if-match': tag })).status).toBe(200);
    expect((await change({ 'if-match': tag })).status).toBe(412);
  });

  test('an ETag of a program: the same, and it can be read', async () => {
    const id = await programId(site, 'fdns-learning');
    const address = `/api/programs/${id}`;
    const tag = (await site.get(address)).headers.get('etag') ?? '';
    expect(tag).toMatch(/^"\d+"$/);
    const change = (headers = {}) => site.patch(address, { token: site.staff, body: { owner: 'FDNS' }, headers });
    expect((await change()).status).toBe(428);
    const changed = await change({ 'if-match': tag });
    expect(changed.json).toMatchObject({ id, owner: 'FDNS', key: 'fdns-learning' });
    expect((await change({ 'if-match': tag })).status).toBe(412);
  });
});

describe('Idempotency-Key', () => {
  const withKey = (key: string) => ({ 'idempotency-key': key });

  test('a replay answers with the event as it stands', async () => {
    const body = await eventBody(site);
    const create = () => site.post('/api/events', { token: site.staff, body, headers: withKey('event-1') });
    const first = await create();
    const id = textAt(first, 'id');
    await site.post(`/api/events/${id}/publish`, { token: site.staff });
    const again = await create();
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.json).toMatchObject({ id, status: 'published' });
  });

  test('the same key with another body is a 422, and makes nothing', async () => {
    const headers = withKey('event-2');
    await site.post('/api/events', { token: site.staff, headers, body: await eventBody(site) });
    const before = await site.contents();
    const other = await site.post('/api/events', {
      token: site.staff,
      headers,
      body: await eventBody(site, { title: 'Another', trainers: ['somebody-new@ccht.example.org'] }),
    });
    expect(other.status).toBe(422);
    expect(fieldsOf(other)).toEqual(['Idempotency-Key']);
    expect(await site.contents()).toEqual(before);
  });

  test('is scoped to the person', async () => {
    const body = await eventBody(site);
    const other = await site.token('staff', 'second-staff@hq.dhs.gov');
    const ids = await Promise.all(
      [site.staff, other].map(async (token) =>
        textAt(await site.post('/api/events', { token, body, headers: withKey('event-3') }), 'id'),
      ),
    );
    expect(new Set(ids).size).toBe(2);
  });

  test('is scoped to the route', async () => {
    const key = withKey('one-key-for-two-events');
    const token = await participant();
    const [one, other] = [await publishedEvent(site), await publishedEvent(site)];
    expect((await register(one, token, {}, key)).status).toBe(201);
    expect((await register(other, token, { attempt: 1 }, key)).status).toBe(201);
  });

  test('of a registration: a replay is the registration as it stands, also after it was given up', async () => {
    const token = await participant();
    const event = await publishedEvent(site);
    const first = await register(event, token, {}, withKey('registration-1'));
    const again = await register(event, token, {}, withKey('registration-1'));
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.json).toEqual(first.json);
    await site.post(`/api/registrations/${textAt(first, 'id')}/cancel`, { token });
    const late = await register(event, token, {}, withKey('registration-1'));
    expect(late.status).toBe(200);
    expect(late.json).toMatchObject({ id: textAt(first, 'id'), status: 'cancelled', attempt: 1 });
  });

  test('of an earlier registration still answers with what stands, and revives nobody', async () => {
    const token = await participant();
    const event = await publishedEvent(site);
    for (const key of ['earlier-1', 'earlier-2']) {
      const made = await register(event, token, {}, withKey(key));
      expect(made.status).toBe(201);
      await site.post(`/api/registrations/${textAt(made, 'id')}/cancel`, { token });
    }
    const late = await register(event, token, {}, withKey('earlier-1'));
    expect([late.status, at(late, 'status'), at(late, 'attempt')]).toEqual([200, 'cancelled', 2]);
    const other = await register(event, token, { attempt: 3 }, withKey('earlier-1'));
    expect([other.status, fieldsOf(other)]).toEqual([422, ['Idempotency-Key']]);
  });

  test('many copies at the same moment make one event, one registration', async () => {
    const body = await eventBody(site);
    const copies = Array.from({ length: 8 }, (_, n) => n);
    const create = () => site.post('/api/events', { token: site.staff, body, headers: withKey('at-once') });
    const events = await Promise.all(copies.map(create));
    expect(new Set(events.map((one) => textAt(one, 'id'))).size).toBe(1);
    for (const { status } of events) expect([200, 201]).toContain(status);
    const event = await publishedEvent(site, { capacity: 20 });
    const token = await participant();
    for (const headers of [withKey('at-once'), {}]) {
      const answers = await Promise.all(copies.map(() => register(event, token, {}, headers)));
      expect(new Set(answers.map((one) => textAt(one, 'id'))).size).toBe(1);
      for (const { status } of answers) expect([200, 201]).toContain(status);
    }
    expect((await site.get(`/api/events/${event}`)).json).toMatchObject({ seats: { remaining: 19 } });
  });

  test('of a registration with another body is a 422', async () => {
    const token = await participant();
    const event = await publishedEvent(site);
    await register(event, token, {}, withKey('registration-2'));
    const other = await register(event, token, { attempt: 1 }, withKey('registration-2'));
    expect(other.status).toBe(422);
    expect(fieldsOf(other)).toEqual(['Idempotency-Key']);
  });

  test('of a program: a replay is the program, another body a 422', async () => {
    const body = {
      key: 'made-with-a-key',
      name: 'Made with a key',
      owner: 'CCHT',
      cadence: 'annual',
      group: 'public',
      audience: { kind: 'anyone' },
      visibility: 'public',
      sensitivity: 'public',
      marking: '',
      covers: [],
      instead: null,
    };
    const create = (more = {}) =>
      site.post('/api/programs', { token: site.staff, body: { ...body, ...more }, headers: withKey('program-1') });
    const [first, again, other] = [await create(), await create(), await create({ name: 'Another name' })];
    expect([first.status, again.status, other.status]).toEqual([201, 200, 422]);
    expect(again.json).toEqual(first.json);
    expect(fieldsOf(other)).toEqual(['Idempotency-Key']);
  });

  test('sign-in ignores it', async () => {
    const ask = () => site.post('/api/sign-in', { body: { email: 'key@example.org' }, headers: withKey('sign-in-1') });
    expect(textAt(await ask(), 'challenge')).not.toBe(textAt(await ask(), 'challenge'));
  });
});

describe('lists', () => {
  /** Reads a list to its end, page by page. */
  async function pages(path: string, limit: number, token?: string): Promise<unknown[][]> {
    const found: unknown[][] = [];
    let cursor = '';
    for (let page = 0; page < 60; page += 1) {
      const answer = await site.get(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor}`, { token });
      expect(answer.status, answer.text).toBe(200);
      found.push(itemsOf(answer));
      if (at(answer, 'nextCursor') === undefined) return found;
      cursor = `&cursor=${encodeURIComponent(textAt(answer, 'nextCursor'))}`;
    }
    throw new Error(`${path} never ends`);
  }

  test('of every kind: pages hold as many as asked for, and together all of it once', async () => {
    const token = await participant();
    const events = [];
    for (let n = 0; n < 3; n += 1)
      events.push(await publishedEvent(site, { capacity: 9, trainers: ['lists@ccht.example.org'] }));
    for (const event of events) await register(event, token);
    const [event = ''] = events;
    for (let n = 0; n < 3; n += 1) await registered(site, event, someone());
    const trainer = await site.token('trainer', 'lists@ccht.example.org');
    const lists: readonly (readonly [string, string | undefined])[] = [
      ['/api/programs', undefined],
      ['/api/events', undefined],
      ['/api/events?program=cp-webinar-public', token],
      ['/api/staff/events', site.staff],
      ['/api/trainer/events', trainer],
      ['/api/me/registrations', token],
      [`/api/events/${event}/registrations`, trainer],
      [`/api/audit?entity=${event}`, site.staff],
      [`/api/audit?from=2027-01-11T00:00:00Z`, site.staff],
    ];
    for (const [path, who] of lists) {
      const [whole = []] = await pages(path, 100, who);
      const size = path.includes('entity') ? 1 : 2;
      const cut = await pages(path, size, who);
      expect(whole.length, path).toBeGreaterThan(size);
      expect(cut.flat(), path).toEqual(whole);
      for (const page of cut.slice(0, -1)) expect(page, path).toHaveLength(size);
    }
  });

  test('a search by cursor goes on where it stopped', async () => {
    const event = await publishedEvent(site, { capacity: 9 });
    for (let n = 0; n < 3; n += 1) await registered(site, event, someone());
    const search = (body: unknown) =>
      site.post(`/api/events/${event}/registrations/search`, { token: site.staff, body });
    const first = await search({ limit: 2, sort: 'applied' });
    const rest = await search({ limit: 2, sort: 'applied', cursor: textAt(first, 'nextCursor') });
    const whole = await search({ sort: 'applied' });
    expect([...itemsOf(first), ...itemsOf(rest)]).toEqual(itemsOf(whole));
    expect(at(rest, 'nextCursor')).toBeUndefined();
  });

  test.each(['0', '101', '-1', '1.5', 'many', ''])('limit=%s is refused, by name', async (limit) => {
    for (const path of ['/api/programs', '/api/events', '/api/staff/events', '/api/me/registrations', '/api/audit']) {
      const answer = await site.get(`${path}?limit=${limit}`, { token: site.staff });
      expect([path, answer.status, fieldsOf(answer)]).toEqual([path, 422, ['limit']]);
    }
  });

  test('a cursor that is none of ours is refused, by name', async () => {
    const event = await publishedEvent(site);
    const paths = [
      '/api/programs',
      '/api/events',
      '/api/staff/events',
      '/api/trainer/events',
      '/api/me/registrations',
      `/api/events/${event}/registrations`,
      `/api/audit?entity=${event}`,
      '/api/audit',
    ];
    for (const path of paths)
      for (const cursor of ['x', '%00', '-5', '%F0%9F%98%80', 'LTU', 'enp6enp6']) {
        const answer = await site.get(`${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`, {
          token: site.staff,
        });
        expect([path, cursor, answer.status, fieldsOf(answer)]).toEqual([path, cursor, 422, ['cursor']]);
      }
    const search = await site.post(`/api/events/${event}/registrations/search`, {
      token: site.staff,
      body: { cursor: 'LTU' },
    });
    expect([search.status, fieldsOf(search)]).toEqual([422, ['cursor']]);
  });
});

describe('anyone', () => {
  test('health says ok', async () => {
    expect((await site.get('/api/health')).json).toEqual({ status: 'ok' });
  });

  test('programs have their key, cadence, audience and what they cover', async () => {
    const { json } = await site.get('/api/programs');
    expect(json).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          key: 'cp-webinar-public',
          cadence: 'biannual',
          audience: { kind: 'anyone', hosts: [], others: 'review' },
          covers: expect.arrayContaining([expect.any(String)]),
        }),
      ]),
    });
  });

  test('a program that only those who qualify may know of is told to them, trainers and staff alone', async () => {
    const sees = async (token: string | undefined) =>
      (await site.get('/api/programs', { token })).text.includes('hsi-advanced-training');
    expect(await sees(undefined)).toBe(false);
    expect(await sees(await participant('cbp.dhs.gov'))).toBe(false);
    expect(await sees(await participant('hsi.dhs.gov'))).toBe(true);
    expect(await sees(site.staff)).toBe(true);
  });

  test('events: published ones that are still to come, soonest first, with what the contract names', async () => {
    const late = await publishedEvent(site, { sessions: [aSession(5)], closesAt: inDays(18) });
    const soon = await publishedEvent(site, { sessions: [aSession(-10)], closesAt: inDays(3) });
    const draft = await draftEvent(site);
    const list = await site.get('/api/events');
    const ids = itemsOf(list).map((_, index) => textAt(list, 'items', index, 'id'));
    expect(ids.indexOf(soon)).toBeLessThan(ids.indexOf(late));
    expect(ids).not.toContain(draft);
    expect(at(list, 'items', ids.indexOf(soon))).toMatchObject({
      title: 'Continued Presence, public edition',
      program: 'cp-webinar-public',
      sessions: [{ title: 'Session -9', startsAt: inDays(4), endsAt: inDays(4, 1) }],
      audience: { kind: 'anyone', hosts: [], others: 'review' },
      seats: { capacity: 2, remaining: 2, waitlist: 0 },
      opensAt: inDays(-1),
      closesAt: inDays(3),
      registrationOpen: true,
      url: `${site.origin}/trainings/continued-presence-public-edition-${soon}`,
    });
  });

  test('events between two moments, of one program by key or id', async () => {
    const program = await programId(site, 'fletc-frontline');
    const id = await publishedEvent(site, { sessions: [aSession(60)], closesAt: inDays(70) }, 'fletc-frontline');
    const idsIn = async (query: string) => {
      const list = await site.get(`/api/events?${query}`);
      return itemsOf(list).map((_, index) => textAt(list, 'items', index, 'id'));
    };
    expect(await idsIn('program=fletc-frontline')).toEqual([id]);
    expect(await idsIn(`program=${program}`)).toEqual([id]);
    expect(await idsIn(`from=${inDays(74)}&to=${inDays(75)}`)).toEqual([id]);
    expect(await idsIn(`from=${inDays(75)}&to=${inDays(76)}`)).toEqual([]);
    expect(await idsIn(`program=fletc-frontline&to=${inDays(74)}`)).toEqual([]);
  });

  test('a list asks for a few years at most', async () => {
    for (const path of ['/api/events', '/api/staff/events']) {
      const answer = await site.get(`${path}?from=0001-01-01T00:00:00Z&to=9999-12-31T00:00:00Z`, { token: site.staff });
      expect([answer.status, fieldsOf(answer)]).toEqual([422, ['to']]);
    }
  });

  test('an event tells a signed-in person whether they qualify, and which registration is next', async () => {
    const id = await publishedEvent(site, {}, 'annual-seminar');
    const seenBy = async (token?: string) => (await site.get(`/api/events/${id}`, { token })).json;
    expect(await seenBy()).not.toHaveProperty('eligibility');
    expect(await seenBy()).not.toHaveProperty('nextAttempt');
    const token = await participant('fema.dhs.gov');
    expect(await seenBy(token)).toMatchObject({
      eligibility: { verdict: 'qualifies', reason: expect.any(String) },
      nextAttempt: 1,
    });
    expect(await seenBy(await participant('associates.fema.dhs.gov'))).toMatchObject({
      eligibility: { verdict: 'review' },
    });
    expect(await seenBy(await participant())).toMatchObject({ eligibility: { verdict: 'not' } });
    const registration = textAt(await register(id, token), 'id');
    expect(await seenBy(token)).toMatchObject({
      registration: { id: registration, status: 'confirmed', attempt: 1 },
      nextAttempt: 1,
    });
    await site.post(`/api/registrations/${registration}/cancel`, { token });
    expect(await seenBy(token)).toMatchObject({
      registration: { id: registration, status: 'cancelled', attempt: 1 },
      nextAttempt: 2,
    });
  });
});

describe('visibility', () => {
  const listed = async (event: string, token?: string): Promise<boolean> =>
    (await site.get('/api/events?limit=100', { token })).text.includes(event);

  test('public: anybody sees place and trainers', async () => {
    const { json } = await site.get(`/api/events/${await publishedEvent(site)}`);
    expect(json).toMatchObject({ sessions: [{ location: expect.stringContaining('Room 5') }], trainers: [{}] });
    expect(JSON.stringify(json)).not.toContain('trainer@ccht.example.org');
  });

  test('limited: those who do not qualify see neither place nor trainers, in lists and by itself', async () => {
    const id = await publishedEvent(site, {}, 'cp-webinar-law-enforcement');
    for (const token of [undefined, await participant(), await participant('associates.cbp.dhs.gov')]) {
      const event = await site.get(`/api/events/${id}`, { token });
      const list = await site.get('/api/events?program=cp-webinar-law-enforcement', { token });
      expect([event.status, itemsOf(list).length > 0]).toEqual([200, true]);
      expect(event.text + list.text).not.toMatch(/Room 5|"trainers"|"location"/);
    }
    const agent = await site.get(`/api/events/${id}`, { token: await participant('cbp.dhs.gov') });
    expect(agent.json).toMatchObject({ sessions: [{ location: expect.stringContaining('Room 5') }], trainers: [{}] });
  });

  test('qualified: to those who do not qualify it is nowhere', async () => {
    const id = await publishedEvent(site, {}, 'hsi-advanced-training');
    const none = 'evt_aaaaaaaaaaaaaaaa';
    for (const token of [
      undefined,
      await participant(),
      await participant('cbp.dhs.gov'),
      await site.token('trainer', someone()),
    ]) {
      expect(await listed(id, token)).toBe(false);
      const hidden = await site.get(`/api/events/${id}`, { token });
      expect(hidden.status).toBe(404);
      expect(hidden.text).toBe((await site.get(`/api/events/${none}`, { token })).text);
      if (token) {
        expect((await register(id, token)).status).toBe(404);
        expect((await site.get(`/api/events/${id}/registrations`, { token })).status).toBe(404);
        expect((await site.get(`/api/events/${id}/roster.csv`, { token })).status).toBe(404);
      }
    }
  });

  test('qualified: no page shows it, counts it or knows its address', async () => {
    const id = await publishedEvent(site, { title: 'Hidden advanced training' }, 'hsi-advanced-training');
    for (const token of [undefined, await participant(), await participant('cbp.dhs.gov')]) {
      const home = await site.get('/', { token });
      expect(home.text).not.toContain('Hidden advanced training');
      expect((await site.get('/?for=hsi', { token })).text).not.toContain('Hidden advanced training');
      expect(home.text).not.toMatch(/[?&]for=hsi/);
      for (const path of [`/trainings/x-${id}`, `/trainings/${id}`, `/trainings/${id}/agenda`])
        expect((await site.get(path, { token })).status, path).toBe(404);
      expect((await site.get(`/sign-in?return=/trainings/${id}`, { token })).text).not.toContain('Hidden advanced');
    }
    const agent = await participant('hsi.dhs.gov');
    expect((await site.get('/', { token: agent })).text).toContain('Hidden advanced training');
  });

  test('limited: no page shows place or trainers to those who do not qualify', async () => {
    const id = await publishedEvent(site, {}, 'annual-seminar');
    const path = new URL(textAt(await site.get(`/api/events/${id}`), 'url')).pathname;
    await site.put('/api/me', {
      token: await site.token('trainer', 'trainer@ccht.example.org'),
      body: { name: 'Marisol Ortega-Unusual', agency: 'CCHT' },
    });
    for (const token of [undefined, await participant()])
      for (const address of [path, '/', `${path}/agenda`]) {
        const page = await site.get(address, { token });
        expect(page.text, address).not.toMatch(/Room 5|Ortega-Unusual|trainer@ccht/);
      }
    expect((await site.get(path, { token: await participant('fema.dhs.gov') })).text).toContain('Room 5');
  });

  test('qualified: those who qualify, its trainers and staff see it', async () => {
    const id = await publishedEvent(site, {}, 'hsi-advanced-training');
    const agent = await participant('hsi.dhs.gov');
    const trainer = await site.token('trainer', 'trainer@ccht.example.org');
    for (const token of [agent, trainer, site.staff])
      expect((await site.get(`/api/events/${id}`, { token })).status).toBe(200);
    expect(await listed(id, agent)).toBe(true);
    expect((await register(id, agent)).json).toMatchObject({ status: 'confirmed' });
  });

  test('a draft is unknown to all but staff and its trainers', async () => {
    const id = await draftEvent(site);
    const statusTo = async (token?: string) => (await site.get(`/api/events/${id}`, { token })).status;
    expect(await statusTo()).toBe(404);
    expect(await statusTo(await participant())).toBe(404);
    expect(await statusTo(await site.token('trainer', someone()))).toBe(404);
    expect(await statusTo(await site.token('trainer', 'trainer@ccht.example.org'))).toBe(200);
    expect(await statusTo(site.staff)).toBe(200);
    expect((await register(id, await participant())).status).toBe(404);
  });

  test('the name of a trainer does not make a participant one', async () => {
    const id = await draftEvent(site);
    const token = await site.token('participant', 'trainer@ccht.example.org');
    expect((await site.get(`/api/events/${id}`, { token })).status).toBe(404);
    const other = await publishedEvent(site);
    expect((await site.get(`/api/events/${other}/registrations`, { token })).status).toBe(403);
  });
});

describe('registering', () => {
  test('confirmed while there are seats, then waitlisted with a position', async () => {
    const event = await publishedEvent(site, { capacity: 1 });
    const answers = [];
    for (let n = 0; n < 3; n += 1) answers.push((await registered(site, event, someone())).answer);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(answers.map(({ json }) => json)).toMatchObject([
      { status: 'confirmed', attempt: 1 },
      { status: 'waitlisted', attempt: 1, position: 1 },
      { status: 'waitlisted', attempt: 1, position: 2 },
    ]);
    expect((await site.get(`/api/events/${event}`)).json).toMatchObject({
      seats: { capacity: 1, remaining: 0, waitlist: 2 },
    });
  });

  test('pending where a person must look', async () => {
    const event = await publishedEvent(site, { approval: 'manual' });
    expect((await registered(site, event, someone())).answer.json).toMatchObject({ status: 'pending', attempt: 1 });
  });

  test('again: 200 with the standing registration', async () => {
    const event = await publishedEvent(site);
    const { token, answer } = await registered(site, event, someone());
    const again = await register(event, token);
    expect([again.status, again.json]).toEqual([200, answer.json]);
  });

  test('again, when registration has closed meanwhile: still the standing registration', async () => {
    const event = await publishedEvent(site, { closesAt: inDays(1) });
    const email = someone();
    const { answer } = await registered(site, event, email);
    const again = await later(inDays(2), async () => register(event, await site.token('participant', email)));
    expect([again.status, again.json]).toEqual([200, answer.json]);
  });

  test('again, with other answers than staff ask for now: still the standing registration', async () => {
    const question = { id: 'badge', label: 'Which badge?', kind: 'text', required: true };
    const event = await publishedEvent(site);
    const { token, answer } = await registered(site, event, someone());
    const tag = (await site.get(`/api/events/${event}`, { token: site.staff })).headers.get('etag') ?? '';
    const asked = await site.patch(`/api/events/${event}`, {
      token: site.staff,
      headers: { 'if-match': tag },
      body: { questions: [question] },
    });
    expect(asked.status).toBe(200);
    const again = await register(event, token, { attempt: 1 });
    expect([again.status, again.json]).toEqual([200, answer.json]);
  });

  test('not in the audience: 403', async () => {
    const event = await publishedEvent(site, {}, 'annual-seminar');
    expect((await register(event, await participant())).status).toBe(403);
  });

  test('409 before it opens, after it closed, when the event is canceled or has begun', async () => {
    const token = await participant();
    const early = await publishedEvent(site, { opensAt: inDays(2) });
    const cancelled = await publishedEvent(site);
    await site.post(`/api/events/${cancelled}/cancel`, { token: site.staff, body: { reason: 'It snows.' } });
    const closing = await publishedEvent(site, { closesAt: inDays(1) });
    const beginning = await publishedEvent(site, { closesAt: inDays(14, 1) });
    const titles = [
      await register(early, token),
      await register(cancelled, token),
      await later(inDays(1), async () => register(closing, await participant())),
      await later(inDays(14), async () => register(beginning, await participant())),
    ];
    expect(titles.map(({ status }) => status)).toEqual([409, 409, 409, 409]);
    expect(new Set(titles.map((answer) => textAt(answer, 'title'))).size).toBe(4);
  });

  test('sessions: left out, it means all; for one and any it is a 422 that says so', async () => {
    const sessions = [aSession(0), aSession(1)];
    const all = await publishedEvent(site, { sessions });
    const { token } = await registered(site, all, someone());
    const mine = await site.get('/api/me/registrations', { token });
    expect(at(mine, 'items', 0, 'sessions')).toHaveLength(2);
    for (const sessionChoice of ['one', 'any']) {
      const event = await publishedEvent(site, { sessions, sessionChoice });
      const refused = await register(event, await participant());
      expect([refused.status, fieldsOf(refused)]).toEqual([422, ['sessions']]);
    }
  });

  test('one: the session that was picked has the seats, the other keeps its own', async () => {
    const sessions = [aSession(0, { capacity: 1 }), aSession(1, { capacity: 5 })];
    const event = await publishedEvent(site, { sessions, sessionChoice: 'one', capacity: null });
    const seen = await site.get(`/api/events/${event}`);
    const [first, second] = [textAt(seen, 'sessions', 0, 'id'), textAt(seen, 'sessions', 1, 'id')];
    expect(seen.json).not.toHaveProperty('seats');
    await registered(site, event, someone(), { sessions: [first] });
    const { answer } = await registered(site, event, someone(), { sessions: [{ id: first }] });
    expect(answer.json).toMatchObject({ status: 'waitlisted', position: 1 });
    expect((await registered(site, event, someone(), { sessions: [second] })).answer.json).toMatchObject({
      status: 'confirmed',
    });
    expect((await site.get(`/api/events/${event}`)).json).toMatchObject({
      sessions: [{ seats: { capacity: 1, remaining: 0, waitlist: 1 } }, { seats: { capacity: 5, remaining: 4 } }],
    });
    expect((await register(event, await participant(), { sessions: [first, second] })).status).toBe(422);
  });

  test('any: those chosen, and no session of another event', async () => {
    const sessions = [aSession(0), aSession(1), aSession(2)];
    const event = await publishedEvent(site, { sessions, sessionChoice: 'any' });
    const seen = await site.get(`/api/events/${event}`);
    const chosen = [textAt(seen, 'sessions', 0, 'id'), textAt(seen, 'sessions', 2, 'id')];
    const { token, id } = await registered(site, event, someone(), { sessions: chosen });
    const mine = await site.get(`/api/registrations/${id}`, { token });
    expect(mine.json).toMatchObject({
      status: 'confirmed',
      sessions: [
        { id: chosen[0], status: 'confirmed' },
        { id: chosen[1], status: 'confirmed' },
      ],
    });
    const foreign = textAt(await site.get(`/api/events/${await publishedEvent(site)}`), 'sessions', 0, 'id');
    const refused = await register(event, await participant(), { sessions: [foreign] });
    expect([refused.status, fieldsOf(refused)]).toEqual([422, ['sessions']]);
  });

  test('answers are kept, and checked against the questions', async () => {
    const questions = [
      { id: 'unit', label: 'Which unit?', kind: 'text', required: true, maxLength: 5 },
      { id: 'role', label: 'Your role', kind: 'choice', required: false, options: ['Agent', 'Analyst'] },
      { id: 'topics', label: 'Topics', kind: 'several', required: false, options: ['A', 'B'] },
      { id: 'first', label: 'Your first?', kind: 'yes-no', required: false },
    ];
    const event = await publishedEvent(site, { questions });
    const answers = { unit: 'Four', role: 'Agent', topics: ['A', 'B'], first: true };
    const { token, id } = await registered(site, event, someone(), {
      answers,
      accommodations: { needs: ['sign-language'], other: 'A quiet room' },
    });
    expect((await site.get(`/api/registrations/${id}`, { token })).json).toMatchObject({
      answers,
      accommodations: { needs: ['sign-language'], other: 'A quiet room' },
    });
    const wrong: readonly (readonly [unknown, string])[] = [
      [{}, 'answers.unit'],
      [{ unit: 'Longer' }, 'answers.unit'],
      [{ unit: true }, 'answers.unit'],
      [{ unit: 'Four', role: 'Chief' }, 'answers.role'],
      [{ unit: 'Four', topics: 'A' }, 'answers.topics'],
      [{ unit: 'Four', topics: ['C'] }, 'answers.topics'],
      [{ unit: 'Four', first: 'yes' }, 'answers.first'],
      [{ unit: 'Four', shoe: '44' }, 'answers.shoe'],
    ];
    const other = await participant();
    for (const [given, path] of wrong) {
      const refused = await register(event, other, { answers: given });
      expect([refused.status, fieldsOf(refused)]).toEqual([422, [path]]);
    }
  });

  test('a question may bear the name of a thing that every object has', async () => {
    const questions = [{ id: 'constructor', label: 'Which constructor?', kind: 'text', required: false }];
    const event = await publishedEvent(site, { questions });
    expect((await registered(site, event, someone())).answer.status).toBe(201);
    const csv = await site.get(`/api/events/${event}/roster.csv?columns=answers`, { token: site.staff });
    expect(csv.text).not.toContain('function');
  });

  describe('attempt', () => {
    test('a late copy of the first request revives nobody', async () => {
      const event = await publishedEvent(site);
      const { token, id } = await registered(site, event, someone(), { attempt: 1 });
      await site.post(`/api/registrations/${id}/cancel`, { token });
      const late = await register(event, token, { attempt: 1 });
      expect([late.status, late.json]).toEqual([200, { id, status: 'cancelled', attempt: 1 }]);
    });

    test('nor after the event was canceled or has closed', async () => {
      const event = await publishedEvent(site);
      const { token, id } = await registered(site, event, someone(), { attempt: 1 });
      await site.post(`/api/registrations/${id}/cancel`, { token });
      await site.post(`/api/events/${event}/cancel`, { token: site.staff, body: { reason: 'It snows.' } });
      const late = await register(event, token, { attempt: 1 });
      expect([late.status, late.json]).toEqual([200, { id, status: 'cancelled', attempt: 1 }]);
    });

    test('left out or the next: a second registration with an id of its own', async () => {
      const event = await publishedEvent(site);
      const { token, id } = await registered(site, event, someone());
      await site.post(`/api/registrations/${id}/cancel`, { token });
      const second = await register(event, token, { attempt: 2 });
      expect([second.status, at(second, 'attempt')]).toEqual([201, 2]);
      expect(textAt(second, 'id')).not.toBe(id);
      await site.post(`/api/registrations/${textAt(second, 'id')}/cancel`, { token });
      expect((await register(event, token)).json).toMatchObject({ attempt: 3 });
    });

    test('further than the next is a 422', async () => {
      const event = await publishedEvent(site);
      const refused = await register(event, await participant(), { attempt: 2 });
      expect([refused.status, fieldsOf(refused)]).toEqual([422, ['attempt']]);
    });

    test('an act on a past attempt changes nothing', async () => {
      const event = await publishedEvent(site);
      const { token, id } = await registered(site, event, someone());
      await site.post(`/api/registrations/${id}/cancel`, { token });
      const second = textAt(await register(event, token), 'id');
      const late = await site.post(`/api/registrations/${id}/cancel`, { token });
      expect([late.status, at(late, 'status')]).toEqual([200, 'cancelled']);
      expect((await site.get(`/api/registrations/${second}`, { token })).json).toMatchObject({ status: 'confirmed' });
    });
  });
});

describe('a registration', () => {
  test('is one’s own: to another participant it is unknown, whatever they do', async () => {
    const event = await publishedEvent(site);
    const { id } = await registered(site, event, someone());
    const token = await participant();
    const before = await site.contents();
    const answers = [
      await site.get(`/api/registrations/${id}`, { token }),
      await site.patch(`/api/registrations/${id}`, { token, body: { sessions: [] }, headers: { 'if-match': '"1"' } }),
      await site.post(`/api/registrations/${id}/cancel`, { token }),
    ];
    const nothing = await site.get('/api/registrations/reg_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1', { token });
    for (const answer of answers) expect([answer.status, answer.text]).toEqual([404, nothing.text]);
    expect(await site.contents()).toEqual(before);
  });

  test('is given up until the start, and again; the seat goes to the next in line', async () => {
    const event = await publishedEvent(site, { capacity: 1 });
    const first = await registered(site, event, someone());
    const second = await registered(site, event, someone());
    const cancel = () => site.post(`/api/registrations/${first.id}/cancel`, { token: first.token });
    site.clock.pass(5000);
    expect((await cancel()).json).toMatchObject({ id: first.id, status: 'cancelled' });
    expect((await cancel()).status).toBe(200);
    const next = await site.get(`/api/registrations/${second.id}`, { token: second.token });
    expect(next.json).toMatchObject({ status: 'confirmed' });
  });

  test('is not given up once it has begun', async () => {
    const event = await publishedEvent(site);
    const email = someone();
    const { id } = await registered(site, event, email);
    const statuses = await later(inDays(14), async () => {
      const token = await site.token('participant', email);
      const body = { accommodations: { needs: [] } };
      return [
        await site.post(`/api/registrations/${id}/cancel`, { token }),
        await site.patch(`/api/registrations/${id}`, { token, body, headers: { 'if-match': '"1"' } }),
      ].map(({ status }) => status);
    });
    expect(statuses).toEqual([409, 409]);
  });

  test('has a personal join address once confirmed, shown to its person alone, and never the meeting’s', async () => {
    const event = await publishedEvent(site, { capacity: 1 });
    const { token, id } = await registered(site, event, someone());
    const waiting = await registered(site, event, someone());
    const mine = await site.get('/api/me/registrations', { token });
    expect(mine.json).toMatchObject({
      items: [{ id, sessions: [{ joinUrl: expect.stringMatching(`^${site.origin}/join/[a-z2-7.0-9]+$`) }] }],
    });
    expect((await site.get('/api/me/registrations', { token: waiting.token })).text).not.toContain('joinUrl');
    expect((await site.get(`/api/registrations/${id}`, { token: site.staff })).text).not.toContain('joinUrl');
  });

  test('sessions of an event of many can be changed with If-Match', async () => {
    const event = await publishedEvent(site, { sessions: [aSession(0), aSession(1)], sessionChoice: 'any' });
    const seen = await site.get(`/api/events/${event}`);
    const [first, second] = [textAt(seen, 'sessions', 0, 'id'), textAt(seen, 'sessions', 1, 'id')];
    const { token, id, answer } = await registered(site, event, someone(), { sessions: [first] });
    const changed = await site.patch(`/api/registrations/${id}`, {
      token,
      body: { sessions: [second] },
      headers: { 'if-match': answer.headers.get('etag') ?? '' },
    });
    expect(changed.status).toBe(200);
    expect(at(await site.get(`/api/registrations/${id}`, { token }), 'sessions')).toMatchObject([{ id: second }]);
  });

  test('the profile is given and read', async () => {
    const token = await participant();
    const profile = { name: 'Dana Whitfield', agency: 'An agency', title: 'Analyst', timeZone: 'America/Denver' };
    expect((await site.put('/api/me', { token, body: profile })).json).toMatchObject(profile);
    const read = (await site.get('/api/me', { token })).json;
    expect(read).toMatchObject({ ...profile, role: 'participant' });
    const back = await site.put('/api/me', { token, body: read });
    expect([back.status, back.json], 'what was read is taken back, and changes nobody').toMatchObject([
      200,
      { ...profile },
    ]);
    expect((await site.get('/api/me', { token })).json).toEqual(read);
  });
});

describe('calendar feed', () => {
  test('holds what is confirmed, at a private address without signing in', async () => {
    const event = await publishedEvent(site, { title: 'In the feed', capacity: 1 });
    const { token, id } = await registered(site, event, someone());
    const waiting = await registered(site, event, someone());
    const path = async (who: string) =>
      new URL(textAt(await site.get('/api/me/calendar', { token: who }), 'url')).pathname;
    const feed = await site.get(await path(token));
    expect(feed.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(feed.text).toContain('SUMMARY:In the feed');
    expect((await site.get(await path(waiting.token))).text).not.toContain('SUMMARY');
    await site.post(`/api/registrations/${id}/cancel`, { token });
    expect((await site.get(await path(token))).text).not.toContain('SUMMARY');
  });

  test('a new address kills the old one at once', async () => {
    const token = await participant();
    const old = new URL(textAt(await site.get('/api/me/calendar', { token }), 'url')).pathname;
    const rotated = await site.post('/api/me/calendar/rotate', { token });
    const now = new URL(textAt(rotated, 'url')).pathname;
    expect(now).not.toBe(old);
    expect((await site.get(old)).status).toBe(404);
    expect((await site.get(now)).status).toBe(200);
    expect(textAt(await site.get('/api/me/calendar', { token }), 'url')).toBe(textAt(rotated, 'url'));
  });

  test('nobody finds one by guessing', async () => {
    const token = await participant();
    const path = new URL(textAt(await site.get('/api/me/calendar', { token }), 'url')).pathname;
    const [letters = '', , signature = ''] = path.slice('/calendar/'.length).split('.');
    const wrong = [
      `${letters}.2.${signature}`,
      `${letters}.1.${'a'.repeat(26)}`,
      `${letters}.1.`,
      `${letters}.1`,
      `${'a'.repeat(16)}.1.${signature}`,
      `${letters}.1.${signature}.more`.replace(/^/, 'x'),
    ];
    for (const secret of wrong) expect((await site.get(`/calendar/${secret}.ics`)).status, secret).toBe(404);
  });

  test('is the same bytes until something changes', async () => {
    const { token } = await registered(site, await publishedEvent(site), someone());
    const path = new URL(textAt(await site.get('/api/me/calendar', { token }), 'url')).pathname;
    const first = await site.get(path);
    site.clock.pass(60_000);
    const again = await site.get(path, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect([again.status, again.text]).toEqual([304, '']);
  });
});

describe('staff', () => {
  test('a draft needs no more than the contract names; what is left out has its meaning', async () => {
    const made = await site.post('/api/events', { token: site.staff, body: await eventBody(site) });
    expect(made.status).toBe(201);
    expect(made.headers.get('etag')).toMatch(/^"\d+"$/);
    expect(made.json).toMatchObject({ status: 'draft', sessionChoice: 'all', mode: 'open', questions: [] });
  });

  test('without a capacity there is no limit', async () => {
    const event = await publishedEvent(site, { capacity: null });
    expect((await site.get(`/api/events/${event}`)).json).toMatchObject({
      seats: { capacity: null, remaining: null, waitlist: 0 },
    });
  });

  test('publishing: 200, again 200, and it is found', async () => {
    const id = await draftEvent(site);
    const publish = () => site.post(`/api/events/${id}/publish`, { token: site.staff });
    expect((await publish()).json).toMatchObject({ status: 'published' });
    expect((await publish()).status).toBe(200);
    expect((await site.get(`/api/events/${id}`)).status).toBe(200);
  });

  test('canceling: 200, again 200; then it can neither be changed nor published', async () => {
    const id = await publishedEvent(site);
    const cancel = () => site.post(`/api/events/${id}/cancel`, { token: site.staff, body: { reason: 'It snows.' } });
    const first = await cancel();
    expect([first.status, at(first, 'status'), (await cancel()).status]).toEqual([200, 'cancelled', 200]);
    expect((await site.post(`/api/events/${id}/publish`, { token: site.staff })).status).toBe(409);
    const tag = first.headers.get('etag') ?? '';
    const changed = await site.patch(`/api/events/${id}`, {
      token: site.staff,
      body: { title: 'x' },
      headers: { 'if-match': tag },
    });
    expect(changed.status).toBe(409);
  });

  test('a change in part leaves the rest, the meeting’s link and the ids of sessions too', async () => {
    const id = await publishedEvent(site);
    const before = await site.get(`/api/events/${id}`, { token: site.staff });
    const session = textAt(before, 'sessions', 0, 'id');
    const changed = await site.patch(`/api/events/${id}`, {
      token: site.staff,
      headers: { 'if-match': before.headers.get('etag') ?? '' },
      body: { sessions: [{ id: session, title: 'Renamed' }] },
    });
    expect(changed.json).toMatchObject({
      title: 'Continued Presence, public edition',
      sessions: [{ id: session, title: 'Renamed', startsAt: inDays(14) }],
    });
  });

  test('the list has drafts and canceled events, by program and status', async () => {
    const draft = await draftEvent(site, {}, 'opla-attorneys');
    const gone = await publishedEvent(site, {}, 'opla-attorneys');
    await site.post(`/api/events/${gone}/cancel`, { token: site.staff, body: { reason: 'It snows.' } });
    const idsIn = async (query: string) => {
      const list = await site.get(`/api/staff/events?program=opla-attorneys${query}`, { token: site.staff });
      return itemsOf(list)
        .map((_, index) => textAt(list, 'items', index, 'id'))
        .toSorted();
    };
    expect(await idsIn('')).toEqual([draft, gone].toSorted());
    expect(await idsIn('&status=draft')).toEqual([draft]);
    expect(await idsIn('&status=cancelled')).toEqual([gone]);
    expect(await idsIn('&status=published')).toEqual([]);
    expect(await idsIn(`&to=${inDays(10)}`)).toEqual([]);
  });

  test('a trainer has their own', async () => {
    const own = await publishedEvent(site, { trainers: ['own@ccht.example.org'] });
    await publishedEvent(site);
    const token = await site.token('trainer', 'own@ccht.example.org');
    const list = await site.get('/api/trainer/events', { token });
    expect(itemsOf(list).map((_, index) => textAt(list, 'items', index, 'id'))).toEqual([own]);
  });

  test('a trainer who is named no more sees its people no more', async () => {
    const event = await publishedEvent(site, { trainers: ['former@ccht.example.org'] });
    const token = await site.token('trainer', 'former@ccht.example.org');
    const statuses = async () => [
      (await site.get(`/api/events/${event}/registrations`, { token })).status,
      (await site.get(`/api/events/${event}/roster.csv`, { token })).status,
      itemsOf(await site.get('/api/trainer/events', { token })).length,
    ];
    expect(await statuses()).toEqual([200, 200, 1]);
    const changed = await site.patch(`/api/events/${event}`, {
      token: site.staff,
      body: { trainers: [] },
      headers: { 'if-match': '"2"' },
    });
    expect(changed.status).toBe(200);
    expect(await statuses()).toEqual([403, 403, 0]);
  });

  test('the roster: by status, and a search by name that stays out of the address', async () => {
    const event = await publishedEvent(site, { capacity: 1 });
    const first = await registered(site, event, 'zoe@agency.example.gov');
    await site.put('/api/me', {
      token: first.token,
      body: { name: 'Zoë Quist', agency: 'An agency', timeZone: 'UTC' },
    });
    await registered(site, event, someone());
    const trainer = await site.token('trainer', 'trainer@ccht.example.org');
    const roster = await site.get(`/api/events/${event}/registrations?status=waitlisted`, { token: trainer });
    expect(itemsOf(roster)).toMatchObject([{ status: 'waitlisted' }]);
    const search = (body: unknown) => site.post(`/api/events/${event}/registrations/search`, { token: trainer, body });
    expect(itemsOf(await search({ q: 'quist zoe' }))).toMatchObject([{ name: 'Zoë Quist', id: first.id }]);
    expect(itemsOf(await search({ q: 'nobody of this name' }))).toEqual([]);
    expect(itemsOf(await search({ status: 'waitlisted' }))).toHaveLength(1);
  });

  test('approve, deny with a reason, reopen, cancel', async () => {
    const event = await publishedEvent(site, { approval: 'manual' });
    const [yes, no] = [await registered(site, event, someone()), await registered(site, event, someone())];
    const act = (id: string, verb: string, body?: unknown): Promise<Answer> =>
      site.post(`/api/registrations/${id}/${verb}`, { token: site.staff, ...(body ? { body } : {}) });
    expect((await act(yes.id, 'approve', {})).json).toMatchObject({ id: yes.id, status: 'confirmed' });
    expect((await act(yes.id, 'approve')).status).toBe(200);
    expect((await act(yes.id, 'deny', { reason: 'No.' })).status).toBe(409);
    const silent = await act(no.id, 'deny', { reason: ' ' });
    expect([silent.status, fieldsOf(silent)]).toEqual([422, ['reason']]);
    expect((await act(no.id, 'deny', { reason: 'It is for case workers.' })).json).toMatchObject({ status: 'denied' });
    expect((await site.get(`/api/registrations/${no.id}`, { token: no.token })).json).toMatchObject({
      status: 'denied',
      reason: 'It is for case workers.',
    });
    expect((await register(event, no.token, { attempt: 2 })).status).toBe(409);
    expect((await act(no.id, 'reopen')).status).toBe(200);
    expect((await register(event, no.token, { attempt: 2 })).json).toMatchObject({ status: 'pending', attempt: 2 });
    expect((await act(yes.id, 'cancel', { reason: 'Registered twice.' })).json).toMatchObject({ status: 'cancelled' });
    expect((await act(yes.id, 'reopen')).status).toBe(200);
  });

  test('approved, but no seat is left: waitlisted', async () => {
    const event = await publishedEvent(site, { approval: 'manual', capacity: 1 });
    const people = [await registered(site, event, someone()), await registered(site, event, someone())];
    const statuses = [];
    for (const { id } of people) {
      const approved = await site.post(`/api/registrations/${id}/approve`, { token: site.staff });
      statuses.push(at(approved, 'status'));
    }
    expect(statuses).toEqual(['confirmed', 'waitlisted']);
  });

  test('many decisions at once are answered one by one', async () => {
    const event = await publishedEvent(site, { approval: 'manual' });
    const [yes, no, silent] = [
      await registered(site, event, someone()),
      await registered(site, event, someone()),
      await registered(site, event, someone()),
    ];
    const foreign = await registered(site, await publishedEvent(site, { approval: 'manual' }), someone());
    const decided = await site.post(`/api/events/${event}/decisions`, {
      token: site.staff,
      body: [
        { registrationId: yes.id, decision: 'approve' },
        { registrationId: no.id, decision: 'deny', reason: 'It is for case workers.' },
        { registrationId: silent.id, decision: 'deny' },
        { registrationId: foreign.id, decision: 'approve' },
      ],
    });
    expect(decided.status).toBe(200);
    expect(at(decided, 'items')).toMatchObject([
      { registrationId: yes.id, registration: { status: 'confirmed' } },
      { registrationId: no.id, registration: { status: 'denied' } },
      { registrationId: silent.id, problem: { status: 422, errors: [{ path: 'reason' }] } },
      { registrationId: foreign.id, problem: { status: 404 } },
    ]);
    expect((await site.get(`/api/registrations/${foreign.id}`, { token: foreign.token })).json).toMatchObject({
      status: 'pending',
    });
  });

  test('hosts: 404 until decided on, then kept with who verified it and until when', async () => {
    const address = '/api/hosts/Police.Example.GOV';
    expect((await site.get(address, { token: site.staff })).status).toBe(404);
    const body = {
      agency: 'Example Police',
      class: 'exclusive',
      lists: ['law-enforcement'],
      evidence: 'Their site',
      expiresAt: inDays(300),
    };
    const put = await site.put(address, { token: site.staff, body });
    expect([put.status, put.json]).toMatchObject([200, { ...body, host: 'police.example.gov' }]);
    const read = await site.get('/api/hosts/police.example.gov', { token: site.staff });
    expect(read.json).toMatchObject({ verifiedBy: expect.stringMatching(/^staff:per_/), expiresAt: inDays(300) });
    const event = await publishedEvent(site, {}, 'cp-webinar-law-enforcement');
    expect((await register(event, await participant('police.example.gov'))).json).toMatchObject({
      status: 'confirmed',
    });
    expect((await register(event, await participant('x.police.example.gov'))).json).toMatchObject({
      status: 'pending',
    });
  });

  test('a host on no list needs none named', async () => {
    const put = await site.put('/api/hosts/town.example.gov', {
      token: site.staff,
      body: { agency: 'The town', class: 'shared', evidence: 'Their site', expiresAt: inDays(300) },
    });
    expect(put.json).toMatchObject({ host: 'town.example.gov', lists: [] });
  });

  test('the audit says who did what, when: by entity, by actor, by day', async () => {
    const event = await publishedEvent(site);
    const { id } = await registered(site, event, someone());
    site.clock.pass(10);
    await site.get(`/api/events/${event}/roster.csv`, { token: site.staff });
    const of = async (query: string) => at(await site.get(`/api/audit?${query}`, { token: site.staff }), 'items');
    expect(await of(`entity=${event}`)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ act: 'created event', actor: expect.stringMatching(/^staff:per_/) }),
        expect.objectContaining({ act: 'published event' }),
        expect.objectContaining({ act: 'exported attendee list' }),
      ]),
    );
    const me = textAt(await site.get('/api/me', { token: site.staff }), 'id');
    expect(await of(`actor=${me}&limit=1`)).toMatchObject([{ act: 'exported attendee list', entity: event }]);
    expect(await of(`from=${inDays(-3)}`)).toEqual([]);
    expect(await of(`entity=${event}&from=${inDays(1)}`)).toEqual([]);
    const person = `per_${id.slice(20, 36)}`;
    expect(await of(`entity=${encodeURIComponent(`${event}#${person}`)}`)).toMatchObject([{ act: 'registered' }]);
  });
});

test('the meeting’s own link stands in no page', async () => {
  const id = await publishedEvent(site, {
    sessions: [aSession(0), aSession(1)],
    sessionChoice: 'any',
    title: 'No link',
  });
  const seen = await site.get(`/api/events/${id}`);
  const path = new URL(textAt(seen, 'url')).pathname;
  const session = textAt(seen, 'sessions', 0, 'id');
  const { token, id: registration } = await registered(site, id, someone(), { sessions: [session] });
  const trainer = await site.token('trainer', 'trainer@ccht.example.org');
  const pages = [
    '/',
    path,
    `${path}/register`,
    `${path}/agenda`,
    '/registrations',
    `/registrations/${registration}`,
    `/registrations/${registration}/answers`,
    `/registrations/${registration}/give-back`,
    `/registrations/${registration}/calendar.ics`,
    '/staff',
    '/staff/events',
    `/staff/events/${id}/roster`,
    `/staff/events/${id}/review`,
    `/staff/events/${id}/waitlist`,
    `/staff/events/${id}/history`,
    `/staff/events/${id}/cancel`,
    `/staff/events/${id}/edit`,
    '/trainer',
    `/trainer/events/${id}`,
  ];
  for (const who of [undefined, token, trainer, site.staff])
    for (const page of pages) {
      const { text, headers } = await site.get(page, { token: who });
      expect(text + JSON.stringify([...headers]), page).not.toContain(MEETING);
    }
});

test('the meeting’s own link stands in no answer of the API', async () => {
  const id = await publishedEvent(site, { sessions: [aSession(0)], approval: 'manual' });
  const { token, id: registration } = await registered(site, id, someone());
  await site.post(`/api/registrations/${registration}/approve`, { token: site.staff });
  const trainer = await site.token('trainer', 'trainer@ccht.example.org');
  const tag = (await site.get(`/api/events/${id}`, { token: site.staff })).headers.get('etag') ?? '';
  const calendar = new URL(textAt(await site.get('/api/me/calendar', { token }), 'url')).pathname;
  const answers: Answer[] = [];
  for (const who of [undefined, token, trainer, site.staff])
    for (const path of [
      '/api/events?limit=100',
      `/api/events/${id}`,
      '/api/staff/events',
      '/api/trainer/events',
      '/api/me/registrations',
      `/api/registrations/${registration}`,
      `/api/events/${id}/registrations`,
      `/api/events/${id}/roster.csv?columns=name,email,session,answers,joined`,
      `/api/audit?entity=${id}`,
      calendar,
    ])
      answers.push(await site.get(path, { token: who }));
  answers.push(
    await site.patch(`/api/events/${id}`, {
      token: site.staff,
      headers: { 'if-match': tag },
      body: { sessions: [aSession(0, { endsAt: inDays(13) })] },
    }),
    await site.patch(`/api/events/${id}`, {
      token: site.staff,
      headers: { 'if-match': tag },
      body: { sessions: [aSession(0)] },
    }),
    await site.post(`/api/events/${id}/cancel`, { token: site.staff, body: { reason: 'It snows.' } }),
  );
  for (const { text, headers } of answers) expect(text + JSON.stringify([...headers])).not.toContain(MEETING);
});
