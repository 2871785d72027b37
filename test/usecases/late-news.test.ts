import { expect, test } from 'vitest';
import { draftOf } from '../../functions/domain/change-event.ts';
import type { EventDraft, TrainingEvent } from '../../functions/domain/event.ts';
import { LATE } from '../../functions/domain/job.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { ok } from '../../functions/domain/result.ts';
import { DAY, HOUR, plus, SECOND, TimeZone } from '../../functions/domain/time.ts';
import { cancelEvent } from '../../functions/usecases/cancel-event.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { approveRegistration } from '../../functions/usecases/decide-registration.ts';
import { changeEvent } from '../../functions/usecases/change-event.ts';
import { changeRegistration } from '../../functions/usecases/change-registration.ts';
import type { Context } from '../../functions/usecases/context.ts';
import { offerSeat, takeOverSeat } from '../../functions/usecases/hand-over-seat.ts';
import { registerForEvent } from '../../functions/usecases/register-for-event.ts';
import { runJobs } from '../../functions/usecases/run-jobs.ts';
import { aSitting, granted, NOW, openDesk, registers, type Desk, type Somebody } from '../fixtures/desk.ts';

const change = async (ctx: Context, event: TrainingEvent, more: Partial<EventDraft>): Promise<TrainingEvent> =>
  granted(
    await changeEvent(ctx, {
      id: event.id,
      version: event.rev,
      patch: (before) => ok({ ...draftOf(before), ...more }),
    }),
  );

/** What stands in somebody's calendar after all that was sent: the objects last invited to, and not called back. */
async function calendarOf(desk: Desk, { person }: Somebody): Promise<string[]> {
  await desk.deliver();
  const last = new Map<string, { readonly sequence: number; readonly method: string }>();
  for (const { owed } of desk.mailer.letters.filter((letter) => letter.about === 'registration')) {
    const { calendar } = owed;
    if (!calendar || owed.person !== person.id || (last.get(calendar.object)?.sequence ?? -1) > calendar.sequence)
      continue;
    last.set(calendar.object, calendar);
  }
  return [...last].flatMap(([object, { method }]) => (method === 'REQUEST' ? [object] : []));
}

async function withThree(sessionChoice: EventDraft['sessionChoice']) {
  const desk = await openDesk();
  const event = await desk.event({ sessionChoice, sessions: [aSitting(0), aSitting(1), aSitting(2)] });
  const [kept, gone, other] = event.sessions;
  if (!kept || !gone || !other) throw new Error('three sessions were asked for');
  return { desk, event, kept, gone, other };
}

test('whoever registered from an event as it was before two edits has no invitation to what the first removed', async () => {
  const { desk, event, kept, gone, other } = await withThree('all');
  const ana = await desk.somebody('ana');
  granted(await registers(await desk.somebody('ben'), event));
  const editor = desk.elsewhere(desk.staff.actor);
  const shorter = await change(editor, event, { sessions: [kept, other] });
  await runJobs(desk.elsewhere());
  await change(editor, shorter, { title: 'Another title' });
  granted(await registerForEvent(ana.ctx, { event: event.id }));
  expect((await desk.registration(event, ana)).told).toBe(event.rev);
  expect(await calendarOf(desk, ana)).toContain(gone.id);
  await runJobs(desk.elsewhere());
  desk.clock.pass(LATE + SECOND);
  await runJobs(desk.elsewhere());
  expect((await calendarOf(desk, ana)).toSorted()).toEqual([kept.id, other.id].toSorted());
});

test('who gives up before an edit reached them keeps nothing of what it removed', async () => {
  const { desk, event, kept, other } = await withThree('all');
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  await change(desk.staff, event, { sessions: [kept, other] });
  granted(await cancelRegistration(ana.ctx, { id: idOf(await desk.registration(event, ana)) }));
  await runJobs(desk.ctx);
  expect(await calendarOf(desk, ana)).toEqual([]);
});

test('who chooses other sessions before an edit reached them keeps nothing of what it removed', async () => {
  const { desk, event, kept, gone, other } = await withThree('any');
  const ana = await desk.somebody('ana');
  const { registration: held } = granted(await registers(ana, event, { sessions: [kept.id, gone.id] }));
  await change(desk.staff, event, { sessions: [kept, other] });
  const patch = { sessions: [kept.id, other.id] };
  granted(await changeRegistration(ana.ctx, { id: idOf(held), version: held.rev, patch }));
  await runJobs(desk.ctx);
  expect(await calendarOf(desk, ana)).toHaveLength(2);
  granted(await cancelRegistration(ana.ctx, { id: idOf(await desk.registration(event, ana)) }));
  expect(await calendarOf(desk, ana)).toEqual([]);
});

test('days chosen are other days in another zone: the old entries are called back', async () => {
  const evening = { startsAt: plus(NOW, 14 * DAY + 9 * HOUR), endsAt: plus(NOW, 14 * DAY + 10 * HOUR) };
  const desk = await openDesk();
  const event = await desk.event({ sessionChoice: 'any', sessions: [aSitting(0, evening), aSitting(3)] });
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  const sessions = event.sessions.map(({ id }) => id);
  for (const who of [ana, ben]) granted(await registers(who, event, { sessions }));
  expect(await calendarOf(desk, ana)).toEqual(['day20270125', 'day20270128']);
  const guam = await change(desk.staff, event, { timeZone: TimeZone.parse('Pacific/Guam') });
  granted(await cancelRegistration(ben.ctx, { id: idOf(await desk.registration(event, ben)) }));
  await change(desk.staff, guam, { title: 'Another title' });
  await runJobs(desk.ctx);
  expect((await calendarOf(desk, ana)).toSorted()).toEqual(['day20270126', 'day20270129']);
  expect(await calendarOf(desk, ben)).toEqual([]);
});

test('who chooses other sessions between two edits keeps nothing of where the first had moved one', async () => {
  const { desk, event, kept, gone, other } = await withThree('any');
  const ana = await desk.somebody('ana');
  const { registration: held } = granted(await registers(ana, event, { sessions: [kept.id] }));
  const moved = { ...kept, startsAt: gone.startsAt, endsAt: gone.endsAt };
  const after = await change(desk.staff, event, { sessions: [moved, gone, other] });
  const patch = { sessions: [kept.id, other.id] };
  granted(await changeRegistration(ana.ctx, { id: idOf(held), version: held.rev, patch }));
  expect((await calendarOf(desk, ana)).toSorted()).toEqual(['day20270126', 'day20270127']);
  await change(desk.staff, after, { sessions: [kept, gone, other] });
  await runJobs(desk.ctx);
  expect((await calendarOf(desk, ana)).toSorted()).toEqual(['day20270125', 'day20270127']);
});

test.each(['line', 'review'] as const)(
  'a seat from the %s for sessions that are all gone by then is announced, and its end too',
  async (from) => {
    const { desk, event, kept, gone, other } = await withThree('any');
    const full = await change(desk.staff, event, { capacity: 1, approval: from === 'review' ? 'manual' : 'automatic' });
    const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
    const first = granted(await registers(ben, event, { sessions: [kept.id] })).registration;
    const { registration: held } = granted(await registers(ana, event, { sessions: [gone.id] }));
    await change(desk.staff, full, { sessions: [kept, other] });
    granted(await cancelRegistration(ben.ctx, { id: idOf(first) }));
    if (from === 'review') granted(await approveRegistration(desk.staff, { id: idOf(held) }));
    await desk.sweep();
    expect(await desk.registration(event, ana)).toMatchObject({ status: 'confirmed' });
    expect((await desk.lettersTo(ana)).slice(-1)).toEqual(['confirmed']);
    granted(await cancelRegistration(ana.ctx, { id: idOf(held) }));
    expect((await desk.lettersTo(ana)).slice(-1)).toEqual(['cancelled-by-person']);
  },
);

test('who hands a seat over before an edit reached them keeps nothing of what it removed', async () => {
  const { desk, event, kept, other } = await withThree('all');
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  const { registration: held } = granted(await registers(ana, event));
  granted(await offerSeat(ana.ctx, { id: idOf(held), email: ben.person.email }));
  await change(desk.staff, event, { sessions: [kept, other] });
  granted(await takeOverSeat(ben.ctx, { id: idOf(held) }));
  await runJobs(desk.ctx);
  expect(await calendarOf(desk, ana)).toEqual([]);
  expect((await calendarOf(desk, ben)).toSorted()).toEqual([kept.id, other.id].toSorted());
});

test('an event canceled before an edit reached people leaves nothing of what the edit removed', async () => {
  const { desk, event, kept, other } = await withThree('all');
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  await change(desk.staff, event, { sessions: [kept, other] });
  granted(await cancelEvent(desk.staff, { id: event.id, reason: 'The speaker is ill' }));
  await runJobs(desk.ctx);
  expect(await calendarOf(desk, ana)).toEqual([]);
});
