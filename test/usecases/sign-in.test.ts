import { expect, test } from 'vitest';
import { Email } from '../../functions/domain/person.ts';
import { HOUR, MINUTE, plus } from '../../functions/domain/time.ts';
import type { Letter } from '../../functions/usecases/context.ts';
import { makeStaff } from '../../functions/usecases/issue-token.ts';
import {
  CODE_LIVES,
  finishSignIn,
  identify,
  signInWithProvider,
  signOut,
  startSignIn,
} from '../../functions/usecases/sign-in.ts';
import { granted, NOW, openDesk, refused, type Desk } from '../fixtures/desk.ts';

const ANA = Email.parse('ana@agency.example.gov');
const WRONG = { kind: 'wrong-code' };

/** Asks for a code, a second after what was before, and reads it from the message. */
async function asks(desk: Desk, email = ANA) {
  desk.clock.pass(1000);
  const { challenge } = granted(await startSignIn(desk.ctx, { email, network: '192.0.2.1' }));
  const before = desk.mailer.letters.length;
  await desk.deliver();
  return { email, challenge, network: '192.0.2.1', code: codeIn(desk.mailer.letters[before]) };
}
const codeIn = (letter: Letter | undefined): string => {
  if (letter?.about !== 'sign-in') throw new Error('a code was to be sent');
  return letter.code;
};
/** A code that is not this one. */
const another = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

test('a code begins a session, once', async () => {
  const desk = await openDesk();
  const asked = await asks(desk);
  const { token } = granted(await finishSignIn(desk.ctx, asked));
  expect(await identify(desk.ctx, token)).toMatchObject({ role: 'participant', person: { email: ANA } });
  expect(refused(await finishSignIn(desk.ctx, asked))).toEqual(WRONG);
});

test('two presses at once begin one session', async () => {
  const desk = await openDesk();
  const asked = await asks(desk);
  const answers = await Promise.all([finishSignIn(desk.ctx, asked), finishSignIn(desk.ctx, asked)]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});

test('blanks in a code are left out', async () => {
  const desk = await openDesk();
  const { code, ...asked } = await asks(desk);
  const spaced = ` ${code.slice(0, 3)} ${code.slice(3)} `;
  expect((await finishSignIn(desk.ctx, { ...asked, code: spaced })).ok).toBe(true);
});

test('four wrong tries leave the code valid, five do not', async () => {
  const desk = await openDesk();
  for (const [wrong, works] of [
    [4, true],
    [5, false],
  ] as const) {
    const asked = await asks(desk);
    for (let tries = 0; tries < wrong; tries += 1)
      expect(refused(await finishSignIn(desk.ctx, { ...asked, code: another(asked.code) }))).toEqual(WRONG);
    expect((await finishSignIn(desk.ctx, asked)).ok).toBe(works);
  }
});

test('a newer code leaves the older valid until one is used; then both are over', async () => {
  const desk = await openDesk();
  const [older, newer] = [await asks(desk), await asks(desk)];
  granted(await finishSignIn(desk.ctx, older));
  expect(refused(await finishSignIn(desk.ctx, newer))).toEqual(WRONG);
  const next = await asks(desk);
  expect((await finishSignIn(desk.ctx, next)).ok).toBe(true);
});

test('a code works in the browser that asked for it, and in no other', async () => {
  const desk = await openDesk();
  const [mine, other] = [await asks(desk), await asks(desk, Email.parse('eve@agency.example.gov'))];
  const [id] = mine.challenge.split('.');
  const [, browser] = other.challenge.split('.');
  expect(refused(await finishSignIn(desk.ctx, { ...mine, challenge: `${id}.${browser}` }))).toEqual(WRONG);
  expect(refused(await finishSignIn(desk.ctx, { ...mine, challenge: other.challenge }))).toEqual(WRONG);
  expect((await finishSignIn(desk.ctx, mine)).ok).toBe(true);
});

test('a code of one address opens no other', async () => {
  const desk = await openDesk();
  const asked = await asks(desk);
  const email = Email.parse('boss@agency.example.gov');
  expect(refused(await finishSignIn(desk.ctx, { ...asked, email }))).toEqual(WRONG);
});

test('a code is over after half an hour', async () => {
  const desk = await openDesk();
  const asked = await asks(desk);
  desk.clock.pass(CODE_LIVES);
  expect(refused(await finishSignIn(desk.ctx, asked))).toEqual(WRONG);
});

test.each(['', 'x', 'x.y', '.', 'no.such'])('a challenge that is none (%s) is a wrong code', async (challenge) => {
  const desk = await openDesk();
  expect(
    refused(await finishSignIn(desk.ctx, { email: ANA, code: '000000', challenge, network: '192.0.2.1' })),
  ).toEqual(WRONG);
});

test('one address asked for again and again is slowed down, and told until when', async () => {
  const desk = await openDesk();
  const ask = () => startSignIn(desk.ctx, { email: ANA, network: '192.0.2.1' });
  for (let times = 0; times < 5; times += 1) granted(await ask());
  const slow = refused(await ask());
  expect(slow).toMatchObject({ kind: 'slow-down' });
  desk.clock.pass(15 * MINUTE);
  expect((await ask()).ok).toBe(true);
});

test('three hundred people behind one network address are let in', async () => {
  const desk = await openDesk();
  const answers = await Promise.all(
    Array.from({ length: 300 }, (_, n) =>
      startSignIn(desk.ctx, { email: Email.parse(`person${n}@agency.example.gov`), network: '192.0.2.1' }),
    ),
  );
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
});

test('guesses at one address are limited over all its challenges', async () => {
  const desk = await openDesk();
  for (let challenges = 0; challenges < 12; challenges += 1) {
    if (challenges % 4 === 0) desk.clock.set(plus(NOW, (challenges / 4) * 15 * MINUTE));
    const asked = await asks(desk);
    for (let tries = 0; tries < 5; tries += 1)
      expect(refused(await finishSignIn(desk.ctx, { ...asked, code: another(asked.code) }))).toEqual(WRONG);
  }
  expect(refused(await finishSignIn(desk.ctx, await asks(desk)))).toMatchObject({ kind: 'slow-down' });
});

test('what could not be right is no guess: nobody locks an address out with challenges that are none, or their own', async () => {
  const desk = await openDesk();
  const asked = await asks(desk);
  const own = await asks(desk, Email.parse('eve@agency.example.gov'));
  for (const challenge of ['no.such', `${asked.challenge.split('.')[0]}.${own.challenge.split('.')[1]}`, own.challenge])
    for (let times = 0; times < 30; times += 1)
      expect(refused(await finishSignIn(desk.ctx, { ...asked, code: '000000', challenge }))).toEqual(WRONG);
  granted(await finishSignIn(desk.ctx, asked));
});

test('the answer is the same whether the address is known or not', async () => {
  const desk = await openDesk();
  await desk.somebody('ana@agency.example.gov');
  const [known, unknown] = [await asks(desk), await asks(desk, Email.parse('nobody@agency.example.gov'))];
  const shape = (challenge: string) => challenge.replace(/[a-z2-7]/g, 'x');
  expect(shape(known.challenge)).toBe(shape(unknown.challenge));
});

test('a session begun with a mailed code is a participant’s, even of staff', async () => {
  const desk = await openDesk();
  await makeStaff(desk.ctx, ANA);
  const { token } = granted(await finishSignIn(desk.ctx, await asks(desk)));
  expect(await identify(desk.ctx, token)).toMatchObject({ role: 'participant' });
  const provider = granted(await signInWithProvider(desk.ctx, { email: ANA }));
  expect(await identify(desk.ctx, provider.token)).toMatchObject({ role: 'staff' });
});

test('a session is over when it is signed out, and half a day after it began', async () => {
  const desk = await openDesk();
  const first = granted(await finishSignIn(desk.ctx, await asks(desk)));
  await signOut(desk.ctx, first);
  expect(await identify(desk.ctx, first.token)).toEqual({ role: 'nobody' });
  const second = granted(await finishSignIn(desk.ctx, await asks(desk)));
  desk.clock.pass(12 * HOUR);
  expect(await identify(desk.ctx, second.token)).toEqual({ role: 'nobody' });
});

test('a token that is none is nobody’s', async () => {
  const desk = await openDesk();
  expect(await identify(desk.ctx, 'made up')).toEqual({ role: 'nobody' });
});

test('who signed in a moment ago is known, though a copy of the table has not heard of it', async () => {
  const desk = await openDesk();
  desk.table.documents.middlewareStack.add(
    (next) => (args) => {
      const { input } = args;
      const behind = 'ConsistentRead' in input && input.ConsistentRead === false && 'Key' in input && input.Key;
      if (behind && String(behind['pk']).startsWith('TOKEN#')) behind['pk'] = 'TOKEN#not-yet';
      return next(args);
    },
    { step: 'initialize', priority: 'high', name: 'behind' },
  );
  const { token } = granted(await finishSignIn(desk.ctx, await asks(desk)));
  expect((await identify(desk.ctx, token)).role).toBe('participant');
});
