import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { HostRecord } from '../../functions/domain/audience.ts';
import type { TrainingEvent } from '../../functions/domain/event.ts';
import { idOf, type Registration } from '../../functions/domain/registration.ts';
import { ok } from '../../functions/domain/result.ts';
import { PersonId } from '../../functions/domain/ids.ts';
import { COUNTED_IN_LINE } from '../../functions/domain/seats.ts';
import { keys } from '../../functions/store/dynamo/keys.ts';
import { DAY, instant, plus, SECOND } from '../../functions/domain/time.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { lineAround, positionOf, registerForEvent } from '../../functions/usecases/register-for-event.ts';
import { draftOf } from '../../functions/domain/change-event.ts';
import { approveRegistration } from '../../functions/usecases/decide-registration.ts';
import { cancelEvent } from '../../functions/usecases/cancel-event.ts';
import { changeEvent } from '../../functions/usecases/change-event.ts';
import { createEvent } from '../../functions/usecases/create-event.ts';
import { aSitting, granted, NOW, openDesk, refused, registers, type Desk, type Somebody } from '../fixtures/desk.ts';

const statusOf = (answer: Awaited<ReturnType<typeof registers>>) => granted(answer).registration.status;
const cancels = (who: Somebody, registration: Registration) => cancelRegistration(who.ctx, { id: idOf(registration) });

test('a seat is had at once while there is one, and then a place in line', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 2 });
  const asked = [];
  for (const name of ['ana', 'ben', 'cleo', 'dov']) {
    const { registration, position } = granted(await registers(await desk.somebody(name), event));
    asked.push([name, registration.status, position]);
  }
  expect(asked).toEqual([
    ['ana', 'confirmed', null],
    ['ben', 'confirmed', null],
    ['cleo', 'waitlisted', 1],
    ['dov', 'waitlisted', 2],
  ]);
  expect(await desk.taken(event.id)).toBe(2);
});

test('a place in line that cannot be read takes no answer back', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  await registers(await desk.somebody('ben'), event);
  const ana = await desk.somebody('ana');
  const lineLength = () => Promise.reject(new Error('throttled'));
  const pressed = { ...ana.ctx, store: { ...ana.ctx.store, lineLength } };
  const { registration, position } = granted(await registerForEvent(pressed, { event: event.id }));
  expect([registration.status, position]).toEqual(['waitlisted', null]);
  expect(granted(await registers(ana, event))).toMatchObject({ created: false, position: 1 });
});

test('a line is counted as far as anybody needs, and no further', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  await registers(await desk.somebody('ben'), event);
  const first = granted(await registers(await desk.somebody('cleo'), event)).registration;
  expect([await positionOf(desk.ctx, first), await lineAround(desk.ctx, first, 1)]).toEqual([1, 1]);
  desk.clock.pass(SECOND);
  const before = { pool: event.id, ticket: desk.clock.now() };
  for (let from = 0; from < COUNTED_IN_LINE; from += 25)
    await desk.table.documents.send(
      new BatchWriteCommand({
        RequestItems: {
          [desk.table.name]: Array.from({ length: 25 }, () => ({
            PutRequest: { Item: keys.place({ ...before, person: PersonId.parse(desk.ctx.ids.random('per')) }) },
          })),
        },
      }),
    );
  desk.clock.pass(SECOND);
  const last = granted(await registers(await desk.somebody('ana'), event));
  expect([last.registration.status, last.position]).toEqual(['waitlisted', null]);
  expect([await positionOf(desk.ctx, first), await lineAround(desk.ctx, first, 1)]).toEqual([1, null]);
});

test('who applies after staff closed the window early, or canceled, is refused though the process has the event in mind', async () => {
  const desk = await openDesk();
  const event = await desk.event({ approval: 'manual' });
  const [ana, ben, cleo] = [await desk.somebody('ana'), await desk.somebody('ben'), await desk.somebody('cleo')];
  granted(await registers(ana, event));
  const editor = desk.elsewhere(desk.staff.actor);
  const patch = (before: TrainingEvent) => ok({ ...draftOf(before), closesAt: desk.clock.now() });
  const closed = granted(await changeEvent(editor, { id: event.id, version: event.rev, patch }));
  expect((await desk.ctx.store.recentEvent(event.id))?.closesAt).toBe(event.closesAt);
  expect(refused(await registerForEvent(ben.ctx, { event: event.id }))).toMatchObject({ because: 'closed' });
  granted(await cancelEvent(editor, { id: closed.id, reason: 'The speaker is ill' }));
  expect(refused(await registerForEvent(cleo.ctx, { event: event.id }))).toMatchObject({ because: 'cancelled' });
});

test('once an event of several days has begun nobody joins a line that is served no more, and free seats are had', async () => {
  const desk = await openDesk();
  const event = await desk.event({
    capacity: 1,
    sessionChoice: 'any',
    approval: 'automatic',
    sessions: [aSitting(0), aSitting(1)],
    closesAt: plus(NOW, 15 * DAY),
  });
  const [first, second] = event.sessions;
  if (!first || !second) throw new Error('two sessions were asked for');
  desk.clock.set(plus(first.startsAt, SECOND));
  const [ana, ben, cleo] = [await desk.somebody('ana'), await desk.somebody('ben'), await desk.somebody('cleo')];
  expect(statusOf(await registers(ana, event, { sessions: [second.id] }))).toBe('confirmed');
  expect(refused(await registers(ben, event, { sessions: [second.id] }))).toMatchObject({ because: 'past' });
  const patch = (before: TrainingEvent) => ok({ ...draftOf(before), approval: 'manual' as const });
  granted(await changeEvent(desk.staff, { id: event.id, version: event.rev, patch }));
  expect(refused(await registers(cleo, event, { sessions: [second.id] }))).toMatchObject({ because: 'past' });
});

test('who was not answered before an event began is not put into its line', async () => {
  const desk = await openDesk();
  const event = await desk.event({
    mode: 'sealed',
    approval: 'manual',
    sessionChoice: 'any',
    sessions: [aSitting(0), aSitting(1)],
  });
  const [first, second] = event.sessions;
  if (!first || !second) throw new Error('two sessions were asked for');
  const ana = await desk.somebody('ana');
  const { registration } = granted(await registers(ana, event, { sessions: [second.id] }));
  desk.clock.set(plus(first.startsAt, SECOND));
  expect(refused(await approveRegistration(desk.staff, { id: idOf(registration) }))).toMatchObject({ because: 'past' });
});

test('asking again is answered with the registration that stands', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  const ana = await desk.somebody('ana');
  const first = granted(await registers(ana, event));
  const again = granted(await registers(ana, event));
  expect([first.created, again.created]).toEqual([true, false]);
  expect(again.registration).toEqual(first.registration);
  expect(await desk.taken(event.id)).toBe(1);
});

test('asking twice in the same moment takes one seat', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 5 });
  const ana = await desk.somebody('ana');
  const answers = await Promise.all([1, 2, 3].map(() => registerForEvent(ana.ctx, { event: event.id })));
  expect(answers.map((answer) => granted(answer).created).filter(Boolean)).toHaveLength(1);
  expect(await desk.taken(event.id)).toBe(1);
});

test('who registered is told so after registration closed, too', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  desk.clock.set(plus(event.closesAt, DAY / 2));
  const again = granted(await registers(ana, event));
  expect([again.created, again.registration.status]).toEqual([false, 'confirmed']);
});

test('coming back after giving up is a registration of its own, with the next number', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  const ana = await desk.somebody('ana');
  const first = granted(await registers(ana, event));
  granted(await cancels(ana, first.registration));
  const second = granted(await registers(ana, event, { attempt: 2 }));
  expect(second.registration).toMatchObject({ attempt: 2, status: 'confirmed', endedBy: null });
  expect(await desk.taken(event.id)).toBe(1);
});

test('a late copy of the first request revives nobody', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  const first = granted(await registers(ana, event, { attempt: 1 }));
  granted(await cancels(ana, first.registration));
  const late = granted(await registers(ana, event, { attempt: 1 }));
  expect([late.created, late.registration.status]).toEqual([false, 'cancelled']);
});

test('a late copy of an old cancel leaves the new registration alone', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  const first = granted(await registers(ana, event)).registration;
  granted(await cancels(ana, first));
  granted(await registers(ana, event));
  const late = granted(await cancels(ana, first));
  expect(late.registration).toMatchObject({ attempt: 1, status: 'cancelled' });
  expect(await desk.registration(event, ana)).toMatchObject({ attempt: 2, status: 'confirmed' });
});

test('a number further on than the next is refused', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const answer = refused(await registers(await desk.somebody('ana'), event, { attempt: 2 }));
  expect(answer).toMatchObject({ kind: 'invalid', errors: [{ path: 'attempt' }] });
});

test('the same key gives the same registration, as it stands by then', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  const first = granted(await registers(ana, event, { requestKey: 'key.body' }));
  granted(await cancels(ana, first.registration));
  const replay = granted(await registers(ana, event, { requestKey: 'key.body' }));
  expect(replay).toMatchObject({ created: false, registration: { attempt: 1, status: 'cancelled' } });
});

test('the same key with another body is refused', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event, { requestKey: 'key.body' }));
  const answer = refused(await registers(ana, event, { requestKey: 'key.another' }));
  expect(answer).toMatchObject({ kind: 'invalid', errors: [{ path: 'Idempotency-Key' }] });
});

test.each([
  ['before it opens', 'not-open-yet', (desk: Desk) => desk.clock.set(plus(NOW, -2 * DAY))],
  ['after it closed', 'closed', (desk: Desk) => desk.clock.set(plus(NOW, 13 * DAY))],
  ['after the start', 'past', (desk: Desk) => desk.clock.set(plus(NOW, 14 * DAY))],
])('nobody registers %s', async (_when, because, go) => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  go(desk);
  expect(refused(await registers(ana, event))).toMatchObject({ kind: 'closed', because });
  expect(await desk.taken(event.id)).toBe(0);
});

test('nobody registers for an event that another process has just canceled', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(await desk.somebody('ben'), event));
  const elsewhere = desk.elsewhere(desk.staff.actor);
  granted(await cancelEvent(elsewhere, { id: event.id, reason: 'The speaker is ill' }));
  expect(refused(await registerForEvent(ana.ctx, { event: event.id }))).toMatchObject({ because: 'cancelled' });
});

test('an event that another process has just reopened takes registrations', async () => {
  const desk = await openDesk();
  const event = await desk.event({ closesAt: plus(NOW, DAY) });
  desk.clock.set(plus(NOW, 2 * DAY));
  const ana = await desk.somebody('ana');
  expect(refused(await registers(ana, event))).toMatchObject({ because: 'closed' });
  const patch = (before: typeof event) => ok({ ...draftOf(before), closesAt: plus(NOW, 13 * DAY) });
  granted(await changeEvent(desk.elsewhere(desk.staff.actor), { id: event.id, version: event.rev, patch }));
  expect(statusOf(await registers(ana, event))).toBe('confirmed');
});

test('a draft does not exist for participants', async () => {
  const desk = await openDesk();
  const draft = desk.draft();
  const { event } = granted(await createEvent(desk.staff, { draft, digest: '' }));
  expect(refused(await registers(await desk.somebody('ana'), event))).toMatchObject({ kind: 'unknown' });
});

test('nobody in particular cannot register', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  expect(refused(await registerForEvent(desk.ctx, { event: event.id }))).toEqual({ kind: 'signed-out' });
});

test('of sittings, each has its seats and its line', async () => {
  const desk = await openDesk();
  const event = await desk.event({
    sessionChoice: 'one',
    sessions: [aSitting(0, { capacity: 1 }), aSitting(1, { capacity: 1 })],
  });
  const [morning, evening] = event.sessions;
  if (!morning || !evening) throw new Error('two sittings were asked for');
  const who = await Promise.all(['ana', 'ben', 'cleo'].map((name) => desk.somebody(name)));
  const [ana, ben, cleo] = who;
  if (!ana || !ben || !cleo) throw new Error('three people were asked for');
  expect(statusOf(await registers(ana, event, { sessions: [morning.id] }))).toBe('confirmed');
  expect(statusOf(await registers(ben, event, { sessions: [morning.id] }))).toBe('waitlisted');
  expect(statusOf(await registers(cleo, event, { sessions: [evening.id] }))).toBe('confirmed');
  expect([await desk.taken(morning.id), await desk.taken(evening.id)]).toEqual([1, 1]);
});

test('in a pool born sealed everybody is in line first, and seated in the order they asked', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 2, mode: 'sealed' });
  const people = await Promise.all(['ana', 'ben', 'cleo'].map((name) => desk.somebody(name)));
  for (const who of people) expect(statusOf(await registers(who, event))).toBe('waitlisted');
  await desk.sweep();
  const after = await Promise.all(people.map((who) => desk.registration(event, who)));
  expect(after.map(({ status }) => status)).toEqual(['confirmed', 'confirmed', 'waitlisted']);
  const last = after[2];
  expect(last && (await positionOf(desk.ctx, last))).toBe(1);
});

test('in a pool that was born open and has room again, the answer is the seat', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  const [ana, ben, cleo] = [await desk.somebody('ana'), await desk.somebody('ben'), await desk.somebody('cleo')];
  const seat = granted(await registers(ana, event)).registration;
  const place = granted(await registers(ben, event)).registration;
  granted(await cancels(ben, place));
  granted(await cancels(ana, seat));
  desk.clock.pass(10 * SECOND);
  expect(statusOf(await registers(cleo, event))).toBe('confirmed');
});

test('who needs a review is pending and holds no seat', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1, approval: 'manual' });
  expect(statusOf(await registers(await desk.somebody('ana'), event))).toBe('pending');
  expect(await desk.taken(event.id)).toBe(0);
});

test('a host is matched whole: a look-alike is not in the audience', async () => {
  const desk = await openDesk();
  const event = await desk.event({ audience: { kind: 'hosts', hosts: ['ice.dhs.gov'], others: 'refuse' } });
  expect(statusOf(await registers(await desk.somebody('ana@ice.dhs.gov'), event))).toBe('confirmed');
  for (const host of ['notice.dhs.gov', 'associates.ice.dhs.gov', 'ice.dhs.gov.example.com', 'acnjpolice.gov'])
    expect(refused(await registers(await desk.somebody(`ana@${host}`), event))).toMatchObject({
      kind: 'not-in-audience',
    });
});

test('who waits with a verdict that has ended is moved aside with a message, and the next is seated', async () => {
  const desk = await openDesk();
  const verified = HostRecord.parse({
    host: 'police.example.gov',
    rev: 1,
    agency: 'Police',
    class: 'exclusive',
    lists: ['law-enforcement'],
    evidence: 'A letter',
    verifiedBy: 'staff',
    verifiedAt: NOW,
    expiresAt: instant(NOW + DAY),
  });
  await desk.ctx.store.commit({ hosts: [{ before: null, after: verified }], audit: [] });
  const event = await desk.event({
    capacity: 1,
    audience: { kind: 'hosts', hosts: ['law-enforcement', 'agency.example.gov'], others: 'refuse' },
  });
  const ana = await desk.somebody('ana');
  const officer = await desk.somebody('ben@police.example.gov');
  const cleo = await desk.somebody('cleo');
  const seat = granted(await registers(ana, event)).registration;
  expect(statusOf(await registers(officer, event))).toBe('waitlisted');
  expect(statusOf(await registers(cleo, event))).toBe('waitlisted');
  desk.clock.pass(2 * DAY);
  granted(await cancels(ana, seat));
  expect(await desk.registration(event, officer)).toMatchObject({ status: 'ineligible' });
  expect(await desk.registration(event, cleo)).toMatchObject({ status: 'confirmed' });
  expect(await desk.lettersTo(officer)).toEqual(['waitlisted', 'ineligible']);
});
