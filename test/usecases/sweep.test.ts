import { describe, expect, test } from 'vitest';
import { DAY, plus, SECOND } from '../../functions/domain/time.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import type { Store } from '../../functions/usecases/store-port.ts';
import { promoteWaiting } from '../../functions/usecases/promote-waiting.ts';
import { cancelEvent } from '../../functions/usecases/cancel-event.ts';
import { sweep } from '../../functions/usecases/sweep.ts';
import { granted, openDesk, registers, type Desk, type Somebody } from '../fixtures/desk.ts';

test('a seat whose promoter died is filled by the sweep', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  const seat = granted(await registers(ana, event)).registration;
  granted(await registers(ben, event));
  desk.clock.pass(3 * SECOND);
  const dying = { ...ana.ctx.store, lease: async () => Promise.reject(new Error('killed')) };
  granted(await cancelRegistration({ ...ana.ctx, store: dying }, { id: idOf(seat) }));
  expect((await desk.registration(event, ben)).status).toBe('waitlisted');
  await desk.sweep();
  expect((await desk.registration(event, ben)).status).toBe('confirmed');
});

test('any number of promoters at once seat each person once', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 3, mode: 'sealed' });
  const people = await Promise.all(['ana', 'ben', 'cleo', 'dov', 'eve'].map((name) => desk.somebody(name)));
  for (const who of people) granted(await registers(who, event));
  desk.clock.pass(10 * SECOND);
  const unleased = { ...desk.ctx, store: { ...desk.ctx.store, lease: async () => true } };
  await Promise.all([1, 2, 3, 4].map(() => promoteWaiting(unleased, event.id)));
  const statuses = await Promise.all(people.map(async (who) => (await desk.registration(event, who)).status));
  expect(statuses).toEqual(['confirmed', 'confirmed', 'confirmed', 'waitlisted', 'waitlisted']);
  expect(await desk.taken(event.id)).toBe(3);
});

/** Two wait for one seat, and a promoter reads the seats, is overtaken by another, and then reads the line. */
async function overtaken(desk: Desk): Promise<number> {
  const event = await desk.event({ capacity: 1, mode: 'sealed' });
  for (const name of ['ana', 'ben']) granted(await registers(await desk.somebody(name), event));
  desk.clock.pass(10 * SECOND);
  const lineHead: Store['lineHead'] = async (pool, most) => {
    await promoteWaiting(desk.ctx, pool);
    return desk.ctx.store.lineHead(pool, most);
  };
  await promoteWaiting({ ...desk.ctx, store: { ...desk.ctx.store, lineHead } }, event.id);
  return desk.taken(event.id);
}

test('a promoter that was overtaken seats nobody in the seat that is gone', async () => {
  expect(await overtaken(await openDesk())).toBe(1);
});

test('without the room in its condition it would', async () => {
  const desk = await openDesk();
  desk.table.documents.middlewareStack.add(
    (next) => (args) => {
      for (const item of 'TransactItems' in args.input ? (args.input.TransactItems ?? []) : []) {
        const update = 'Update' in item ? item.Update : undefined;
        if (update?.ExpressionAttributeValues?.[':most'] === undefined) continue;
        update.ConditionExpression = update.ConditionExpression?.replace(' AND taken <= :most', '');
        delete update.ExpressionAttributeValues[':most'];
      }
      return next(args);
    },
    { step: 'initialize', priority: 'high', name: 'without room' },
  );
  expect(await overtaken(desk)).toBe(2);
});

test('a fan-out that fails keeps no seat idle', async () => {
  const desk = await openDesk();
  const [broken, full] = [await desk.event({ capacity: 1 }), await desk.event({ capacity: 1, mode: 'sealed' })];
  const ana = await desk.somebody('ana');
  granted(await registers(ana, broken));
  granted(await registers(ana, full));
  granted(await cancelEvent(desk.staff, { id: broken.id, reason: 'The speaker is ill' }));
  desk.clock.pass(10 * SECOND);
  const rosterPage = async () => Promise.reject(new Error('a page that cannot be read'));
  await expect(sweep({ ...desk.ctx, store: { ...desk.ctx.store, rosterPage } })).rejects.toThrow('cannot be read');
  expect((await desk.registration(full, ana)).status).toBe('confirmed');
});

test('a pool that cannot be seated keeps no other pool’s seats idle', async () => {
  const desk = await openDesk();
  const events = [await desk.event({ capacity: 1, mode: 'sealed' }), await desk.event({ capacity: 1, mode: 'sealed' })];
  const ana = await desk.somebody('ana');
  for (const event of events) granted(await registers(ana, event));
  desk.clock.pass(10 * SECOND);
  let first = true;
  const lineHead: typeof desk.ctx.store.lineHead = async (pool, most) => {
    if (!first) return desk.ctx.store.lineHead(pool, most);
    first = false;
    throw new Error('a line that cannot be read');
  };
  await expect(sweep({ ...desk.ctx, store: { ...desk.ctx.store, lineHead } })).rejects.toThrow('cannot be read');
  const statuses = await Promise.all(events.map(async (event) => (await desk.registration(event, ana)).status));
  expect(statuses.toSorted()).toEqual(['confirmed', 'waitlisted']);
});

test('an event whose window has closed still seats those who wait', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  const seat = granted(await registers(ana, event)).registration;
  granted(await registers(ben, event));
  desk.clock.set(plus(event.closesAt, DAY / 2));
  granted(await cancelRegistration(ana.ctx, { id: idOf(seat) }));
  expect((await desk.registration(event, ben)).status).toBe('confirmed');
});

describe('a sweep whose time is up', () => {
  const inTime = (desk: Desk, seconds: number) => plus(desk.clock.now(), seconds * SECOND);
  const told = async (desk: Desk, people: readonly Somebody[]) => {
    const counts: number[] = [];
    for (const who of people) {
      const letters = await desk.lettersTo(who);
      counts.push(letters.filter((letter) => letter.endsWith('event-cancelled')).length);
    }
    return counts;
  };

  test('stops within a page of people, and the next run tells the others, each once', async () => {
    const desk = await openDesk();
    const event = await desk.event();
    const people = [];
    for (const name of ['ana', 'ben', 'cleo', 'dov']) people.push(await desk.somebody(name));
    for (const who of people) granted(await registers(who, event));
    granted(await cancelEvent(desk.staff, { id: event.id, reason: 'The speaker is ill' }));
    const commit: Store['commit'] = (change) => {
      desk.clock.pass(10 * SECOND);
      return desk.ctx.store.commit(change);
    };
    await sweep({ ...desk.ctx, store: { ...desk.ctx.store, commit } }, inTime(desk, 15));
    expect((await told(desk, people)).filter((letters) => letters === 1)).toHaveLength(2);
    await sweep(desk.ctx, inTime(desk, 15));
    expect(await told(desk, people)).toEqual([1, 1, 1, 1]);
  });

  test('with no time at all begins nothing, and the next run does it all', async () => {
    const desk = await openDesk();
    const [gone, full] = [await desk.event(), await desk.event({ capacity: 1, mode: 'sealed' })];
    const ana = await desk.somebody('ana');
    for (const event of [gone, full]) granted(await registers(ana, event));
    granted(await cancelEvent(desk.staff, { id: gone.id, reason: 'The speaker is ill' }));
    desk.clock.pass(10 * SECOND);
    await sweep(desk.ctx, desk.clock.now());
    expect((await desk.registration(gone, ana)).status).toBe('confirmed');
    expect((await desk.registration(full, ana)).status).toBe('waitlisted');
    await sweep(desk.ctx, inTime(desk, 15));
    expect((await desk.registration(gone, ana)).status).toBe('cancelled');
    expect((await desk.registration(full, ana)).status).toBe('confirmed');
  });
});
