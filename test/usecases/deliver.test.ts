import { expect, test } from 'vitest';
import { MOST_TRIES, type OwedAboutRegistration } from '../../functions/domain/owed.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { HOUR, SECOND } from '../../functions/domain/time.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import type { Letter } from '../../functions/usecases/context.ts';
import { OUTBOX_SHARDS } from '../../functions/usecases/store-port.ts';
import { deliverOutbox } from '../../functions/usecases/deliver-outbox.ts';
import { listParked, parkedKey, retryParked } from '../../functions/usecases/parked-messages.ts';
import { startSignIn } from '../../functions/usecases/sign-in.ts';
import { granted, inShort, openDesk, registers, type Desk, type Somebody } from '../fixtures/desk.ts';

const unsent = async (desk: Desk) =>
  (await Promise.all(Array.from({ length: OUTBOX_SHARDS }, (_, shard) => desk.ctx.store.owed(shard)))).flat();

async function givesUp(desk: Desk, event: { id: Parameters<typeof registers>[1]['id'] }, who: Somebody) {
  granted(await cancelRegistration(who.ctx, { id: idOf(await desk.registration(event, who)) }));
}

test('messages of one registration arrive in the order of what happened', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  for (let round = 0; round < 6; round += 1) {
    granted(await registers(ana, event));
    await givesUp(desk, event, ana);
  }
  await desk.deliver();
  const sent = desk.mailer.letters.map((letter) =>
    letter.about === 'registration' ? `${letter.registration.attempt} ${letter.owed.calendar?.method}` : '',
  );
  expect(sent).toEqual([1, 2, 3, 4, 5, 6].flatMap((attempt) => [`${attempt} REQUEST`, `${attempt} CANCEL`]));
});

test('a message that must wait holds up those behind it, and nobody else’s', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  granted(await registers(ana, event));
  await givesUp(desk, event, ana);
  granted(await registers(ben, event));
  desk.mailer.answer = (letter) =>
    letter.to === ana.person.email ? { outcome: 'later', why: 'busy' } : { outcome: 'sent', id: 'mail' };
  await desk.deliver();
  expect(desk.mailer.letters.map(({ to }) => to)).toEqual([ben.person.email]);
  desk.mailer.answer = () => ({ outcome: 'sent', id: 'mail' });
  desk.clock.pass(15 * SECOND);
  expect(await desk.lettersTo(ana)).toEqual(['REQUEST 0 confirmed', 'CANCEL 1 cancelled-by-person']);
});

test('each try waits longer than the last, and the last one parks it where staff see it', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  const tried: number[] = [];
  desk.mailer.answer = () => {
    tried.push(desk.clock.now());
    return { outcome: 'later', why: 'the server is busy' };
  };
  await desk.deliver();
  for (let [owed] = await unsent(desk); owed; [owed] = await unsent(desk)) {
    desk.clock.set(owed.dueAt);
    await desk.deliver();
  }
  const waits = tried.slice(1).map((at, index) => at - (tried[index] ?? at));
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.at(-1)).toBe(4 * HOUR);
  const [parked, ...more] = granted(await listParked(desk.staff));
  expect(more).toEqual([]);
  expect(parked).toMatchObject({ outcome: 'the server is busy', owed: { tries: MOST_TRIES } });
  expect(await unsent(desk)).toEqual([]);
});

test('an address that is refused parks its message at once; staff can send it again', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  desk.mailer.answer = () => ({ outcome: 'refused', why: 'no such mailbox' });
  await desk.deliver();
  const [parked] = granted(await listParked(desk.staff));
  if (!parked) throw new Error('a message was to be parked');
  desk.mailer.answer = () => ({ outcome: 'sent', id: 'mail' });
  granted(await retryParked(desk.staff, { key: parkedKey(parked) }));
  expect(await desk.lettersTo(ana)).toEqual(['REQUEST 0 confirmed']);
  expect(granted(await listParked(desk.staff))).toEqual([]);
});

test('a crash between sending and marking sends the same message again, to the byte', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  const crashing = { ...desk.ctx.store, sent: async () => Promise.reject(new Error('killed')) };
  await expect(deliverOutbox({ ...desk.ctx, store: crashing })).rejects.toThrow('killed');
  desk.clock.pass(SECOND);
  await desk.deliver();
  const [first, second] = desk.mailer.letters;
  expect(desk.mailer.letters).toHaveLength(2);
  expect(second).toEqual(first);
});

test('a message that cannot be made keeps nobody else’s from being sent', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const people = await Promise.all(Array.from({ length: 30 }, (_, n) => desk.somebody(`person${n}`)));
  for (const who of people) granted(await registers(who, event));
  const unlucky = new Set(people.slice(0, 9).map(({ person }) => person.email));
  desk.mailer.answer = (letter) => {
    if (unlucky.has(letter.to)) throw new TypeError('words are missing');
    return { outcome: 'sent', id: 'mail' };
  };
  await desk.deliver();
  expect(desk.mailer.letters).toHaveLength(21);
  expect(await unsent(desk)).toHaveLength(9);
  for (let tries = 1; tries < MOST_TRIES; tries += 1) {
    desk.clock.pass(5 * HOUR);
    await desk.deliver();
  }
  expect(granted(await listParked(desk.staff)).map(({ outcome }) => outcome)).toEqual(Array(9).fill('TypeError'));
});

test('what has been sent is on record beside the registration', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  await givesUp(desk, event, ana);
  await desk.deliver();
  const record = await desk.ctx.store.messagesOf(event.id, ana.person.id);
  const about = record
    .map(({ owed }) => owed)
    .filter((owed): owed is OwedAboutRegistration => owed.about !== 'sign-in');
  expect(about.map(({ kind }) => kind)).toEqual(['confirmed', 'cancelled-by-person']);
});

test('a sign-in code queues behind nothing', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  for (const name of ['ana', 'ben', 'cleo']) granted(await registers(await desk.somebody(name), event));
  const dov = await desk.somebody('dov');
  granted(await startSignIn(desk.ctx, { email: dov.person.email, network: '192.0.2.1' }));
  await desk.deliver();
  expect(desk.mailer.letters.map(inShort)[0]).toBe('code');
});

test('a code that is over is not sent any more', async () => {
  const desk = await openDesk();
  const dov = await desk.somebody('dov');
  granted(await startSignIn(desk.ctx, { email: dov.person.email, network: '192.0.2.1' }));
  desk.clock.pass(HOUR);
  await desk.deliver();
  expect(desk.mailer.letters).toEqual([] satisfies Letter[]);
  expect(await desk.ctx.store.owed('codes')).toEqual([]);
});

test('what one sender had taken is not given up because a second one, at the same time, was refused', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  let tries = 0;
  desk.mailer.answer = async () => {
    tries += 1;
    if (tries > 1) return { outcome: 'sent', id: 'mail' };
    await deliverOutbox(desk.elsewhere());
    return { outcome: 'refused', why: 'sent twice' };
  };
  await desk.deliver();
  expect(desk.mailer.letters).toHaveLength(1);
  expect(granted(await listParked(desk.staff))).toEqual([]);
  expect(await unsent(desk)).toEqual([]);
});
