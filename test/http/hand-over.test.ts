import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite, publishedEvent, registered, textAt, type Ask, type Site } from '../fixtures/app.ts';
import { fieldsShown } from '../fixtures/fields-shown.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const form = (token: string | undefined, fields: Readonly<Record<string, string>>): Ask => ({
  token,
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

test('a seat goes from hand to hand by its pages: a form, a mail, one button', async () => {
  const event = await publishedEvent(site);
  const { token, id } = await registered(site, event, 'dana@agency.example.gov');
  const colleague = 'kim@agency.example.gov';
  expect((await site.get(`/registrations/${id}`, { token })).text).toContain(`/registrations/${id}/hand-over`);
  expect((await site.get(`/registrations/${id}/hand-over`, { token })).text).toMatch(/name="rev" value="1"/);
  const wrong = await site.post(`/registrations/${id}/hand-over`, form(token, { email: 'nobody' }));
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('value="nobody"');
  const sent = await site.post(`/registrations/${id}/hand-over`, form(token, { email: colleague }));
  expect([sent.status, sent.headers.get('location')]).toEqual([303, `/registrations/${id}/hand-over`]);
  expect((await site.get(`/registrations/${id}/hand-over`, { token })).text).toContain('Take the offer back');
  await site.deliver();
  const letter = site.letters.find(({ to }) => to === colleague);
  expect(letter).toMatchObject({
    owed: { kind: 'seat-offered', calendar: null },
    links: { takeOver: `${site.origin}/registrations/${id}/take-over` },
  });

  const signedOut = await site.get(`/registrations/${id}/take-over`);
  expect(signedOut.status).toBe(303);
  expect(signedOut.headers.get('location')).toContain('/sign-in?return=');
  const theirs = await site.token('participant', colleague);
  const before = await site.contents();
  const page = await site.get(`/registrations/${id}/take-over`, { token: theirs });
  expect(page.status).toBe(200);
  expect(page.text).toContain('Yes, take the seat');
  expect(await site.contents()).toEqual(before);
  const yes = await site.post(`/registrations/${id}/take-over`, form(theirs, {}));
  const seen = await site.get(`/api/events/${event}`, { token: theirs });
  const mine = textAt(seen, 'registration', 'id');
  expect([yes.status, yes.headers.get('location')]).toEqual([303, `/profile?seat=${mine}`]);
  const asked = await site.get(`/profile?seat=${mine}`, { token: theirs });
  expect(asked.text).toContain('The seat is yours.');
  const named = { name: 'Kim Lee', agency: 'An agency', timeZone: 'America/Denver' };
  const nameless = await site.post('/profile', form(theirs, { ...fieldsShown(asked.text), ...named, name: '' }));
  const saved = await site.post('/profile', form(theirs, { ...fieldsShown(nameless.text), ...named }));
  expect([saved.status, saved.headers.get('location')]).toEqual([303, `/registrations/${mine}`]);
  expect((await site.get(`/registrations/${mine}`, { token: theirs })).text).toContain('You have a seat');
  expect((await site.get(`/api/registrations/${id}`, { token })).json).toMatchObject({ status: 'cancelled' });
});

test('the API offers, shows, takes back, and hands over', async () => {
  const event = await publishedEvent(site);
  const { token, id } = await registered(site, event, 'dana@agency.example.gov');
  const theirs = await site.token('participant', 'kim@agency.example.gov');
  const transfer = `/api/registrations/${id}/transfer`;
  const body = { email: 'KIM@agency.example.gov' };
  expect((await site.post(transfer, { token, body })).json).toMatchObject({ id, status: 'confirmed' });
  expect((await site.get(`/api/registrations/${id}`, { token })).json).toMatchObject({
    offeredTo: 'kim@agency.example.gov',
  });
  expect((await site.request('DELETE', transfer, { token })).status).toBe(200);
  expect((await site.post(`${transfer}/accept`, { token: theirs, body: {} })).status).toBe(404);
  await site.post(transfer, { token, body });
  const taken = await site.post(`${transfer}/accept`, { token: theirs, body: {} });
  expect(taken.json).toMatchObject({ status: 'confirmed', attempt: 1 });
  expect((await site.post(transfer, { token, body })).status).toBe(409);
  expect((await site.post(transfer, { token, body: { email: 'none' } })).status).toBe(422);
});

test('while somebody waits the API says 409 with words', async () => {
  const event = await publishedEvent(site, { capacity: 1 });
  const { token, id } = await registered(site, event, 'dana@agency.example.gov');
  await registered(site, event, 'lee@agency.example.gov');
  const refused = await site.post(`/api/registrations/${id}/transfer`, {
    token,
    body: { email: 'kim@agency.example.gov' },
  });
  expect(refused.status).toBe(409);
  expect(textAt(refused, 'detail')).toContain('goes to the next in line');
});
