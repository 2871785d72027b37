import { expect, test } from 'vitest';
import type { TrainingEvent } from '../../functions/domain/event.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { ok } from '../../functions/domain/result.ts';
import { SECOND } from '../../functions/domain/time.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { draftOf } from '../../functions/domain/change-event.ts';
import { changeEvent } from '../../functions/usecases/change-event.ts';
import { granted, openDesk, refused, registers, type Desk, type Somebody } from '../fixtures/desk.ts';

/** Sets the seats as staff who see the event as it is now. */
async function setSeats(desk: Desk, event: TrainingEvent, capacity: number | null, version?: number) {
  const now = await desk.ctx.store.event(event.id);
  const patch = (before: TrainingEvent) => ok({ ...draftOf(before), capacity });
  return changeEvent(desk.staff, { id: event.id, version: version ?? now?.rev ?? 0, patch });
}
async function inThisOrder(desk: Desk, event: TrainingEvent, ...names: string[]) {
  const people: Somebody[] = [];
  for (const name of names) {
    const who = await desk.somebody(name);
    granted(await registers(who, event));
    people.push(who);
  }
  return people;
}
const statuses = (desk: Desk, event: TrainingEvent, people: readonly Somebody[]) =>
  Promise.all(people.map(async (who) => (await desk.registration(event, who)).status));

test('below what is taken nobody is thrown out, and nobody moves up until it fits', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 3 });
  const people = await inThisOrder(desk, event, 'ana', 'ben', 'cleo', 'dov');
  desk.clock.pass(6 * SECOND);
  granted(await setSeats(desk, event, 2));
  expect(await statuses(desk, event, people)).toEqual(['confirmed', 'confirmed', 'confirmed', 'waitlisted']);
  for (const [index, expected] of [
    [0, 'waitlisted'],
    [1, 'confirmed'],
  ] as const) {
    const who = people[index];
    if (!who) throw new Error('somebody was to cancel');
    granted(await cancelRegistration(who.ctx, { id: idOf(await desk.registration(event, who)) }));
    await desk.sweep();
    expect((await statuses(desk, event, people))[3]).toBe(expected);
  }
  expect(await desk.taken(event.id)).toBe(2);
});

test('from no limit to so many seats and back, with people waiting', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: null });
  const first = await inThisOrder(desk, event, 'ana', 'ben', 'cleo');
  granted(await setSeats(desk, event, 2));
  const late = await inThisOrder(desk, event, 'dov', 'eve');
  await desk.sweep();
  expect(await statuses(desk, event, [...first, ...late])).toEqual([
    'confirmed',
    'confirmed',
    'confirmed',
    'waitlisted',
    'waitlisted',
  ]);
  granted(await setSeats(desk, event, null));
  expect(await statuses(desk, event, late)).toEqual(['confirmed', 'confirmed']);
  expect(await desk.taken(event.id)).toBe(5);
  expect(await desk.lettersTo(late[0] ?? (await desk.somebody('dov')))).toEqual(['waitlisted', 'REQUEST 0 confirmed']);
});

test('a number that somebody set meanwhile is not overwritten', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 3 });
  granted(await setSeats(desk, event, 4));
  expect(refused(await setSeats(desk, event, 2, event.rev))).toEqual({ kind: 'version-stale' });
  expect((await desk.ctx.store.seats([event.id]))[0]?.capacity).toBe(4);
});
