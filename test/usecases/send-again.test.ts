import { expect, test } from 'vitest';
import { idOf } from '../../functions/domain/registration.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { sendInvitationAgain } from '../../functions/usecases/send-again.ts';
import { granted, openDesk, refused, registers, type Desk } from '../fixtures/desk.ts';

/** Somebody with a seat, whose first message went out. */
async function seated(desk: Desk) {
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  const { registration } = granted(await registers(ana, event));
  await desk.deliver();
  return { ana, event, id: idOf(registration) };
}

test('an invitation that did not come is sent again: the same entry, with a higher sequence', async () => {
  const desk = await openDesk();
  const { ana, id } = await seated(desk);
  granted(await sendInvitationAgain(ana.ctx, { id }));
  await desk.deliver();
  const letters = desk.mailer.letters.flatMap((letter) => (letter.about === 'registration' ? [letter] : []));
  expect(letters.map(({ owed }) => [owed.kind, owed.calendar?.method, owed.calendar?.sequence])).toEqual([
    ['confirmed', 'REQUEST', 0],
    ['confirmed', 'REQUEST', 1],
  ]);
  expect(new Set(letters.map(({ uid }) => uid)).size).toBe(1);
});

test('three times an hour, and not for another', async () => {
  const desk = await openDesk();
  const { ana, id } = await seated(desk);
  for (let times = 0; times < 3; times += 1) granted(await sendInvitationAgain(ana.ctx, { id }));
  expect(refused(await sendInvitationAgain(ana.ctx, { id }))).toMatchObject({ kind: 'slow-down' });
  const ben = await desk.somebody('ben');
  expect(refused(await sendInvitationAgain(ben.ctx, { id }))).toMatchObject({ kind: 'unknown' });
});

test('who gave the seat back has no invitation to send', async () => {
  const desk = await openDesk();
  const { ana, id } = await seated(desk);
  granted(await cancelRegistration(ana.ctx, { id }));
  expect(refused(await sendInvitationAgain(ana.ctx, { id }))).toMatchObject({ kind: 'conflict' });
});
