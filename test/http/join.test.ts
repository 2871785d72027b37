import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aSession,
  at,
  inDays,
  MEETING,
  openSite,
  publishedEvent,
  registered,
  textAt,
  type EventBody,
  type Site,
} from '../fixtures/app.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
beforeEach(() => site.clock.set(inDays(0)));

const OPENS = inDays(14, -0.25);
const STARTS = inDays(14);
const ENDS = inDays(14, 1);

let people = 0;
/** Somebody who takes part, and their join page. */
async function takesPart(more: EventBody = {}, program?: string, host = 'agency.example.gov') {
  const email = `dana-${(people += 1)}@${host}`;
  const event = await publishedEvent(site, more, program);
  const { token, id } = await registered(site, event, email);
  await site.put('/api/me', { token, body: { name: 'Dana Whitfield', agency: 'An agency' } });
  const mine = await site.get(`/api/registrations/${id}`, { token });
  return { email, event, token, id, join: new URL(textAt(mine, 'sessions', 0, 'joinUrl')).pathname };
}

const formSent = {
  headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
  raw: '',
};

describe('the join page', () => {
  test('shows the first name, the session and one button, without signing in', async () => {
    const { join } = await takesPart();
    site.clock.set(OPENS);
    const page = await site.get(join);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Dana');
    expect(page.text).not.toContain('Whitfield');
    expect(page.text).toContain('Continued Presence');
    expect(page.text.match(/<form[^>]*method="post"/gi)).toHaveLength(1);
    expect(page.text.match(new RegExp(`action="${join}"`, 'g'))).toHaveLength(1);
  });

  test('changes nothing, however often it is fetched, and never has the meeting’s link', async () => {
    const { join } = await takesPart();
    for (const time of [inDays(0), OPENS, STARTS, ENDS]) {
      site.clock.set(time);
      const before = await site.contents();
      for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS']) {
        const { text, headers } = await site.request(method, join);
        expect(text + JSON.stringify([...headers])).not.toContain(MEETING);
      }
      expect(await site.contents()).toEqual(before);
    }
  });

  test('is not found by search engines, tells nobody where it is, and may lead to the meeting', async () => {
    const { join } = await takesPart();
    site.clock.set(STARTS);
    const { headers } = await site.get(join);
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    const policy = headers.get('content-security-policy') ?? '';
    // browsers hold the answer to a form against form-action too
    expect(policy).toMatch(/form-action 'self' https:(;|$)/);
    expect(policy).not.toMatch(/unsafe|script-src[^;]*https?:/);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test('is kept by no cache', async () => {
    const { join } = await takesPart();
    site.clock.set(STARTS);
    expect((await site.get(join)).headers.get('cache-control')).toBe('no-store');
    expect((await site.post(join, formSent)).headers.get('cache-control')).toBe('no-store');
  });

  test('403 before the window with the time it opens, 200 in it, 410 after the end', async () => {
    const { join } = await takesPart();
    const seen = async (time: string) => {
      site.clock.set(time);
      return [(await site.get(join)).status, (await site.post(join, formSent)).status];
    };
    expect(await seen(inDays(14, -0.26))).toEqual([403, 403]);
    expect((await site.get(join)).text).toMatch(/8:45 AM/);
    expect(await seen(OPENS)).toEqual([200, 303]);
    expect(await seen(inDays(14, 0.99))).toEqual([200, 303]);
    expect(await seen(ENDS)).toEqual([410, 410]);
  });

  test('the window is as wide as staff say', async () => {
    const { join } = await takesPart({ joinOpensMinutes: 60 });
    site.clock.set(inDays(14, -1));
    expect((await site.post(join, formSent)).status).toBe(303);
    site.clock.set(inDays(0));
    const late = await takesPart({ joinOpensMinutes: 0 });
    site.clock.set(inDays(14, -0.01));
    expect((await site.get(late.join)).status).toBe(403);
  });
});

describe('the press', () => {
  test('leads to the meeting, and records the first arrival', async () => {
    const { join, event } = await takesPart();
    site.clock.set(OPENS);
    const joined = await site.post(join, formSent);
    expect([joined.status, joined.headers.get('location')]).toEqual([303, MEETING]);
    expect(joined.text).not.toContain(MEETING);
    site.clock.set(STARTS);
    await site.post(join, formSent);
    const csv = await site.get(`/api/events/${event}/roster.csv?columns=joined`, {
      token: await site.token('staff', 'staff@hq.dhs.gov'),
    });
    expect(csv.text).toContain(OPENS);
    expect(csv.text).not.toContain(STARTS);
  });

  test('from another site does nothing', async () => {
    const { join } = await takesPart();
    site.clock.set(STARTS);
    const before = await site.contents();
    const answer = await site.post(join, { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(answer.status).toBe(403);
    expect(JSON.stringify([...answer.headers])).not.toContain(MEETING);
    expect(await site.contents()).toEqual(before);
  });

  test('before staff added the link says so', async () => {
    const { join } = await takesPart({ sessions: [aSession(0, { joinUrl: '' })] });
    site.clock.set(STARTS);
    expect((await site.post(join, formSent)).status).toBe(409);
  });

  test('leads to a link of any letters', async () => {
    const link = 'https://meet.example.gov/päth?q=ü&x=山';
    const { join } = await takesPart({ sessions: [aSession(0, { joinUrl: link })] });
    site.clock.set(STARTS);
    const joined = await site.post(join, formSent);
    expect(joined.status).toBe(303);
    expect(new URL(joined.headers.get('location') ?? '').href).toBe(new URL(link).href);
  });
});

describe('404', () => {
  const both = async (join: string) => [(await site.get(join)).status, (await site.post(join, formSent)).status];

  test('unless confirmed: given up, waitlisted, denied, with the event canceled', async () => {
    const gone = await takesPart();
    await site.post(`/api/registrations/${gone.id}/cancel`, { token: gone.token });
    const called = await takesPart();
    await site.post(`/api/events/${called.event}/cancel`, {
      token: await site.token('staff', 'staff@hq.dhs.gov'),
      body: { reason: 'It snows.' },
    });
    site.clock.set(STARTS);
    expect(await both(gone.join)).toEqual([404, 404]);
    expect(await both(called.join)).toEqual([404, 404]);
  });

  test('the address dies with its attempt: a second registration has another', async () => {
    const { join, id, token, event } = await takesPart();
    await site.post(`/api/registrations/${id}/cancel`, { token });
    const second = await site.post(`/api/events/${event}/registrations`, { token, body: {} });
    const mine = await site.get(`/api/registrations/${textAt(second, 'id')}`, { token });
    const next = new URL(textAt(mine, 'sessions', 0, 'joinUrl')).pathname;
    site.clock.set(STARTS);
    expect(await both(join)).toEqual([404, 404]);
    expect(await both(next)).toEqual([200, 303]);
  });

  test('to whoever guesses: another person, session or signature, or less of one', async () => {
    const [one, other] = [await takesPart(), await takesPart()];
    site.clock.set(STARTS);
    const [registration = '', session = '', signature = ''] = one.join.slice('/join/'.length).split('.');
    const [otherRegistration = '', otherSession = '', otherSignature = ''] = other.join
      .slice('/join/'.length)
      .split('.');
    const guesses = [
      `${otherRegistration}.${session}.${signature}`,
      `${registration}.${otherSession}.${signature}`,
      `${registration}.${session}.${otherSignature}`,
      `${registration}.${session}.${signature.slice(0, 25)}`,
      `${registration}.${session}.`,
      `${registration}.${session}`,
      `${registration}2.${session}.${signature}`,
      registration,
      '',
      '.',
      `${registration}.${session}.${signature.toUpperCase()}`,
    ];
    for (const guess of guesses) expect([guess, ...(await both(`/join/${guess}`))]).toEqual([guess, 404, 404]);
    const feed = new URL(
      textAt(await site.get('/api/me/calendar', { token: await site.token('participant', one.email) }), 'url'),
    );
    expect(feed.pathname).not.toContain(signature);
  });
});

describe('an event that is law-enforcement sensitive', () => {
  const agent = () => takesPart({}, 'hsi-advanced-training', 'hsi.dhs.gov');

  test('asks for the person’s own sign-in', async () => {
    const { join, email } = await agent();
    site.clock.set(STARTS);
    for (const answer of [await site.get(join), await site.post(join, formSent)]) {
      expect([answer.status, answer.headers.get('location')]).toEqual([
        303,
        `/sign-in?return=${encodeURIComponent(join)}`,
      ]);
      expect(answer.text).not.toContain('Dana');
    }
    const own = await site.token('participant', email);
    expect((await site.get(join, { token: own })).status).toBe(200);
    expect((await site.post(join, { token: own, ...formSent })).headers.get('location')).toBe(MEETING);
  });

  test('is unknown to anybody else who has the address', async () => {
    const { join } = await agent();
    site.clock.set(STARTS);
    for (const token of [
      await site.token('participant', 'other@hsi.dhs.gov'),
      await site.token('staff', 'staff@hq.dhs.gov'),
    ])
      expect([
        (await site.get(join, { token })).status,
        (await site.post(join, { token, ...formSent })).status,
      ]).toEqual([404, 404]);
  });
});

test('every address in a letter can be fetched without changing anything', async () => {
  const { email, token } = await takesPart();
  await site.deliver();
  const letter = site.letters.findLast((one) => one.to === email);
  if (letter?.about !== 'registration') throw new Error('no letter');
  const { event, registration, giveBack, registrations, privacy, join } = letter.links;
  const before = await site.contents();
  for (const url of [event, registration, giveBack, registrations, privacy, ...join.map((one) => one.url)])
    for (const who of [undefined, token])
      for (const method of ['HEAD', 'GET', 'GET']) {
        const { pathname } = new URL(url);
        expect((await site.request(method, pathname, { token: who })).status, url).toBeLessThan(404);
      }
  expect(await site.contents()).toEqual(before);
  expect(at(await site.get('/api/me/registrations', { token }), 'items', 0, 'status')).toBe('confirmed');
});
