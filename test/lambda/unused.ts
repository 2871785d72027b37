import { ACCESS, type Access } from '../../stacks/access.ts';
import { ACTIONS } from '../../stacks/policies.ts';

/** Words of access.ts with the actions and the resource that they are about. */
type Word = keyof typeof ACTIONS | 'gsi1' | 'gsi2';
const WORDS: Readonly<Record<Word, readonly string[]>> = {
  ...ACTIONS,
  gsi1: ['dynamodb:Query'],
  gsi2: ['dynamodb:Query'],
};
const WORD_LIST = Object.keys(WORDS) as Word[];

/** `desk put PARKED`, for each of some keys. */
const lines = (name: string, word: Word, ...keys: string[]): string[] => keys.map((key) => `${name} ${word} ${key}`);

/** What the journey does not come to, by the test that does. */
const ELSEWHERE = {
  'exports.test.ts': lines('files', 'get', 'HOST#*'),
  // who declines, and who answers what was called back
  'replies.test.ts': [...lines('replies', 'query', 'MAIL#*', 'OUT#*'), ...lines('replies', 'put', 'OUT#*', 'AUDIT#*')],
  'operator.test.ts': [
    // what follows a restore
    ...lines('operator', 'get', 'EVENT#*', 'SEATS#*'),
    ...lines('operator', 'query', 'ROSTER#*', 'OUT#*', 'LINE#*', 'PARKED', 'MAIL#*'),
    ...lines('operator', 'put', 'EVENT#*', 'ROSTER#*', 'OUT#*'),
    ...lines('operator', 'delete', 'OUT#*', 'PARKED'),
    ...lines('operator', 'gsi1', 'FY#*'),
    // what the doctor mends where something is wrong
    ...lines('doctor', 'get', 'ROSTER#*'),
    ...lines('doctor', 'put', 'EVENT#*', 'SEATS#*', 'ROSTER#*', 'LINE#*', 'OUT#*', 'AUDIT#*'),
    ...lines('doctor', 'update', 'SEATS#*', 'LEASE#*'),
    ...lines('doctor', 'delete', 'LINE#*'),
  ],
} as const satisfies Record<string, readonly string[]>;

/** What no test of the built functions comes to, and why they may do it all the same. */
const WITHOUT_TEST = new Set([
  // a form is kept while its person signs in again
  ...['api', 'desk'].flatMap((name) => [...lines(name, 'get', 'HELD#*'), ...lines(name, 'put', 'HELD#*')]),
  // a line moves on while the request that freed a seat is still being answered, where somebody waited long enough
  ...['api', 'desk'].flatMap((name) => lines(name, 'update', 'LEASE#*')),
  // a change is carried to everybody twice, half a minute apart, and then its item goes
  ...lines('sweep', 'delete', 'JOB#*'),
]);

/** A word of access.ts on a key that the policies allow, for every function. */
const allowedLines = (): string[] =>
  Object.entries(ACCESS).flatMap(([name, access]: [string, Access]) =>
    WORD_LIST.flatMap((word) => lines(name, word, ...(access[word] ?? []))),
  );

/** What was done, in the words of access.ts. */
function doneLines(acts: ReadonlySet<string>): Set<string> {
  const done = new Set<string>();
  for (const [by = '', action = '', on, keys = ''] of Array.from(acts, (line) => line.split(' ')))
    for (const word of WORD_LIST) {
      const there = word === 'gsi1' || word === 'gsi2' ? `table/index/${word}` : 'table';
      if (on !== there || !WORDS[word].includes(action)) continue;
      // the two senders run the same code, and the desk's forms the use cases that the API runs
      const names = [
        by,
        ...(by === 'deliver' ? ['stream'] : []),
        ...(by === 'stream' ? ['deliver'] : []),
        ...(by === 'api' ? ['desk'] : []),
      ];
      for (const name of names) for (const key of keys.split(',')) done.add(`${name} ${word} ${key}`);
    }
  return done;
}

const undone = (wanted: readonly string[], acts: ReadonlySet<string>): string[] => {
  const done = doneLines(acts);
  return wanted.filter((line) => !done.has(line.replace(/#?\*$/, '')));
};

/**
 * What the deployed policies allow, nobody did, no other test does, and no reason is given for.
 * @param acts what was done: `api dynamodb:PutItem table OUT`
 */
export function unused(acts: ReadonlySet<string>): string[] {
  const elsewhere = new Set<string>(Object.values(ELSEWHERE).flat());
  return undone(allowedLines(), acts).filter((line) => !elsewhere.has(line) && !WITHOUT_TEST.has(line));
}

/** Of what the journey leaves to a test: what that test does not do either. */
export const notDone = (test: keyof typeof ELSEWHERE, acts: ReadonlySet<string>): string[] =>
  undone(ELSEWHERE[test], acts);

/** Reasons for what no policy allows any more, or what is tested after all. */
export const stale = (acts: ReadonlySet<string>): string[] => {
  const allowed = new Set(allowedLines());
  const missing = new Set(undone(allowedLines(), acts));
  return [
    ...Object.values(ELSEWHERE)
      .flat()
      .filter((line) => !allowed.has(line) || !missing.has(line)),
    ...[...WITHOUT_TEST].filter((line) => !allowed.has(line)),
  ];
};
