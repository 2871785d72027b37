import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Email } from '../../functions/domain/person.ts';
import { HOUR, MINUTE } from '../../functions/domain/time.ts';
import { at, fieldsOf, openSite, publishedEvent, textAt, type Answer, type Site } from '../fixtures/app.ts';

let site: Site;
let local: Site;
beforeAll(async () => {
  site = await openSite();
  local = await openSite({ origin: 'http://localhost:3000' });
});
afterAll(async () => {
  await site.close();
  await local.close();
});
/** Limits count by the quarter of an hour: each test has its own. */
beforeEach(() => site.clock.pass(15 * 60_000));
afterEach(() => site.from('203.0.113.7'));

const askFor = (email: string) => site.post('/api/sign-in', { body: { email } });
const verify = (body: unknown, ask = {}) => site.post('/api/sign-in/verify', { body, ...ask });

/** Cookies that an answer sets, by name, each whole. */
const cookiesOf = ({ headers }: Answer): ReadonlyMap<string, string> =>
  new Map(headers.getSetCookie().map((cookie) => [cookie.slice(0, cookie.indexOf('=')), cookie]));
/** What a browser sends back of a cookie. */
const sentBack = (answer: Answer, name: string): string => (cookiesOf(answer).get(name) ?? '').split(';')[0] ?? '';

async function signedIn(email: string, on: Site = site) {
  on.clock.pass(1000);
  const asked = await on.post('/api/sign-in', { body: { email } });
  const challenge = textAt(asked, 'challenge');
  const answer = await on.post('/api/sign-in/verify', { body: { email, code: on.codeFor(challenge), challenge } });
  return { answer, token: textAt(answer, 'token') };
}

describe('signing in with a code', () => {
  test('answers 202 with a challenge, the same whether the address is known or not', async () => {
    await site.token('participant', 'known@example.org');
    const answers = [await askFor('known@example.org'), await askFor('unknown@example.org')];
    for (const answer of answers) {
      expect(answer.status).toBe(202);
      expect(Object.keys(Object(answer.json))).toEqual(['challenge']);
      expect(textAt(answer, 'challenge')).toMatch(/^[a-z2-7]{32}\.[a-z2-7]{32}$/);
      expect(sentBack(answer, '__Host-challenge')).toBe(`__Host-challenge=${textAt(answer, 'challenge')}`);
    }
    expect(await site.context.store.personByEmail(Email.parse('unknown@example.org'))).toBeNull();
  });

  test('mails six digits, which sign in once, for the client that holds the challenge', async () => {
    const asked = await askFor('dana@example.org');
    await site.deliver();
    const letter = site.letters.findLast(({ to }) => to === 'dana@example.org');
    const code = letter?.about === 'sign-in' ? letter.code : '';
    expect(code).toMatch(/^\d{6}$/);
    const challenge = textAt(asked, 'challenge');
    const other = textAt(await askFor('dana@example.org'), 'challenge');
    const elsewhere = await verify({ email: 'dana@example.org', code });
    const crossed = await verify({
      email: 'dana@example.org',
      code,
      challenge: `${challenge.split('.')[0]}.${other.split('.')[1]}`,
    });
    expect([elsewhere.status, crossed.status]).toEqual([401, 401]);
    const right = await verify({ email: 'dana@example.org', code, challenge });
    expect(right.json).toEqual({ token: expect.stringMatching(/^[a-z2-7]{32}$/), expiresAt: expect.any(String) });
    expect((await verify({ email: 'dana@example.org', code, challenge })).status).toBe(401);
  });

  test('takes the challenge from the cookie, and the code with spaces in it', async () => {
    const asked = await askFor('cookie@example.org');
    const code = site.codeFor(textAt(asked, 'challenge'));
    const spaced = ` ${code.slice(0, 3)} ${code.slice(3)}\u00A0`;
    const answer = await verify(
      { email: 'Cookie@Example.ORG', code: spaced },
      { cookie: sentBack(asked, '__Host-challenge'), headers: { 'sec-fetch-site': 'same-origin' } },
    );
    expect(answer.status).toBe(200);
  });

  test('a newer code leaves the older valid until one is used', async () => {
    const email = 'twice@example.org';
    const older = textAt(await askFor(email), 'challenge');
    site.clock.pass(60_000);
    const newer = textAt(await askFor(email), 'challenge');
    expect((await verify({ email, code: site.codeFor(older), challenge: older })).status).toBe(200);
    expect((await verify({ email, code: site.codeFor(newer), challenge: newer })).status).toBe(401);
  });

  test('works for 30 minutes', async () => {
    const email = 'late@example.org';
    const challenge = textAt(await askFor(email), 'challenge');
    site.clock.pass(30 * 60_000);
    expect((await verify({ email, code: site.codeFor(challenge), challenge })).status).toBe(401);
  });

  test('five wrong tries spend a challenge', async () => {
    const email = 'guess@example.org';
    const challenge = textAt(await askFor(email), 'challenge');
    const code = site.codeFor(challenge);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let n = 0; n < 5; n += 1) expect((await verify({ email, code: wrong, challenge })).status).toBe(401);
    expect((await verify({ email, code, challenge })).status).toBe(401);
  });

  test('five wrong tries at the same moment spend it too, and a right one signs in once', async () => {
    const email = 'at-once@example.org';
    const challenge = textAt(await askFor(email), 'challenge');
    const code = site.codeFor(challenge);
    const answers = await Promise.all(Array.from({ length: 5 }, () => verify({ email, code, challenge })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401, 401, 401, 401]);
    const next = textAt(await askFor(email), 'challenge');
    const wrong = site.codeFor(next) === '000000' ? '000001' : '000000';
    await Promise.all(Array.from({ length: 12 }, () => verify({ email, code: wrong, challenge: next })));
    expect((await verify({ email, code: site.codeFor(next), challenge: next })).status).toBe(401);
  });

  test('guesses at many challenges of one address are slowed down', async () => {
    const email = 'many-guesses@example.org';
    let answer: Answer | null = null;
    // from the hour on by the clock, so that none of them is counted in another
    site.clock.pass(HOUR - (site.clock.now() % HOUR));
    for (let challenges = 0; challenges < 13; challenges += 1) {
      if (challenges % 4 === 3) site.clock.pass(15 * MINUTE);
      const challenge = textAt(await askFor(email), 'challenge');
      const code = site.codeFor(challenge) === '000000' ? '000001' : '000000';
      for (let tries = 0; tries < 5; tries += 1) answer = await verify({ email, code, challenge });
    }
    if (answer?.status !== 429) throw new Error(`the guess after sixty was answered ${answer?.status}`);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('one address asked for again and again is slowed down, 300 behind one network address are not', async () => {
    site.from('198.51.100.1');
    for (let n = 0; n < 300; n += 1) expect((await askFor(`agent-${n}@agency.example.gov`)).status).toBe(202);
    const statuses = [];
    for (let n = 0; n < 7; n += 1) statuses.push((await askFor('again@example.org')).status);
    expect(statuses.slice(0, 3)).toEqual([202, 202, 202]);
    const slowed = await askFor('again@example.org');
    expect(slowed.status).toBe(429);
    const seconds = Number(slowed.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    site.clock.pass(seconds * 1000);
    expect((await askFor('again@example.org')).status).toBe(202);
  });

  test.each([
    '',
    'nobody',
    'a@b',
    '@example.org',
    'a b@example.org',
    'a@example.org\u0000',
    'a@-x.org',
    'ä@example.org',
  ])('refuses %j as an address', async (email) => {
    const asked = await askFor(email);
    expect([asked.status, fieldsOf(asked)]).toEqual([422, ['email']]);
  });

  test('of a staff address is a participant’s', async () => {
    const { token } = await signedIn('staff@hq.dhs.gov');
    expect(at(await site.get('/api/me', { token }), 'role')).toBe('participant');
    expect((await site.get('/api/staff/events', { token })).status).toBe(403);
    expect((await site.get('/staff', { token })).status).toBe(403);
  });

  test('of a trainer’s address is a participant’s', async () => {
    const event = await publishedEvent(site);
    const { token } = await signedIn('trainer@ccht.example.org');
    expect((await site.get('/api/trainer/events', { token })).status).toBe(403);
    expect((await site.get(`/api/events/${event}/roster.csv`, { token })).status).toBe(403);
  });
});

describe('a session', () => {
  test('is a cookie bound to this host on https: HttpOnly, Secure, for all paths, no domain', async () => {
    const { answer } = await signedIn('host@example.org');
    const cookie = cookiesOf(answer).get('__Host-session') ?? '';
    expect(cookie).toMatch(/^__Host-session=[a-z2-7]{32};/);
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie.split('; ')).toContain(part);
    expect(cookie).not.toMatch(/domain/i);
    expect(cookie).toMatch(/Max-Age=43200/);
  });

  test('has a plain name on http, where no browser keeps the other', async () => {
    const { answer } = await signedIn('plain@example.org', local);
    const cookie = cookiesOf(answer).get('session') ?? '';
    expect(cookie.split('; ')).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']));
    expect(cookie).not.toContain('Secure');
    expect((await local.get('/api/me', { cookie: sentBack(answer, 'session') })).status).toBe(200);
  });

  test('under the plain name is none on https', async () => {
    const { token } = await signedIn('renamed@example.org');
    expect((await site.get('/api/me', { cookie: `session=${token}` })).status).toBe(401);
    expect((await site.get('/api/me', { cookie: `__Host-session=${token}` })).status).toBe(200);
  });

  test('ends after 12 hours, for staff after 8', async () => {
    const { token, answer } = await signedIn('day@example.org');
    const staff = await site.token('staff', 'day-staff@hq.dhs.gov');
    expect(textAt(answer, 'expiresAt')).toBe(
      new Date(site.clock.now() + 12 * 3_600_000).toISOString().replace('.000', ''),
    );
    const statuses = async () => [
      (await site.get('/api/me', { token })).status,
      (await site.get('/api/staff/events', { token: staff })).status,
    ];
    site.clock.pass(8 * 3_600_000 - 1);
    expect(await statuses()).toEqual([200, 200]);
    site.clock.pass(1);
    expect(await statuses()).toEqual([200, 401]);
    site.clock.pass(4 * 3_600_000);
    expect(await statuses()).toEqual([401, 401]);
  });

  test('is over at once when somebody signs out, and its cookie goes', async () => {
    const { token, answer } = await signedIn('out@example.org');
    const cookie = sentBack(answer, '__Host-session');
    const out = await site.post('/api/sign-out', { cookie, headers: { 'sec-fetch-site': 'same-origin' } });
    expect([out.status, out.text]).toEqual([204, '']);
    expect(cookiesOf(out).get('__Host-session')).toMatch(/^__Host-session=; Max-Age=0; Path=\/; Secure/);
    expect((await site.get('/api/me', { cookie })).status).toBe(401);
    expect((await site.get('/api/me', { token })).status).toBe(401);
    expect((await site.post('/api/sign-out')).status).toBe(204);
  });

  test('of an earlier epoch is over', async () => {
    const { token } = await signedIn('everywhere@example.org');
    const before = await site.context.store.personByEmail(Email.parse('everywhere@example.org'));
    if (!before) throw new Error('nobody');
    const after = { ...before, rev: before.rev + 1, epoch: before.epoch + 1 };
    expect(await site.context.store.commit({ people: [{ before, after }], audit: [] })).toBe('committed');
    expect((await site.get('/api/me', { token })).status).toBe(401);
    expect((await site.get('/api/me', await signedIn('everywhere@example.org'))).status).toBe(200);
  });

  test('of staff is over when they are staff no more', async () => {
    const token = await site.token('staff', 'former@hq.dhs.gov');
    const before = await site.context.store.personByEmail(Email.parse('former@hq.dhs.gov'));
    if (!before) throw new Error('nobody');
    await site.context.store.commit({
      people: [{ before, after: { ...before, rev: before.rev + 1, staff: false } }],
      audit: [],
    });
    expect((await site.get('/api/staff/events', { token })).status).toBe(401);
  });

  test.each([
    'Bearer',
    'Bearer ',
    'Bearer nobody',
    'Bearer AAAA',
    "Bearer ' OR 1=1",
    'Basic dXNlcjpwYXNz',
    'Bearer aaaa bbbb',
    `Bearer ${'a'.repeat(5000)}`,
  ])('is not had by %s', async (authorization) => {
    expect((await site.get('/api/me', { headers: { authorization } })).status).toBe(401);
  });

  test.each(['/api/programs', '/api/events', '/api/openapi.json', '/'])(
    'that has ended: a client hears so even at %s, which everybody may see, and a browser is nobody',
    async (path) => {
      const { token } = await signedIn('ended@example.org');
      expect((await site.get(path, { token })).status).toBe(200);
      expect((await site.post('/api/sign-out', { token })).status).toBe(204);
      const refused = await site.get(path, { token });
      expect(refused.status).toBe(401);
      expect(refused.json).toMatchObject({
        type: 'about:blank#token-unknown',
        detail: expect.stringContaining('POST /api/sign-in'),
      });
      expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
      expect((await site.get(path, { headers: { authorization: 'Bearer !' } })).status).toBe(401);
      expect((await site.get(path, { cookie: `__Host-session=${token}` })).status).toBe(200);
    },
  );

  test('a token is taken under its scheme in any case, and outranks a cookie', async () => {
    const [one, other] = [await signedIn('one@example.org'), await signedIn('other@example.org')];
    const me = await site.get('/api/me', {
      headers: { authorization: `bearer ${one.token}` },
      cookie: `__Host-session=${other.token}`,
    });
    expect(textAt(me, 'email')).toBe('one@example.org');
  });

  test('its secret is kept nowhere as it is', async () => {
    const { token } = await signedIn('hashed@example.org');
    const asked = textAt(await askFor('hashed@example.org'), 'challenge');
    const kept = JSON.stringify([...(await site.contents())]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(asked.split('.')[1]);
    expect(kept).not.toContain(`"${site.codeFor(asked)}"`);
  });
});

describe('signing in with a DHS account', () => {
  const begin = (query = '') => site.get(`/auth/start${query}`);
  const comeBack = (started: Answer, email: string) =>
    site.get(`/auth/callback?code=${encodeURIComponent(email)}&state=state`, {
      cookie: sentBack(started, '__Host-auth'),
    });

  test('leads to the provider and comes back as staff, or as a trainer', async () => {
    const started = await begin();
    expect([started.status, started.headers.get('location')]).toEqual([
      303,
      `https://provider.example.gov/authorize?redirect_uri=${encodeURIComponent(`${site.origin}/auth/callback`)}`,
    ]);
    const staff = await comeBack(started, 'staff@hq.dhs.gov');
    expect([staff.status, staff.headers.get('location')]).toEqual([303, '/staff']);
    const cookie = sentBack(staff, '__Host-session');
    expect(at(await site.get('/api/me', { cookie }), 'role')).toBe('staff');
    const trainer = await comeBack(await begin(), 'new-trainer@ccht.example.org');
    expect([trainer.status, trainer.headers.get('location')]).toEqual([303, '/trainer']);
  });

  test('comes back to a page of ours alone', async () => {
    for (const [asked, led] of [
      ['/staff/events', '/staff/events'],
      ['//evil.example', '/staff'],
      ['https://evil.example/', '/staff'],
      ['/\\evil.example', '/staff'],
      ['javascript:alert(1)', '/staff'],
    ] as const) {
      const back = await comeBack(await begin(`?return=${encodeURIComponent(asked)}`), 'staff@hq.dhs.gov');
      expect([asked, back.headers.get('location')]).toEqual([asked, led]);
    }
  });

  test('without what the browser holds, or with no verified address, it is no session', async () => {
    const stray = await site.get('/auth/callback?code=staff@hq.dhs.gov&state=state');
    expect([stray.status, stray.headers.get('location')]).toEqual([303, '/sign-in']);
    expect(cookiesOf(stray).has('__Host-session')).toBe(false);
    const forged = await site.get('/auth/callback?code=staff@hq.dhs.gov', {
      cookie: '__Host-auth=%7B%22state%22%3A1%7D',
    });
    expect(cookiesOf(forged).has('__Host-session')).toBe(false);
    const nobody = await comeBack(await begin(), 'not an address');
    expect(nobody.status).toBe(403);
    expect(cookiesOf(nobody).has('__Host-session')).toBe(false);
  });
});

describe('a form that is sent after its session has ended', () => {
  test('is kept, and there again with every answer when its person has signed in; nothing is done yet', async () => {
    const event = await publishedEvent(site);
    const path = new URL(textAt(await site.get(`/api/events/${event}`), 'url')).pathname;
    const sent = await site.post(`${path}/register`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      raw: new URLSearchParams({
        givenName: 'Dana',
        familyName: 'Whitfield-Unusual',
        agency: 'Harlow County',
        timeZone: 'America/Denver',
        'accommodations.other': 'A quiet room',
        attempt: '1',
      }).toString(),
    });
    expect([sent.status, sent.headers.get('location')?.split('?')[0]]).toEqual([303, '/sign-in']);
    const { token } = await signedIn('form@example.org');
    const cookie = `${sentBack(sent, '__Host-form')}; __Host-session=${token}`;
    const resumed = await site.get('/resume', { cookie });
    expect(resumed.status).toBe(200);
    for (const typed of ['Whitfield-Unusual', 'Harlow County', 'A quiet room']) expect(resumed.text).toContain(typed);
    expect(at(await site.get('/api/me/registrations', { token }), 'items')).toEqual([]);
    expect((await site.get('/api/me', { token })).text).not.toContain('Unusual');
  });

  test('is not done by its own fields saying that it was not kept', async () => {
    const event = await publishedEvent(site);
    const path = new URL(textAt(await site.get(`/api/events/${event}`), 'url')).pathname;
    const sent = await site.post(`${path}/register`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      raw: '_resumed=0&givenName=Dana&familyName=W&agency=An+agency&timeZone=UTC&attempt=1',
    });
    const { token } = await signedIn('tricked@example.org');
    await site.get('/resume', { cookie: `${sentBack(sent, '__Host-form')}; __Host-session=${token}` });
    expect(at(await site.get('/api/me/registrations', { token }), 'items')).toEqual([]);
  });

  test('is kept for 600 people behind one network address in a quarter of an hour, and no more', async () => {
    site.from('198.51.100.9');
    const keep = async () => sentBack(await site.post('/profile', { raw: 'name=Dana' }), '__Host-form') !== '';
    const kept = await Promise.all(Array.from({ length: 600 }, keep));
    expect(kept.filter(Boolean)).toHaveLength(600);
    const before = await site.contents();
    expect(await keep()).toBe(false);
    expect(await site.contents()).toEqual(before);
    site.from('198.51.100.10');
    expect(await keep()).toBe(true);
  });

  test('is nobody’s who does not hold its secret', async () => {
    const { token } = await signedIn('curious@example.org');
    const resumed = await site.get('/resume', { cookie: `__Host-form=${'a'.repeat(32)}; __Host-session=${token}` });
    expect(resumed.status).toBe(303);
  });
});
