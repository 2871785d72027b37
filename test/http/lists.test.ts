import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweep } from '../../functions/usecases/sweep.ts';
import { at, fieldsOf, openSite, publishedEvent, textAt, type Site } from '../fixtures/app.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const HEAD = 'email,name,agency';
const csv = (raw: string, more: Readonly<Record<string, string>> = {}) => ({
  token: site.staff,
  raw,
  headers: { 'content-type': 'text/csv', ...more },
});
const importPath = (event: string, query = '') => `/api/events/${event}/registrations/import${query}`;

/** A file as a browser sends it from the form. */
const formFile = (content: string) => ({
  token: site.staff,
  raw: `--list-of-people\r\ncontent-disposition: form-data; name="file"; filename="l.csv"\r\n\r\n${content}\r\n--list-of-people--\r\n`,
  headers: { 'content-type': 'multipart/form-data; boundary=list-of-people' },
});

test('a dry run says what each row would do, and changes nothing', async () => {
  const event = await publishedEvent(site, { capacity: 1 });
  const before = await site.contents();
  const answer = await site.post(
    importPath(event),
    csv(`${HEAD}\r\na@x.example.gov,Ana,X\r\nb@x.example.gov,Ben,X\r\n=,=1,X\r\n`),
  );
  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({
    total: 3,
    wrong: 1,
    foreseen: { seat: 1, waitlist: 1 },
    rows: [
      { row: 2, email: 'a@x.example.gov', name: 'Ana', foreseen: 'seat' },
      { row: 3, foreseen: 'waitlist' },
      { row: 4, problems: [{ path: 'email' }, { path: 'name' }] },
    ],
  });
  expect(await site.contents()).toEqual(before);
});

test('a run registers them, answers with its progress, and is the same under the same key', async () => {
  const event = await publishedEvent(site, { capacity: 1 });
  const file = `${HEAD}\r\na@y.example.gov,Ana,X\r\nb@y.example.gov,Ben,X\r\n`;
  const run = await site.post(importPath(event, '?run=1'), csv(file, { 'idempotency-key': 'once' }));
  expect(run.status).toBe(202);
  const id = textAt(run, 'id');
  expect(run.json).toMatchObject({ state: 'running', total: 2, done: 0 });
  const again = await site.post(importPath(event, '?run=1'), csv(file, { 'idempotency-key': 'once' }));
  expect(textAt(again, 'id')).toBe(id);
  const other = await site.post(
    importPath(event, '?run=1'),
    csv(`${file}c@y.example.gov,C,X\r\n`, { 'idempotency-key': 'once' }),
  );
  expect([other.status, fieldsOf(other)]).toEqual([422, ['Idempotency-Key']]);
  await sweep(site.context);
  const done = await site.get(`${importPath(event)}/${id}`, { token: site.staff });
  expect(done.json).toMatchObject({
    state: 'done',
    done: 2,
    outcomes: { confirmed: 1, waitlisted: 1 },
    rows: [{ outcome: 'confirmed' }, { outcome: 'waitlisted' }],
  });
});

test.each([
  ['email,name,agency\r\nA,B,C\r\nb@x.example.gov,"B,C', ['rows.2.email', 'rows.3.row']],
  [`${HEAD}\r\na@b.example,A,B\r\na@b.example,A,B`, ['rows.3.email']],
  ['name\r\nA', ['file', 'file']],
  ['', ['file']],
  ['\u0000\u0000', ['file']],
])('%#: a run with a wrong row names it, and registers nobody', async (raw, fields) => {
  const event = await publishedEvent(site);
  const before = await site.contents();
  const answer = await site.post(importPath(event, '?run=1'), csv(raw));
  expect(answer.status).toBe(422);
  for (const field of fields) expect(fieldsOf(answer)).toContain(field);
  expect(await site.contents()).toEqual(before);
});

test('another kind of body, session, run or list is refused with its field', async () => {
  const event = await publishedEvent(site);
  const json = await site.post(importPath(event), { token: site.staff, body: {} });
  expect([json.status, fieldsOf(json)]).toEqual([415, ['Content-Type']]);
  const run = await site.post(importPath(event, '?run=yes'), csv(HEAD));
  expect([run.status, fieldsOf(run)]).toEqual([422, ['run']]);
  const session = await site.post(
    importPath(event, '?sessions=ses_aaaaaaaaaaaaaaaa'),
    csv(`${HEAD}\r\na@b.example,A,B`),
  );
  expect([session.status, fieldsOf(session)]).toEqual([422, ['sessions']]);
  const list = await site.get(`${importPath(event)}/job_aaaaaaaaaaaaaaaa`, { token: site.staff });
  expect(list.status).toBe(404);
});

test('a file of 5,000 people fits, and one of 5 MB does not', async () => {
  const event = await publishedEvent(site);
  const rows = Array.from(
    { length: 5_000 },
    (_, n) => `person.number.${n}@long-host.agency.example.gov,Person ${n},${'A'.repeat(60)}`,
  );
  const fits = await site.post(importPath(event), csv(`${HEAD}\r\n${rows.join('\r\n')}`));
  expect([fits.status, at(fits, 'total')]).toEqual([200, 5_000]);
  expect((await site.post(importPath(event), csv('x'.repeat(5 * 1024 * 1024)))).status).toBe(413);
});

test('the longest answers of a list can be kept and registered', async () => {
  const questions = ['one', 'two'].map((id) => ({ id, label: id, kind: 'text', required: false, maxLength: 2000 }));
  const event = await publishedEvent(site, { capacity: 30, questions });
  const rows = Array.from(
    { length: 25 },
    (_, n) =>
      `long${n}@x.example.gov,${'字'.repeat(100)},${'字'.repeat(120)},${'字'.repeat(2000)},${'字'.repeat(2000)}`,
  );
  const run = await site.post(importPath(event, '?run=1'), csv(`${HEAD},one,two\r\n${rows.join('\r\n')}`));
  expect(run.status).toBe(202);
  await sweep(site.context);
  const done = await site.get(`${importPath(event)}/${textAt(run, 'id')}`, { token: site.staff });
  expect(done.json).toMatchObject({ state: 'done', outcomes: { confirmed: 25 } });
});

test('in the pages: a file, what it would do, its run, its end', async () => {
  const event = await publishedEvent(site, { capacity: 1 });
  const none = await site.post(`/staff/events/${event}/import`, { ...formFile(''), raw: '--list-of-people--\r\n' });
  expect([none.status, none.text.includes('Choose a file')]).toEqual([422, true]);
  const kept = await site.post(
    `/staff/events/${event}/import`,
    formFile(`${HEAD}\r\na@z.example.gov,<b>Ana,X\r\nx,B,X`),
  );
  expect(
    kept.status,
    kept.text
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .slice(0, 3000),
  ).toBe(303);
  const path = kept.headers.get('location') ?? '';
  const checked = await site.get(path, { token: site.staff });
  expect(checked.text).toContain('1 of 2 rows can be registered');
  expect(checked.text).toContain('&lt;b&gt;Ana');
  expect(checked.headers.get('refresh')).toBeNull();
  expect((await site.post(path, { token: site.staff })).headers.get('location')).toBe(path);
  const running = await site.get(path, { token: site.staff });
  expect(running.headers.get('refresh')).toBe('5');
  expect(running.text).toContain('0 of 2 rows done');
  await sweep(site.context);
  const done = await site.get(path, { token: site.staff });
  expect(done.text).toContain('All 2 rows done');
  expect((await site.get(`${path}?page=900`, { token: site.staff })).status).toBe(200);
});

test('the page of a list that runs looks again by itself, unless it is told to stand still', async () => {
  const event = await publishedEvent(site);
  const run = await site.post(importPath(event, '?run=1'), csv(`${HEAD}\r\na@still.example.gov,Ana,X\r\n`));
  const path = `/staff/events/${event}/import/${textAt(run, 'id')}`;
  const page = await site.get(path, { token: site.staff });
  expect(page.headers.get('refresh')).toBe('5');
  expect(page.text).toContain(`href="${path}?still=1"`);
  const still = await site.get(`${path}?still=1`, { token: site.staff });
  expect(still.headers.get('refresh')).toBe(null);
  expect(still.text).not.toContain('looks again');
});
