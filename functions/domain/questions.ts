import * as z from 'zod';
import type { FieldError } from './result.ts';
import { asParagraphs, lineOfText, paragraphs } from './text.ts';

/** The longest answer in words, in characters, where staff say nothing of it. */
export const ANSWER_LONGEST = 500;

const HOW_MANY = 'Give 2 to 12 choices';

/** A question that staff add to an event. */
export const Question = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'Use small letters, digits and hyphens'),
    label: lineOfText(200, 'Enter the question'),
    kind: z.enum(['text', 'choice', 'several', 'yes-no']),
    required: z.boolean(),
    options: z.array(lineOfText(80, 'Enter the choice')).min(2, HOW_MANY).max(12, HOW_MANY).optional(),
    /** In characters, of an answer in words; left out: {@link ANSWER_LONGEST}. */
    maxLength: z
      .number()
      .int('Give a whole number')
      .min(1, 'Give at least 1 character')
      .max(2000, 'Give at most 2,000 characters')
      .optional(),
  })
  .refine(
    (question) => (question.kind === 'choice' || question.kind === 'several') === (question.options !== undefined),
    {
      path: ['options'],
      message: 'Give the choices of a question that has any, and only then',
    },
  )
  .refine((question) => new Set(question.options).size === (question.options?.length ?? 0), {
    path: ['options'],
    message: 'Give each choice once',
  });
export type Question = z.infer<typeof Question>;

/** The standard question to people whom a person must check. */
export const REASON = 'reason';
export const REASON_LONGEST = 500;

export const Answers = z.record(
  z.string().max(40),
  z.union([paragraphs(2000), z.array(z.string().max(80)).max(12), z.boolean()]),
);
export type Answers = z.infer<typeof Answers>;

/**
 * Holds answers against the questions that are asked.
 * @returns what is wrong, a line a field; empty when all is well
 */
export function checkAnswers(questions: readonly Question[], answers: Answers): FieldError[] {
  const asked = new Map(questions.map((question) => [question.id, question]));
  const strays = Object.keys(answers)
    .filter((id) => id !== REASON && !asked.has(id))
    .map((id) => ({ path: `answers.${id}`, message: 'This event does not ask that question' }));
  const reason = answers[REASON];
  const wrongReason =
    reason !== undefined && (typeof reason !== 'string' || reason.length > REASON_LONGEST)
      ? [{ path: `answers.${REASON}`, message: `Use at most ${REASON_LONGEST} characters` }]
      : [];
  const wrong = questions.flatMap((question) => {
    const message = problemWith(question, answerTo(answers, question.id));
    return message === null ? [] : [{ path: `answers.${question.id}`, message }];
  });
  return [...strays, ...wrongReason, ...wrong];
}

/** An answer that was given. What every object has by itself is none: a question may bear such a name. */
export const answerTo = (answers: Answers | undefined, id: string): Answers[string] | undefined =>
  answers !== undefined && Object.hasOwn(answers, id) ? answers[id] : undefined;

function problemWith(question: Question, answer: Answers[string] | undefined): string | null {
  const empty =
    answer === undefined ||
    (typeof answer === 'string' && asParagraphs(answer) === '') ||
    (Array.isArray(answer) && answer.length === 0);
  if (empty) return question.required ? `Answer “${question.label}”` : null;
  switch (question.kind) {
    case 'text': {
      const longest = question.maxLength ?? ANSWER_LONGEST;
      if (typeof answer !== 'string') return 'Answer in words';
      return answer.length > longest ? `Use at most ${longest} characters` : null;
    }
    case 'yes-no':
      return typeof answer === 'boolean' ? null : 'Choose yes or no';
    case 'choice':
      return typeof answer === 'string' && question.options?.includes(answer) ? null : 'Choose one of the answers';
    case 'several':
      return Array.isArray(answer) && answer.every((one) => question.options?.includes(one))
        ? null
        : 'Choose from the answers';
  }
}

/** What a person may ask for so that they can take part (29 U.S.C. 794). Never asked: why. */
export const Accommodation = z.enum([
  'sign-language',
  'live-captions',
  'large-print',
  'screen-reader-materials',
  'materials-before',
]);
export type Accommodation = z.infer<typeof Accommodation>;

export const ACCOMMODATION_WORDS: Readonly<Record<Accommodation, string>> = {
  'sign-language': 'Sign language interpreter',
  'live-captions': 'Live captions by a person',
  'large-print': 'Large print',
  'screen-reader-materials': 'Materials for a screen reader',
  'materials-before': 'Materials before the session',
};

export const Accommodations = z.object({
  needs: z.array(Accommodation).max(5).default([]),
  other: paragraphs(300).default(''),
});
export type Accommodations = z.infer<typeof Accommodations>;
