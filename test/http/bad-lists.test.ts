import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweep } from '../../functions/usecases/sweep.ts';
import { at, openSite, publishedEvent, type Answer, type Ask, type Site } from '../fixtures/app.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const HEAD = 'email,name,agency,unit';
const GOOD = 'good@agency.example.gov,Ana Reyes,Harlow County,Vice';
const question = { id: 'unit', label: 'Your unit?', kind: 'choice', required: false, options: ['Vice', 'Patrol'] };
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
/** As Windows writes a file for its own country: a byte a letter. */
const windows = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** A file as a browser sends it from the form. */
function upload(content: Uint8Array<ArrayBuffer>): Ask {
  const head = '--part\r\ncontent-disposition: form-data; name="file"; filename="l.csv"\r\n\r\n';
  const raw = new Uint8Array([...bytesOf(head), ...content, ...bytesOf('\r\n--part--\r\n')]);
  return { token: site.staff, raw, headers: { 'content-type': 'multipart/form-data; boundary=part' } };
}
const sent = (event: string, raw: Uint8Array<ArrayBuffer>): Promise<Answer> =>
  site.post(`/api/events/${event}/registrations/import?run=1`, {
    token: site.staff,
    raw,
    headers: { 'content-type': 'text/csv' },
  });
const anEvent = () => publishedEvent(site, { questions: [question] });
const wordsOf = ({ text }: Answer): string =>
  text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&quot;', '"');

/** Row 3 of a file is wrong: its field, and what is said of it. */
const ROWS: readonly (readonly [string, string, string, RegExp])[] = [
  ['the same person twice', 'Good@Agency.example.gov,Ana Reyes,Harlow County,', 'email', /is in row 2 too/],
  ['a row with a cell too few', 'ben@agency.example.gov,Ben,Harlow', 'row', /has 3 cells, and row 1 has 4/],
  ['a quotation mark that is never closed', 'ben@agency.example.gov,"Ben,Harlow,', 'row', /never closed/],
  ['text behind a quotation mark', 'ben@agency.example.gov,"Ben"x,Harlow,', 'row', /behind a closing quotation mark/],
  ['a formula for a name', "ben@agency.example.gov,=cmd|'/C calc'!A0,Harlow,", 'name', /reads as a formula/],
  ['a full-width formula for an agency', 'ben@agency.example.gov,Ben,＝1+1,', 'agency', /reads as a formula/],
  ['no address', ',Ben,Harlow,', 'email', /Enter an email address/],
  ['an address of Cyrillic letters that look like ours', 'ben@harlоwsheriff.example.org,Ben,H,', 'email', /alphabet/],
  ['the same as the wire has it', 'ben@xn--harlwsheriff-kbi.example.org,Ben,H,', 'email', /another alphabet/],
  ['no name', 'ben@agency.example.gov,,Harlow,', 'name', /Enter your name/],
  ['an answer that is not to choose from', 'ben@agency.example.gov,Ben,H,Air', 'Your unit?', /Choose one/],
];

describe.each(ROWS)('a list with %s', (_, row, field, words) => {
  const file = bytesOf(`${HEAD}\r\n${GOOD}\r\n${row}\r\n`);

  test('is refused by the API with the row and the field, and nothing is done', async () => {
    const event = await anEvent();
    const before = await site.contents();
    const answer = await sent(event, file);
    expect(answer.status, answer.text).toBe(422);
    expect(answer.json).toMatchObject({
      errors: [{ path: `rows.3.${field}`, message: expect.stringMatching(words) }],
    });
    expect(await site.contents()).toEqual(before);
  });

  test('shows the row and the field on its page, and the run registers the others alone', async () => {
    const event = await anEvent();
    const kept = await site.post(`/staff/events/${event}/import`, upload(file));
    expect(kept.status, wordsOf(kept).slice(0, 600)).toBe(303);
    const path = kept.headers.get('location') ?? '';
    const page = wordsOf(await site.get(path, { token: site.staff }));
    expect(page).toContain('1 of 2 rows can be registered');
    expect(page).toMatch(new RegExp(`Row 3 .*${words.source}`));
    await site.post(path, { token: site.staff });
    await sweep(site.context);
    expect(wordsOf(await site.get(path, { token: site.staff }))).toContain('All 2 rows done');
    const people = await site.get(`/api/events/${event}/registrations`, { token: site.staff });
    expect(at(people, 'items')).toMatchObject([{ email: 'good@agency.example.gov' }]);
    expect(at(people, 'items')).toHaveLength(1);
  });
});

describe.each<readonly [string, Uint8Array<ArrayBuffer>, RegExp]>([
  ['in another encoding', windows(`${HEAD}\r\n${GOOD}\r\nben@agency.example.gov,Zoë,H,\r\n`), /see row 3, “name”/],
  ['that is a workbook', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), /a workbook, not a CSV file/],
  ['that is empty', new Uint8Array(), /empty/],
  ['without a head', bytesOf(`${GOOD}\r\n`), /name a column “email”/],
  ['of a head alone', bytesOf(`${HEAD}\r\n`), /a row for each person/],
  ['of 5,001 rows', bytesOf(`${HEAD}\r\n${`${GOOD}\r\n`.repeat(5_001)}`), /at most 5,000 rows. This file has 5001/],
])('a file %s', (_, file, words) => {
  test('is said at its field, by the API and on the page, and nothing is kept', async () => {
    const event = await anEvent();
    const before = await site.contents();
    const answer = await sent(event, file);
    expect(answer.status, answer.text.slice(0, 300)).toBe(422);
    expect(at(answer, 'errors', 0)).toEqual({ path: 'file', message: expect.stringMatching(words) });
    const page = await site.post(`/staff/events/${event}/import`, upload(file));
    expect(page.status).toBe(422);
    expect(wordsOf(page)).toMatch(words);
    expect(page.text).toContain('href="#f-file"');
    expect(await site.contents()).toEqual(before);
  });
});
