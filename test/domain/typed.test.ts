import { describe, expect, test } from 'vitest';
import { Email, Profile } from '../../functions/domain/person.ts';
import { checkAnswers, type Question } from '../../functions/domain/questions.ts';

test.each(['\u212Aim@police.example.gov', 'kim@\u212Aent.example.gov'])(
  'a Kelvin sign in an address (%s) is another alphabet, though its small letter is a plain k',
  (email) => {
    expect(Email.safeParse(email).error?.issues[0]?.message).toContain('another alphabet');
  },
);

/** Letters by their class, marks and joiners, with nothing to be seen. */
const UNSEEN = ['\u3164', '\u115F\u1160', '\uFFA0', '\u2800\u2800', '\u034F', '\uFE0F', '\u200D', ' \u3164 '];

describe.each(UNSEEN)('what shows nothing (%j)', (unseen) => {
  test('is no name', () => {
    const typed = { name: unseen, agency: 'Police', timeZone: 'America/New_York' };
    expect(Profile.safeParse(typed).error?.issues[0]?.path).toEqual(['name']);
  });

  test('answers no question', () => {
    const question: Question = { id: 'why', label: 'Why?', kind: 'text', required: true };
    expect(checkAnswers([question], { why: unseen })).toMatchObject([{ path: 'answers.why' }]);
  });
});

test.each(['한지민', 'Zoë Łukasz', 'علی‌رضا', '葛\u{E0100}城', 'नमिता', 'O’Brien'])('%s is a name', (name) => {
  expect(Profile.safeParse({ name, agency: name, timeZone: 'America/New_York' }).success).toBe(true);
});
