import { invalid, ok, type Result } from './result.ts';

const SAVE_AS = 'Save it from your spreadsheet as “CSV UTF-8” and choose that file';
const wrong = (message: string): Result<never> => invalid({ path: 'file', message });

/** The text of a file: UTF-8, or UTF-16 that says so by its byte order mark. Any other encoding is refused, never guessed. */
export function textOfFile(bytes: Uint8Array): Result<string> {
  if (bytes.length === 0) return wrong('This file is empty. Choose a CSV file with a row for each person');
  const [first, second] = bytes;
  if (first === 0x50 && second === 0x4b) return wrong(`This is a workbook, not a CSV file. ${SAVE_AS}`);
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\0') ? wrong(`This file is not a text in UTF-8. ${SAVE_AS}`) : ok(text);
  } catch {
    return wrong(`This file is in another encoding than UTF-8${placeOf(bytes, encoding)}. ${SAVE_AS}`);
  }
}

/** What a decoder puts in place of a letter that can't be read. */
const UNREAD = '\uFFFD';

/** The first cell with a letter that can't be read: `: see row 3, “name”`. */
function placeOf(bytes: Uint8Array, encoding: string): string {
  let head: readonly string[] | null = null;
  for (const { row, cells } of parseCsv(new TextDecoder(encoding).decode(bytes))) {
    head ??= cells;
    const at = cells.findIndex((cell) => cell.includes(UNREAD));
    if (at < 0) continue;
    const name = head === cells ? '' : (head[at] ?? '').trim().slice(0, 40);
    return `: see row ${row}${name === '' ? '' : `, “${name}”`}`;
  }
  return '';
}

/** One record of a file, numbered as a spreadsheet numbers its rows: the head is row 1. */
export interface CsvRow {
  readonly row: number;
  readonly cells: readonly string[];
  /** What is wrong with its quotes; null where nothing is. */
  readonly broken: string | null;
}

/** The mark that is most frequent in the head: in some countries spreadsheets write semicolons or tabs. */
function separatorOf(text: string): string {
  const head = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const times = (mark: string) => head.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (times(mark) > times(best) ? mark : best));
}

/** A whole quoted cell, or one without quotes at its beginning; sticky, so that it matches at a place. */
const QUOTED = /"([^"]*(?:""[^"]*)*)"/y;

/**
 * The records of a CSV text (RFC 4180): quoted cells may hold separators, doubled quotes and line breaks. Empty lines are
 * left out, though they are counted: a file may hold millions.
 */
export function* parseCsv(text: string): Generator<CsvRow, void> {
  const separator = separatorOf(text);
  const bare = separator === '\t' ? /[^\t\r\n]*/y : separator === ';' ? /[^;\r\n]*/y : /[^,\r\n]*/y;
  const take = (pattern: RegExp, at: number): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  let at = 0;
  let row = 0;
  while (at < text.length) {
    row += 1;
    const cells: string[] = [];
    let broken: string | null = null;
    for (;;) {
      const quoted = text[at] === '"' ? take(QUOTED, at) : null;
      if (text[at] === '"' && !quoted) broken ??= 'A quotation mark opens a cell here and is never closed';
      at += quoted?.[0].length ?? 0;
      const rest = take(bare, at)?.[0] ?? '';
      at += rest.length;
      if (quoted && rest.trim() !== '') broken ??= 'Text stands behind a closing quotation mark';
      cells.push(quoted?.[1] === undefined ? rest : quoted[1].replaceAll('""', '"'));
      if (text[at] !== separator) break;
      at += 1;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (cells.length > 1 || cells[0] !== '' || broken !== null) yield { row, cells, broken };
  }
}
