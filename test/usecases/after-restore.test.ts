import { BatchWriteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import type { TrainingEvent } from '../../functions/domain/event.ts';
import type { EventId } from '../../functions/domain/ids.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { HOUR, plus } from '../../functions/domain/time.ts';
import { draftOf } from '../../functions/domain/change-event.ts';
import { ok } from '../../functions/domain/result.ts';
import { afterRestore } from '../../functions/usecases/after-restore.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { changeEvent } from '../../functions/usecases/change-event.ts';
import type { Context, Letter } from '../../functions/usecases/context.ts';
import { deliverOutbox } from '../../functions/usecases/deliver-outbox.ts';
import { examineDesk } from '../../functions/usecases/doctor.ts';
import { holdMail, releaseMail } from '../../functions/usecases/hold-mail.ts';
import { sweep } from '../../functions/usecases/sweep.ts';
import { asSystem } from '../../functions/usecases/system.ts';
import { aProcess, granted, openDesk, refused, registers, type Desk } from '../fixtures/desk.ts';
import { freshTable, type FreshTable } from '../fixtures/table.ts';

/** A copy of the table as it is: what point-in-time recovery makes. */
async function recovered(desk: Desk): Promise<FreshTable> {
  const table = await freshTable();
  const { Items = [] } = await desk.table.documents.send(new ScanCommand({ TableName: desk.table.name }));
  for (let from = 0; from < Items.length; from += 25)
    await table.documents.send(
      new BatchWriteCommand({
        RequestItems: { [table.name]: Items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
  return table;
}

/** A process over the recovered table: another clock's memory, the same mailbox. */
const over = (desk: Desk, table: FreshTable): Context =>
  asSystem(
    aProcess({ documents: table.documents, table: table.name, clock: desk.clock, mailer: desk.mailer }),
    'operator',
  );

async function eventOf(ctx: Context, id: EventId): Promise<TrainingEvent> {
  const event = await ctx.store.event(id);
  if (!event) throw new Error('the event is there');
  return event;
}

/** Per UID: the method and SEQUENCE that a calendar ends with, which takes the highest and ignores the rest. */
function calendars(letters: readonly Letter[]): Map<string, { method: string; sequence: number }> {
  const kept = new Map<string, { method: string; sequence: number }>();
  for (const letter of letters) {
    if (letter.about !== 'registration' || !letter.uid || !letter.owed.calendar) continue;
    const { method, sequence } = letter.owed.calendar;
    const before = kept.get(letter.uid);
    if (!before || sequence >= before.sequence) kept.set(letter.uid, { method, sequence });
  }
  return kept;
}
const uidOf = (desk: Desk, email: string): string =>
  desk.mailer.letters.flatMap(
    (letter) => (letter.to === email && letter.about === 'registration' && letter.uid) || [],
  )[0] ?? '';

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
  const restoredTo = desk.clock.now();
  const table = await recovered(desk);

  // what happened since: everybody's mail went out, ana gave her seat back, dov got it, the event moved twice
  await desk.deliver();
  granted(await cancelRegistration(ana.ctx, { id: idOf(await desk.registration(event, ana)) }));
  for (const hours of [1, 2]) {
    const before = await eventOf(desk.staff, event.id);
    const patch = () => {
      const draft = draftOf(before);
      return ok({
        ...draft,
        sessions: draft.sessions.map((one) => ({
          ...one,
          startsAt: plus(one.startsAt, hours * HOUR),
          endsAt: plus(one.endsAt, hours * HOUR),
        })),
      });
    };
    granted(await changeEvent(desk.staff, { id: event.id, version: before.rev, patch }));
    desk.clock.pass(60_000);
    await desk.sweep();
    await desk.deliver();
  }
  const sentBefore = desk.mailer.letters.length;
  const held = calendars(desk.mailer.letters);

  const ctx = over(desk, table);
  expect(refused(await afterRestore(ctx, { restoredTo }))).toMatchObject({ kind: 'conflict' });
  // as docs/deploy.md has it, before anything sends from the table
  const hold = { name: 'mail', rev: 1000, held: true, since: 1_795_593_600_000, by: 'system:operator' };
  await table.documents.send(new PutCommand({ TableName: table.name, Item: { pk: 'SETTINGS', sk: 'mail', ...hold } }));
  // it ends in the middle, and is run again, twice
  granted(await afterRestore(ctx, { restoredTo, until: desk.clock.now() }));
  const done = granted(await afterRestore(ctx, { restoredTo }));
  expect(done).toMatchObject({ raised: 4, events: [], told: 2 });
  expect(granted(await afterRestore(ctx, { restoredTo }))).toEqual(done);
  const raisedTo = (await ctx.store.registration(event.id, ana.person.id))?.sequence;
  expect(raisedTo).toBe(1_000);
  await sweep(ctx);
  await deliverOutbox(ctx);
  expect(desk.mailer.letters).toHaveLength(sentBefore);

  granted(await releaseMail(ctx));
  desk.clock.pass(6_000);
  await deliverOutbox(ctx);
  const told = desk.mailer.letters.slice(sentBefore).map((letter) => letter.to);
  expect(told.toSorted()).toEqual([cy.person.email, dov.person.email]);
  // whatever anybody's calendar has seen, what comes next is above it
  for (const { sequence } of held.values()) expect(sequence).toBeLessThan(1_000);

  // staff set the event right, and everybody with a seat hears of it, above all that was sent
  const again = await eventOf(ctx, event.id);
  const staff = { ...ctx, actor: desk.staff.actor };
  granted(
    await changeEvent(staff, {
      id: event.id,
      version: again.rev,
      patch: (before) => ok({ ...draftOf(before), title: 'As restored' }),
    }),
  );
  desk.clock.pass(60_000);
  await sweep(ctx);
  await deliverOutbox(ctx);
  desk.clock.pass(60_000);
  await sweep(ctx);
  await deliverOutbox(ctx);
  const now = calendars(desk.mailer.letters);
  for (const who of [ana, ben, cy]) {
    const registration = await ctx.store.registration(event.id, who.person.id);
    expect(registration?.status).toBe('confirmed');
    expect(now.get(uidOf(desk, who.person.email))).toMatchObject({ method: 'REQUEST' });
    expect(now.get(uidOf(desk, who.person.email))?.sequence).toBeGreaterThanOrEqual(1_000);
  }
  expect(granted(await examineDesk(asSystem(ctx, 'doctor'))).findings).toEqual([]);
  await table.drop();
});

test('only operators run it, with a moment that is past', async () => {
  const desk = await openDesk();
  expect(refused(await afterRestore(desk.staff, { restoredTo: desk.clock.now() }))).toMatchObject({
    kind: 'forbidden',
  });
  const ctx = asSystem(desk.ctx, 'operator');
  granted(await holdMail(ctx));
  expect(refused(await afterRestore(ctx, { restoredTo: plus(desk.clock.now(), HOUR) }))).toMatchObject({
    kind: 'conflict',
  });
});
