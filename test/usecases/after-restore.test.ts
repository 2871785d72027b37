import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { draftOf } from '../../functions/domain/change-event.ts';
import type { EventDraft, TrainingEvent } from '../../functions/domain/event.ts';
import { Host } from '../../functions/domain/audience.ts';
import { Email } from '../../functions/domain/person.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { ok } from '../../functions/domain/result.ts';
import { DAY, HOUR, MINUTE, plus, SECOND, type Instant } from '../../functions/domain/time.ts';
import { RestoreItem } from '../../functions/store/dynamo/items.ts';
import { afterRestore } from '../../functions/usecases/after-restore.ts';
import { askForSponsor } from '../../functions/usecases/ask-for-sponsor.ts';
import { askSponsor } from '../../functions/usecases/ask-sponsor.ts';
import { cancelEvent } from '../../functions/usecases/cancel-event.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { changeEvent } from '../../functions/usecases/change-event.ts';
import { changeRegistration } from '../../functions/usecases/change-registration.ts';
import type { Context, Letter } from '../../functions/usecases/context.ts';
import { deliverOutbox } from '../../functions/usecases/deliver-outbox.ts';
import { examineDesk } from '../../functions/usecases/doctor.ts';
import { offerSeat } from '../../functions/usecases/hand-over-seat.ts';
import { holdMail, releaseMail, viewHeldMail } from '../../functions/usecases/hold-mail.ts';
import { putHost } from '../../functions/usecases/hosts.ts';
import { sweep } from '../../functions/usecases/sweep.ts';
import { asSystem } from '../../functions/usecases/system.ts';
import {
  aSitting,
  granted,
  inShort,
  openDesk,
  refused,
  registers,
  type Desk,
  type Somebody,
} from '../fixtures/desk.ts';
import { calendars, over, past, recovered, type Past } from '../fixtures/restored.ts';

const pastOf = (desk: Desk) => past(desk.table, desk.clock.now());

/** The desk over a table that was restored to a moment, with mail held; a minute later. */
async function restoredDesk(desk: Desk, to: Past) {
  desk.clock.pass(MINUTE);
  const table = await recovered(to);
  onTestFinished(() => table.drop());
  const ctx = over(desk, table);
  const operator = asSystem(ctx, 'operator');
  const mark = desk.mailer.letters.length;
  return {
    table,
    ctx,
    operator,
    as: (who: Somebody): Somebody => ({ ...who, ctx: { ...ctx, actor: who.ctx.actor } }),
    staff: { ...ctx, actor: desk.staff.actor },
    /** What follows, and mail let go. */
    follow: async (since?: Instant) => {
      const done = granted(await afterRestore(operator, { restoredTo: to.at, since }));
      granted(await releaseMail(operator));
      desk.clock.pass(6 * SECOND);
      await deliverOutbox(ctx);
      return done;
    },
    /** Letters since the restore, in short. */
    letters: (who?: Somebody): string[] =>
      desk.mailer.letters
        .slice(mark)
        .filter((letter) => !who || letter.to === who.person.email)
        .map(aboveAll),
  };
}

/** In short; a SEQUENCE of the clock is `above`. */
const aboveAll = (letter: Letter): string => inShort(letter).replace(/\d{9,}/, 'above');

/** What stands in somebody's calendar, by attempt and object. */
const calendarOf = (desk: Desk, { person }: Somebody): string[] =>
  [...calendars(desk.mailer.letters).values()]
    .filter(({ owed, calendar }) => owed.person === person.id && calendar.method === 'REQUEST')
    .map(({ owed, calendar }) => `${owed.attempt} ${calendar.object}`)
    .toSorted();

async function change(ctx: Context, event: TrainingEvent, more: (draft: EventDraft) => Partial<EventDraft>) {
  const now = await ctx.store.event(event.id);
  return granted(
    await changeEvent(ctx, {
      id: event.id,
      version: now?.rev ?? 0,
      patch: (before) => ok({ ...draftOf(before), ...more(draftOf(before)) }),
    }),
  );
}

const moved =
  (hours: number) =>
  ({ sessions }: EventDraft): Partial<EventDraft> => ({
    sessions: sessions.map((one) => ({
      ...one,
      startsAt: plus(one.startsAt, hours * HOUR),
      endsAt: plus(one.endsAt, hours * HOUR),
    })),
  });

async function settled(desk: Desk, ctx: Context): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    desk.clock.pass(40 * SECOND);
    await sweep(ctx);
    await deliverOutbox(ctx);
  }
}

const gaveUp = async (who: Somebody, event: TrainingEvent) => {
  const held = await who.ctx.store.registration(event.id, who.person.id);
  if (!held) throw new Error('nothing to give up');
  return granted(await cancelRegistration(who.ctx, { id: idOf(held) }));
};

test('a restore, rehearsed: held, raised, settled, let go; every calendar ends as the table says', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 3 });
  const [ana, ben, cy, dov] = [
    await desk.somebody('ana'),
    await desk.somebody('ben'),
    await desk.somebody('cy'),
    await desk.somebody('dov'),
  ];
  granted(await registers(ana, event));
  granted(await registers(ben, event));
  await desk.deliver();
  // as of the restore point cy's confirmation was owed, and dov waits
  granted(await registers(cy, event));
  granted(await registers(dov, event));
  const to = await pastOf(desk);

  // what happened since: everybody's mail went out, ana gave her seat back, dov got it, the event moved twice
  await desk.deliver();
  await gaveUp(ana, event);
  for (const hours of [1, 2]) {
    await change(desk.staff, event, moved(hours));
    await settled(desk, desk.ctx);
  }
  expect(calendarOf(desk, ana)).toEqual([]);
  expect(calendarOf(desk, dov)).toEqual([`1 ${event.sessions[0]?.id}`]);

  const { operator, ctx, follow, letters } = await restoredDesk(desk, to);
  const input = { restoredTo: to.at };
  // it ends in the middle, and is run again, twice
  granted(await afterRestore(operator, { ...input, until: desk.clock.now() }));
  expect(refused(await releaseMail(operator))).toMatchObject({ kind: 'conflict' });
  const done = granted(await afterRestore(operator, input));
  expect(done).toMatchObject({ raised: 4, settled: 2, told: 4, below: [], shard: null, events: [] });
  expect(granted(await afterRestore(operator, input))).toEqual(done);
  await sweep(ctx);
  await deliverOutbox(ctx);
  expect(letters()).toEqual([]);

  await follow();
  expect(letters().map((one) => one.split(' ')[0])).toEqual(expect.arrayContaining(['REQUEST', 'CANCEL']));
  for (const who of [ana, ben, cy]) {
    expect(letters(who)).toHaveLength(1);
    expect(calendarOf(desk, who)).toEqual([`1 ${event.sessions[0]?.id}`]);
  }
  expect(calendarOf(desk, dov)).toEqual([]);
  expect(granted(await examineDesk(asSystem(ctx, 'doctor'))).findings).toEqual([]);
});

test('who waits had been given a seat since: it is called back, and a seat that comes then is above that', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  granted(await registers(ana, event));
  granted(await registers(ben, event));
  await desk.deliver();
  const to = await pastOf(desk);
  await gaveUp(ana, event);
  await settled(desk, desk.ctx);
  expect(calendarOf(desk, ben)).toHaveLength(1);
  const after = await restoredDesk(desk, to);
  await after.follow();
  expect(calendarOf(desk, ben)).toEqual([]);
  await gaveUp(after.as(ana), event);
  await settled(desk, after.ctx);
  expect(calendarOf(desk, ben)).toHaveLength(1);
});

test('what was owed to an earlier registration is still called back, beside the new one', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  await desk.deliver();
  await gaveUp(ana, event);
  granted(await registers(ana, event));
  const to = await pastOf(desk);
  const { follow, letters } = await restoredDesk(desk, to);
  await follow();
  expect(calendarOf(desk, ana)).toEqual([`2 ${event.sessions[0]?.id}`]);
  expect(letters(ana)).toEqual(['CANCEL above cancelled-by-person', 'REQUEST above restored']);
});

test('a session that was removed is called back, whether people had been told of it or not', async () => {
  const desk = await openDesk();
  const event = await desk.event({ sessions: [aSitting(0), aSitting(1), aSitting(2)] });
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  await desk.deliver();
  await change(desk.staff, event, ({ sessions }) => ({ sessions: sessions.slice(0, 2) }));
  await desk.sweep();
  await change(desk.staff, event, ({ sessions }) => ({ sessions: sessions.slice(0, 1) }));
  const to = await pastOf(desk);
  const { follow } = await restoredDesk(desk, to);
  await follow();
  expect(calendarOf(desk, ana)).toEqual([`1 ${event.sessions[0]?.id}`]);
});

test('mail to a colleague and to a supervisor goes out as it was owed, and what asks for one', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const checked = await desk.event({
    approval: 'manual',
    audience: { kind: 'hosts', hosts: ['law-enforcement'], others: 'review' },
  });
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  const fields = {
    agency: 'Sheriff',
    class: 'exclusive' as const,
    lists: ['law-enforcement' as const],
    evidence: 'A call',
    expiresAt: plus(desk.clock.now(), 90 * DAY),
  };
  granted(await putHost(desk.staff, { host: Host.parse('sheriff.example.gov'), fields }));
  granted(await registers(ana, event));
  granted(await registers(ana, checked));
  await desk.deliver();
  granted(await offerSeat(ana.ctx, { id: idOf(await desk.registration(event, ana)), email: ben.person.email }));
  const boss = Email.parse('boss@sheriff.example.gov');
  granted(await askSponsor(ana.ctx, { id: idOf(await desk.registration(checked, ana)), email: boss }));
  const cy = await desk.somebody('cy');
  granted(await registers(cy, checked));
  granted(await askForSponsor(desk.staff, { id: idOf(await desk.registration(checked, cy)) }));
  const to = await pastOf(desk);
  const { follow, letters } = await restoredDesk(desk, to);
  await follow();
  expect(letters(ben)).toEqual(['seat-offered']);
  expect(letters()).toContain('sponsor-asked');
  expect(letters(cy)).toEqual(['sponsor-wanted', 'CANCEL above restored']);
});

test('what had been given up is replaced by how they stand, and a late press brings nothing back', async () => {
  const desk = await openDesk();
  const event = await desk.event({ sessions: [aSitting(0), aSitting(1)] });
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  await desk.deliver();
  desk.mailer.answer = () => ({ outcome: 'refused', why: 'no such mailbox' });
  await change(desk.staff, event, ({ sessions }) => ({ sessions: sessions.slice(0, 1) }));
  await desk.sweep();
  await desk.deliver();
  desk.mailer.answer = () => ({ outcome: 'sent', id: 'taken' });
  const to = await pastOf(desk);
  const { ctx, follow, letters } = await restoredDesk(desk, to);
  const parked = await ctx.store.parked();
  expect(parked).toHaveLength(2);
  await follow();
  expect(await ctx.store.parked()).toEqual([]);
  for (const sent of parked) expect(await ctx.store.unpark(sent, desk.clock.now())).toBe(false);
  await deliverOutbox(ctx);
  expect(letters(ana)).toEqual(['CANCEL above event-changed', 'REQUEST above restored']);
  expect(calendarOf(desk, ana)).toEqual([`1 ${event.sessions[0]?.id}`]);
});

test('whoever registered after that moment and registers again has an invitation above the one that was lost', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  const to = await pastOf(desk);
  for (const who of [ana, ben]) granted(await registers(who, event));
  await desk.deliver();
  await gaveUp(ben, event);
  await change(desk.staff, event, moved(1));
  await settled(desk, desk.ctx);
  const after = await restoredDesk(desk, to);
  await after.follow();
  for (const who of [ana, ben]) granted(await registers(after.as(who), event));
  await settled(desk, after.ctx);
  for (const who of [ana, ben]) {
    const [entry] = [...calendars(desk.mailer.letters).values()].filter(({ owed }) => owed.person === who.person.id);
    expect(entry?.calendar).toMatchObject({ method: 'REQUEST', startsAt: event.sessions[0]?.startsAt });
  }
});

test('who registers meanwhile, where the event is remembered as it was, is raised as well', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  const to = await pastOf(desk);
  granted(await registers(ana, event));
  await desk.deliver();
  const after = await restoredDesk(desk, to);
  const elsewhere = over(desk, after.table);
  await elsewhere.store.recentEvent(event.id);
  granted(await afterRestore(after.operator, { restoredTo: to.at, until: plus(desk.clock.now(), HOUR) }));
  granted(await registers({ ...ana, ctx: { ...elsewhere, actor: ana.ctx.actor } }, event));
  expect((await after.ctx.store.registration(event.id, ana.person.id))?.sequence).toBe(0);
  await after.follow();
  const [entry] = calendars(desk.mailer.letters).values();
  expect(entry?.owed.kind).toBe('restored');
});

test('of what is over nobody is told, and of a canceled event that it is', async () => {
  const desk = await openDesk();
  const soon = { startsAt: plus(desk.clock.now(), HOUR), endsAt: plus(desk.clock.now(), 2 * HOUR) };
  const brief = await desk.event({ sessions: [aSitting(0, soon)], closesAt: plus(desk.clock.now(), HOUR) });
  const course = await desk.event({
    sessions: [aSitting(0, soon), aSitting(1)],
    closesAt: plus(desk.clock.now(), HOUR),
  });
  const off = await desk.event();
  const ana = await desk.somebody('ana');
  for (const event of [brief, course, off]) granted(await registers(ana, event));
  const to = await pastOf(desk);
  await desk.deliver();
  desk.clock.pass(MINUTE);
  granted(await cancelEvent(desk.staff, { id: off.id, reason: 'The trainer is ill.' }));
  const canceled = await pastOf(desk);
  await settled(desk, desk.ctx);
  desk.clock.pass(3 * HOUR);

  const first = await restoredDesk(desk, to);
  await first.follow();
  expect(first.letters()).toEqual(['REQUEST above restored', 'REQUEST above restored']);
  expect(calendarOf(desk, ana)).toContain(`1 ${off.sessions[0]?.id}`);

  const second = await restoredDesk(desk, canceled);
  await second.follow(to.at);
  await settled(desk, second.ctx);
  expect(calendarOf(desk, ana)).not.toContain(`1 ${off.sessions[0]?.id}`);
  expect(second.letters().filter((one) => one.endsWith('event-cancelled'))).toHaveLength(1);
});

test('a second restore, to before the first was followed, is above it', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  await desk.deliver();
  const to = await pastOf(desk);
  const first = await restoredDesk(desk, to);
  await first.follow();
  await change(first.staff, event, moved(1));
  await settled(desk, first.ctx);
  const second = await restoredDesk(desk, to);
  await second.follow();
  const [entry] = calendars(desk.mailer.letters).values();
  expect(entry?.calendar.startsAt).toBe(event.sessions[0]?.startsAt);
});

test('a second restore, to what the first had left out, calls back what that made stand again', async () => {
  const desk = await openDesk();
  const event = await desk.event({ sessions: [aSitting(0), aSitting(1)], sessionChoice: 'any' });
  const [one, other] = event.sessions.map(({ id }) => id);
  if (!one || !other) throw new Error('two sessions were asked for');
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  for (const who of [ana, ben]) granted(await registers(who, event, { sessions: [one, other] }));
  await desk.deliver();
  const earlier = await pastOf(desk);
  desk.clock.pass(MINUTE);
  await gaveUp(ana, event);
  const held = await desk.registration(event, ben);
  granted(await changeRegistration(ben.ctx, { id: idOf(held), version: held.rev, patch: { sessions: [one] } }));
  await desk.deliver();
  const later = await pastOf(desk);
  await (await restoredDesk(desk, earlier)).follow();
  expect([calendarOf(desk, ana).length, calendarOf(desk, ben).length]).toEqual([2, 2]);
  await (await restoredDesk(desk, later)).follow(earlier.at);
  expect([calendarOf(desk, ana).length, calendarOf(desk, ben).length]).toEqual([0, 1]);
});

test('a second restore, to when the event was being canceled, calls back a seat that came of the first', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  for (const who of [ana, ben]) granted(await registers(who, event));
  await desk.deliver();
  const earlier = await pastOf(desk);
  desk.clock.pass(MINUTE);
  granted(await cancelEvent(desk.staff, { id: event.id, reason: 'The trainer is ill.' }));
  const later = await pastOf(desk);
  const first = await restoredDesk(desk, earlier);
  await first.follow();
  await gaveUp(first.as(ana), event);
  await settled(desk, first.ctx);
  expect(calendarOf(desk, ben)).toHaveLength(1);
  const second = await restoredDesk(desk, later);
  await second.follow(earlier.at);
  await settled(desk, second.ctx);
  expect([calendarOf(desk, ana), calendarOf(desk, ben)]).toEqual([[], []]);
});

test('more than fits one transaction is settled in several, and everybody of a course is told of each day', async () => {
  const desk = await openDesk();
  const days = Array.from({ length: 40 }, (_, n) => aSitting(n));
  const event = await desk.event({ sessions: days });
  const people = await Promise.all(['ana', 'ben', 'cy'].map((name) => desk.somebody(name)));
  for (const who of people) granted(await registers(who, event));
  await desk.deliver();
  // each edit owes everybody as many messages again, and takes a day away
  for (const left of [39, 38, 37]) {
    await change(desk.staff, event, ({ sessions }) => ({ sessions: sessions.slice(0, left) }));
    await desk.sweep();
  }
  const to = await pastOf(desk);
  const { follow, letters } = await restoredDesk(desk, to);
  expect(await follow()).toMatchObject({ raised: 3, told: 3 });
  for (const who of people) {
    expect(calendarOf(desk, who)).toHaveLength(37);
    expect(letters(who)).toHaveLength(37 + 3);
  }
});

test('what an earlier desk began and did not end is begun anew, and holds mail until then', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  const to = await pastOf(desk);
  const { table, ctx, operator, follow } = await restoredDesk(desk, to);
  const counts = { raised: 0, settled: 0, told: 0 };
  const began = { name: 'restore', rev: 4, restoredTo: to.at, raise: 1000, startedAt: to.at, finishedAt: null };
  const Item = { pk: 'SETTINGS', sk: 'restore', ...began, events: [event.id], cursor: null, ...counts };
  await table.documents.send(new PutCommand({ TableName: table.name, Item }));
  expect(refused(await releaseMail(operator))).toMatchObject({ kind: 'conflict' });
  expect(await follow()).toMatchObject({ raised: 1, told: 1 });
  expect((await ctx.store.event(event.id))?.firstSequence).toBeGreaterThan(1000);
  expect(RestoreItem.v).toBe(2);
});

test('in a restored table nobody lets mail go before what follows it has begun and ended, whatever followed before', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  granted(await registers(await desk.somebody('ana'), event));
  const first = await pastOf(desk);
  const held = async ({ staff, operator }: Awaited<ReturnType<typeof restoredDesk>>) => {
    for (const who of [staff, operator]) expect(refused(await releaseMail(who))).toMatchObject({ kind: 'conflict' });
    expect(granted(await viewHeldMail(staff, { start: 0, most: 1 }))).toMatchObject({ restoring: true });
  };
  const once = await restoredDesk(desk, first);
  await held(once);
  granted(await afterRestore(once.operator, { restoredTo: first.at, until: desk.clock.now() }));
  await held(once);
  await once.follow();

  // a table restored to after that remembers an end, which is not its own; nor is one to the same moment
  const second = await past(once.table, desk.clock.now());
  const again = await restoredDesk(desk, second);
  await held(again);
  expect(await again.follow()).toMatchObject({ told: 1 });
  const same = await restoredDesk(desk, { ...(await past(again.table, desk.clock.now())), at: second.at });
  await held(same);
  await same.follow();
});

test('only operators run it, while mail is held, with a moment that is past', async () => {
  const desk = await openDesk();
  const restoredTo = desk.clock.now();
  expect(refused(await afterRestore(desk.staff, { restoredTo }))).toMatchObject({ kind: 'forbidden' });
  const ctx = asSystem(desk.ctx, 'operator');
  expect(refused(await afterRestore(ctx, { restoredTo }))).toMatchObject({ kind: 'conflict' });
  granted(await holdMail(ctx));
  expect(refused(await afterRestore(ctx, { restoredTo: plus(restoredTo, HOUR) }))).toMatchObject({ kind: 'conflict' });
});
