import { expect, test } from 'vitest';
import type { SessionId } from '../../functions/domain/ids.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { DAY, plus, SECOND } from '../../functions/domain/time.ts';
import { changeRegistration, type RegistrationPatch } from '../../functions/usecases/change-registration.ts';
import type { Context } from '../../functions/usecases/context.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { approveRegistration } from '../../functions/usecases/decide-registration.ts';
import { examineDesk } from '../../functions/usecases/doctor.ts';
import { positionOf } from '../../functions/usecases/register-for-event.ts';
import { cancelEvent } from '../../functions/usecases/cancel-event.ts';
import { viewJoin } from '../../functions/usecases/join-session.ts';
import { viewRegistration } from '../../functions/usecases/my-registrations.ts';
import { aSitting, granted, openDesk, refused, registers, type Desk, type Somebody } from '../fixtures/desk.ts';

/** An event with a morning and an afternoon of so many seats each. */
async function twoSittings(desk: Desk, capacity: number, more: Parameters<Desk['event']>[0] = {}) {
  const event = await desk.event({ sessionChoice: 'one', capacity, sessions: [aSitting(0), aSitting(1)], ...more });
  const [morning, afternoon] = event.sessions.map(({ id }) => id);
  if (!morning || !afternoon) throw new Error('two sittings were asked for');
  return { event, morning, afternoon };
}

async function takes(
  desk: Desk,
  event: { id: Parameters<Desk['registration']>[0]['id'] },
  sitting: SessionId,
  name: string,
) {
  const who = await desk.somebody(name);
  granted(await registers(who, event, { sessions: [sitting] }));
  return who;
}

async function moves(
  desk: Desk,
  event: Parameters<Desk['registration']>[0],
  who: Somebody,
  to: SessionId,
  more: RegistrationPatch = {},
  ctx: Context = who.ctx,
) {
  await desk.clock.wait(SECOND);
  const held = await desk.registration(event, who);
  return changeRegistration(ctx, { id: idOf(held), version: held.rev, patch: { sessions: [to], ...more } });
}

test('a seat in another sitting: the old one is called back, the new one sent, both counters right', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 2);
  const ana = await takes(desk, event, morning, 'ana');
  expect(granted(await moves(desk, event, ana, afternoon))).toMatchObject({
    position: null,
    registration: { status: 'confirmed', pool: afternoon, sessions: [afternoon], rev: 2 },
  });
  expect([await desk.taken(morning), await desk.taken(afternoon)]).toEqual([0, 1]);
  expect((await desk.lettersTo(ana)).toSorted()).toEqual([
    'CANCEL 1 changed-answers',
    'REQUEST 0 confirmed',
    'REQUEST 1 changed-answers',
  ]);
  const letters = desk.mailer.letters.flatMap((letter) => (letter.about === 'registration' ? [letter] : []));
  const [first] = letters;
  expect(letters.find(({ owed }) => owed.calendar?.method === 'CANCEL')?.uid).toBe(first?.uid);
  expect(letters.find(({ owed }) => owed.calendar?.sequence === 1 && owed.calendar.method === 'REQUEST')?.uid).not.toBe(
    first?.uid,
  );
});

test('there and back again: what comes later for a sitting is newer', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 2);
  const ana = await takes(desk, event, morning, 'ana');
  granted(await moves(desk, event, ana, afternoon));
  granted(await moves(desk, event, ana, morning));
  await desk.deliver();
  const ofMorning = desk.mailer.letters.flatMap((letter) =>
    letter.about === 'registration' && letter.owed.calendar?.object === morning ? [letter.owed.calendar] : [],
  );
  expect(ofMorning.map(({ method, sequence }) => `${method} ${sequence}`)).toEqual([
    'REQUEST 0',
    'CANCEL 1',
    'REQUEST 2',
  ]);
});

test('the join link of the sitting that was left is dead', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 2);
  const ana = await takes(desk, event, morning, 'ana');
  const id = idOf(await desk.registration(event, ana));
  const secret = async () =>
    granted(await viewRegistration(ana.ctx, { id }))
      .sessions[0]?.joinUrl?.split('/')
      .at(-1) ?? 'none';
  const old = await secret();
  granted(await viewJoin(desk.ctx, { secret: old }));
  granted(await moves(desk, event, ana, afternoon));
  expect(refused(await viewJoin(desk.ctx, { secret: old }))).toMatchObject({ kind: 'unknown' });
  granted(await viewJoin(desk.ctx, { secret: await secret() }));
});

test('who has a seat and would only wait is told first, and keeps the seat', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 1);
  const ana = await takes(desk, event, morning, 'ana');
  await takes(desk, event, afternoon, 'ben');
  await takes(desk, event, afternoon, 'cleo');
  expect(refused(await moves(desk, event, ana, afternoon))).toEqual({ kind: 'would-wait', waiting: 1, room: false });
  expect(await desk.registration(event, ana)).toMatchObject({ status: 'confirmed', pool: morning, rev: 1 });
  expect(await desk.taken(morning)).toBe(1);
});

test('with a yes they wait at the end of the other line, and the freed seat goes to the next', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 1);
  const ana = await takes(desk, event, morning, 'ana');
  await takes(desk, event, afternoon, 'ben');
  await takes(desk, event, afternoon, 'cleo');
  const dov = await takes(desk, event, morning, 'dov');
  desk.clock.pass(3 * SECOND);
  const changed = granted(await moves(desk, event, ana, afternoon, { waitIfFull: true }));
  expect(changed).toMatchObject({ position: 2, registration: { status: 'waitlisted', pool: afternoon } });
  expect(await desk.registration(event, dov)).toMatchObject({ status: 'confirmed', pool: morning });
  expect([await desk.taken(morning), await desk.taken(afternoon)]).toEqual([1, 1]);
  expect(await desk.lettersTo(ana)).toEqual(['REQUEST 0 confirmed', 'waitlisted', 'CANCEL 1 changed-answers']);
});

test('a yes to a sitting that is full but was never sealed seals it first', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 1);
  const ana = await takes(desk, event, morning, 'ana');
  const ben = await takes(desk, event, afternoon, 'ben');
  expect(refused(await moves(desk, event, ana, afternoon))).toEqual({ kind: 'would-wait', waiting: 0, room: false });
  expect(granted(await moves(desk, event, ana, afternoon, { waitIfFull: true })).position).toBe(1);
  expect(await desk.registration(event, ben)).toMatchObject({ status: 'confirmed' });
});

test('a waiting person takes a free seat elsewhere at once, or a place in the other line', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 1);
  await takes(desk, event, morning, 'ana');
  const ben = await takes(desk, event, morning, 'ben');
  const cleo = await takes(desk, event, morning, 'cleo');
  expect(granted(await moves(desk, event, ben, afternoon)).registration.status).toBe('confirmed');
  expect(await desk.lettersTo(ben)).toEqual(['waitlisted', 'REQUEST 1 confirmed']);
  expect(granted(await moves(desk, event, cleo, afternoon))).toMatchObject({
    position: 1,
    registration: { status: 'waitlisted', pool: afternoon },
  });
  expect([await desk.ctx.store.lineLength(morning), await desk.ctx.store.lineLength(afternoon)]).toEqual([0, 1]);
});

test('a sitting that once was full and has seats again is waited for in the request', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 1);
  await takes(desk, event, morning, 'ana');
  const ben = await takes(desk, event, morning, 'ben');
  const cleo = await takes(desk, event, afternoon, 'cleo');
  const dov = await takes(desk, event, afternoon, 'dov');
  for (const who of [cleo, dov])
    granted(await moves(desk, event, who, who === cleo ? morning : afternoon, { waitIfFull: true }));
  // the afternoon is sealed; ben asks for it with dov seated there
  expect(granted(await moves(desk, event, ben, afternoon)).registration.status).toBe('waitlisted');
  desk.clock.pass(3 * SECOND);
  expect(granted(await moves(desk, event, dov, morning, { waitIfFull: true })).registration.status).toBe('waitlisted');
  expect(await desk.registration(event, ben)).toMatchObject({ status: 'confirmed', pool: afternoon });
});

test('somebody who is being checked changes what they apply for, and no seat moves', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 1, { approval: 'manual' });
  const ana = await takes(desk, event, morning, 'ana');
  expect(granted(await moves(desk, event, ana, afternoon)).registration).toMatchObject({
    status: 'pending',
    pool: afternoon,
  });
  expect([await desk.taken(morning), await desk.taken(afternoon)]).toEqual([0, 0]);
  expect(await desk.lettersTo(ana)).toEqual(['pending']);
});

test('the window binds it, and the version that was seen', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 2);
  const ana = await takes(desk, event, morning, 'ana');
  const held = await desk.registration(event, ana);
  const asked = { id: idOf(held), patch: { sessions: [afternoon] } };
  expect(refused(await changeRegistration(ana.ctx, { ...asked, version: null }))).toEqual({ kind: 'version-missing' });
  expect(refused(await changeRegistration(ana.ctx, { ...asked, version: 9 }))).toEqual({ kind: 'version-stale' });
  desk.clock.set(plus(event.closesAt, 1));
  expect(refused(await moves(desk, event, ana, afternoon))).toMatchObject({ kind: 'closed', because: 'closed' });
  desk.clock.set(plus(event.closesAt, 2 * DAY));
  expect(refused(await moves(desk, event, ana, afternoon))).toMatchObject({ kind: 'closed', because: 'past' });
});

test('nothing moves in an event that was canceled', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 2);
  const ana = await takes(desk, event, morning, 'ana');
  granted(await cancelEvent(desk.staff, { id: event.id, reason: 'The trainers are needed on a case' }));
  expect(refused(await moves(desk, event, ana, afternoon))).toMatchObject({ kind: 'closed', because: 'cancelled' });
});

test('who is checked and chose this sitting later stands behind those who were waiting for it by then', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 1, { approval: 'manual' });
  const approves = async (who: Somebody) =>
    granted(await approveRegistration(desk.staff, { id: idOf(await desk.registration(event, who)) })).registration;
  const zoe = await takes(desk, event, afternoon, 'zoe');
  await approves(zoe);
  const ana = await takes(desk, event, morning, 'ana');
  const ben = await takes(desk, event, afternoon, 'ben');
  const waits = await approves(ben);
  expect(await positionOf(desk.ctx, waits)).toBe(1);
  granted(await moves(desk, event, ana, afternoon));
  const came = await approves(ana);
  expect(await positionOf(desk.ctx, waits), 'nobody who came later stands before them').toBe(1);
  expect(await positionOf(desk.ctx, came)).toBe(2);
  expect(came.appliedAt).toBeLessThan(waits.appliedAt);
  granted(await cancelRegistration(zoe.ctx, { id: idOf(await desk.registration(event, zoe)) }));
  await desk.sweep();
  expect((await desk.registration(event, ben)).status).toBe('confirmed');
  expect((await desk.registration(event, ana)).status).toBe('waitlisted');
  expect(granted(await examineDesk(desk.staff)).findings).toEqual([]);
});

test('another’s registration is unknown', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 2);
  const ana = await takes(desk, event, morning, 'ana');
  const ben = await desk.somebody('ben');
  expect(refused(await moves(desk, event, ana, afternoon, {}, ben.ctx))).toMatchObject({ kind: 'unknown' });
  expect(refused(await moves(desk, event, ana, afternoon, {}, desk.staff))).toMatchObject({ kind: 'unknown' });
});

test('an answer that was lost is given again: the change is made once', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 2);
  const ana = await takes(desk, event, morning, 'ana');
  const { store } = ana.ctx;
  let commits = 0;
  const lost: Context = {
    ...ana.ctx,
    store: {
      ...store,
      commit: async (change) => {
        const outcome = await store.commit(change);
        commits += 1;
        return commits === 1 ? 'busy' : outcome;
      },
    },
  };
  expect(granted(await moves(desk, event, ana, afternoon, {}, lost)).registration).toMatchObject({
    status: 'confirmed',
    pool: afternoon,
    rev: 2,
  });
  expect([await desk.taken(morning), await desk.taken(afternoon)]).toEqual([0, 1]);
});

test('answers are changed in the same transaction', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 2);
  const ana = await takes(desk, event, morning, 'ana');
  const needs: RegistrationPatch = { accommodations: { needs: ['large-print'], other: '' } };
  granted(await moves(desk, event, ana, afternoon, needs));
  expect(await desk.ctx.store.details(event.id, ana.person.id)).toMatchObject(needs);
});

test('two at once for the last seat of the other sitting: one has it, the other keeps theirs', async () => {
  const desk = await openDesk();
  const { event, morning, afternoon } = await twoSittings(desk, 2);
  const people = [await takes(desk, event, morning, 'ana'), await takes(desk, event, morning, 'ben')];
  await takes(desk, event, afternoon, 'cleo');
  const answers = await Promise.all(people.map((who) => moves(desk, event, who, afternoon)));
  expect(answers.map((answer) => (answer.ok ? 'moved' : answer.refusal.kind)).toSorted()).toEqual([
    'moved',
    'would-wait',
  ]);
  expect([await desk.taken(morning), await desk.taken(afternoon)]).toEqual([1, 2]);
});
