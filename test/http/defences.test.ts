import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openSite, publishedEvent, registered, textAt, type Answer, type Site } from '../fixtures/app.ts';

let site: Site;
let local: Site;
let event: string;
let path: string;
let person: { readonly token: string; readonly id: string };
beforeAll(async () => {
  site = await openSite();
  local = await openSite({ origin: 'http://localhost:3000' });
  event = await publishedEvent(site, { capacity: 50 });
  path = new URL(textAt(await site.get(`/api/events/${event}`), 'url')).pathname;
  person = await registered(site, event, 'pat@agency.example.gov');
});
afterAll(async () => {
  await site.close();
  await local.close();
});

const FORM_HEADERS = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a request that another site makes a browser send', () => {
  const cookie = () => `__Host-session=${person.token}`;
  /** Something that changes: the calendar's address. */
  const rotate = (headers: Readonly<Record<string, string>>, ask = {}) =>
    site.post('/api/me/calendar/rotate', { cookie: cookie(), headers, ...ask });

  test.each([
    ['across sites', { 'sec-fetch-site': 'cross-site' }],
    ['from a sister site', { 'sec-fetch-site': 'same-site' }],
    [
      'across sites, with an origin of ours',
      { 'sec-fetch-site': 'cross-site', origin: 'https://training-desk.example.gov' },
    ],
    ['from another origin', { origin: 'https://evil.example' }],
    [
      'from another origin that calls itself the same',
      { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
    ],
    ['from our host without TLS', { origin: 'http://training-desk.example.gov' }],
    ['from our host at another port', { origin: 'https://training-desk.example.gov:8443' }],
    ['from a host that begins like ours', { origin: 'https://training-desk.example.gov.evil.example' }],
    ['from a sandbox', { origin: 'null' }],
    ['from a sandbox, by hand', { origin: 'null', 'sec-fetch-site': 'none' }],
    ['with a word that is none', { 'sec-fetch-site': 'SAME-ORIGIN' }],
    ['and that says nothing at all', {}],
    ['and that says nothing, with an authorization that is none', { authorization: 'Basic dXNlcjpwYXNz' }],
  ])('is refused: %s', async (_, headers) => {
    const before = await site.contents();
    const answer = await rotate(headers);
    expect(answer.status).toBe(403);
    expect(answer.json).toMatchObject({ type: 'about:blank#forged', status: 403 });
    expect(await site.contents()).toEqual(before);
  });

  test.each([
    ['from a page of ours', { 'sec-fetch-site': 'same-origin', origin: 'https://training-desk.example.gov' }],
    ['by a browser that says where from alone', { 'sec-fetch-site': 'same-origin' }],
    ['by an older browser, that says its origin', { origin: 'https://training-desk.example.gov' }],
    ['by hand', { 'sec-fetch-site': 'none' }],
    ['from a page without a referrer', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
  ])('is none: %s', async (_, headers) => {
    expect((await rotate(headers)).status).toBe(200);
  });

  test('and that says nothing is refused with an empty bearer too: a cookie does not stand in for it', async () => {
    const before = await site.contents();
    expect((await rotate({ authorization: 'Bearer' })).status).toBe(401);
    expect(await site.contents()).toEqual(before);
  });

  test('needs no headers of a browser with a bearer token, which no site can send', async () => {
    const answer = await site.post('/api/me/calendar/rotate', { token: person.token });
    expect(answer.status).toBe(200);
    expect((await site.post('/api/me/calendar/rotate', { token: person.token, cookie: cookie() })).status).toBe(200);
  });

  test('is refused for every method that changes, pages too', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      for (const address of ['/api/me', '/profile', '/registrations/calendar', '/sign-out', `${path}/register`])
        expect(
          (await site.request(method, address, { cookie: cookie(), headers: { 'sec-fetch-site': 'cross-site' } }))
            .status,
        ).toBe(403);
  });

  test('can neither sign somebody in nor out', async () => {
    const foreign = { ...FORM_HEADERS, 'sec-fetch-site': 'cross-site' };
    for (const address of [
      '/sign-in',
      '/sign-in/code',
      '/sign-out',
      '/api/sign-in',
      '/api/sign-out',
      '/api/sign-in/verify',
    ]) {
      const answer = await site.post(address, { headers: foreign, raw: 'email=a@example.org', cookie: cookie() });
      expect([address, answer.status, answer.headers.getSetCookie()]).toEqual([address, 403, []]);
    }
    expect((await site.get('/api/me', { token: person.token })).status).toBe(200);
  });

  test('may read what everybody may: links from other sites lead here', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await site.get(path, { headers, cookie: cookie() })).status).toBe(200);
  });

  test('is given no leave by CORS', async () => {
    for (const answer of [
      await site.request('OPTIONS', '/api/me', {
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'PUT' },
      }),
      await site.get('/api/me', { cookie: cookie(), headers: { origin: 'https://evil.example' } }),
    ])
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});

/** Pages and answers of every kind. */
const everyKind = async (on: Site): Promise<readonly (readonly [string, Answer])[]> => {
  const addresses = [
    '/',
    '/sign-in',
    '/privacy',
    '/profile',
    '/nothing-here',
    '/registrations',
    '/api/events',
    '/api/me',
    '/api/nothing-here',
    '/api/openapi.json',
    '/join/none',
    '/calendar/none.ics',
  ];
  const token = await on.token('participant', 'pat@agency.example.gov');
  const answers: (readonly [string, Answer])[] = [];
  for (const address of addresses) {
    answers.push([address, await on.get(address)]);
    answers.push([`${address} to somebody`, await on.get(address, { token })]);
  }
  answers.push(['a forged one', await on.post('/profile', { headers: { 'sec-fetch-site': 'cross-site' } })]);
  answers.push([
    'broken JSON',
    await on.put('/api/me', { token, raw: '{', headers: { 'content-type': 'application/json' } }),
  ]);
  return answers;
};

describe('an error of ours', () => {
  const breaks = () => Promise.reject(new Error('the secret of pat@agency.example.gov'));
  const ask = (address: string, headers: Readonly<Record<string, string>> = {}) =>
    site
      .failing({ programs: breaks, events: breaks, person: breaks, token: breaks, alive: breaks })
      .request(`${site.origin}${address}`, { headers });

  test('is a problem or a page without a word of what broke, and is on record', async () => {
    for (const [address, type] of [
      ['/api/programs', 'application/problem+json'],
      ['/api/events', 'application/problem+json'],
      ['/api/health', 'application/problem+json'],
      ['/', 'text/html; charset=UTF-8'],
    ] as const) {
      const before = site.reported.length;
      const answer = await ask(address);
      const text = await answer.text();
      expect([address, answer.status, answer.headers.get('content-type')]).toEqual([address, 500, type]);
      expect(text).not.toMatch(/secret|pat@|\bat \S+ \(|node_modules/);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(site.reported.length).toBe(before + 1);
    }
  });

  test('a table without units left is busy, which says when to try again, and no error of ours', async () => {
    const throttled = () => Promise.reject(Object.assign(new Error('no units'), { name: 'ThrottlingException' }));
    const before = site.reported.length;
    for (const address of ['/api/programs', '/']) {
      const answer = await site.failing({ programs: throttled, events: throttled }).request(`${site.origin}${address}`);
      expect([address, answer.status, answer.headers.has('retry-after')]).toEqual([address, 429, true]);
    }
    expect(site.reported).toHaveLength(before);
  });

  test('while somebody is identified is no reason to take them for nobody', async () => {
    const answer = await ask('/api/programs', { authorization: `Bearer ${person.token}` });
    expect(answer.status).toBe(500);
  });
});

describe('headers', () => {
  test('of every answer: a policy without inline scripts or styles, no sniffing, no frames', async () => {
    for (const [name, { headers }] of await everyKind(site)) {
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, name).not.toMatch(/unsafe|\*|data:|http:|nonce/);
      for (const part of [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ])
        expect(policy.split('; '), name).toContain(part);
      expect(headers.get('x-content-type-options'), name).toBe('nosniff');
      expect(headers.get('referrer-policy'), name).toMatch(/^(same-origin|no-referrer)$/);
      expect(headers.get('x-powered-by'), name).toBeNull();
      expect(headers.get('server'), name).toBeNull();
    }
  });

  test('on https: only https from now on; on http: nothing of the kind', async () => {
    for (const [name, { headers }] of await everyKind(site))
      expect(headers.get('strict-transport-security'), name).toMatch(/^max-age=31536000; includeSubDomains/);
    for (const [name, { headers }] of await everyKind(local))
      expect(headers.get('strict-transport-security'), name).toBeNull();
  });

  test('of what is somebody’s own: kept by no cache', async () => {
    const private_ = ['/profile', '/registrations', `/registrations/${person.id}`, '/', path];
    for (const address of private_)
      expect([address, (await site.get(address, { token: person.token })).headers.get('cache-control')]).toEqual([
        address,
        'no-store',
      ]);
    for (const address of [
      '/api/me',
      '/api/me/registrations',
      `/api/registrations/${person.id}`,
      `/api/events/${event}`,
    ])
      for (const token of [person.token, undefined])
        expect((await site.get(address, { token })).headers.get('cache-control'), address).toBe('no-store');
    const challenge = textAt(
      await site.post('/api/sign-in', { body: { email: 'pat@agency.example.gov' } }),
      'challenge',
    );
    const signed = await site.post('/api/sign-in/verify', {
      body: { email: 'pat@agency.example.gov', code: site.codeFor(challenge), challenge },
    });
    expect([signed.status, signed.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });

  test('of a redirect to sign in, which stands in the address alone: kept by no cache', async () => {
    const answer = await site.get('/profile');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/sign-in?return=%2Fprofile');
  });
});

describe('pages', () => {
  test('have no script, style or handler of their own in them', async () => {
    const staff = await site.token('staff', 'staff@hq.dhs.gov');
    const pages: readonly (readonly [string, string | undefined])[] = [
      ['/', undefined],
      [path, person.token],
      [`${path}/register`, await site.token('participant', 'other@agency.example.gov')],
      ['/registrations', person.token],
      [`/registrations/${person.id}`, person.token],
      ['/profile', person.token],
      ['/sign-in', undefined],
      ['/staff', staff],
      ['/staff/events', staff],
      ['/staff/events/new', staff],
      [`/staff/events/${event}/roster`, staff],
      [`/staff/events/${event}/review`, staff],
      [`/staff/events/${event}/history`, staff],
      [`/trainer/events/${event}`, staff],
    ];
    for (const [address, token] of pages) {
      const { status, text } = await site.get(address, { token });
      expect([address, status]).toEqual([address, 200]);
      expect(text, address).not.toMatch(
        /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|<iframe|<object/i,
      );
      for (const [, source = ''] of text.matchAll(/<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"/g))
        expect(source, address).toMatch(/^\/(?!\/)|^#/);
    }
  });

  test('write what people typed as text, wherever it stands', async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'';
    const id = await publishedEvent(site, {
      title: evil,
      description: evil,
      outcomes: [evil],
      questions: [{ id: 'why', label: evil, kind: 'choice', required: false, options: [evil, 'Other'] }],
      approval: 'manual',
    });
    const who = await registered(site, id, 'evil@agency.example.gov', { answers: { reason: evil } });
    await site.put('/api/me', { token: who.token, body: { name: evil, agency: evil, title: evil } });
    const staff = await site.token('staff', 'staff@hq.dhs.gov');
    const slug = new URL(textAt(await site.get(`/api/events/${id}`), 'url')).pathname;
    const other = await site.token('participant', 'other@agency.example.gov');
    const answers = [
      await site.get('/'),
      await site.get(slug),
      await site.get(`${slug}/register`, { token: other }),
      await site.get('/registrations', { token: who.token }),
      await site.get(`/registrations/${who.id}`, { token: who.token }),
      await site.get(`/registrations/${who.id}/answers`, { token: who.token }),
      await site.get('/profile', { token: who.token }),
      await site.get(`/staff/events/${id}/roster`, { token: staff }),
      await site.get(`/staff/events/${id}/review`, { token: staff }),
      await site.get(`/staff/events/${id}/edit`, { token: staff }),
      await site.get(`/trainer/events/${id}`, { token: staff }),
      await site.get(`/sign-in?return=${encodeURIComponent(`/x"><script>alert(1)</script>`)}`),
      await site.get(`/nothing/${encodeURIComponent(evil)}`),
    ];
    for (const { text } of answers) {
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('<img src=x');
    }
  });

  test('lead to no other site after signing in, choosing a zone, or by their address', async () => {
    const form = { ...FORM_HEADERS, 'sec-fetch-site': 'same-origin' };
    for (const bad of [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '\\\\evil.example',
      '/\u0000',
      '/x\r\nSet-Cookie: a=b',
      '/\u0001',
      '/\u2028x',
      `/${'x'.repeat(600)}`,
    ]) {
      const answer = await site.post('/time-zone', {
        headers: form,
        raw: new URLSearchParams({ zone: 'America/Denver', return: bad }).toString(),
      });
      expect([bad, answer.status]).toEqual([bad, 303]);
      expect(answer.headers.get('location'), bad).toMatch(/^\/(?![/\\])/);
      expect(answer.headers.get('set-cookie')).not.toContain('a=b');
      const page = await site.get(`/sign-in?return=${encodeURIComponent(bad)}`);
      expect(page.text).not.toContain('evil.example"');
    }
  });

  test.each(['%0d%0aSet-Cookie:%20a=b', '%00', '%', '%ff', '..%2f..%2f', 'evt_%0a', '%F0%9F%98%80', 'a'.repeat(5000)])(
    'with %s in their address are a page that says no',
    async (part) => {
      const staff = await site.token('staff', 'staff@hq.dhs.gov');
      for (const address of [
        `/trainings/${part}`,
        `/trainings/${part}/register`,
        `/trainings/${part}/agenda`,
        `/registrations/${part}`,
        `/registrations/${part}/give-back`,
        `/staff/events/${part}`,
        `/staff/events/${part}/edit`,
        `/staff/events/${part}/history?cursor=${part}`,
        `/trainer/events/${part}`,
        `/join/${part}`,
        `/calendar/${part}.ics`,
        `/sign-in?return=${part}`,
        `/?for=${part}`,
        `/staff/events?start=${part}&program=${part}`,
      ]) {
        const answer = await site.get(address, { token: staff });
        expect(answer.status, address).toBeLessThan(500);
        expect(answer.headers.getSetCookie().join(), address).not.toContain('a=b');
      }
    },
  );

  test.each([
    '/time-zone',
    '/sign-in',
    '/sign-in/code',
    '/profile',
    'EVENT_PATH/register',
    'EVENT_PATH/agenda',
    '/registrations/REGISTRATION/answers',
    '/staff/events/new',
    '/staff/events/EVENT/edit',
    '/staff/events/EVENT/cancel',
    '/staff/events/EVENT/review',
    '/staff/events/EVENT/roster',
    '/trainer/events/EVENT',
    '/staff/people',
    '/staff/messages',
  ])('%s takes a form of any bytes without breaking', async (address) => {
    const staff = await site.token('staff', 'staff@hq.dhs.gov');
    const forms = [
      '',
      '%',
      '&&&===',
      'a=%00%ff',
      '_resumed=1',
      'sessions=x&sessions.99.title=x&questions.99.label=x&do=save',
      'sessions.0.date=2027-03-14&sessions.0.start=02:30&timeZone=America/New_York&do=save',
      'do=remove-session-99999',
      'do=publish&rev=999999999999999999999',
      'attempt=1e999&rev=-1&cursor=-5&zone=../../etc',
      '__proto__=x&constructor=y&answers.__proto__=x',
    ];
    const where = address.replace('EVENT_PATH', path).replace('EVENT', event).replace('REGISTRATION', person.id);
    for (const raw of forms)
      for (const headers of [FORM_HEADERS, {}]) {
        const answer = await site.post(where, { token: staff, raw, headers });
        expect(answer.status, `${where} ${raw}`).toBeLessThan(500);
      }
    expect((await site.get(`/api/events/${event}`)).json).toMatchObject({ status: 'published' });
    expect(at(await site.get(`/api/registrations/${person.id}`, { token: person.token }), 'status')).toBe('confirmed');
  });
});
