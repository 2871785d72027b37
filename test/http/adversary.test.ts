import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { fieldErrors } from '../../functions/http/field-errors.ts';
import { strayAnswers } from '../../functions/http/pages/fields.ts';
import { Form } from '../../functions/http/pages/page.tsx';
import { at, fieldsOf, itemsOf, openSite, publishedEvent, registered, textAt, type Site } from '../fixtures/app.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** `{"f0":0,"f1":0,…}` */
const unknownFields = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, 0]));

describe('what is small to send is small to refuse', () => {
  test('tens of thousands of unknown fields: a hundred are named', async () => {
    const answer = await site.post('/api/sign-in', {
      body: { email: 'a@agency.example.gov', ...unknownFields(20_000) },
    });
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toHaveLength(100);
    expect(answer.text.length).toBeLessThan(20_000);
  });

  test('each is looked at once', () => {
    const { error } = z.strictObject({}).safeParse(unknownFields(300_000));
    expect(error && fieldErrors(error)).toHaveLength(300_000);
  });

  test('so are answers of a form to what is not asked', () => {
    const body = Array.from({ length: 300_000 }, (_, n) => `answers.q${n}=+`).join('&');
    expect(strayAnswers(new Form(body), [])).toEqual([]);
    expect(strayAnswers(new Form(`${body}&answers.old=Yes`), [])).toHaveLength(1);
  });
});

test.each(['several', 'text'])(
  'a question that bears the name of what every object has (%s) can be asked',
  async (kind) => {
    const options = kind === 'several' ? { options: ['Steel', 'Wood'] } : {};
    const event = await publishedEvent(site, {
      questions: [{ id: 'constructor', label: 'Of what do you build?', kind, required: true, ...options }],
    });
    const token = await site.token('participant', 'builder@agency.example.gov');
    const page = await site.get(new URL(textAt(await site.get(`/api/events/${event}`), 'url')).pathname + '/register', {
      token,
    });
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('native code');
  },
);

describe('what nobody signed in sends', () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };

  test('is not kept where it is too large to be, though it came small: bytes that are no text become three each', async () => {
    const event = await publishedEvent(site);
    const raw = new Uint8Array(200_000).fill(0xff);
    const answer = await site.post(`/trainings/x-${event}/register`, { raw, headers });
    expect([answer.status, answer.headers.get('location')?.includes('kept')]).toEqual([303, false]);
    const small = await site.post(`/trainings/x-${event}/register`, { raw: raw.slice(0, 20_000), headers });
    expect([small.status, small.headers.get('location')?.includes('kept')]).toEqual([303, true]);
  });

  test('comes back in the address of the sign-in only if it is a path of ours that would be gone back to', async () => {
    const short = await site.get('/profile?from=mail');
    expect(short.headers.get('location')).toBe('/sign-in?return=%2Fprofile%3Ffrom%3Dmail');
    for (const path of [`/profile?${'%F0%9F%98%80'.repeat(600)}`, `/registrations/${'a'.repeat(6_000)}/hand-over`])
      expect((await site.get(path)).headers.get('location')?.length ?? 0, path.slice(0, 20)).toBeLessThan(2_000);
  });
});

describe('is kept by no cache', () => {
  test('where a training is now: its title may change back', async () => {
    const event = await publishedEvent(site);
    const answer = await site.get(`/trainings/an-older-title-${event}`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([301, 'no-store']);
  });

  test('a page that shows an address to nobody signed in', async () => {
    const raw = new URLSearchParams({ email: 'pat@agency.example.gov' }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await site.post('/sign-in', { raw, headers });
    expect(answer.text).toContain('pat@agency.example.gov');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

describe('is on record', () => {
  const acts = async (event: string) => itemsOf(await site.get(`/api/audit?entity=${event}`, { token: site.staff }));

  test('a list that is read by the API, once for all its pages', async () => {
    const event = await publishedEvent(site, { capacity: 9 });
    for (const name of ['ana', 'ben', 'cleo']) await registered(site, event, `${name}@agency.example.gov`);
    let path = `/api/events/${event}/registrations?limit=2`;
    const first = await site.get(path, { token: site.staff });
    path += `&cursor=${encodeURIComponent(textAt(first, 'nextCursor'))}`;
    expect(itemsOf(await site.get(path, { token: site.staff }))).toHaveLength(1);
    expect((await acts(event)).filter((one) => JSON.stringify(one).includes('viewed attendee list'))).toHaveLength(1);
  });

  test('a look at somebody’s registration, and not one’s own', async () => {
    const event = await publishedEvent(site);
    const ana = await registered(site, event, 'own@agency.example.gov');
    const looks = async () =>
      (await acts(event)).filter((one) => JSON.stringify(one).includes('viewed a registration')).length;
    await site.get(`/api/registrations/${ana.id}`, { token: ana.token });
    expect(await looks()).toBe(0);
    const seen = await site.get(`/api/registrations/${ana.id}`, { token: site.staff });
    expect(at(seen, 'id')).toBe(ana.id);
    expect(await looks()).toBe(1);
  });
});

test('whom staff deny is offered nothing that they may not know of', async () => {
  const programs = await site.context.store.programs();
  const program = programs.find(({ key }) => key === 'cp-webinar-law-enforcement');
  const seen = await site.get(`/api/programs/${program?.id}`, { token: site.staff });
  const changed = await site.patch(`/api/programs/${program?.id}`, {
    token: site.staff,
    headers: { 'if-match': seen.headers.get('etag') ?? '' },
    body: { instead: 'hsi-advanced-training' },
  });
  expect(changed.status).toBe(200);
  await publishedEvent(site, { title: 'What only agents of HSI may know of' }, 'hsi-advanced-training');
  const event = await publishedEvent(site, { capacity: 9 }, 'cp-webinar-law-enforcement');
  const eve = await registered(site, event, 'eve@elsewhere.example.org');
  expect(eve.answer.json).toMatchObject({ status: 'pending' });
  const form = { registration: eve.id, do: 'deny-send', reason: 'audience', offer: 'yes' };
  await site.post(`/staff/events/${event}/review`, {
    token: site.staff,
    raw: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const after = await site.get(`/api/registrations/${eve.id}`, { token: eve.token });
  expect(after.json).toMatchObject({ status: 'denied' });
  expect(textAt(after, 'reason')).not.toContain('HSI');
});

test('a table that two write to at once is busy, and no error of ours', async () => {
  class BusyTable extends Error {
    override name = 'BusyTable';
  }
  const app = site.failing({
    putChallenge: async () => {
      throw new BusyTable();
    },
  });
  const body = JSON.stringify({ email: 'pat@agency.example.gov' });
  const headers = { 'content-type': 'application/json' };
  const answer = await app.request(`${site.origin}/api/sign-in`, { method: 'POST', body, headers });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1']);
});
