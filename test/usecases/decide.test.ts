import { expect, test } from 'vitest';
import { idOf } from '../../functions/domain/registration.ts';
import { DAY, plus, SECOND } from '../../functions/domain/time.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import type { Context } from '../../functions/usecases/context.ts';
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

/** Somebody cancels; then who of the others has a seat. */
async function freed(desk: Desk, event: Parameters<Desk['registration']>[0], by: Applied, others: readonly Applied[]) {
  desk.clock.pass(3 * SECOND);
  granted(await cancelRegistration(by.who.ctx, by));
  return Promise.all(others.map(async ({ who }) => (await desk.registration(event, who)).status));
}

type Applied = Awaited<ReturnType<typeof applied>>['first'];

test('in line, those who were approved stand in the order in which they applied', async () => {
  const desk = await openDesk();
  const { event, first, second, people } = await applied(desk, 1, 'ana', 'ben', 'cleo');
  const third = people[2] ?? raise();
  for (const one of [first, third, second]) {
    desk.clock.pass(SECOND);
    granted(await approveRegistration(desk.staff, one));
  }
  expect(await desk.ctx.store.lineHead(event.id, 9)).toMatchObject([
    { person: second.who.person.id },
    { person: third.who.person.id },
  ]);
  expect((await desk.ctx.store.seats([event.id]))[0]).toMatchObject({ rev: 2, touched: desk.clock.now() });
  expect(await freed(desk, event, first, [second, third])).toEqual(['confirmed', 'waitlisted']);
});

test('nobody is promoted for a moment after somebody joined the line out of order', async () => {
  const desk = await openDesk();
  const { event, first, second, people } = await applied(desk, 1, 'ana', 'ben', 'cleo');
  const third = people[2] ?? raise();
  granted(await approveRegistration(desk.staff, first));
  granted(await approveRegistration(desk.staff, third));
  desk.clock.pass(60 * SECOND);
  granted(await approveRegistration(desk.staff, second));
  granted(await cancelRegistration(first.who.ctx, first));
  expect((await desk.registration(event, third.who)).status).toBe('waitlisted');
  await desk.sweep();
  expect((await desk.registration(event, second.who)).status).toBe('confirmed');
  expect((await desk.registration(event, third.who)).status).toBe('waitlisted');
});

test('a promotion that was decided before somebody joined out of order is not written', async () => {
  const desk = await openDesk();
  const { event, first, second, people } = await applied(desk, 1, 'ana', 'ben', 'cleo');
  const third = people[2] ?? raise();
  granted(await approveRegistration(desk.staff, first));
  granted(await approveRegistration(desk.staff, third));
  desk.clock.pass(60 * SECOND);
  const { store } = desk.ctx;
  let late = true;
  const overtaken: Context = {
    ...first.who.ctx,
    store: {
      ...store,
      commit: async (change) => {
        if (late && change.seats?.some(({ move }) => move === 'promote')) {
          late = false;
          granted(await approveRegistration(desk.staff, second));
        }
        return store.commit(change);
      },
    },
  };
  granted(await cancelRegistration(overtaken, first));
  expect(late).toBe(false);
  expect((await desk.registration(event, third.who)).status).toBe('waitlisted');
  await desk.sweep();
  expect((await desk.registration(event, second.who)).status).toBe('confirmed');
});

test('a yes where seats are free again is a seat in the same request', async () => {
  const desk = await openDesk();
  const { event, first, second, people } = await applied(desk, 1, 'ana', 'ben', 'cleo');
  const third = people[2] ?? raise();
  granted(await approveRegistration(desk.staff, first));
  granted(await approveRegistration(desk.staff, second));
  granted(await cancelRegistration(second.who.ctx, second));
  granted(await cancelRegistration(first.who.ctx, first));
  expect(granted(await approveRegistration(desk.staff, third)).registration.status).toBe('confirmed');
  expect(await desk.lettersTo(third.who)).toEqual(['pending', 'REQUEST 0 confirmed']);
  expect(await desk.taken(event.id)).toBe(1);
});

test('many yeses where seats are free again are seats in the order of application', async () => {
  const desk = await openDesk();
  const { event, first, second, people } = await applied(desk, 1, 'ana', 'ben', 'cleo', 'dov');
  const [third, fourth] = [people[2] ?? raise(), people[3] ?? raise()];
  granted(await approveRegistration(desk.staff, first));
  granted(await approveRegistration(desk.staff, second));
  granted(await cancelRegistration(second.who.ctx, second));
  granted(await cancelRegistration(first.who.ctx, first));
  const decisions = [fourth, third].map(({ id }) => ({ registrationId: id, decision: 'approve' as const }));
  const answers = granted(await decideMany(desk.staff, { event: event.id, decisions }));
  expect(answers.map(({ result }) => granted(result).registration.status)).toEqual(['waitlisted', 'confirmed']);
});
