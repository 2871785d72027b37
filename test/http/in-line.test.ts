import { afterAll, beforeAll, expect, test } from 'vitest';
import { EventId } from '../../functions/domain/ids.ts';
import { SECOND } from '../../functions/domain/time.ts';
import { sweep } from '../../functions/usecases/sweep.ts';
import { draftEvent, openSite, publishedEvent, registered, textAt, type Ask, type Site } from '../fixtures/app.ts';
import { fieldsShown } from '../fixtures/fields-shown.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

async function swept() {
  site.clock.pass(6 * SECOND);
  await sweep(site.context);
}

test('a pool born sealed answers "you are in line" at once; the page looks again until there is a seat', async () => {
  const event = await publishedEvent(site, { mode: 'sealed', capacity: 1 });
  const began = site.clock.now();
  const { token, id, answer } = await registered(site, event, 'ana@agency.example.gov');
  expect(answer.json).toMatchObject({ status: 'waitlisted', position: 1 });
  expect(site.clock.now() - began).toBeLessThan(SECOND);
  await site.deliver();
  expect(site.letters.filter(({ to }) => to === 'ana@agency.example.gov')).toEqual([]);

  const page = await site.get(`/registrations/${id}`, { token });
  expect(page.headers.get('refresh')).toBe('5');
  expect(page.text).toContain('<h1>You are in line</h1>');
  expect(page.text).toContain('There are free seats.');
  const still = await site.get(`/registrations/${id}?still=1`, { token });
  expect(still.headers.get('refresh')).toBe(null);
  expect(still.text).not.toContain('looks again');
  expect(still.text).toContain(`<a href="/registrations/${id}">Look again</a>`);

  await swept();
  const seated = await site.get(`/registrations/${id}`, { token });
  expect(seated.headers.get('refresh')).toBe(null);
  expect(seated.text).toContain('You have a seat');
});

test('the answer has the place in line of the first fifty, and nobody who comes later makes it grow', async () => {
  const event = await publishedEvent(site, { mode: 'sealed', capacity: 100 });
  const positions = [];
  const people = [];
  for (let n = 0; n < 53; n += 1) {
    const one = await registered(site, event, `crowd-${n}@agency.example.gov`);
    people.push(one);
    positions.push(one.answer.json);
    site.clock.pass(1);
  }
  for (const [n, json] of positions.entries())
    if (n < 50) expect(json).toMatchObject({ status: 'waitlisted', position: n + 1 });
    else expect(json).not.toHaveProperty('position');
  const tenth = people[9];
  const seen = await site.get(`/api/registrations/${tenth?.id}`, { token: tenth?.token ?? '' });
  expect(seen.json).toMatchObject({ position: 10 });
  await swept();
  const seated = await site.get(`/api/registrations/${tenth?.id}`, { token: tenth?.token ?? '' });
  expect(seated.json).toMatchObject({ status: 'confirmed' });
});

test('where no seat is free the page stands still and the mail is owed', async () => {
  const event = await publishedEvent(site, { mode: 'sealed', capacity: 1 });
  await registered(site, event, 'ben@agency.example.gov');
  await swept();
  const { token, id } = await registered(site, event, 'cleo@agency.example.gov');
  const page = await site.get(`/registrations/${id}`, { token });
  expect(page.headers.get('refresh')).toBe(null);
  expect(page.text).toContain('You are 1st on the waitlist');
  await site.deliver();
  const [letter] = site.letters.filter(({ to }) => to === 'cleo@agency.example.gov');
  expect(letter).toMatchObject({ owed: { kind: 'waitlisted' } });
});

test('the form leads to the line, and does not say that it filled', async () => {
  const event = await publishedEvent(site, { mode: 'sealed', capacity: 1 });
  const seen = await site.get(`/api/events/${event}`);
  const slug = new URL(textAt(seen, 'url')).pathname;
  const token = await site.token('participant', 'dov@agency.example.gov');
  const sent = await site.post(`${slug}/register`, {
    ...form({ givenName: 'Dov', familyName: 'Adler', agency: 'An agency', timeZone: 'America/Denver', attempt: '1' }),
    token,
  });
  expect(sent.status).toBe(303);
  expect(sent.headers.get('location')).toMatch(/^\/registrations\/reg_[a-z2-7]+1$/);
});

const form = (fields: Readonly<Record<string, string>>): Ask => ({
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

test('staff say in the editor that they expect a rush; once published it stands', async () => {
  const id = EventId.parse(await draftEvent(site));
  const edit = `/staff/events/${id}/edit`;
  const page = await site.get(edit, { token: site.staff });
  expect(page.text).toContain('We expect a rush: everybody waits in line a moment');
  const saved = await site.post(edit, {
    ...form({ ...fieldsShown(page.text), do: 'publish', mode: 'sealed' }),
    token: site.staff,
  });
  expect([saved.status, saved.headers.get('location')]).toEqual([303, `/staff/events/${id}/roster`]);
  expect(await site.context.store.seats([id])).toMatchObject([{ sealed: true, bornSealed: true }]);
  const after = await site.get(edit, { token: site.staff });
  expect(after.text).toContain('seats are given out in that order');
  const again = { ...fieldsShown(after.text), do: 'save', title: 'In other words' };
  expect((await site.post(edit, { ...form(again), token: site.staff })).status).toBe(303);
  expect(await site.context.store.event(id)).toMatchObject({ mode: 'sealed', title: 'In other words' });
});
