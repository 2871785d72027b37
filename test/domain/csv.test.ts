import { array, assert, constantFrom, oneof, property, string, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCsv, textOfFile } from '../../functions/domain/csv.ts';
import { isUnanswered, ListRow, readList } from '../../functions/domain/import-list.ts';
import type { Question } from '../../functions/domain/questions.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, little: boolean): Uint8Array => {
  const bytes = new Uint8Array(2 * text.length + 2);
  const view = new DataView(bytes.buffer);
  Array.from(`\uFEFF${text}`, (_, at) => `\uFEFF${text}`.charCodeAt(at)).forEach((code, at) =>
    view.setUint16(2 * at, code, little),
  );
  return bytes;
};
const textOf = (bytes: Uint8Array) => {
  const read = textOfFile(bytes);
  return read.ok ? read.value : read.refusal;
};
const cellsOf = (text: string) => [...parseCsv(text)].map(({ cells }) => cells);

describe('the encoding of a file', () => {
  const text = 'name\r\nZoë Šarić\r\n';
  test.each([
    ['UTF-8', utf8(text)],
    ['UTF-8 with a mark', utf8(`\uFEFF${text}`)],
    ['UTF-16, little end first', utf16(text, true)],
    ['UTF-16, big end first', utf16(text, false)],
  ])('%s is read', (_, bytes) => {
    expect(textOf(bytes)).toBe(text);
  });

  test.each([
    ['Windows-1252', Uint8Array.of(0x5a, 0x6f, 0xeb), 'another encoding than UTF-8: see row 1.'],
    ['UTF-16 without a mark', utf16('name\r\nZoe\r\n', true).subarray(2), 'in UTF-8'],
    ['a workbook', Uint8Array.of(0x50, 0x4b, 3, 4), 'a workbook'],
    ['nothing', new Uint8Array(), 'empty'],
  ])('%s is said', (_, bytes, words) => {
    expect(textOf(bytes)).toMatchObject({ kind: 'invalid', errors: [{ path: 'file' }] });
    expect(JSON.stringify(textOf(bytes))).toContain(words);
  });
});

describe('records', () => {
  test('hold quotes, separators and line breaks in quotes', () => {
    expect(cellsOf('a,b\r\n"x, ""y""\nz",\n')).toEqual([
      ['a', 'b'],
      ['x, "y"\nz', ''],
    ]);
  });
  test.each([';', '\t'])('are separated as the head is: %j', (mark) => {
    expect(cellsOf(`a${mark}b\n1,5${mark}2`)).toEqual([
      ['a', 'b'],
      ['1,5', '2'],
    ]);
  });
  test('say what is wrong with their quotes, and leave the next one whole', () => {
    expect([...parseCsv('a\n"x" y\nz\n')]).toMatchObject(
      [{ broken: null }, { broken: /behind/ }, { cells: ['z'] }].map((one) =>
        'broken' in one && one.broken ? { broken: expect.stringMatching(one.broken) } : one,
      ),
    );
    expect([...parseCsv('a\n"x\nz\n')][1]?.broken).toContain('never closed');
  });
  test('of any cells come back as they were written', () => {
    assert(
      property(
        array(
          array(string({ unit: constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') }), {
            minLength: 2,
            maxLength: 4,
          }),
          { minLength: 1 },
        ),
        (rows) => {
          const text = `x,y\r\n${rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')}`;
          expect(cellsOf(text).slice(1)).toEqual(rows);
        },
      ),
    );
  });
});

test('an empty line is no record, and counts as a row', () => {
  expect([...parseCsv('a\n\n\r\n"",\nb\n')]).toEqual([
    { row: 1, cells: ['a'], broken: null },
    { row: 4, cells: ['', ''], broken: null },
    { row: 5, cells: ['b'], broken: null },
  ]);
});

describe('a list of people', () => {
  const HEAD = 'Agency,EMAIL,name,Title,Component\n';
  const problemsOf = (text: string) => {
    const read = readList(text, []);
    if (!read.ok) return read.refusal;
    return read.value.rows.flatMap(({ row, problems }) =>
      problems.map(({ path, message }) => `${row} ${path}: ${message}`),
    );
  };

  test('has its columns in any order and case; blank rows are none', () => {
    const read = readList(`${HEAD}Harlow County, Ana@Harlow.example.gov ,Ana Reyes,Detective,\n,,,,\n`, []);
    expect(read).toMatchObject({
      ok: true,
      value: { rows: [{ row: 2, person: { email: 'ana@harlow.example.gov', profile: { name: 'Ana Reyes' } } }] },
    });
  });
  test.each([
    ['name,agency\nA,B', /“email”/],
    ['\nname,agency\nA,B', /Row 2: name a column/],
    ['email,name,agency,email\n', /not two/],
    ['email,name,agency\n', /a row for each person/],
    [`email,name,agency${',x'.repeat(198)}\nA`, /at most 200 columns/],
    [`email,name,agency\n${'a@b.example,A,B\n'.repeat(5_001)}`, /at most 5,000/],
  ])('%#: a file that is no list is said', (text, words) => {
    expect(problemsOf(text)).toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'file', message: expect.stringMatching(words) }],
    });
  });
  test.each([
    ['B,a@b.example,A', '2 row: This row has 3 cells, and row 1 has 5'],
    ['B,a@b.example,"A,,', '2 row: A quotation mark opens a cell here and is never closed'],
    ['B,not an address,A,,', '2 email: Enter an email address, like name@agency.gov'],
    ['B,,A,,', '2 email: Enter an email address'],
    [
      'B,a@dhѕ.gov,A,,',
      '2 email: This address has letters of another alphabet, which look like others. Type it again by hand',
    ],
    [
      'B,a@xn--dh-mma.gov,A,,',
      '2 email: This host is written in another alphabet (xn--). The person registers on the training’s page',
    ],
    ['B,a@b.example,=HYPERLINK(1),,', '2 name: “=HYPERLINK(1)” reads as a formula. Begin it with a letter'],
    ['＋1,a@b.example,A,,', '2 agency: “＋1” reads as a formula. Begin it with a letter'],
    ['B,a@b.example,,,', '2 name: Enter your name'],
    ['B,a@b.example,A,,\nB,A@B.example,C,,', '3 email: This address is in row 2 too. Keep one of the two'],
  ])('%s', (row, problem) => {
    expect(problemsOf(`${HEAD}${row}\n`)).toContain(problem);
  });

  const question = (id: string, more: Partial<Question> = {}): Question => ({
    id,
    label: `Your ${id}?`,
    kind: 'text',
    required: true,
    ...more,
  });
  test('answers a question by its id or its words, in any case; never from a column that every list has', () => {
    const questions = [question('unit'), question('hope', { required: false }), question('title', { label: 'Agency' })];
    const read = readList('email,name,agency,title,UNIT,Your HOPE?\na@b.example,A,B,C,Vice,\n', questions);
    expect(read).toMatchObject({ ok: true, value: { unused: [], rows: [{ person: { answers: { unit: 'Vice' } } }] } });
    const rows = read.ok ? read.value.rows : [];
    expect(rows.map(({ person }) => person?.answers)).toEqual([{ unit: 'Vice' }]);
    expect(rows.map((row) => isUnanswered(row, questions))).toEqual([true]);
    expect(rows.map((row) => isUnanswered(row, questions.slice(0, 2)))).toEqual([false]);
  });
  test('takes several answers as often as they are different, in the words of the question', () => {
    const topics = question('topics', { kind: 'several', options: ['Intake', 'Law'] });
    const answersOf = (cell: string) => {
      const read = readList(`email,name,agency,topics\na@b.example,A,B,${cell}\n`, [topics]);
      return read.ok ? read.value.rows[0]?.person?.answers : read.refusal;
    };
    expect(answersOf(Array.from({ length: 20 }, () => 'law').join(';'))).toEqual({ topics: ['Law'] });
    expect(answersOf(' LAW ;; intake;')).toEqual({ topics: ['Law', 'Intake'] });
    expect(answersOf(';')).toEqual({});
    expect(answersOf('Law;Cooking')).toBeUndefined();
  });
  test('names two columns for one question as a mistake of the file', () => {
    const read = readList('email,name,agency,unit,Your unit?\na@b.example,A,B,C,D\n', [question('unit')]);
    expect(read).toMatchObject({
      ok: false,
      refusal: { errors: [{ path: 'file', message: 'Row 1: name one column for “Your unit?”, not two' }] },
    });
  });
  test('says what does not fit a row, and stays within what one answer holds', () => {
    const questions = Array.from({ length: 10 }, (_, n) =>
      question(`q${n}`, { label: `${n}${'?'.repeat(199)}`, kind: 'choice', options: ['a', 'b'] }),
    );
    const head = `email,name,agency,${questions.map(({ id }) => id).join()}`;
    const row = `x,=1,=2,${questions.map(() => '=').join()}`;
    const read = readList(`${head}\n${`${row}\n`.repeat(5_000)}`, questions);
    const rows = read.ok ? read.value.rows : [];
    expect(rows).toHaveLength(5_000);
    expect(rows[0]?.problems).toHaveLength(6);
    expect(rows[0]?.problems.at(-1)).toEqual({ path: 'row', message: 'Mend these first: 18 more are wrong' });
    expect(JSON.stringify(rows).length).toBeLessThan(6_000_000);
  });
  test('holds no more answers than its chunk can be kept with', () => {
    const questions = ['one', 'two', 'three'].map((id) => question(id, { maxLength: 2000 }));
    const read = (length: number) =>
      readList(
        `email,name,agency,one,two,three\na@b.example,A,B,${'字'.repeat(2000)},${'字'.repeat(length)},x\n`,
        questions,
      );
    const problems = (length: number) => {
      const list = read(length);
      return list.ok && list.value.rows[0]?.problems;
    };
    expect(problems(1_999)).toEqual([]);
    expect(problems(2_000)).toMatchObject([{ path: 'row', message: expect.stringContaining('4,000 characters') }]);
  });
  test('of any cells can be kept and read again as it was', () => {
    const questions = [
      question('words', { maxLength: 2000 }),
      question('one', { kind: 'choice', options: ['a', 'b'] }),
      question('some', { kind: 'several', options: ['a', 'b', 'c'] }),
      question('sure', { kind: 'yes-no' }),
    ];
    const any = oneof(string({ unit: 'grapheme' }), string({ unit: 'binary' }));
    const mostly = (...usual: string[]) =>
      oneof({ weight: 9, arbitrary: constantFrom(...usual) }, { weight: 1, arbitrary: any });
    const choices = oneof(
      constantFrom('a;'.repeat(20)),
      array(constantFrom('a', 'B', 'c', '', ' '), { maxLength: 20 }).map((them) => them.join(';')),
    );
    const cells = tuple(
      mostly('a@b.example', 'Ana@B.example.gov', 'c@b.example', 'd@b.example'),
      mostly('Ana', ' Ana  Reyes\u0000', 'x'.repeat(100)),
      mostly('An agency'),
      mostly('', 'x'.repeat(2000), '\u0007 bell\n\n\nline'),
      mostly('', 'A'),
      oneof({ weight: 9, arbitrary: choices }, { weight: 1, arbitrary: any }),
      mostly('', 'yes', 'NO'),
    );
    let fine = 0;
    assert(
      property(array(cells, { minLength: 1, maxLength: 4 }), (rows) => {
        const text = [['email', 'name', 'agency', 'words', 'one', 'some', 'sure'], ...rows]
          .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
          .join('\r\n');
        const read = readList(text, questions);
        const kept = read.ok ? read.value.rows : [];
        fine += kept.filter(({ person }) => person !== null).length;
        for (const row of kept) {
          const again = ListRow.parse(row);
          expect(ListRow.parse(again)).toEqual(again);
        }
      }),
      { numRuns: 400 },
    );
    expect(fine).toBeGreaterThan(100);
  });
});
