import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COLUMN_NAMES } from '../../functions/http/csv.ts';
import {
  aSession,
  at,
  fieldsOf,
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

/**
 * Reads CSV by the grammar of RFC 4180 section 2 and nothing else: a bare CR or LF, a quote inside an unquoted field or
 * a missing line end is an error.
 */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let rest = text;
  while (rest !== '') {
    const field = /^"((?:[^"]|"")*)"|^[^",\r\n]*/.exec(rest);
    if (!field) throw new Error(`no field at ${JSON.stringify(rest.slice(0, 40))}`);
    row.push(field[1] === undefined ? field[0] : field[1].replaceAll('""', '"'));
    rest = rest.slice(field[0].length);
    if (rest.startsWith(',')) {
      rest = rest.slice(1);
      if (rest === '') throw new Error('the last line does not end');
    } else if (rest.startsWith('\r\n')) {
      rows.push(row);
      row = [];
      rest = rest.slice(2);
    } else throw new Error(`neither comma nor CRLF at ${JSON.stringify(rest.slice(0, 40))}`);
  }
  if (row.length > 0) throw new Error('the last line does not end');
  return rows;
}

/** What an import does with a cell: the apostrophe goes where a trigger follows. */
const imported = (cell: string): string => (/^'[=+\-@\t\r\n\0＝＋－＠]/.test(cell) ? cell.slice(1) : cell);

let people = 0;
/** Somebody of this name takes part. */
async function takesPart(event: string, profile: Record<string, string>, body: unknown = {}) {
  const person = await registered(site, event, `person-${(people += 1)}@agency.example.gov`, body);
  const put = await site.put('/api/me', {
    token: person.token,
    body: { agency: 'An agency', timeZone: 'UTC', ...profile },
  });
  if (put.status !== 200) throw new Error(put.text);
  return person;
}

async function exported(event: string, query = '') {
  const file = await site.get(`/api/events/${event}/roster.csv${query}`, { token: site.staff });
  expect(file.status, file.text).toBe(200);
  return { file, rows: parse(file.text.replace(/^\uFEFF/, '')) };
}

const anEvent = (more: EventBody = {}, program?: string) => publishedEvent(site, { capacity: 50, ...more }, program);

test('begins with a byte order mark, ends every line with CRLF, and says what it is', async () => {
  const event = await anEvent();
  await takesPart(event, { name: 'Zoë Quist', title: 'Analyst' });
  const answer = await site.app.request(`${site.origin}/api/events/${event}/roster.csv`, {
    headers: { authorization: `Bearer ${site.staff}` },
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(Array.from(bytes.subarray(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toBe(
    'Name,Title,Agency,Status,Session\r\nZoë Quist,Analyst,An agency,Confirmed,Session 1\r\n',
  );
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('the file is named for the list and its day, in letters that every system keeps', async () => {
  const plain = await exported(await anEvent());
  expect(plain.file.headers.get('content-disposition')).toBe('attachment; filename="attendee-list-2027-01-25.csv"');
  const marked = await exported(await anEvent({}, 'annual-seminar'));
  expect(marked.file.headers.get('content-disposition')).toBe(
    'attachment; filename="Controlled-attendee-list-2027-01-25.csv"',
  );
});

test('an event without people has its heads', async () => {
  expect((await exported(await anEvent())).rows).toEqual([['Name', 'Title', 'Agency', 'Status', 'Session']]);
});

test('a marking is the first line, with as many fields as every other', async () => {
  const event = await anEvent({}, 'hsi-advanced-training');
  const person = await registered(site, event, 'agent@hsi.dhs.gov');
  await site.put('/api/me', { token: person.token, body: { name: 'An Agent', agency: 'HSI' } });
  const { rows } = await exported(event, '?columns=name,agency,status');
  expect(rows).toEqual([
    ['Law enforcement sensitive: names of special agents', '', ''],
    ['Name', 'Agency', 'Status'],
    ['An Agent', 'HSI', 'Confirmed'],
  ]);
});

describe('cells', () => {
  const NAMES = [
    '=SUM(1,2)',
    "'Abd",
    '@work',
    '+1 202 555 0142',
    '-5',
    '＝SUM(1)',
    '＋1',
    '－1',
    '＠work',
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example","x")',
    'Ann "Annie" Lee, Jr.',
    '"',
    '""',
    ',',
    'a;=1+1',
    'Ægir Þór',
    '山田 太郎',
    'עברית',
    '😀 Smile',
    "O'Neil",
    '"=1+1"',
    '%0A=1',
  ];

  test('of any name come back as they were, the same fields on every line, and none is a formula', async () => {
    const event = await anEvent();
    for (const name of NAMES) await takesPart(event, { name, title: name, agency: `x ${name}` });
    const { rows } = await exported(event, '?columns=name,title,agency,email');
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([4]));
    for (const row of rows) for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/);
    expect(
      rows
        .slice(1)
        .map(([name = '']) => imported(name))
        .toSorted(),
    ).toEqual(NAMES.toSorted());
    expect(
      rows
        .slice(1)
        .map(([, title = '']) => imported(title))
        .toSorted(),
    ).toEqual(NAMES.toSorted());
  });

  test('a legal address that begins with a plus is kept behind its apostrophe', async () => {
    const event = await anEvent();
    await registered(site, event, '+amy@example.test');
    await registered(site, event, '=cmd@example.test');
    const { rows } = await exported(event, '?columns=email');
    expect(rows.slice(1).flat().map(imported).toSorted()).toEqual(['+amy@example.test', '=cmd@example.test']);
    expect(rows.slice(1).flat().toSorted()).toEqual(["'+amy@example.test", "'=cmd@example.test"]);
  });

  test('answers of several lines, with triggers at their start, stay in their cell', async () => {
    const answers = ['=1+1\n-2', '\t=1+1', '\r\n@x', 'first\r\nsecond, "third"', '', '-'];
    const event = await anEvent({
      questions: [
        { id: 'why', label: '=Why, "really"?', kind: 'text', required: false, maxLength: 100 },
        { id: 'topics', label: 'Topics', kind: 'several', required: false, options: ['=A', 'B, C'] },
        { id: 'first', label: 'First?', kind: 'yes-no', required: false },
      ],
    });
    for (const why of answers)
      await takesPart(event, { name: 'Pat' }, { answers: { why, topics: ['=A', 'B, C'], first: why === '' } });
    const { rows } = await exported(event, '?columns=name,answers,status');
    expect(rows[0]).toEqual(['Name', 'Reason', '\'=Why, "really"?', 'Topics', 'First?', 'Status']);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([6]));
    for (const row of rows) for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/);
    expect(
      rows
        .slice(1)
        .map(([, , why = '']) => why)
        .toSorted(),
    ).toEqual(["'=1+1\n-2", "'=1+1", "'@x", 'first\nsecond, "third"', '', "'-"].toSorted());
    expect(new Set(rows.slice(1).map(([, , , topics]) => topics))).toEqual(new Set(["'=A; B, C"]));
    expect(rows.slice(1).filter(([, , , , first]) => first === 'Yes')).toHaveLength(1);
  });

  test('a trigger behind what another spreadsheet takes for a separator is inside quotes', async () => {
    const event = await anEvent();
    await takesPart(event, { name: 'a;=1+1' });
    const { file } = await exported(event, '?columns=name');
    expect(file.text).toContain('"a;=1+1"');
  });

  test('what people need to take part is in no file', async () => {
    const event = await anEvent();
    await takesPart(event, { name: 'Pat' }, { accommodations: { needs: ['sign-language'], other: 'A quiet room' } });
    const { file } = await exported(event, `?columns=${COLUMN_NAMES.join(',')}`);
    expect(file.text).not.toMatch(/sign-language|Sign language|quiet room/);
  });
});

describe('choosing', () => {
  test('columns, in the order asked for, by commas or one by one', async () => {
    const event = await anEvent();
    await takesPart(event, { name: 'Pat Doe' });
    const heads = async (query: string) => (await exported(event, query)).rows[0];
    expect(await heads('?columns=email,name')).toEqual(['Email', 'Name']);
    expect(await heads('?columns=status&columns=agency')).toEqual(['Status', 'Agency']);
    expect(await heads('?columns=')).toEqual(['Name', 'Title', 'Agency', 'Status', 'Session']);
    const wrong = await site.get(`/api/events/${event}/roster.csv?columns=name,accommodations`, { token: site.staff });
    expect([wrong.status, fieldsOf(wrong)]).toEqual([422, ['columns.1']]);
  });

  test('a status: confirmed unless told', async () => {
    const event = await anEvent({ capacity: 1 });
    await takesPart(event, { name: 'First' });
    await takesPart(event, { name: 'Second' });
    const names = async (query: string) =>
      (await exported(event, `?columns=name${query}`)).rows.slice(1).flat().toSorted();
    expect(await names('')).toEqual(['First']);
    expect(await names('&status=')).toEqual(['First']);
    expect(await names('&status=waitlisted')).toEqual(['Second']);
    expect(await names('&status=confirmed,waitlisted')).toEqual(['First', 'Second']);
    expect(await names('&status=denied')).toEqual([]);
  });

  test('a session', async () => {
    const event = await anEvent({ sessionChoice: 'any', sessions: [aSession(0), aSession(1)] });
    const seen = await site.get(`/api/events/${event}`);
    const [first, second] = [textAt(seen, 'sessions', 0, 'id'), textAt(seen, 'sessions', 1, 'id')];
    await takesPart(event, { name: 'Both' }, { sessions: [first, second] });
    await takesPart(event, { name: 'Second' }, { sessions: [second] });
    const rows = async (session: string) =>
      (await exported(event, `?columns=name,session&session=${session}`)).rows
        .slice(1)
        .toSorted((a, b) => a.join().localeCompare(b.join()));
    expect(await rows(first)).toEqual([['Both', 'Session 1; Session 2']]);
    expect(await rows(second)).toEqual([
      ['Both', 'Session 1; Session 2'],
      ['Second', 'Session 2'],
    ]);
    expect(await rows('')).toHaveLength(2);
  });

  test('when somebody joined', async () => {
    const event = await anEvent();
    const { token } = await takesPart(event, { name: 'Pat' });
    const mine = await site.get('/api/me/registrations', { token });
    const join = new URL(textAt(mine, 'items', 0, 'sessions', 0, 'joinUrl')).pathname;
    const now = site.clock.now();
    site.clock.set('2027-01-25T13:50:00Z');
    expect((await site.post(join)).status).toBe(303);
    site.clock.set(now);
    const { rows } = await exported(event, '?columns=name,joined');
    expect(rows).toEqual([
      ['Name', 'First joined (UTC)'],
      ['Pat', '2027-01-25T13:50:00Z'],
    ]);
  });
});

test('many people are streamed, each once', async () => {
  const event = await anEvent({ capacity: null });
  const emails = Array.from({ length: 60 }, (_, n) => `many-${n}@agency.example.gov`);
  for (const email of emails) await registered(site, event, email);
  const { rows } = await exported(event, '?columns=email');
  expect(rows.slice(1).flat().toSorted()).toEqual(emails.toSorted());
});

test('a file that can’t be read to its end breaks off, so that no short one looks whole', async () => {
  const event = await anEvent();
  const broken = site.failing({ rosterPage: () => Promise.reject(new Error('throttled')) });
  const answer = await broken.request(`${site.origin}/api/events/${event}/roster.csv`, {
    headers: { authorization: `Bearer ${site.staff}` },
  });
  await expect(answer.text()).rejects.toThrow();
});

test('every export is on record, with its columns and without a name; a refused one is not', async () => {
  const event = await anEvent();
  await takesPart(event, { name: 'Pat Doe' });
  const trainer = await site.token('trainer', 'trainer@ccht.example.org');
  await site.get(`/api/events/${event}/roster.csv?columns=name,email`, { token: trainer });
  await site.get(`/api/events/${event}/roster.csv`, { token: await site.token('trainer', 'other@ccht.example.org') });
  await site.get(`/api/events/${event}/roster.csv`);
  const audit = await site.get(`/api/audit?entity=${event}`, { token: site.staff });
  const exports = [at(audit, 'items')].flat().filter((entry) => JSON.stringify(entry).includes('exported'));
  expect(exports).toMatchObject([{ actor: expect.stringMatching(/^trainer:per_/), detail: 'name, email' }]);
  expect(audit.text).not.toContain('Pat Doe');
});
