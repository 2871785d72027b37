import { expect, test } from 'vitest';
import { idOf } from '../../functions/domain/registration.ts';
import { DAY, plus, SECOND } from '../../functions/domain/time.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import {
  approveRegistration,
  decideMany,
  denyRegistration,
  reopenRegistration,
} from '../../functions/usecases/decide-registration.ts';
import { listPending } from '../../functions/usecases/roster.ts';
import { granted, openDesk, refused, registers, type Desk } from '../fixtures/desk.ts';

async function applied(desk: Desk, capacity: number, ...names: string[]) {
  const event = await desk.event({ capacity, approval: 'manual' });
  const people = [];
  for (const name of names) {
    const who = await desk.somebody(name);
    const { registration } = granted(await registers(who, event));
    people.push({ who, id: idOf(registration) });
  }
  return { event, people, first: people[0] ?? raise(), second: people[1] ?? people[0] ?? raise() };
}
function raise(): never {
  throw new Error('somebody was to apply');
}

test('a yes gives the seat, and the message with the invitation', async () => {
  const desk = await openDesk();
  const { event, first } = await applied(desk, 1, 'ana');
  expect(granted(await approveRegistration(desk.staff, first)).registration.status).toBe('confirmed');
  expect(await desk.taken(event.id)).toBe(1);
  expect(await desk.lettersTo(first.who)).toEqual(['pending', 'REQUEST 0 confirmed']);
});

test('a second yes changes nothing', async () => {
  const desk = await openDesk();
  const { event, first } = await applied(desk, 2, 'ana');
  granted(await approveRegistration(desk.staff, first));
  expect(granted(await approveRegistration(desk.staff, first)).registration.status).toBe('confirmed');
  expect(await desk.taken(event.id)).toBe(1);
});

test('two yeses at once for one seat: one has it, the other waits', async () => {
  const desk = await openDesk();
  const { event, first, second } = await applied(desk, 1, 'ana', 'ben');
  const answers = await Promise.all([first, second].map((one) => approveRegistration(desk.staff, one)));
  const statuses = answers.map((answer) => granted(answer).registration.status);
  expect(statuses.toSorted()).toEqual(['confirmed', 'waitlisted']);
  expect(await desk.taken(event.id)).toBe(1);
});

test('staff may say yes after registration closed', async () => {
  const desk = await openDesk();
  const { event, first } = await applied(desk, 1, 'ana');
  desk.clock.set(plus(event.closesAt, DAY / 2));
  expect(granted(await approveRegistration(desk.staff, first)).registration.status).toBe('confirmed');
});

test('after the start a yes is refused', async () => {
  const desk = await openDesk();
  const { event, first } = await applied(desk, 1, 'ana');
  desk.clock.set(plus(event.closesAt, 2 * DAY));
  expect(refused(await approveRegistration(desk.staff, first))).toMatchObject({ kind: 'closed', because: 'past' });
});

test('a no ends it, with the reason, and asking again is refused until staff reopen it', async () => {
  const desk = await openDesk();
  const { event, first } = await applied(desk, 1, 'ana');
  granted(await denyRegistration(desk.staff, { id: first.id, reason: 'For law enforcement' }));
  expect(await desk.registration(event, first.who)).toMatchObject({ status: 'denied', reason: 'For law enforcement' });
  expect(refused(await registers(first.who, event))).toMatchObject({ kind: 'conflict' });
  granted(await reopenRegistration(desk.staff, first));
  expect(granted(await registers(first.who, event)).registration).toMatchObject({ status: 'pending', attempt: 2 });
});

test('a no needs a reason', async () => {
  const desk = await openDesk();
  const { first } = await applied(desk, 1, 'ana');
  expect(refused(await denyRegistration(desk.staff, { id: first.id, reason: ' ' }))).toMatchObject({
    errors: [{ path: 'reason' }],
  });
});

test('a yes to an attempt that has ended changes nothing of the next', async () => {
  const desk = await openDesk();
  const { event, first } = await applied(desk, 1, 'ana');
  granted(await cancelRegistration(first.who.ctx, first));
  granted(await registers(first.who, event));
  expect(granted(await approveRegistration(desk.staff, first)).registration.status).toBe('cancelled');
  expect(await desk.registration(event, first.who)).toMatchObject({ status: 'pending', attempt: 2 });
});

test('only staff decide', async () => {
  const desk = await openDesk();
  const { first } = await applied(desk, 1, 'ana');
  const trainer = await desk.somebody('tess', 'trainer');
  expect(refused(await approveRegistration(first.who.ctx, first))).toMatchObject({ kind: 'forbidden' });
  expect(refused(await approveRegistration(trainer.ctx, first))).toMatchObject({ kind: 'forbidden' });
  expect(refused(await approveRegistration(desk.ctx, first))).toEqual({ kind: 'signed-out' });
});

test('many decisions are answered one by one', async () => {
  const desk = await openDesk();
  const { event, people, first, second } = await applied(desk, 2, 'ana', 'ben', 'cleo');
  granted(await cancelRegistration(second.who.ctx, second));
  const third = people[2] ?? raise();
  const answers = granted(
    await decideMany(desk.staff, {
      event: event.id,
      decisions: [
        { registrationId: first.id, decision: 'approve' },
        { registrationId: second.id, decision: 'approve' },
        { registrationId: third.id, decision: 'deny', reason: '' },
      ],
    }),
  );
  expect(answers.map(({ result }) => (result.ok ? result.value.registration.status : result.refusal.kind))).toEqual([
    'confirmed',
    'conflict',
    'invalid',
  ]);
});

test('who waits for an answer is listed oldest first, and no longer than that', async () => {
  const desk = await openDesk();
  const { first, second } = await applied(desk, 2, 'ana', 'ben');
  const listed = async () =>
    granted(await listPending(desk.staff, { event: null })).map(({ registration }) => registration.person);
  expect(await listed()).toEqual([first.who.person.id, second.who.person.id]);
  granted(await approveRegistration(desk.staff, first));
  expect(await listed()).toEqual([second.who.person.id]);
});

test('an approval into a full event is in line behind those who wait', async () => {
  const desk = await openDesk();
  const { event, first, second, people } = await applied(desk, 1, 'ana', 'ben', 'cleo');
  const third = people[2] ?? raise();
  for (const one of [first, third, second]) {
    desk.clock.pass(SECOND);
    granted(await approveRegistration(desk.staff, one));
  }
  desk.clock.pass(3 * SECOND);
  granted(await cancelRegistration(first.who.ctx, first));
  expect((await desk.registration(event, third.who)).status).toBe('confirmed');
  expect((await desk.registration(event, second.who)).status).toBe('waitlisted');
});
