import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { draftOf } from '../../functions/domain/change-event.ts';
import type { EventDraft, TrainingEvent } from '../../functions/domain/event.ts';
import { Email } from '../../functions/domain/person.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { ok } from '../../functions/domain/result.ts';
import { DAY, HOUR, MINUTE, plus, SECOND } from '../../functions/domain/time.ts';
import { keys } from '../../functions/store/dynamo/keys.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { denyRegistration } from '../../functions/usecases/decide-registration.ts';
import { examineDesk, mendDesk } from '../../functions/usecases/doctor.ts';
import { checkNightly, mendNow, viewCheckup } from '../../functions/usecases/nightly-checkup.ts';
import { runJobs } from '../../functions/usecases/run-jobs.ts';
import { changeEvent } from '../../functions/usecases/change-event.ts';
import { cancelEvent } from '../../functions/usecases/cancel-event.ts';
import { aSitting, granted, openDesk, refused, registers, type Desk, type Somebody } from '../fixtures/desk.ts';

const kindsOf = async (desk: Desk) => granted(await examineDesk(desk.staff)).findings.map(({ kind }) => kind);

/** Mends, and then nothing is left. */
async function mends(desk: Desk, ...kinds: string[]) {
  const { mended, left } = granted(await mendDesk(desk.staff));
  expect([...new Set(mended.map(({ kind }) => kind))].toSorted()).toEqual(kinds.toSorted());
  expect(left.findings).toEqual([]);
}

interface Busy {
  readonly event: TrainingEvent;
  readonly seated: readonly Somebody[];
  readonly waiting: readonly Somebody[];
}

/** Two people seated, two in line. */
async function busyEvent(desk: Desk): Promise<Busy> {
  const event = await desk.event({ capacity: 2, trainers: [Email.parse('trainer@ccht.example.org')] });
  const people = [];
  for (const name of ['ana', 'ben', 'cleo', 'dov']) people.push(await desk.somebody(`${name}@agency.example.gov`));
  for (const who of people) granted(await registers(who, event));
  return { event, seated: people.slice(0, 2), waiting: people.slice(2) };
}

async function change(desk: Desk, key: { pk: string; sk: string }, set: Record<string, string | number | boolean>) {
  const names = Object.keys(set);
  await desk.table.documents.send(
    new UpdateCommand({
      TableName: desk.table.name,
      Key: key,
      UpdateExpression: `SET ${names.map((_, n) => `#n${n} = :v${n}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name, n) => [`#n${n}`, name])),
      ExpressionAttributeValues: Object.fromEntries(Object.values(set).map((value, n) => [`:v${n}`, value])),
    }),
  );
}
const changes = (desk: Desk, { id, rev }: TrainingEvent, more: Partial<EventDraft>) =>
  changeEvent(desk.staff, { id, version: rev, patch: (before) => ok({ ...draftOf(before), ...more }) });
const remove = (desk: Desk, { pk, sk }: { pk: string; sk: string }) =>
  desk.table.documents.send(new DeleteCommand({ TableName: desk.table.name, Key: { pk, sk } }));

test('a healthy, busy desk gives nothing', async () => {
  const desk = await openDesk();
  const { event, seated } = await busyEvent(desk);
  const sittings = await desk.event({ sessionChoice: 'one', sessions: [aSitting(0), aSitting(1, { capacity: 1 })] });
  for (const name of ['eve', 'fay'])
    granted(await registers(await desk.somebody(name), sittings, { sessions: [sittings.sessions[1]!.id] }));
  const review = await desk.event({ approval: 'manual' });
  const gus = await desk.somebody('gus');
  granted(await registers(gus, review));
  granted(await registers(await desk.somebody('hal'), review));
  granted(await denyRegistration(desk.staff, { id: idOf(await desk.registration(review, gus)), reason: 'Not now.' }));
  granted(await cancelRegistration(seated[0]!.ctx, { id: idOf(await desk.registration(event, seated[0]!)) }));
  const gone = await desk.event({ capacity: 1 });
  granted(await registers(gus, gone));
  granted(await cancelEvent(desk.staff, { id: gone.id, reason: 'The speaker is ill' }));
  expect(await kindsOf(desk)).toEqual([]);
  await desk.sweep();
  desk.clock.pass(MINUTE);
  await runJobs(desk.ctx);
  await desk.deliver();
  desk.clock.pass(HOUR);
  expect(await kindsOf(desk)).toEqual([]);
  await mends(desk);
});

test('people who come and go while it looks are no findings', async () => {
  const desk = await openDesk();
  const { event, seated } = await busyEvent(desk);
  let reads = 0;
  const rosterPage: typeof desk.ctx.store.rosterPage = async (...page) => {
    const read = await desk.ctx.store.rosterPage(...page);
    reads += 1;
    const one = reads % 2 === 1 && seated[(reads - 1) / 2];
    if (one) granted(await cancelRegistration(one.ctx, { id: idOf(await desk.registration(event, one)) }));
    return read;
  };
  const looking = { ...desk.staff, store: { ...desk.ctx.store, rosterPage } };
  expect(granted(await examineDesk(looking)).findings).toEqual([]);
  expect(reads).toBe(2);
});

test('only staff and the desk itself may look', async () => {
  const desk = await openDesk();
  const ana = await desk.somebody('ana');
  expect(refused(await examineDesk(ana.ctx)).kind).toBe('forbidden');
  expect(refused(await mendDesk(ana.ctx)).kind).toBe('forbidden');
  expect(refused(await mendDesk(desk.ctx)).kind).toBe('signed-out');
});

describe('a counter', () => {
  test.each([1, 3, 0, -4])('that says %i where two hold a seat', async (taken) => {
    const desk = await openDesk();
    const { event, waiting } = await busyEvent(desk);
    await change(desk, keys.seats(event.id), { taken });
    desk.clock.pass(SECOND);
    const { findings } = granted(await examineDesk(desk.staff));
    expect(findings.map(({ kind, subject }) => `${kind} ${subject}`)).toContain(`count-off ${event.id}`);
    expect(findings[0]?.words).toContain(`says ${taken} seats`);
    await mends(desk, 'count-off');
    expect(await desk.taken(event.id)).toBe(2);
    expect((await desk.registration(event, waiting[0]!)).status).toBe('waitlisted');
    const [entry] = (await desk.ctx.store.auditOf(event.id, 5, null)).items.filter(({ act }) =>
      act.startsWith('mended'),
    );
    expect(entry).toMatchObject({ act: 'mended count-off', actor: expect.stringMatching(/^staff:per_/) });
  });

  test('is set right though a seat is given back in between', async () => {
    const desk = await openDesk();
    const { event, seated, waiting } = await busyEvent(desk);
    await change(desk, keys.seats(event.id), { taken: 5 });
    let once = true;
    const commit: typeof desk.ctx.store.commit = async (planned) => {
      if (once) {
        once = false;
        granted(await cancelRegistration(seated[0]!.ctx, { id: idOf(await desk.registration(event, seated[0]!)) }));
      }
      return desk.ctx.store.commit(planned);
    };
    const mending = { ...desk.staff, store: { ...desk.ctx.store, commit } };
    expect(granted(await mendDesk(mending)).left.findings).toEqual([]);
    await desk.sweep();
    expect(await desk.taken(event.id)).toBe(2);
    expect((await desk.registration(event, waiting[0]!)).status).toBe('confirmed');
  });

  test('that is gone comes back, sealed where people wait', async () => {
    const desk = await openDesk();
    const { event } = await busyEvent(desk);
    await remove(desk, keys.seats(event.id));
    expect(await kindsOf(desk)).toEqual(['no-counter']);
    await mends(desk, 'no-counter');
    expect((await desk.ctx.store.seats([event.id]))[0]).toMatchObject({ taken: 2, sealed: true, capacity: 2 });
  });

  test('whose settings are not the event’s', async () => {
    const desk = await openDesk();
    const { event } = await busyEvent(desk);
    await change(desk, keys.seats(event.id), { capacity: 2_000, closesAt: 5 });
    expect(await kindsOf(desk)).toContain('settings-differ');
    await mends(desk, 'settings-differ');
    expect((await desk.ctx.store.seats([event.id]))[0]).toMatchObject({ capacity: 2, closesAt: event.closesAt });
  });

  test('that answers at once while people wait', async () => {
    const desk = await openDesk();
    const { event } = await busyEvent(desk);
    await change(desk, keys.seats(event.id), { sealed: false });
    expect(await kindsOf(desk)).toEqual(['line-not-sealed']);
    await mends(desk, 'line-not-sealed');
  });
});

describe('a line', () => {
  test('with seats idle beside it', async () => {
    const desk = await openDesk();
    const { event, waiting } = await busyEvent(desk);
    const seats = (await desk.ctx.store.seats([event.id]))[0]!;
    await desk.ctx.store.commit({
      events: [{ before: event, after: { ...event, rev: event.rev + 1, capacity: 3 } }],
      seats: [{ ...seats, move: 'set', capacity: 3 }],
      audit: [],
    });
    desk.clock.pass(6 * MINUTE);
    expect(await kindsOf(desk)).toEqual(['idle-seats']);
    await mends(desk, 'idle-seats');
    expect((await desk.registration(event, waiting[0]!)).status).toBe('confirmed');
  });

  test('whose lease a clock that was wrong took for years: it is served all the same', async () => {
    const desk = await openDesk();
    const { event, seated, waiting } = await busyEvent(desk);
    await change(desk, keys.lease(event.id), { heldUntil: plus(desk.clock.now(), 900 * DAY) });
    granted(await cancelRegistration(seated[0]!.ctx, { id: idOf(await desk.registration(event, seated[0]!)) }));
    await desk.sweep();
    expect((await desk.registration(event, waiting[0]!)).status).toBe('confirmed');
    expect(await kindsOf(desk)).toEqual([]);
  });

  test('without the place of somebody who waits: it is put back, before whoever came later', async () => {
    const desk = await openDesk();
    const { event, seated, waiting } = await busyEvent(desk);
    const first = await desk.registration(event, waiting[0]!);
    const [place] = await desk.ctx.store.line(event.id);
    await remove(desk, keys.place(place!));
    expect(await kindsOf(desk)).toEqual(['no-place']);
    await mends(desk, 'no-place');
    granted(await cancelRegistration(seated[0]!.ctx, { id: idOf(await desk.registration(event, seated[0]!)) }));
    await desk.sweep();
    expect(first.ticket).toBe(place?.ticket);
    expect((await desk.registration(event, waiting[0]!)).status).toBe('confirmed');
    expect((await desk.registration(event, waiting[1]!)).status).toBe('waitlisted');
  });

  test('with places that stand for nobody', async () => {
    const desk = await openDesk();
    const { event, seated, waiting } = await busyEvent(desk);
    const [place] = await desk.ctx.store.line(event.id);
    const stranger = (await desk.somebody('stranger')).person.id;
    const { enter } = { enter: { ...place!, ticket: plus(place!.ticket, -5) } };
    await desk.ctx.store.commit({
      line: [enter, { ...enter, person: stranger }, { ...enter, person: seated[0]!.person.id }].map((one) => ({
        enter: one,
      })),
      audit: [],
    });
    expect((await kindsOf(desk)).toSorted()).toEqual(['second-place', 'stray-place', 'stray-place']);
    await mends(desk, 'second-place', 'stray-place');
    expect((await desk.ctx.store.line(event.id)).map(({ person }) => person)).toEqual(
      waiting.map(({ person }) => person.id),
    );
  });
});

describe('a registration', () => {
  test('whose pool is not there is left to a person', async () => {
    const desk = await openDesk();
    const event = await desk.event();
    const ana = await desk.somebody('ana');
    granted(await registers(ana, event));
    await change(desk, keys.registration(event.id, ana.person.id), { pool: desk.ctx.ids.random('ses') });
    expect((await kindsOf(desk)).toSorted()).toEqual(['count-off', 'no-pool']);
    expect(granted(await mendDesk(desk.staff)).left.findings.map(({ kind }) => kind)).toEqual(['no-pool']);
  });

  test('that waits for an answer when its event has begun, or is over', async () => {
    const desk = await openDesk();
    const event = await desk.event({ approval: 'manual' });
    granted(await registers(await desk.somebody('ana'), event));
    await desk.deliver();
    desk.clock.set(plus(event.sessions[0]!.startsAt, MINUTE));
    expect(await kindsOf(desk)).toEqual(['unanswered']);
    desk.clock.pass(DAY);
    expect(await kindsOf(desk)).toEqual(['unanswered']);
  });

  test('that the cancellation of its event did not reach: it is carried again, and told', async () => {
    const desk = await openDesk();
    const { event, seated } = await busyEvent(desk);
    granted(await cancelEvent(desk.staff, { id: event.id, reason: 'The speaker is ill' }));
    for (const job of await desk.ctx.store.jobsDue(plus(desk.clock.now(), DAY)))
      await desk.ctx.store.advanceJob(job, null);
    desk.clock.pass(10 * MINUTE);
    await desk.deliver();
    expect(await kindsOf(desk)).toEqual(['left-in-cancelled']);
    await mends(desk, 'left-in-cancelled');
    await desk.sweep();
    expect(await desk.lettersTo(seated[0]!)).toContain('CANCEL 1 event-cancelled');
    expect(await kindsOf(desk)).toEqual([]);
  });

  test('that a change of its event’s sessions did not reach: it is carried again, once, and told', async () => {
    const desk = await openDesk();
    const { event, seated, waiting } = await busyEvent(desk);
    const sessions = event.sessions.map((one) => ({ ...one, endsAt: plus(one.endsAt, HOUR) }));
    const longer = granted(await changes(desk, event, { sessions }));
    // what concerns nobody is no reason to tell them
    granted(await changes(desk, longer, { joinOpensMinutes: 30 }));
    const { person } = seated[0]!;
    await change(desk, keys.registration(event.id, person.id), { told: event.rev + 1 });
    for (const job of await desk.ctx.store.jobsDue(plus(desk.clock.now(), DAY)))
      await desk.ctx.store.advanceJob(job, null);
    await desk.deliver();
    expect(await kindsOf(desk)).toEqual([]);
    desk.clock.pass(10 * MINUTE);
    expect(granted(await examineDesk(desk.staff)).findings).toMatchObject([
      { kind: 'not-told', subject: event.id, words: expect.stringMatching(/^3 people/) },
    ]);
    await mends(desk, 'not-told');
    await desk.sweep();
    expect(await desk.lettersTo(seated[0]!)).toEqual(['REQUEST 0 confirmed']);
    expect(await desk.lettersTo(seated[1]!)).toEqual(['REQUEST 0 confirmed', 'REQUEST 1 event-changed']);
    expect(await desk.lettersTo(waiting[0]!)).toEqual(['waitlisted', 'event-changed']);
    desk.clock.pass(HOUR);
    await desk.sweep();
    expect(await kindsOf(desk)).toEqual([]);
  });

  test('that cannot be read', async () => {
    const desk = await openDesk();
    const { event, seated } = await busyEvent(desk);
    await change(desk, keys.registration(event.id, seated[0]!.person.id), { status: 'perhaps' });
    expect(await kindsOf(desk)).toEqual(['unreadable']);
  });
});

describe('an event', () => {
  test('that no list has, found by what is on its way about it', async () => {
    const desk = await openDesk();
    const { event } = await busyEvent(desk);
    await change(desk, keys.event(event.id), { gsi1pk: 'FY#1999' });
    expect(await kindsOf(desk)).toEqual(['not-listed']);
    await mends(desk, 'not-listed');
    expect((await desk.ctx.store.event(event.id))?.rev).toBe(event.rev + 1);
  });

  test('that its trainer does not find', async () => {
    const desk = await openDesk();
    const { event } = await busyEvent(desk);
    await remove(desk, keys.trainer(event.id, event.trainers[0]!.person));
    expect(await kindsOf(desk)).toEqual(['trainer-not-listed']);
    await mends(desk, 'trainer-not-listed');
    expect([...(await desk.ctx.store.trainersOf(event.id)).keys()]).toContain(event.trainers[0]!.person);
  });

  test('that is gone while messages about it are owed', async () => {
    const desk = await openDesk();
    const { event } = await busyEvent(desk);
    await remove(desk, keys.event(event.id));
    expect(await kindsOf(desk)).toEqual(['no-event']);
  });
});

describe('work', () => {
  test('that is late: messages and changes', async () => {
    const desk = await openDesk();
    const { event } = await busyEvent(desk);
    granted(await cancelEvent(desk.staff, { id: event.id, reason: 'The speaker is ill' }));
    desk.clock.pass(4 * HOUR);
    expect(await kindsOf(desk)).toEqual(['messages-overdue', 'job-stuck']);
  });

  test('that was given up', async () => {
    const desk = await openDesk();
    desk.mailer.answer = () => ({ outcome: 'refused', why: '550 no such user' });
    await busyEvent(desk);
    await desk.deliver();
    expect(await kindsOf(desk)).toEqual(['messages-parked']);
  });
});

test('of sittings, the one whose counter is off', async () => {
  const desk = await openDesk();
  const event = await desk.event({ sessionChoice: 'one', sessions: [aSitting(0), aSitting(1)] });
  granted(await registers(await desk.somebody('ana'), event, { sessions: [event.sessions[0]!.id] }));
  await change(desk, keys.seats(event.sessions[1]!.id), { taken: 1 });
  expect(granted(await examineDesk(desk.staff)).findings).toMatchObject([
    { kind: 'count-off', subject: event.sessions[1]!.id },
  ]);
  await mends(desk, 'count-off');
});

test('what the night found is there for staff in the morning, until the next night', async () => {
  const desk = await openDesk();
  const { event, seated } = await busyEvent(desk);
  expect(granted(await viewCheckup(desk.staff))).toBeNull();
  await change(desk, keys.seats(event.id), { taken: 7 });
  const night = desk.as({ role: 'system', name: 'doctor' });
  granted(await checkNightly(night));
  expect(granted(await viewCheckup(desk.staff))).toMatchObject({
    at: desk.clock.now(),
    events: 1,
    found: 1,
    findings: [{ kind: 'count-off', subject: event.id, cause: expect.stringContaining('seats stand empty') }],
  });
  granted(await mendDesk(desk.staff));
  granted(await checkNightly(night));
  expect(granted(await viewCheckup(desk.staff))).toMatchObject({ found: 0, findings: [] });
  expect(refused(await viewCheckup(seated[0]!.ctx)).kind).toBe('forbidden');
  expect(refused(await checkNightly(seated[0]!.ctx)).kind).toBe('forbidden');
});

describe('a run whose time is up', () => {
  /** Three events whose counters are off. Each look at one takes ten seconds. */
  async function slowDesk() {
    const desk = await openDesk();
    const events = [await desk.event(), await desk.event(), await desk.event()].map(({ id }) => id).toSorted();
    for (const id of events) await change(desk, keys.seats(id), { taken: 5 });
    const doctor = desk.as({ role: 'system', name: 'doctor' });
    const trainersOf: typeof doctor.store.trainersOf = (event) => {
      desk.clock.pass(10 * SECOND);
      return doctor.store.trainersOf(event);
    };
    return { desk, events, doctor: { ...doctor, store: { ...doctor.store, trainersOf } } };
  }
  const inTime = (desk: Desk, seconds: number) => plus(desk.clock.now(), seconds * SECOND);
  const found = (findings: readonly { kind: string; subject: string }[]) =>
    findings.map(({ kind, subject }) => `${kind} ${subject}`);

  test('says how many events it did not look at, and the next night begins with them', async () => {
    const { desk, events, doctor } = await slowDesk();
    const [first = '', second = '', third = ''] = events;
    const night = granted(await checkNightly(doctor, inTime(desk, 15)));
    expect(night).toMatchObject({ events: 2, stoppedAt: second });
    expect(found(night.findings)).toEqual([`count-off ${first}`, `count-off ${second}`, 'not-all-seen events']);
    expect(granted(await viewCheckup(desk.staff))).toMatchObject({ events: 2, found: 3, stoppedAt: second });
    const next = granted(await checkNightly(doctor, inTime(desk, 5)));
    expect(found(next.findings)).toEqual([`count-off ${third}`, 'not-all-seen events']);
    // and around
    const last = granted(await checkNightly(doctor, inTime(desk, 60)));
    expect(found(last.findings)).toEqual(events.map((id) => `count-off ${id}`));
    expect(last.stoppedAt).toBeNull();
  });

  test('with no time at all looks at nothing, and forgets nothing', async () => {
    const { desk, events, doctor } = await slowDesk();
    granted(await checkNightly(doctor, inTime(desk, 5)));
    const none = granted(await checkNightly(doctor, inTime(desk, 0)));
    expect(none).toMatchObject({ events: 0, stoppedAt: events[0] });
    expect(none.findings).toMatchObject([{ words: expect.stringMatching(/^3 of 3 events were not looked at/) }]);
    const next = granted(await checkNightly(doctor, inTime(desk, 5)));
    expect(found(next.findings)[0]).toBe(`count-off ${events[1]}`);
  });

  test('mends in half of it, whole events alone, and goes on with the rest', async () => {
    const { desk, events, doctor } = await slowDesk();
    const mended: string[] = [];
    for (let runs = 0; mended.length < 3 && runs < 5; runs += 1)
      mended.push(...granted(await mendNow(doctor, inTime(desk, 25))).mended.map(({ subject }) => subject));
    expect(mended).toEqual(events);
    expect(granted(await examineDesk(desk.staff)).findings).toEqual([]);
  });
});
