import * as z from 'zod';
import type { SessionId } from '../../domain/ids.ts';
import { SessionId as SessionIdSchema } from '../../domain/ids.ts';
import { Profile, type Person } from '../../domain/person.ts';
import { Accommodations, REASON, type Answers, type Question } from '../../domain/questions.ts';
import { ok, invalid, type FieldError, type Result } from '../../domain/result.ts';
import { EASTERN, type TimeZone } from '../../domain/time.ts';
import type { AnswerValues, NeedValues } from '../../../web/pages/answer-fields.tsx';
import type { ProfileValues } from '../../../web/pages/profile-fields.tsx';
import { fieldErrors } from '../field-errors.ts';
import type { Form } from './page.tsx';

/** The profile's fields as they were typed. */
export const typedProfile = (form: Form): ProfileValues => ({
  givenName: form.get('givenName'),
  familyName: form.get('familyName'),
  name: form.get('name'),
  title: form.get('title'),
  agency: form.get('agency'),
  component: form.get('component'),
  timeZone: form.get('timeZone'),
});

/** The profile's fields as they are kept; the reader's zone where they have kept none yet. */
export const keptProfile = (person: Person, zone: TimeZone | null): ProfileValues => ({
  givenName: person.profile?.givenName ?? '',
  familyName: person.profile?.familyName ?? '',
  name: person.profile?.name ?? '',
  title: person.profile?.title ?? '',
  agency: person.profile?.agency ?? '',
  component: person.profile?.component ?? '',
  timeZone: person.profile?.timeZone ?? zone ?? EASTERN,
});

/** The name on the certificate follows from given and family name where it was left empty. */
export function parseProfile(typed: ProfileValues): Result<Profile> {
  const name = typed.name || `${typed.givenName} ${typed.familyName}`.trim();
  const parsed = Profile.safeParse({ ...typed, name });
  return parsed.success ? ok(parsed.data) : invalid(...fieldErrors(parsed.error));
}

export const typedNeeds = (form: Form): NeedValues => ({
  needs: form.all('accommodations.needs'),
  other: form.get('accommodations.other'),
});
export function parseNeeds(typed: NeedValues): Result<Accommodations> {
  const parsed = z.object({ accommodations: Accommodations }).safeParse({ accommodations: typed });
  return parsed.success ? ok(parsed.data.accommodations) : invalid(...fieldErrors(parsed.error));
}

/**
 * What is wrong with a form that answers what is not asked: it was opened before staff changed the questions. The page that
 * says so has today's, so the others can be sent again.
 */
export function strayAnswers(form: Form, questions: readonly Question[]): FieldError[] {
  const asked = new Set([REASON, ...questions.map(({ id }) => id)].map((id) => `answers.${id}`));
  const isStray = form.filled().some((name) => name.startsWith('answers.') && !asked.has(name));
  return isStray
    ? [{ path: '', message: 'This training no longer asks a question that you answered. Send the others again' }]
    : [];
}

/** Answers as typed, of the questions that are asked. */
export const typedAnswers = (form: Form, questions: readonly Question[]): AnswerValues =>
  Object.fromEntries(
    [REASON, ...questions.map((question) => question.id)].map((id) => [id, form.all(`answers.${id}`)]),
  );

/** What was typed as answers that the rules check; an empty one is none. */
export function parseAnswers(typed: AnswerValues, questions: readonly Question[]): Answers {
  const answers: Answers = {};
  for (const [id, values] of Object.entries(typed)) {
    const question = questions.find((one) => one.id === id);
    const [first = ''] = values;
    if (question?.kind === 'several') {
      if (values.length > 0) answers[id] = [...values];
    } else if (question?.kind === 'yes-no') {
      if (first !== '') answers[id] = first === 'yes';
    } else if (first.trim() !== '') answers[id] = first.trim();
  }
  return answers;
}

/** Answers as they are kept, in the words of a form. */
export const keptAnswers = (answers: Answers | undefined): AnswerValues =>
  Object.fromEntries(
    Object.entries(answers ?? {}).map(([id, value]) => [
      id,
      typeof value === 'boolean' ? [value ? 'yes' : 'no'] : [value].flat(),
    ]),
  );

/** Ids that a form sent; what is no id is left out, and the rules say what is missing. */
export const typedSessions = (values: readonly string[]): SessionId[] =>
  values.flatMap((value) => {
    const id = SessionIdSchema.safeParse(value);
    return id.success ? [id.data] : [];
  });

/** What several checks found, or their values. */
export const problemsOf = (...results: readonly Result<unknown>[]): FieldError[] =>
  results.flatMap((result) => (!result.ok && result.refusal.kind === 'invalid' ? [...result.refusal.errors] : []));
