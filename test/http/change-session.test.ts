import { afterAll, beforeAll, expect, test } from 'vitest';
import { aSession, at, openSite, publishedEvent, registered, textAt, type Ask, type Site } from '../fixtures/app.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const form = (token: string, fields: Readonly<Record<string, string>>): Ask => ({
  token,
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

/** A morning and an afternoon of one seat each; the afternoon is taken, and one waits for it. */
async function fullAfternoon() {
  const event = await publishedEvent(site, {
    sessionChoice: 'one',
    capacity: 1,
    sessions: [aSession(0), aSession(1), aSession(2)],
  });
  const seen = await site.get(`/api/events/${event}`);
  const [morning, afternoon, evening] = [0, 1, 2].map((n) => textAt(seen, 'sessions', n, 'id'));
  if (!morning || !afternoon || !evening) throw new Error('three sittings were asked for');
  const ana = await registered(site, event, `ana-${event}@agency.example.gov`, { sessions: [morning] });
  for (const name of ['ben', 'cleo'])
    await registered(site, event, `${name}-${event}@agency.example.gov`, { sessions: [afternoon] });
  return { morning, afternoon, evening, ...ana };
}

test('the API changes the sitting, and says 409 where they would only wait', async () => {
  const { afternoon, evening, token, id } = await fullAfternoon();
  const patch = (version: string, body: unknown) =>
    site.patch(`/api/registrations/${id}`, { token, body, headers: { 'if-match': version } });
  const asked = await patch('"1"', { sessions: [afternoon] });
  expect(asked.status).toBe(409);
  expect(at(asked, 'detail')).toContain('waitIfFull');
  const moved = await patch('"1"', { sessions: [evening] });
  expect(moved.status).toBe(200);
  expect(moved.json).toMatchObject({ status: 'confirmed' });
  site.clock.pass(10);
  const waits = await patch('"2"', { sessions: [afternoon], waitIfFull: true });
  expect(waits.status).toBe(200);
  expect(waits.json).toMatchObject({ status: 'waitlisted', position: 2 });
  expect(waits.headers.get('etag')).toBe('"3"');
  const seen = await site.get(`/api/registrations/${id}`, { token });
  expect(seen.json).toMatchObject({ status: 'waitlisted', sessions: [{ id: afternoon }] });
  expect((await patch('"3"', { sessions: ['ses_aaaaaaaaaaaaaaaa'] })).status).toBe(422);
});

test('the page shows the other sittings with their seats, and takes one', async () => {
  const { morning, evening, token, id } = await fullAfternoon();
  const registration = await site.get(`/registrations/${id}`, { token });
  expect(registration.text).toContain(`href="/registrations/${id}/session"`);
  const card = await site.get('/registrations', { token });
  expect(card.text).toContain(`href="/registrations/${id}/session"`);
  const page = await site.get(`/registrations/${id}/session`, { token });
  expect(page.status).toBe(200);
  expect(page.text).toContain('Change your session');
  expect(page.text).toContain(evening);
  expect(page.text).not.toContain(morning);
  const nothing = await site.post(`/registrations/${id}/session`, form(token, { rev: '1' }));
  expect(nothing.status).toBe(422);
  expect(nothing.text).toContain('Choose a session');
  const moved = await site.post(`/registrations/${id}/session`, form(token, { rev: '1', sessions: evening }));
  expect(moved.status).toBe(303);
  expect(moved.headers.get('location')).toBe(`/registrations/${id}`);
});

test('the page asks before a seat is given up for a wait', async () => {
  const { afternoon, token, id } = await fullAfternoon();
  const question = await site.post(`/registrations/${id}/session`, form(token, { rev: '1', sessions: afternoon }));
  expect(question.status).toBe(200);
  expect(question.text).toContain('Give up your seat and wait?');
  expect(question.text).toContain('You would be 2nd in its line, behind 1 person.');
  expect(question.text).toContain('Keep my seat');
  expect((await site.get(`/api/registrations/${id}`, { token })).json).toMatchObject({ status: 'confirmed' });
  site.clock.pass(10);
  const yes = form(token, { rev: '1', sessions: afternoon, wait: 'yes' });
  expect((await site.post(`/registrations/${id}/session`, yes)).status).toBe(303);
  expect((await site.get(`/registrations/${id}`, { token })).text).toContain('You are 2nd on the waitlist');
});

test('an event without another sitting has no such page', async () => {
  const event = await publishedEvent(site);
  const { token, id } = await registered(site, event, `dov-${event}@agency.example.gov`);
  const page = await site.get(`/registrations/${id}/session`, { token });
  expect([page.status, page.headers.get('location')]).toEqual([303, `/registrations/${id}`]);
  expect((await site.get(`/registrations/${id}`, { token })).text).not.toContain('/session"');
});
