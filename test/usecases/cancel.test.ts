import { expect, test } from 'vitest';
import { idOf } from '../../functions/domain/registration.ts';
import { ok } from '../../functions/domain/result.ts';
import { plus, SECOND } from '../../functions/domain/time.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { reopenRegistration } from '../../functions/usecases/decide-registration.ts';
import { draftOf } from '../../functions/domain/change-event.ts';
import { changeEvent } from '../../functions/usecases/change-event.ts';
import { aSitting, granted, openDesk, refused, registers, type Desk, type Somebody } from '../fixtures/desk.ts';

type Of = Parameters<typeof registers>[1];

/** Names registered in this order, a second apart. */
async function inThisOrder(desk: Desk, event: Of, ...names: string[]) {
  const people: Somebody[] = [];
  for (const name of names) {
    const who = await desk.somebody(name);
    granted(await registers(who, event));
    people.push(who);
  }
  return people;
}
const statuses = (desk: Desk, event: Of, people: readonly Somebody[]) =>
  Promise.all(people.map(async (who) => (await desk.registration(event, who)).status));

async function cancels(desk: Desk, event: Of, who: Somebody | undefined) {
  if (!who) throw new Error('nobody to cancel');
  return cancelRegistration(who.ctx, { id: idOf(await desk.registration(event, who)) });
}

test('a seat that is given up goes to whoever waits longest', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 2 });
  const people = await inThisOrder(desk, event, 'ana', 'ben', 'cleo', 'dov');
  desk.clock.pass(3 * SECOND);
  granted(await cancels(desk, event, people[1]));
  expect(await statuses(desk, event, people)).toEqual(['confirmed', 'cancelled', 'confirmed', 'waitlisted']);
  expect(await desk.taken(event.id)).toBe(2);
});

test('seats given up one right after the other are each filled at once, in order', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 2 });
  const people = await inThisOrder(desk, event, 'ana', 'ben', 'cleo', 'dov', 'eve');
  desk.clock.pass(3 * SECOND);
  granted(await cancels(desk, event, people[0]));
  granted(await cancels(desk, event, people[1]));
  expect(await statuses(desk, event, people)).toEqual([
    'cancelled',
    'cancelled',
    'confirmed',
    'confirmed',
    'waitlisted',
  ]);
});

test('a double click counts down once', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 3 });
  const [ana] = await inThisOrder(desk, event, 'ana', 'ben');
  const answers = await Promise.all([1, 2, 3].map(() => cancels(desk, event, ana)));
  expect(answers.map((answer) => granted(answer).registration.status)).toEqual(Array(3).fill('cancelled'));
  expect(await desk.taken(event.id)).toBe(1);
});

test('leaving the line moves nobody but those behind', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  const people = await inThisOrder(desk, event, 'ana', 'ben', 'cleo');
  granted(await cancels(desk, event, people[1]));
  expect(await desk.ctx.store.lineLength(event.id)).toBe(1);
  desk.clock.pass(3 * SECOND);
  granted(await cancels(desk, event, people[0]));
  expect(await statuses(desk, event, people)).toEqual(['cancelled', 'cancelled', 'confirmed']);
});

test('after the start nothing can be given up', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const [ana] = await inThisOrder(desk, event, 'ana');
  const start = event.sessions[0]?.startsAt ?? 0;
  desk.clock.set(plus(event.opensAt, start - event.opensAt));
  expect(refused(await cancels(desk, event, ana))).toEqual({ kind: 'closed', because: 'past' });
});

test('nobody is seated after the start', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1, sessions: [aSitting(0), aSitting(1)] });
  const people = await inThisOrder(desk, event, 'ana', 'ben');
  const start = event.sessions[0]?.startsAt ?? 0;
  desk.clock.set(plus(event.opensAt, start - event.opensAt));
  const id = idOf(await desk.registration(event, people[0] ?? (await desk.somebody('ana'))));
  granted(await cancelRegistration(desk.staff, { id, reason: 'Asked by telephone' }));
  await desk.sweep();
  expect(await statuses(desk, event, people)).toEqual(['cancelled', 'waitlisted']);
});

test('another’s registration is unknown', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const [ana, ben] = await inThisOrder(desk, event, 'ana', 'ben');
  if (!ana || !ben) throw new Error('two people were asked for');
  const id = idOf(await desk.registration(event, ana));
  expect(refused(await cancelRegistration(ben.ctx, { id }))).toMatchObject({ kind: 'unknown' });
  expect(refused(await cancelRegistration(desk.ctx, { id }))).toMatchObject({ kind: 'signed-out' });
});

test('whom staff removed cannot come back until staff let them', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const [ana] = await inThisOrder(desk, event, 'ana');
  if (!ana) throw new Error('somebody was asked for');
  const id = idOf(await desk.registration(event, ana));
  granted(await cancelRegistration(desk.staff, { id, reason: 'Not on the list' }));
  expect(refused(await registers(ana, event))).toMatchObject({ kind: 'conflict' });
  granted(await reopenRegistration(desk.staff, { id }));
  expect(granted(await registers(ana, event)).registration).toMatchObject({ attempt: 2, status: 'confirmed' });
});

test('a capacity below what is taken throws nobody out, and seats nobody until it fits', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 3 });
  const people = await inThisOrder(desk, event, 'ana', 'ben', 'cleo', 'dov');
  const patch = (before: typeof event) => ok({ ...draftOf(before), capacity: 2 });
  granted(await changeEvent(desk.staff, { id: event.id, version: event.rev, patch }));
  expect(await statuses(desk, event, people)).toEqual(['confirmed', 'confirmed', 'confirmed', 'waitlisted']);
  desk.clock.pass(6 * SECOND);
  granted(await cancels(desk, event, people[0]));
  expect(await statuses(desk, event, people)).toEqual(['cancelled', 'confirmed', 'confirmed', 'waitlisted']);
  desk.clock.pass(6 * SECOND);
  granted(await cancels(desk, event, people[1]));
  expect(await statuses(desk, event, people)).toEqual(['cancelled', 'cancelled', 'confirmed', 'confirmed']);
});

test.each([
  ['a higher one', 3, ['confirmed', 'confirmed', 'confirmed', 'waitlisted']],
  ['none', null, ['confirmed', 'confirmed', 'confirmed', 'confirmed']],
])('%s seats those who wait, in order', async (_what, capacity, expected) => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  const people = await inThisOrder(desk, event, 'ana', 'ben', 'cleo', 'dov');
  desk.clock.pass(6 * SECOND);
  const patch = (before: typeof event) => ok({ ...draftOf(before), capacity });
  granted(await changeEvent(desk.staff, { id: event.id, version: event.rev, patch }));
  expect(await statuses(desk, event, people)).toEqual(expected);
});

test('from a course of many days people are seated as many in a transaction as fit', async () => {
  const desk = await openDesk();
  const days = Array.from({ length: 10 }, (_, day) => aSitting(day));
  const event = await desk.event({ capacity: 1, sessions: days });
  const people = await inThisOrder(desk, event, ...Array.from({ length: 20 }, (_, n) => `person${n}`));
  desk.clock.pass(6 * SECOND);
  const patch = (before: typeof event) => ok({ ...draftOf(before), capacity: 20 });
  granted(await changeEvent(desk.staff, { id: event.id, version: event.rev, patch }));
  await desk.sweep();
  expect(await statuses(desk, event, people)).toEqual(Array(20).fill('confirmed'));
  expect(await desk.taken(event.id)).toBe(20);
});
