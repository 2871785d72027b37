import { checkAnswers, type Answers, type Question } from './questions.ts';
import type { FieldError } from './result.ts';

/** Whether a column answers a question: it bears its id or its words. */
export const isNamedAfter = (name: string, { id, label }: Question): boolean =>
  name === id || name === label.trim().toLowerCase();

const YES = new Set(['yes', 'y', 'true', '1']);
const NO = new Set(['no', 'n', 'false', '0']);

/** Of one row, together: the rows of a chunk are one item of the table, which takes 400 KB. */
const LONGEST_ANSWERS = 4_000;

/** What a row answers to the event's questions, and what is wrong with it. */
export interface RowAnswers {
  readonly answers: Answers;
  readonly problems: readonly FieldError[];
}

/** @param names the head, in small letters; one column a question at most is named after it */
export function answerReader(questions: readonly Question[], names: readonly string[]) {
  const columns = questions.flatMap((question) => {
    const at = names.findIndex((name) => isNamedAfter(name, question));
    return at === -1 ? [] : [{ question, at }];
  });
  return (cells: readonly string[]): RowAnswers => {
    const problems: FieldError[] = [];
    const answers: Answers = {};
    let length = 0;
    for (const { question, at } of columns) {
      const typed = (cells[at] ?? '').trim();
      if (typed === '') continue;
      length += typed.length;
      if (FORMULA.test(typed)) problems.push({ path: question.label, message: formulaWords(typed) });
      const answer = answerIn(typed, question);
      if (!Array.isArray(answer) || answer.length > 0) answers[question.id] = answer;
    }
    if (length > LONGEST_ANSWERS)
      problems.push({ path: 'row', message: 'The answers of a row may have 4,000 characters together' });
    const asked = columns.map(({ question }) => ({ ...question, required: false }));
    for (const { path, message } of checkAnswers(asked, answers))
      problems.push({ path: asked.find(({ id }) => path === `answers.${id}`)?.label ?? path, message });
    return { answers, problems };
  };
}

/** Several choices are separated by semicolons; one that is written twice is one. */
function answerIn(typed: string, { kind, options = [] }: Question): Answers[string] {
  const choice = (one: string) => options.find((option) => option.toLowerCase() === one.toLowerCase()) ?? one;
  switch (kind) {
    case 'text':
      return typed;
    case 'choice':
      return choice(typed);
    case 'several':
      return [
        ...new Set(
          typed
            .split(';')
            .map((one) => choice(one.trim()))
            .filter((one) => one !== ''),
        ),
      ];
    case 'yes-no':
      return YES.has(typed.toLowerCase()) ? true : NO.has(typed.toLowerCase()) ? false : typed;
  }
}

/** What is said of it. */
export const formulaWords = (typed: string): string =>
  `“${typed.trim().slice(0, 20)}” reads as a formula. Begin it with a letter`;

/** What a spreadsheet would take for a formula, and its full-width twins (OWASP, CSV injection). */
export const FORMULA = /^\s*[=+\-@＝＋－＠]/;
