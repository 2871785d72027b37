import * as z from 'zod';
import { Host } from './audience.ts';
import { parseCsv, type CsvRow } from './csv.ts';
import { EventId, JobId, PersonId, SessionId } from './ids.ts';
import { Email, Profile } from './person.ts';
import { answerReader, FORMULA, formulaWords, isNamedAfter, type RowAnswers } from './list-answers.ts';
import { Answers, answerTo, type Question } from './questions.ts';
import { invalid, ok, type FieldError, type Result } from './result.ts';
import { InstantNumber } from './time.ts';

/** The longest list of one file. */
export const MOST_ROWS = 5_000;

/** What is foreseen for a row before it is run. */
export const Foreseen = z.enum(['seat', 'waitlist', 'review', 'not-in-audience', 'already', 'ended']);
export type Foreseen = z.infer<typeof Foreseen>;

/**
 * What became of a row. `already`: they had a registration that stands; `not-theirs`: whoever made the list might not
 * register them any more; `refused`: the event would not have it then.
 */
export const Outcome = z.enum([
  'confirmed',
  'waitlisted',
  'pending',
  'already',
  'not-in-audience',
  'ended',
  'not-theirs',
  'refused',
]);
export type Outcome = z.infer<typeof Outcome>;

const Listed = z.object({
  email: Email,
  profile: Profile.pick({ name: true, agency: true, component: true, title: true }),
  /** To the event's questions, as far as the list has columns for them. */
  answers: Answers.default({}),
});

/** One row of a list: the person that it names, or what is wrong with it. */
export const ListRow = z.lazy(() =>
  z.object({
    /** As a spreadsheet numbers it: the head is row 1. */
    row: z.int().min(2),
    person: Listed.nullable(),
    /** The address and the name as they were written, cut short, where the row is wrong. */
    written: z.string(),
    problems: z.array(z.object({ path: z.string(), message: z.string() })),
    foreseen: Foreseen.nullable(),
    /** What staff should know of it. */
    note: z.string(),
    outcome: Outcome.nullable(),
  }),
);
export type ListRow = z.infer<typeof ListRow>;

/** A list of people being registered: kept when it was checked, then run from row to row. */
export const ListJob = z.lazy(() =>
  z.object({
    id: JobId,
    rev: z.int().min(1),
    event: EventId,
    /** Those that everybody on it takes; empty where the event's are taken together. */
    sessions: z.array(SessionId),
    by: PersonId,
    /** A coordinator's list: the hosts that they might register people of when it was checked. Left out: staff's. */
    hosts: z.array(Host).optional(),
    state: z.enum(['checked', 'running', 'done']),
    /** Rows of the file. */
    total: z.int(),
    /** Rows that are wrong, and are left out. */
    wrong: z.int(),
    /** Rows without an answer to a question that has to be answered: the people may still give it. */
    unanswered: z.int().default(0),
    /** Heads of columns that are not used. */
    unused: z.array(z.string()),
    /** Chunks of rows that are done. */
    done: z.int(),
    /** How many rows are foreseen to, and came to, what. */
    foreseen: z.record(z.string(), z.int()),
    outcomes: z.record(z.string(), z.int()),
    /** A digest of the request that made it, so that the same Idempotency-Key with another file is seen. */
    madeBy: z.string(),
    checkedAt: InstantNumber,
    /** When it last went on. */
    movedAt: InstantNumber,
  }),
);
export type ListJob = z.infer<typeof ListJob>;

/** Rows that are kept, and carried on, together. */
export const ROWS_AT_ONCE = 25;

/** Rows that are dealt with. */
export const rowsDone = (job: Pick<ListJob, 'done' | 'total'>): number => Math.min(job.total, job.done * ROWS_AT_ONCE);

export const countsOf = (kinds: readonly (string | null)[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const kind of kinds) if (kind !== null) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

const COLUMNS = ['email', 'name', 'agency', 'title', 'component'] as const;
type Column = (typeof COLUMNS)[number];
const NEEDED: readonly Column[] = ['email', 'name', 'agency'];
const MOST_COLUMNS = 200;

/** A whole list as it was sent; null in `person` where a row is wrong. */
export interface ReadList {
  readonly rows: readonly ListRow[];
  /** Heads of columns that are not used. */
  readonly unused: readonly string[];
}

/**
 * Reads a list of people: a head that names the columns, in any order and case, and a row for each person.
 * @param questions a column may be named after one, by its id or its words; an empty cell answers nothing
 */
export function readList(text: string, questions: readonly Question[]): Result<ReadList> {
  const { head, rows, count } = recordsOf(text);
  if (head.cells.length > MOST_COLUMNS)
    return invalid({ path: 'file', message: `Row ${head.row}: name at most ${MOST_COLUMNS} columns` });
  const names = head.cells.map((cell) => cell.trim().toLowerCase());
  // the columns that every list has are not a question's, though it may bear such a name
  const free = names.map((name) => (COLUMNS.some((column) => column === name) ? '' : name));
  const at = new Map(COLUMNS.map((column) => [column, names.indexOf(column)] as const));
  const errors: FieldError[] = [
    ...NEEDED.filter((column) => at.get(column) === -1).map((column) => ({
      path: 'file',
      message: `Row ${head.row}: name a column “${column}”. The first row holds the names of the columns`,
    })),
    ...COLUMNS.filter((column) => names.indexOf(column) !== names.lastIndexOf(column)).map((column) => ({
      path: 'file',
      message: `Row ${head.row}: name one column “${column}”, not two`,
    })),
    ...questions
      .filter((question) => free.filter((name) => isNamedAfter(name, question)).length > 1)
      .map(({ label }) => ({ path: 'file', message: `Row ${head.row}: name one column for “${label}”, not two` })),
  ];
  if (errors.length === 0 && count === 0)
    errors.push({ path: 'file', message: 'Add a row for each person below the names of the columns' });
  if (count > MOST_ROWS) errors.push({ path: 'file', message: `Give at most 5,000 rows. This file has ${count}` });
  if (errors.length > 0) return invalid(...errors);
  const seen = new Map<string, number>();
  const answersOf = answerReader(questions, free);
  return ok({
    rows: rows.map((row) =>
      listRow(row, head, (column) => row.cells[at.get(column) ?? -1] ?? '', answersOf(row.cells), seen),
    ),
    unused: free
      .filter((name) => name !== '' && !questions.some((question) => isNamedAfter(name, question)))
      .map((name) => name.slice(0, 40))
      .slice(0, 20),
  });
}

/** The head, the first rows that hold anything, and how many of them there are: a file may hold millions. */
function recordsOf(text: string): { readonly head: CsvRow; readonly rows: readonly CsvRow[]; readonly count: number } {
  let head: CsvRow | null = null;
  const rows: CsvRow[] = [];
  let count = 0;
  for (const record of parseCsv(text)) {
    if (!head) head = record;
    else if (record.broken !== null || record.cells.some((cell) => cell.trim() !== '')) {
      count += 1;
      if (count <= MOST_ROWS) rows.push(record);
    }
  }
  return { head: head ?? { row: 1, cells: [], broken: null }, rows, count };
}

/** Whether a person who can be registered leaves a required question unanswered. */
export const isUnanswered = ({ person }: ListRow, questions: readonly Question[]): boolean =>
  person !== null && questions.some(({ id, required }) => required && answerTo(person.answers, id) === undefined);

function listRow(
  { row, cells, broken }: CsvRow,
  head: CsvRow,
  cell: (column: Column) => string,
  asked: RowAnswers,
  seen: Map<string, number>,
): ListRow {
  const problems: FieldError[] = [];
  const say = (path: string, message: string) => problems.push({ path, message });
  if (broken) say('row', broken);
  else if (cells.length !== head.cells.length)
    say('row', `This row has ${cells.length} cells, and row ${head.row} has ${head.cells.length}`);
  const typed = cell('email').trim();
  const email = Email.safeParse(typed);
  if (!broken) {
    const why = email.success
      ? otherScript(email.data)
      : typed === ''
        ? NO_EMAIL
        : (email.error.issues[0]?.message ?? NO_EMAIL);
    if (why) say('email', why);
    for (const column of COLUMNS.slice(1)) if (FORMULA.test(cell(column))) say(column, formulaWords(cell(column)));
    problems.push(...asked.problems);
  }
  const profile = Listed.shape.profile.safeParse({
    name: cell('name'),
    agency: cell('agency'),
    component: cell('component'),
    title: cell('title'),
  });
  if (!broken && !profile.success) for (const issue of profile.error.issues) say(issue.path.join('.'), issue.message);
  const before = email.success ? seen.get(email.data) : undefined;
  if (email.success && before !== undefined) say('email', `This address is in row ${before} too. Keep one of the two`);
  if (email.success && before === undefined) seen.set(email.data, row);
  const fine = problems.length === 0 && email.success && profile.success;
  return {
    row,
    person: fine ? { email: email.data, profile: profile.data, answers: asked.answers } : null,
    written: fine
      ? ''
      : [cell('name'), typed]
          .filter((part) => part.trim() !== '')
          .join(', ')
          .slice(0, 120),
    problems: briefly(problems),
    foreseen: null,
    note: '',
    outcome: null,
  };
}

/** How many problems of a row are named: those of 5,000 rows must fit into one answer. */
const MOST_PROBLEMS = 5;
const LONGEST_PATH = 60;

const briefly = (problems: readonly FieldError[]): FieldError[] => [
  ...problems.slice(0, MOST_PROBLEMS).map(({ path, message }) => ({ path: path.slice(0, LONGEST_PATH), message })),
  ...(problems.length > MOST_PROBLEMS
    ? [{ path: 'row', message: `Mend these first: ${problems.length - MOST_PROBLEMS} more are wrong` }]
    : []),
];

const NO_EMAIL = 'Enter an email address';

/** A host written in another script is sent as `xn--…`, and may look like another host. */
const otherScript = (email: string): string | null =>
  /[@.]xn--/.test(email)
    ? 'This host is written in another alphabet (xn--). The person registers on the training’s page'
    : null;
