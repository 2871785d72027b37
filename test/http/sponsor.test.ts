import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventBody, openSite, textAt, type Ask, type Site } from '../fixtures/app.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const HOST = {
  agency: 'Harlow County Sheriff',
  class: 'exclusive',
  lists: ['law-enforcement'],
  evidence: 'A call to the published number',
  expiresAt: '2027-12-01T00:00:00Z',
};
const form = (token: string | undefined, fields: Readonly<Record<string, string>>): Ask => ({
  token,
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});
const secretIn = (url: string | null | undefined): string => (url ?? '').slice(site.origin.length);

/** Somebody who waits to be checked for a training of law enforcement. */
async function applicant(name: string, host = 'marrowbay.example.org') {
  await site.request('PUT', '/api/hosts/harlowsheriff.example.org', { token: site.staff, body: HOST });
  const made = await site.post('/api/events', {
    token: site.staff,
    body: { ...(await eventBody(site)), audience: { kind: 'hosts', hosts: ['law-enforcement'], others: 'review' } },
  });
  const event = textAt(made, 'id');
  await site.post(`/api/events/${event}/publish`, {
    token: site.staff,
    headers: { 'if-match': made.headers.get('etag') ?? '' },
  });
  const token = await site.token('participant', `${name}@${host}`);
  await site.request('PUT', '/api/me', { token, body: { name: 'Noelle Adair', agency: 'Marrow Bay Police' } });
  const applied = await site.post(`/api/events/${event}/registrations`, { token, body: {} });
  expect(applied.json).toMatchObject({ status: 'pending' });
  return { event, token, id: textAt(applied, 'id') };
}
async function mailed(to: string) {
  await site.deliver();
  return site.letters.filter((letter) => letter.to === to && letter.about === 'registration').at(-1);
}

test('a supervisor confirms by mail with one button; it is shown to staff and decides nothing', async () => {
  const { event, token, id } = await applicant('noelle');
  const asks = `/registrations/${id}/supervisor`;
  expect((await site.get(`/registrations/${id}`, { token })).text).toContain(asks);
  const sent = await site.post(asks, form(token, { email: 'R.Ocampo@harlowsheriff.example.org' }));
  expect([sent.status, sent.headers.get('location')]).toEqual([303, asks]);
  // the same press again: no second mail
  await site.post(asks, form(token, { email: 'r.ocampo@harlowsheriff.example.org' }));
  const letter = await mailed('r.ocampo@harlowsheriff.example.org');
  expect(site.letters.filter(({ to }) => to === 'r.ocampo@harlowsheriff.example.org')).toHaveLength(1);
  if (letter?.about !== 'registration') throw new Error('no mail to the supervisor');
  const page = secretIn(letter.links.sponsor);

  const before = await site.contents();
  const asked = await site.get(page);
  expect(asked.status).toBe(200);
  expect(asked.text).toContain('Do you know Noelle Adair?');
  expect(asked.headers.get('cache-control')).toBe('no-store');
  expect(await site.contents()).toEqual(before);
  const yes = await site.post(page, form(undefined, { answer: 'confirmed' }));
  expect(yes.text).toContain('You said that you know them');
  const answered = await site.contents();
  // a second press, and another mind, change nothing any more
  expect((await site.post(page, form(undefined, { answer: 'unknown' }))).text).toContain('You said that you know them');
  expect(await site.contents()).toEqual(answered);

  expect((await site.get(`/api/registrations/${id}`, { token })).json).toMatchObject({ status: 'pending' });
  expect((await site.get(`/registrations/${id}`, { token })).text).toContain('A supervisor confirmed you');
  const review = await site.get(`/staff/events/${event}/review`, { token: site.staff });
  expect(review.text).toContain('Confirmed by mail: r.ocampo@harlowsheriff.example.org, Harlow County Sheriff');
  expect(review.text).toContain('Confirmed or with known colleagues: 1 person');
});

test('asking somebody else kills the first link, and a decision ends both', async () => {
  const { token, id } = await applicant('lena');
  const ask = (email: string) => site.post(`/api/registrations/${id}/supervisor`, { token, body: { email } });
  await ask('first@harlowsheriff.example.org');
  const first = await mailed('first@harlowsheriff.example.org');
  await ask('second@harlowsheriff.example.org');
  const second = await mailed('second@harlowsheriff.example.org');
  if (first?.about !== 'registration' || second?.about !== 'registration') throw new Error('no mail');
  expect((await site.get(secretIn(first.links.sponsor))).status).toBe(404);
  expect((await site.post(secretIn(first.links.sponsor), form(undefined, { answer: 'confirmed' }))).status).toBe(404);
  await site.post(`/api/registrations/${id}/approve`, { token: site.staff, body: {} });
  const over = await site.post(secretIn(second.links.sponsor), form(undefined, { answer: 'confirmed' }));
  expect([over.status, over.text.includes('No answer is needed')]).toEqual([200, true]);
});

test('a mail that is still owed when the desk decides is not sent', async () => {
  const { token, id } = await applicant('pavel');
  await site.post(`/api/registrations/${id}/supervisor`, { token, body: { email: 'late@harlowsheriff.example.org' } });
  await site.post(`/api/registrations/${id}/deny`, { token: site.staff, body: { reason: 'It is for others.' } });
  expect(await mailed('late@harlowsheriff.example.org')).toBeUndefined();
});

test.each([
  ['their own', 'bad@marrowbay.example.org'],
  ['one at a host nobody decided on', 'boss@marrowbay.example.org'],
  ['one at a host that only looks like ours', 'boss@harlow-sheriff.example.org'],
  ['one below ours', 'boss@mail.harlowsheriff.example.org'],
  ['one that ends like ours', 'boss@notharlowsheriff.example.org'],
  ['free mail', 'boss@gmail.com'],
  ['one in another script', 'boss@hаrlowsheriff.example.org'],
  ['nothing', ''],
])('an address that is not one to ask is said at its field: %s', async (what, email) => {
  const { token, id } = await applicant(what === 'their own' ? 'bad' : what.replaceAll(' ', '-'));
  const refused = await site.post(`/api/registrations/${id}/supervisor`, { token, body: { email } });
  expect(refused.status).toBe(422);
  expect(refused.json).toMatchObject({ errors: [{ path: 'email' }] });
});

test('nobody mails strangers in bulk: three a registration, five a day', async () => {
  const { token, id } = await applicant('many');
  const statuses = [];
  for (let n = 0; n < 7; n += 1)
    statuses.push(
      (
        await site.post(`/api/registrations/${id}/supervisor`, {
          token,
          body: { email: `s${n}@harlowsheriff.example.org` },
        })
      ).status,
    );
  expect(statuses).toEqual([200, 200, 200, 409, 409, 429, 429]);
});

test.each(['', 'x', 'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb1.cccccccccccccccccccccccccc'])(
  'a made-up address is unknown: "%s"',
  async (secret) => {
    expect((await site.get(`/confirm/${secret}`)).status).toBe(404);
  },
);

test('the page says at its field that a day has no more asks', async () => {
  const { token, id } = await applicant('busy');
  for (let n = 0; n < 5; n += 1)
    await site.post(`/api/registrations/${id}/supervisor`, { token, body: { email: `boss${n}@gmail.com` } });
  const page = await site.post(`/registrations/${id}/supervisor`, form(token, { email: 'boss@gmail.com' }));
  expect([page.status, page.text.includes('Ask again in 24 hours')]).toEqual([429, true]);
  expect(page.text).toContain('value="boss@gmail.com"');
});

test('who decides on a host that somebody decided on meanwhile is told, loses nothing typed, and may replace it', async () => {
  const path = '/staff/hosts/stonebrook-pd.example.org';
  const decision = { agency: 'Stonebrook', class: 'exclusive', evidence: 'A call', ends: '2028-01-01', rev: '0' };
  expect((await site.post(path, form(site.staff, decision))).status).toBe(303);
  const late = await site.post(path, form(site.staff, { ...decision, class: 'shared', evidence: 'Another call' }));
  expect([late.status, late.text.includes('Somebody decided on this host meanwhile')]).toEqual([422, true]);
  expect(late.text).toContain('value="Another call"');
  const rev = /name="rev" value="(\d+)"/.exec(late.text)?.[1] ?? '';
  const again = { ...decision, class: 'shared', evidence: 'Another call', rev };
  expect((await site.post(path, form(site.staff, again))).status).toBe(303);
});

test('staff ask several for a sponsor with one press; each gets one mail with the page where they name one', async () => {
  const { event, token, id } = await applicant('simone', 'opendoor.example.org');
  const path = `/staff/events/${event}/review`;
  const press = () => site.post(path, form(site.staff, { do: 'ask-for-sponsor', registration: id }));
  expect((await site.get(path, { token: site.staff })).text).toContain('Ask for a sponsor or work email');
  for (const _twice of [1, 2]) expect((await press()).status).toBe(303);
  const letter = await mailed('simone@opendoor.example.org');
  if (letter?.about !== 'registration') throw new Error('no mail to the applicant');
  expect(letter.owed.kind).toBe('sponsor-wanted');
  expect(site.letters.filter((one) => one.about === 'registration' && one.owed.kind === 'sponsor-wanted')).toHaveLength(
    1,
  );
  const page = await site.get(secretIn(letter.links.supervisor), { token });
  expect([page.status, page.text.includes('Ask a supervisor to confirm you')]).toEqual([200, true]);
  expect((await site.get(`/registrations/${id}`, { token })).text).toContain(
    'The training desk asks who can confirm you',
  );
  const review = await site.get(path, { token: site.staff });
  expect(review.text).toContain('Asked for a sponsor or work email');
  expect(review.text).toContain('nobody named yet');
  await site.post(`/api/registrations/${id}/supervisor`, {
    token,
    body: { email: 'boss@harlowsheriff.example.org' },
  });
  expect((await site.get(path, { token: site.staff })).text).not.toContain('nobody named yet');
});

test('by the API: each of many answered for itself, by staff alone', async () => {
  const { event, token, id } = await applicant('owen');
  const decisions = [
    { registrationId: id, decision: 'ask-for-sponsor' },
    { registrationId: `${id.slice(0, -1)}2`, decision: 'ask-for-sponsor' },
  ];
  const path = `/api/events/${event}/decisions`;
  expect((await site.post(path, { token, body: decisions })).status).toBe(403);
  const answered = await site.post(path, { token: site.staff, body: decisions });
  expect(answered.json).toMatchObject({
    items: [{ registration: { status: 'pending' } }, { problem: { status: 404 } }],
  });
});

test('an applicant reads why a person checks them', async () => {
  const { token, id } = await applicant('why');
  const why = async () => (await site.get(`/registrations/${id}`, { token })).text;
  // and how the seats stand that they hold none of
  expect(await why()).toMatch(/Seats now<\/dt><dd>.{0,400}<strong>Open</);
  expect(await why()).toContain('We don’t know marrowbay.example.org yet');
  const body = { ...HOST, agency: 'City of Marrow Bay' };
  await site.request('PUT', '/api/hosts/marrowbay.example.org', {
    token: site.staff,
    body: { ...body, class: 'shared' },
  });
  expect(await why()).toContain('More than one office uses marrowbay.example.org. It doesn’t tell us who works where.');
  await site.request('PUT', '/api/hosts/marrowbay.example.org', { token: site.staff, body });
  expect(await why()).toContain('You applied before we knew marrowbay.example.org');
});
