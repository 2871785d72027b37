import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { idOf } from '../../functions/domain/registration.ts';
import { DAY, HOUR, SECOND } from '../../functions/domain/time.ts';
import { keys } from '../../functions/store/dynamo/keys.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { deliverOutbox } from '../../functions/usecases/deliver-outbox.ts';
import { examineDesk } from '../../functions/usecases/doctor.ts';
import { holdMail, releaseMail, viewHeldMail } from '../../functions/usecases/hold-mail.ts';
import { startSignIn } from '../../functions/usecases/sign-in.ts';
import { asSystem } from '../../functions/usecases/system.ts';
import { granted, inShort, openDesk, refused, registers } from '../fixtures/desk.ts';

test('while mail is held only sign-in codes go out; let go, everything goes in order', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await holdMail(desk.staff));
  granted(await registers(ana, event));
  granted(await cancelRegistration(ana.ctx, { id: idOf(await desk.registration(event, ana)) }));
  granted(await startSignIn(desk.ctx, { email: ana.person.email, network: '192.0.2.1' }));
  expect(await desk.lettersTo(ana)).toEqual(['code']);
  granted(await releaseMail(desk.staff));
  expect(await desk.lettersTo(ana)).toEqual(['code', 'REQUEST 0 confirmed', 'CANCEL 1 cancelled-by-person']);
});

test('a process that sends learns of a hold within five seconds, also in the middle of its work', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const people = await Promise.all(Array.from({ length: 30 }, (_, n) => desk.somebody(`person${n}`)));
  for (const who of people) granted(await registers(who, event));
  const sender = desk.elsewhere();
  desk.mailer.answer = async () => {
    if (desk.mailer.letters.length === 2) granted(await holdMail(desk.staff));
    desk.clock.pass(2 * SECOND);
    return { outcome: 'sent', id: 'mail' };
  };
  await deliverOutbox(sender);
  // eight at once are on their way when it learns of it
  expect(desk.mailer.letters.length).toBeLessThan(3 + 16);
  desk.clock.pass(5 * SECOND);
  const sent = desk.mailer.letters.length;
  expect(await deliverOutbox(sender)).toBe(0);
  expect(granted(await viewHeldMail(desk.staff, { start: 0, most: 50 }))).toMatchObject({ total: 30 - sent });
});

test('staff see since when, by whom, how much of what, and whom it is to, a page at a time', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 2 });
  expect(granted(await viewHeldMail(desk.staff, { start: 0, most: 2 }))).toBeNull();
  granted(await holdMail(desk.staff));
  const since = desk.clock.now();
  for (const name of ['ana', 'ben', 'cleo']) granted(await registers(await desk.somebody(name), event));
  const page = async (start: number) => granted(await viewHeldMail(desk.staff, { start, most: 2 }));
  expect(await page(0)).toMatchObject({
    since,
    by: 'you',
    total: 3,
    kinds: [
      { kind: 'confirmed', count: 2 },
      { kind: 'waitlisted', count: 1 },
    ],
    some: [{ email: 'ana@agency.example.gov' }, { email: 'ben@agency.example.gov' }],
  });
  expect((await page(2))?.some).toMatchObject([{ email: 'cleo@agency.example.gov', kind: 'waitlisted' }]);
});

test('both are on record, once each, and are for staff and operators', async () => {
  const desk = await openDesk();
  const operator = asSystem(desk.ctx, 'operator');
  for (const _twice of [1, 2]) granted(await holdMail(operator));
  desk.clock.pass(HOUR);
  for (const _twice of [1, 2]) granted(await releaseMail(desk.staff));
  const { items } = await desk.ctx.store.auditOf('mail', 10, null);
  expect(items.map(({ act, actor }) => [act, actor.split(':')[0]])).toEqual([
    ['let mail go', 'staff'],
    ['held all mail', 'system'],
  ]);
  for (const who of [desk.ctx, (await desk.somebody('ana')).ctx, (await desk.somebody('tom', 'trainer')).ctx])
    for (const answer of [holdMail(who), releaseMail(who), viewHeldMail(who, { start: 0, most: 1 })])
      expect(refused<unknown>(await answer).kind).toMatch(/^(signed-out|forbidden)$/);
});

test('what is held is not overdue; a hold that nobody ends is found', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  granted(await holdMail(desk.staff));
  granted(await registers(await desk.somebody('ana'), event));
  const kinds = async () => granted(await examineDesk(desk.staff)).findings.map(({ kind }) => kind);
  desk.clock.pass(2 * HOUR);
  expect(await kinds()).toEqual([]);
  desk.clock.pass(DAY);
  expect(await kinds()).toEqual(['mail-held']);
});

test('a hold that was written by hand and can’t be read holds', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const Item = { ...keys.setting('mail'), held: 'yes, please' };
  await desk.table.documents.send(new PutCommand({ TableName: desk.table.name, Item }));
  granted(await registers(await desk.somebody('ana'), event));
  await desk.deliver();
  expect(desk.mailer.letters.map(inShort)).toEqual([]);
});
