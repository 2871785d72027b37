import { expect, test } from 'vitest';
import type { EventDraft, TrainingEvent } from '../../functions/domain/event.ts';
import { LATE } from '../../functions/domain/job.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { ok } from '../../functions/domain/result.ts';
import { DAY, plus, SECOND } from '../../functions/domain/time.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import type { Context, Letter } from '../../functions/usecases/context.ts';
import { deliverOutbox } from '../../functions/usecases/deliver-outbox.ts';
import { changeRegistration } from '../../functions/usecases/change-registration.ts';
import { registerForEvent } from '../../functions/usecases/register-for-event.ts';
import { runJobs } from '../../functions/usecases/run-jobs.ts';
import { draftOf } from '../../functions/domain/change-event.ts';
import { cancelEvent } from '../../functions/usecases/cancel-event.ts';
import { changeEvent } from '../../functions/usecases/change-event.ts';
import { aSitting, granted, openDesk, refused, registers, type Desk } from '../fixtures/desk.ts';

const change = (ctx: Context, event: TrainingEvent, more: Partial<EventDraft>) =>
  changeEvent(ctx, { id: event.id, version: event.rev, patch: (before) => ok({ ...draftOf(before), ...more }) });

/** The calendar parts sent since: `REQUEST 1 ses_…` without the id's letters. */
async function calendarSince(desk: Desk, seen: number, names: Map<string, string>): Promise<string[]> {
  await deliverOutbox(desk.ctx);
  return desk.mailer.letters.slice(seen).map((letter) => {
    if (letter.about === 'sign-in' || !letter.owed.calendar) return 'no calendar';
    const { method, sequence, object } = letter.owed.calendar;
    return `${method} ${sequence} ${names.get(object) ?? object}`;
  });
}

test('a session that moves is sent again under its UID, with a higher sequence', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  await desk.deliver();
  const [session] = event.sessions;
  if (!session) throw new Error('an event has a session');
  const later = { ...session, startsAt: plus(session.startsAt, DAY), endsAt: plus(session.endsAt, DAY) };
  granted(await change(desk.staff, event, { sessions: [later] }));
  await runJobs(desk.ctx);
  await desk.deliver();
  const [first, second] = desk.mailer.letters.filter((letter) => letter.about === 'registration');
  if (!first || !second) throw new Error('two letters were to be sent');
  expect(second).toMatchObject({
    uid: first.uid,
    owed: { kind: 'event-changed', calendar: { method: 'REQUEST', sequence: 1, startsAt: later.startsAt } },
  });
});

test('a session that is removed is called back, one that is added is sent, one that stays is sent again', async () => {
  const desk = await openDesk();
  const event = await desk.event({ sessions: [aSitting(0), aSitting(1)] });
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  await desk.deliver();
  const [kept, gone] = event.sessions;
  if (!kept || !gone) throw new Error('two sessions were asked for');
  const changed = granted(await change(desk.staff, event, { sessions: [kept, aSitting(2)] }));
  const added = changed.sessions.find(({ id }) => id !== kept.id);
  const names = new Map([
    [String(kept.id), 'kept'],
    [String(gone.id), 'gone'],
    [String(added?.id), 'added'],
  ]);
  await runJobs(desk.ctx);
  const sent = await calendarSince(desk, 2, names);
  expect(sent.toSorted()).toEqual(['CANCEL 1 gone', 'REQUEST 1 added', 'REQUEST 1 kept']);
});

test('those who wait are told without a calendar entry, those who ended are not told', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  const [ana, ben, cleo] = [await desk.somebody('ana'), await desk.somebody('ben'), await desk.somebody('cleo')];
  for (const who of [ana, ben, cleo]) granted(await registers(who, event));
  granted(await cancelRegistration(cleo.ctx, { id: idOf(await desk.registration(event, cleo)) }));
  granted(await change(desk.staff, event, { title: 'Another title' }));
  await runJobs(desk.ctx);
  expect(await desk.lettersTo(ana)).toEqual(['REQUEST 0 confirmed', 'REQUEST 1 event-changed']);
  expect(await desk.lettersTo(ben)).toEqual(['waitlisted', 'event-changed']);
  expect(await desk.lettersTo(cleo)).toEqual(['waitlisted', 'cancelled-by-person']);
});

test('what is the desk’s business alone is told to nobody', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 5 });
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  granted(await change(desk.staff, event, { capacity: 8, closesAt: plus(event.closesAt, -DAY) }));
  expect(await runJobs(desk.ctx)).toBe(false);
  expect(await desk.lettersTo(ana)).toEqual(['REQUEST 0 confirmed']);
});

test('each is told once, however often the step runs', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  granted(await change(desk.staff, event, { title: 'Another title' }));
  const [job] = await desk.ctx.store.jobsDue(desk.clock.now());
  if (!job) throw new Error('a job was to begin');
  await runJobs(desk.ctx);
  await desk.ctx.store.advanceJob(job, job);
  await runJobs(desk.ctx);
  expect(await desk.lettersTo(ana)).toEqual(['REQUEST 0 confirmed', 'REQUEST 1 event-changed']);
});

test('somebody who was being registered meanwhile is told by the second pass', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(await desk.somebody('ben'), event));
  granted(await change(desk.elsewhere(desk.staff.actor), event, { title: 'Another title' }));
  await runJobs(desk.elsewhere());
  granted(await registerForEvent(ana.ctx, { event: event.id }));
  expect((await desk.registration(event, ana)).told).toBe(event.rev);
  desk.clock.pass(LATE + SECOND);
  await runJobs(desk.elsewhere());
  expect(await desk.lettersTo(ana)).toEqual(['REQUEST 0 confirmed', 'REQUEST 1 event-changed']);
  expect(await runJobs(desk.ctx)).toBe(false);
});

test('a change that another has overtaken is refused', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  granted(await change(desk.staff, event, { title: 'Another title' }));
  expect(refused(await change(desk.staff, event, { title: 'A third title' }))).toEqual({ kind: 'version-stale' });
});

/** Commits, and says that it does not know whether it did: a time-out after the commit, once. */
function forgetful(ctx: Context): Context {
  let first = true;
  const commit: Context['store']['commit'] = async (change) => {
    const outcome = await ctx.store.commit(change);
    const known = !first;
    first = false;
    return known ? outcome : 'busy';
  };
  return { ...ctx, store: { ...ctx.store, commit } };
}

test('an editor whose change was made is told so, though its outcome was not known at first', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const changed = granted(await change(forgetful(desk.staff), event, { title: 'Another title' }));
  expect(changed).toMatchObject({ title: 'Another title', rev: event.rev + 1 });
});

test('a person whose other choice was made is told so, though its outcome was not known at first', async () => {
  const desk = await openDesk();
  const event = await desk.event({ sessionChoice: 'any', sessions: [aSitting(0), aSitting(1)] });
  const [first, second] = event.sessions;
  if (!first || !second) throw new Error('two sessions were asked for');
  const ana = await desk.somebody('ana');
  const held = granted(await registers(ana, event, { sessions: [first.id] })).registration;
  const patch = { sessions: [second.id] };
  const changed = await changeRegistration(forgetful(ana.ctx), { id: idOf(held), version: held.rev, patch });
  expect(granted(changed).registration).toMatchObject({ sessions: [second.id], rev: held.rev + 1 });
});

test('an event that is canceled ends every registration, and calls every invitation back', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  for (const who of [ana, ben]) granted(await registers(who, event));
  granted(await cancelEvent(desk.staff, { id: event.id, reason: 'The speaker is ill' }));
  await runJobs(desk.ctx);
  expect(await desk.registration(event, ana)).toMatchObject({ status: 'cancelled', endedBy: 'event' });
  expect(await desk.registration(event, ben)).toMatchObject({ status: 'cancelled', endedBy: 'event' });
  expect(await desk.lettersTo(ana)).toEqual(['REQUEST 0 confirmed', 'CANCEL 1 event-cancelled']);
  expect(await desk.lettersTo(ben)).toEqual(['waitlisted', 'event-cancelled']);
  expect(await desk.taken(event.id)).toBe(0);
  expect(await desk.ctx.store.lineLength(event.id)).toBe(0);
});

test('the reason of a cancellation reaches people', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  granted(await cancelEvent(desk.staff, { id: event.id, reason: 'The speaker is ill' }));
  await runJobs(desk.ctx);
  await desk.deliver();
  const notes = desk.mailer.letters.map((letter: Letter) => (letter.about === 'sign-in' ? '' : letter.owed.note));
  expect(notes).toEqual(['', 'The speaker is ill']);
});

test('a step that finds the table busy is done again, and leaves nobody out', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  granted(await cancelEvent(desk.staff, { id: event.id, reason: 'The speaker is ill' }));
  const busy = { ...desk.ctx, store: { ...desk.ctx.store, commit: async () => 'busy' as const } };
  await expect(runJobs(busy)).rejects.toThrow('done again');
  await runJobs(desk.ctx);
  expect(await desk.registration(event, ana)).toMatchObject({ status: 'cancelled' });
});

test('a fan-out over many pages goes on from where it stopped', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const people = await Promise.all(Array.from({ length: 130 }, (_, n) => desk.somebody(`person${n}`)));
  await Promise.all(people.map((who) => registerForEvent(who.ctx, { event: event.id })));
  granted(await cancelEvent(desk.staff, { id: event.id, reason: 'The speaker is ill' }));
  const { store } = desk.ctx;
  const commit: typeof store.commit = (made) => {
    desk.clock.pass(SECOND);
    return store.commit(made);
  };
  // so slow that its time is up with the first page
  await runJobs({ ...desk.ctx, store: { ...store, commit } });
  const ended = async () =>
    (await Promise.all(people.map((who) => desk.registration(event, who)))).filter(
      ({ status }) => status === 'cancelled',
    ).length;
  expect(await ended()).toBe(100);
  await runJobs(desk.ctx);
  expect(await ended()).toBe(130);
});

test('of an event that is over nobody hears, though its words are mended; of a last day that is called off everybody', async () => {
  const desk = await openDesk();
  const event = await desk.event({ sessions: [aSitting(0), aSitting(1)] });
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  expect(await desk.lettersTo(ana)).toHaveLength(2);
  const [first, last] = event.sessions;
  if (!first || !last) throw new Error('two sessions were asked for');
  desk.clock.set(plus(first.endsAt, SECOND));
  const shorter = granted(await change(desk.staff, event, { sessions: [first] }));
  await runJobs(desk.ctx);
  expect(await desk.lettersTo(ana)).toContain('CANCEL 1 event-changed');
  const heard = (await desk.lettersTo(ana)).length;
  desk.clock.pass(2 * DAY);
  await runJobs(desk.ctx);
  granted(await change(desk.staff, shorter, { description: 'What it gave a person.' }));
  await runJobs(desk.ctx);
  expect(await desk.lettersTo(ana)).toHaveLength(heard);
});

test('everybody hears in one run, as far as its time goes, and the pages of one event wait for no other’s', async () => {
  const desk = await openDesk();
  const [large, small] = [await desk.event({ capacity: null }), await desk.event()];
  const people = await Promise.all(Array.from({ length: 230 }, (_, n) => desk.somebody(`person${n}`)));
  await Promise.all(people.map(({ ctx }) => registerForEvent(ctx, { event: large.id }).then(granted)));
  const [ana] = people;
  if (!ana) throw new Error('people were asked for');
  granted(await registers(ana, small));
  await desk.deliver();
  for (const { id } of [large, small]) granted(await cancelEvent(desk.staff, { id, reason: 'The speaker is ill' }));
  const seen = desk.mailer.letters.length;
  await runJobs(desk.ctx);
  await desk.deliver();
  expect(desk.mailer.letters).toHaveLength(seen + 231);
});
