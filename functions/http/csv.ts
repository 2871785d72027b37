import type { TrainingEvent } from '../domain/event.ts';
import { startOf } from '../domain/event.ts';
import { answerTo, REASON, type Answers } from '../domain/questions.ts';
import { sessionsOf, type RegistrationStatus } from '../domain/registration.ts';
import { isoOf, localDay } from '../domain/time.ts';
import type { Exported, ExportRow } from '../usecases/roster.ts';

/** Excel reads UTF-8 only behind a byte order mark. */
const MARK = '\uFEFF';

/**
 * What a spreadsheet would take for a formula, and its full-width twins (OWASP, CSV injection). Quoting does not stop
 * evaluation, so such a cell gets an apostrophe in front.
 */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;

/** A cell by RFC 4180 section 2: quoted where it must be, or where it holds another spreadsheet's separator; quotes doubled. */
export function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

const STATUS_WORDS: Readonly<Record<RegistrationStatus, string>> = {
  pending: 'Being checked',
  waitlisted: 'Waiting',
  confirmed: 'Confirmed',
  ineligible: 'No longer qualifies',
  denied: 'Denied',
  cancelled: 'Canceled',
};

interface Column {
  readonly heads: (event: TrainingEvent) => readonly string[];
  readonly cells: (row: ExportRow, event: TrainingEvent) => readonly string[];
}
const one = (head: string, value: (row: ExportRow, event: TrainingEvent) => string): Column => ({
  heads: () => [head],
  cells: (row, event) => [value(row, event)],
});

const answerText = (answer: Answers[string] | undefined): string =>
  Array.isArray(answer) ? answer.join('; ') : typeof answer === 'boolean' ? (answer ? 'Yes' : 'No') : (answer ?? '');

/** The columns that an attendee list can have. What people need to take part never leaves the page. */
export const COLUMNS = {
  name: one('Name', ({ registration }) => registration.profile?.name ?? ''),
  title: one('Title', ({ registration }) => registration.profile?.title ?? ''),
  agency: one('Agency', ({ registration }) => registration.profile?.agency ?? ''),
  component: one('Component', ({ registration }) => registration.profile?.component ?? ''),
  email: one('Email', ({ registration }) => registration.email),
  status: one('Status', ({ registration }) => STATUS_WORDS[registration.status]),
  session: one('Session', ({ registration }, event) => {
    const taken = sessionsOf(registration, event);
    return event.sessions
      .filter((session) => taken.includes(session.id))
      .map((session) => session.title)
      .join('; ');
  }),
  registered: one('Registered (UTC)', ({ registration }) => isoOf(registration.appliedAt)),
  joined: one('First joined (UTC)', ({ arrivals }) => {
    const first = arrivals.map((arrival) => arrival.at).toSorted((a, b) => a - b)[0];
    return first === undefined ? '' : isoOf(first);
  }),
  answers: {
    heads: (event) => ['Reason', ...event.questions.map((question) => question.label)],
    cells: ({ details }, event) =>
      [REASON, ...event.questions.map((question) => question.id)].map((id) =>
        answerText(answerTo(details?.answers, id)),
      ),
  },
} as const satisfies Readonly<Record<string, Column>>;

export type ColumnName = keyof typeof COLUMNS;
export const COLUMN_NAMES = [
  'name',
  'title',
  'agency',
  'component',
  'email',
  'status',
  'session',
  'registered',
  'joined',
  'answers',
] as const satisfies readonly ColumnName[];
export const DEFAULT_COLUMNS: readonly ColumnName[] = ['name', 'title', 'agency', 'status', 'session'];

/**
 * An attendee list, a chunk a row as the rows are read. Its program's marking is the first line, and what it leaves out
 * the last; where there is none of these, there is no such line. Every line has as many fields.
 */
export async function* rosterCsv(
  { event, program, rows, leftOut }: Exported,
  columns: readonly ColumnName[],
): AsyncGenerator<string> {
  const heads = columns.flatMap((name) => [...COLUMNS[name].heads(event)]);
  const alone = (words: string): string => (words === '' ? '' : line([words, ...heads.slice(1).map(() => '')]));
  yield MARK + alone(program.marking) + line(heads);
  for await (const row of rows) yield line(columns.flatMap((name) => [...COLUMNS[name].cells(row, event)]));
  yield alone(leftOutWords(leftOut()));
}

/** People who count attendees by the file must know. */
const leftOutWords = (count: number): string =>
  count === 0
    ? ''
    : `Incomplete: ${count === 1 ? '1 registration can’t be read and is' : `${count} registrations can’t be read and are`} not in this list`;

/** `Controlled attendee list 2027-03-10.csv`, in letters that every system keeps. */
export const rosterFileName = (event: TrainingEvent, marking: string): string => {
  const word = marking.split(/[^A-Za-z]/)[0] ?? '';
  return (
    [word, 'attendee-list', localDay(startOf(event), event.timeZone)].filter((part) => part !== '').join('-') + '.csv'
  );
};
