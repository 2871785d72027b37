import { expect, test } from 'vitest';
import { Email } from '../../functions/domain/person.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { DAY, HOUR, plus, SECOND } from '../../functions/domain/time.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { denyRegistration } from '../../functions/usecases/decide-registration.ts';
import { examineDesk } from '../../functions/usecases/doctor.ts';
import { checkList, keepList, startList, viewList, viewListRows } from '../../functions/usecases/import-list.ts';
import { runLists } from '../../functions/usecases/run-lists.ts';
import { aSitting, granted, NOW, openDesk, refused, registers, type Desk } from '../fixtures/desk.ts';

const bytesOf = (...rows: string[]) => new TextEncoder().encode(['email,name,agency,title', ...rows, ''].join('\r\n'));
const rowOf = (name: string) => `${name}@agency.example.gov,${name} Reyes,An agency,Detective`;
const names = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `p${from + n}`);

async function started(desk: Desk, event: Parameters<Desk['registration']>[0], bytes: Uint8Array, sessions?: never[]) {
  const job = granted(await keepList(desk.staff, { event: event.id, bytes, ...(sessions ? { sessions } : {}) }));
  return granted(await startList(desk.staff, { event: event.id, job: job.id }));
}

test('a list is foreseen row by row, and nobody is registered by that', async () => {
  const desk = await openDesk();
  const event = await desk.event({
    capacity: 2,
    audience: { kind: 'hosts', hosts: ['agency.example.gov'], others: 'refuse' },
  });
  const [ana, dov] = [await desk.somebody('ana'), await desk.somebody('dov')];
  granted(await registers(ana, event));
  granted(await registers(dov, event));
  granted(await cancelRegistration(dov.ctx, { id: idOf(await desk.registration(event, dov)) }));
  const bytes = bytesOf(rowOf('ana'), rowOf('dov'), rowOf('eve'), 'x@elsewhere.example,X,Y,', '=1,X,Y,', rowOf('eve'));
  const { rows } = granted(await checkList(desk.staff, { event: event.id, bytes }));
  expect(rows.map(({ row, foreseen, note }) => [row, foreseen, note])).toEqual([
    [2, 'already', ''],
    [3, 'seat', 'They gave their place back before'],
    [4, 'waitlist', ''],
    [5, 'not-in-audience', ''],
    [6, null, ''],
    [7, null, ''],
  ]);
  expect(rows.at(-1)?.problems[0]).toEqual({
    path: 'email',
    message: 'This address is in row 4 too. Keep one of the two',
  });
  expect(await desk.ctx.store.personByEmail(Email.parse('eve@agency.example.gov'))).toBeNull();
  expect(await desk.taken(event.id)).toBe(1);
});

test('a host that looks like one we know is said', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const known = {
    ...desk.ctx.store,
    hosts: async () => [(await import('../../functions/domain/audience.ts')).Host.parse('harlowsheriff.example.org')],
  };
  const bytes = bytesOf('a@harlow-sheriff.example.org,A,B,');
  const { rows } = granted(await checkList({ ...desk.staff, store: known }, { event: event.id, bytes }));
  expect(rows[0]?.note).toContain('looks like harlowsheriff.example.org');
});

test('a run registers each row in the order of the list; everybody is told', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 3 });
  const job = await started(desk, event, bytesOf(...names(60).map(rowOf), 'broken'));
  expect(job).toMatchObject({ state: 'running', total: 61, wrong: 1, foreseen: { seat: 3, waitlist: 57 } });
  await desk.sweep();
  const done = granted(await viewList(desk.staff, { event: event.id, job: job.id }));
  expect(done).toMatchObject({ state: 'done', done: 3, outcomes: { confirmed: 3, waitlisted: 57 } });
  const who = await desk.somebody('p2');
  const last = await desk.somebody('p3');
  expect(await desk.registration(event, who)).toMatchObject({
    status: 'confirmed',
    profile: { name: 'p2 Reyes', agency: 'An agency', title: 'Detective', timeZone: 'America/New_York' },
  });
  expect(await desk.lettersTo(who)).toEqual(['REQUEST 0 confirmed']);
  expect(await desk.lettersTo(last)).toEqual(['waitlisted']);
  expect((await desk.ctx.store.auditOf(`${event.id}#${who.person.id}`, 5, null)).items).toMatchObject([
    { act: 'registered by the desk', actor: expect.stringMatching(/^staff:per_/) },
  ]);
  expect((await desk.ctx.store.auditOf(event.id, 2, null)).items.map(({ act }) => act)).toEqual([
    'registered a list',
    'began to register a list',
  ]);
  expect(granted(await examineDesk(desk.staff)).findings).toEqual([]);
});

test('a run that dies goes on where it stopped: each row once, each message once', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 40 });
  const job = await started(desk, event, bytesOf(...names(60).map(rowOf)));
  let left = 7;
  for (let deaths = 0; deaths < 8; deaths += 1) {
    const commit: typeof desk.ctx.store.commit = async (change) => {
      left -= 1;
      if (left === 0) {
        left = 9;
        if (deaths % 2 === 0) await desk.ctx.store.commit(change);
        throw new Error('killed');
      }
      return desk.ctx.store.commit(change);
    };
    await runLists({ ...desk.ctx, store: { ...desk.ctx.store, commit } }).catch(() => undefined);
  }
  await desk.sweep();
  expect(granted(await viewList(desk.staff, { event: event.id, job: job.id }))).toMatchObject({
    state: 'done',
    outcomes: { confirmed: 40, waitlisted: 20 },
  });
  expect(await desk.taken(event.id)).toBe(40);
  expect(granted(await examineDesk(desk.staff)).findings).toEqual([]);
  await desk.deliver();
  expect(desk.mailer.letters).toHaveLength(60);
});

test('two runs at once register each row once', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 40 });
  const job = await started(desk, event, bytesOf(...names(60).map(rowOf)));
  await Promise.all([runLists(desk.ctx), runLists(desk.elsewhere())]);
  await desk.sweep();
  const done = granted(await viewList(desk.staff, { event: event.id, job: job.id }));
  expect(done.outcomes).toEqual({ confirmed: 40, waitlisted: 20 });
  expect(await desk.taken(event.id)).toBe(40);
  await desk.deliver();
  expect(desk.mailer.letters).toHaveLength(60);
});

test('no list waits for another: one that stands still holds up no other, and its failure is told', async () => {
  const desk = await openDesk();
  const [slow, quick] = [await desk.event(), await desk.event()];
  await started(desk, slow, bytesOf(...names(60).map(rowOf)));
  const job = await started(desk, quick, bytesOf(...names(30).map(rowOf)));
  let release: (error: Error) => void = () => {};
  const listRows: typeof desk.ctx.store.listRows = async (id, chunk) =>
    id === job.id ? desk.ctx.store.listRows(id, chunk) : new Promise((_, reject) => (release = reject));
  const moveList: typeof desk.ctx.store.moveList = async (before, after, entry) => {
    const moved = await desk.ctx.store.moveList(before, after, entry);
    if (after.state === 'done') release(new Error('throttled'));
    return moved;
  };
  const store = { ...desk.ctx.store, listRows, moveList };
  await expect(runLists({ ...desk.ctx, store })).rejects.toThrow('throttled');
  expect(granted(await viewList(desk.staff, { event: quick.id, job: job.id })).state).toBe('done');
});

test('who gives the place up while the list runs does not come back', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 40 });
  await started(desk, event, bytesOf(...names(30).map(rowOf)));
  const putListRows = async () => Promise.reject(new Error('killed'));
  await runLists({ ...desk.ctx, store: { ...desk.ctx.store, putListRows } }).catch(() => undefined);
  const who = await desk.somebody('p0');
  granted(await cancelRegistration(who.ctx, { id: idOf(await desk.registration(event, who)) }));
  await desk.sweep();
  expect(await desk.registration(event, who)).toMatchObject({ status: 'cancelled', attempt: 1 });
});

test('people to check are checked, people whom staff ended are left, the window does not bind', async () => {
  const desk = await openDesk();
  const event = await desk.event({ approval: 'manual', closesAt: plus(NOW, DAY) });
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  granted(await denyRegistration(desk.staff, { id: idOf(await desk.registration(event, ana)), reason: 'No.' }));
  desk.clock.pass(2 * DAY);
  const job = await started(desk, event, bytesOf(rowOf('ana'), rowOf('ben')));
  expect(job.foreseen).toEqual({ ended: 1, review: 1 });
  await desk.sweep();
  expect(granted(await viewList(desk.staff, { event: event.id, job: job.id })).outcomes).toEqual({
    ended: 1,
    pending: 1,
  });
  const rows = granted(
    await viewListRows(desk.staff, granted(await viewList(desk.staff, { event: event.id, job: job.id })), 'to-look-at'),
  );
  expect(rows.map(({ row, outcome }) => [row, outcome])).toEqual([[2, 'ended']]);
});

test('sittings: the one that staff choose for all', async () => {
  const desk = await openDesk();
  const event = await desk.event({ sessionChoice: 'one', sessions: [aSitting(0), aSitting(1, { capacity: 1 })] });
  const bytes = bytesOf(rowOf('ana'), rowOf('ben'));
  expect(refused(await keepList(desk.staff, { event: event.id, bytes }))).toMatchObject({
    errors: [{ path: 'sessions' }],
  });
  const second = event.sessions[1]!.id;
  const job = granted(await keepList(desk.staff, { event: event.id, bytes, sessions: [second] }));
  expect(job.foreseen).toEqual({ seat: 1, waitlist: 1 });
  granted(await startList(desk.staff, { event: event.id, job: job.id }));
  await desk.sweep();
  expect(await desk.taken(second)).toBe(1);
});

test('only staff; a draft, an event that has begun, an unknown list are refused', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const other = await desk.event();
  const bytes = bytesOf(rowOf('ana'));
  const ana = await desk.somebody('ana');
  const job = granted(await keepList(desk.staff, { event: event.id, bytes }));
  for (const ctx of [ana.ctx, desk.ctx]) {
    const kind = ctx === desk.ctx ? 'signed-out' : 'forbidden';
    expect(refused(await checkList(ctx, { event: event.id, bytes })).kind).toBe(kind);
    expect(refused(await startList(ctx, { event: event.id, job: job.id })).kind).toBe(kind);
    expect(refused(await viewListRows(ctx, job, { chunk: 0 })).kind).toBe(kind);
  }
  expect(refused(await viewList(desk.staff, { event: other.id, job: job.id })).kind).toBe('unknown');
  desk.clock.set(event.sessions[0]!.startsAt);
  expect(refused(await checkList(desk.staff, { event: event.id, bytes })).kind).toBe('closed');
  desk.clock.pass(31 * DAY);
  expect(refused(await viewList(desk.staff, { event: event.id, job: job.id })).kind).toBe('unknown');
});

test('pressing start again changes nothing, and a list that stands still is found', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const job = await started(desk, event, bytesOf(rowOf('ana')));
  expect(granted(await startList(desk.staff, { event: event.id, job: job.id })).rev).toBe(job.rev);
  desk.clock.pass(2 * HOUR);
  expect(granted(await examineDesk(desk.staff)).findings).toMatchObject([{ kind: 'list-stuck', subject: event.id }]);
});

test('a run whose time is up leaves the list where it stands, and the next goes on', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const job = await started(desk, event, bytesOf(...names(60).map(rowOf)));
  const moveList: typeof desk.ctx.store.moveList = (before, after, entry) => {
    desk.clock.pass(10 * SECOND);
    return desk.ctx.store.moveList(before, after, entry);
  };
  await runLists({ ...desk.ctx, store: { ...desk.ctx.store, moveList } }, plus(desk.clock.now(), 5 * SECOND));
  expect(granted(await viewList(desk.staff, { event: event.id, job: job.id }))).toMatchObject({ done: 1 });
  await runLists(desk.ctx, plus(desk.clock.now(), 5 * SECOND));
  expect(granted(await viewList(desk.staff, { event: event.id, job: job.id }))).toMatchObject({
    state: 'done',
    outcomes: { confirmed: 60 },
  });
});

test('that a list begins and ends is on record with it, whatever dies behind that', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const job = granted(await keepList(desk.staff, { event: event.id, bytes: bytesOf(rowOf('ana')) }));
  const dying: typeof desk.ctx.store.note = async () => Promise.reject(new Error('killed'));
  const as = (ctx: typeof desk.ctx) => ({ ...ctx, store: { ...ctx.store, note: dying } });
  granted(await startList(as(desk.staff), { event: event.id, job: job.id }));
  await runLists(as(desk.ctx));
  const { items } = await desk.ctx.store.auditOf(event.id, 50, null);
  expect(items.map(({ act }) => act)).toEqual(
    expect.arrayContaining(['began to register a list', 'registered a list']),
  );
});

test('a list with a host a row is checked in batches: one read after another would outlast the request', async () => {
  const desk = await openDesk();
  const event = await desk.event({ audience: { kind: 'hosts', hosts: ['dhs'], others: 'review' } });
  let [now, most, after] = [0, 0, 0];
  desk.table.documents.middlewareStack.add(
    (next) => async (args) => {
      now += 1;
      most = Math.max(most, now);
      if (now === 1) after += 1;
      return next(args).finally(() => (now -= 1));
    },
    { step: 'initialize', name: 'side by side' },
  );
  const bytes = bytesOf(...names(500).map((name) => `${name}@host-${name}.example.gov,${name},An agency,`));
  const { rows } = granted(await checkList(desk.staff, { event: event.id, bytes }));
  expect(rows.filter(({ foreseen }) => foreseen === 'review')).toHaveLength(500);
  expect(most).toBeGreaterThan(10);
  expect(after, 'reads that waited for one before them').toBeLessThan(100);
});
