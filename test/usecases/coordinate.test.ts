import { expect, test } from 'vitest';
import { Host } from '../../functions/domain/audience.ts';
import { Email } from '../../functions/domain/person.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { DAY, HOUR, plus } from '../../functions/domain/time.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { nameCoordinator } from '../../functions/usecases/coordinate.ts';
import { examineDesk } from '../../functions/usecases/doctor.ts';
import { putHost } from '../../functions/usecases/hosts.ts';
import { checkList, keepList, startList, viewList } from '../../functions/usecases/import-list.ts';
import { runLists } from '../../functions/usecases/run-lists.ts';
import type { Context } from '../../functions/usecases/context.ts';
import { granted, NOW, openDesk, refused, type Desk } from '../fixtures/desk.ts';

const host = Host.parse('agency.example.gov');
const LEADER = Email.parse('leader@agency.example.gov');
const bytesOf = (...names: string[]) =>
  new TextEncoder().encode(
    ['email,name,agency', ...names.map((name) => `${name}@${host},${name} Reyes,A`), ''].join('\n'),
  );
const names = (count: number) => Array.from({ length: count }, (_, n) => `p${n}`);

async function decides(desk: Desk, kind: 'exclusive' | 'shared', expiresAt = plus(NOW, 300 * DAY)) {
  const fields = { agency: 'An agency', class: kind, lists: [], evidence: 'A call', expiresAt };
  granted(await putHost(desk.staff, { host, fields }));
}
/** Names them for these hosts, and gives them as they then are. */
async function appoints(desk: Desk, hosts: readonly Host[]): Promise<Context> {
  const before = (await desk.somebody('leader')).person;
  const person = granted(await nameCoordinator(desk.staff, { email: LEADER, hosts, rev: before.rev }));
  return desk.as({ role: 'participant', person });
}
const done = async (desk: Desk, job: Parameters<typeof viewList>[1]) =>
  granted(await viewList(desk.staff, job)).outcomes;

/** The run dies when a chunk is registered and not yet kept as done. */
const dies = (desk: Desk) =>
  runLists({
    ...desk.ctx,
    store: { ...desk.ctx.store, putListRows: () => Promise.reject(new Error('killed')) },
  }).catch(() => undefined);

test('who was registered before the coordinator was taken back is said to be, though the run died between', async () => {
  const desk = await openDesk();
  await decides(desk, 'exclusive');
  const leader = await appoints(desk, [host]);
  const event = await desk.event({ capacity: 20 });
  const job = granted(await keepList(leader, { event: event.id, bytes: bytesOf(...names(30)) }));
  const at = { event: event.id, job: job.id };
  granted(await startList(leader, at));
  await dies(desk);
  const gone = await desk.somebody('p1');
  granted(await cancelRegistration(gone.ctx, { id: idOf(await desk.registration(event, gone)) }));
  await appoints(desk, []);
  await desk.sweep();
  expect(await done(desk, at)).toEqual({ confirmed: 20, waitlisted: 4, already: 1, 'not-theirs': 5 });
  expect(await desk.ctx.store.personByEmail(Email.parse(`p27@${host}`)), 'nobody is made of a row left out').toBeNull();
  expect(granted(await examineDesk(desk.staff)).findings).toEqual([]);
  await desk.deliver();
  expect(new Set(desk.mailer.letters.map(({ to }) => to)).size).toBe(25);
});

test.each([
  ['a coordinator who is taken back between two rows', 'before', (desk: Desk) => appoints(desk, [])],
  ['a coordinator who is taken back while a row is being written', 'during', (desk: Desk) => appoints(desk, [])],
  [
    'a coordinator whose host is shared while a row is being written',
    'during',
    (desk: Desk) => decides(desk, 'shared'),
  ],
] as const)('%s registers nobody after that', async (_, when, takesBack) => {
  const desk = await openDesk();
  await decides(desk, 'exclusive');
  const leader = await appoints(desk, [host]);
  const event = await desk.event({ capacity: 40 });
  // the coordinator is on the list, too
  const job = granted(await keepList(leader, { event: event.id, bytes: bytesOf('leader', ...names(19)) }));
  const at = { event: event.id, job: job.id };
  granted(await startList(leader, at));
  let rows = 0;
  const commit: typeof desk.ctx.store.commit = async (change) => {
    rows += 1;
    if (rows === 8 && when === 'during') await takesBack(desk);
    const outcome = await desk.ctx.store.commit(change);
    if (rows === 7 && when === 'before') await takesBack(desk);
    return outcome;
  };
  await runLists({ ...desk.ctx, store: { ...desk.ctx.store, commit } });
  expect(await done(desk, at)).toEqual({ confirmed: 7, 'not-theirs': 13 });
  expect(await desk.taken(event.id)).toBe(7);
  expect(granted(await examineDesk(desk.staff)).findings).toEqual([]);
});

test.each([
  ['is shared now', (desk: Desk) => decides(desk, 'shared')],
  ['has expired', async (desk: Desk) => desk.clock.pass(2 * DAY)],
  ['is not theirs any more', async (desk: Desk) => void (await appoints(desk, []))],
])('where the host %s a coordinator can neither check, start nor look, and nothing goes on', async (_, changes) => {
  const desk = await openDesk();
  await decides(desk, 'exclusive', plus(NOW, DAY));
  const leader = await appoints(desk, [host]);
  const event = await desk.event();
  const bytes = bytesOf('ana');
  const [running, checked] = [
    granted(await keepList(leader, { event: event.id, bytes })),
    granted(await keepList(leader, { event: event.id, bytes })),
  ];
  granted(await startList(leader, { event: event.id, job: running.id }));
  await changes(desk);
  const person = (await desk.somebody('leader')).person;
  const then = desk.as({ role: 'participant', person });
  expect(refused(await checkList(then, { event: event.id, bytes })).kind).toBe('forbidden');
  expect(refused(await keepList(then, { event: event.id, bytes })).kind).toBe('forbidden');
  expect(refused(await startList(then, { event: event.id, job: checked.id })).kind).toBe('forbidden');
  expect(refused(await viewList(then, { event: event.id, job: running.id })).kind).toBe('forbidden');
  await desk.sweep();
  expect(await done(desk, { event: event.id, job: running.id })).toEqual({ 'not-theirs': 1 });
  expect(granted(await viewList(desk.staff, { event: event.id, job: checked.id })).state).toBe('checked');
  expect(await desk.taken(event.id)).toBe(0);
});

test('the window that closes while the list runs binds its last rows', async () => {
  const desk = await openDesk();
  await decides(desk, 'exclusive');
  const leader = await appoints(desk, [host]);
  const event = await desk.event({ closesAt: plus(NOW, HOUR) });
  const job = granted(await keepList(leader, { event: event.id, bytes: bytesOf('ana', 'ben') }));
  granted(await startList(leader, { event: event.id, job: job.id }));
  desk.clock.set(event.closesAt);
  await desk.sweep();
  expect(await done(desk, { event: event.id, job: job.id })).toEqual({ refused: 2 });
  expect(refused(await keepList(leader, { event: event.id, bytes: bytesOf('cy') }))).toMatchObject({ kind: 'closed' });
});

test('the same file a second time registers nobody, and says so before', async () => {
  const desk = await openDesk();
  await decides(desk, 'exclusive');
  const leader = await appoints(desk, [host]);
  const event = await desk.event({ capacity: 1 });
  const bytes = bytesOf('ana', 'ben');
  for (const [foreseen, outcomes] of [
    [
      { seat: 1, waitlist: 1 },
      { confirmed: 1, waitlisted: 1 },
    ],
    [{ already: 2 }, { already: 2 }],
  ]) {
    const job = granted(await keepList(leader, { event: event.id, bytes }));
    expect(job.foreseen).toEqual(foreseen);
    granted(await startList(leader, { event: event.id, job: job.id }));
    await desk.sweep();
    expect(await done(desk, { event: event.id, job: job.id })).toEqual(outcomes);
  }
  await desk.deliver();
  expect(desk.mailer.letters).toHaveLength(2);
});

test('a coordinator’s list and staff’s of the same people, run at once: each person once, told once', async () => {
  const desk = await openDesk();
  await decides(desk, 'exclusive');
  const leader = await appoints(desk, [host]);
  const event = await desk.event({ capacity: 20 });
  const jobs = [];
  for (const ctx of [leader, desk.staff]) {
    const job = granted(await keepList(ctx, { event: event.id, bytes: bytesOf(...names(30)) }));
    jobs.push({ event: event.id, job: job.id });
    granted(await startList(ctx, { event: event.id, job: job.id }));
  }
  const other = desk.elsewhere();
  const runningLists = async () => (await other.store.runningLists()).toReversed();
  await Promise.all([runLists(desk.ctx), runLists({ ...other, store: { ...other.store, runningLists } })]);
  await desk.sweep();
  const counts = await Promise.all(jobs.map((job) => done(desk, job)));
  const sum = (kind: string) => counts.reduce((total, one) => total + (one[kind] ?? 0), 0);
  expect([sum('confirmed'), sum('waitlisted'), sum('already')]).toEqual([20, 10, 30]);
  expect(await desk.taken(event.id)).toBe(20);
  await desk.deliver();
  expect(desk.mailer.letters).toHaveLength(30);
  expect(granted(await examineDesk(desk.staff)).findings).toEqual([]);
});

test('what somebody made as staff they can’t start as a coordinator, nor what another made', async () => {
  const desk = await openDesk();
  await decides(desk, 'exclusive');
  const leader = await appoints(desk, [host]);
  const event = await desk.event();
  const bytes = bytesOf('ana');
  if (!('person' in leader.actor)) throw new Error('a coordinator is a person');
  const asStaff = desk.as({ role: 'staff', person: leader.actor.person });
  const made = granted(await keepList(asStaff, { event: event.id, bytes }));
  const theirs = granted(await keepList(desk.staff, { event: event.id, bytes }));
  for (const job of [made.id, theirs.id])
    expect(refused(await startList(leader, { event: event.id, job })).kind).toBe('unknown');
});

test('staff name coordinators, of exclusive hosts alone, as they last saw them; all of it is on record', async () => {
  const desk = await openDesk();
  const { person, ctx } = await desk.somebody('leader');
  const input = { email: LEADER, hosts: [host], rev: person.rev };
  expect(refused(await nameCoordinator(ctx, input)).kind).toBe('forbidden');
  const unknown = { ...input, email: Email.parse('nobody@agency.example.gov') };
  expect(refused(await nameCoordinator(desk.staff, unknown)).kind).toBe('unknown');
  for (const wrong of ['none', 'shared'] as const) {
    if (wrong === 'shared') await decides(desk, 'shared');
    expect(refused(await nameCoordinator(desk.staff, input)), wrong).toMatchObject({ errors: [{ path: 'hosts' }] });
  }
  const many = { ...input, hosts: Array.from({ length: 21 }, (_, n) => Host.parse(`h${n}.example.gov`)) };
  expect(refused(await nameCoordinator(desk.staff, many))).toMatchObject({ errors: [{ path: 'hosts' }] });
  await decides(desk, 'exclusive');
  granted(await nameCoordinator(desk.staff, input));
  // the same request again stands; another with what it saw before is too late
  granted(await nameCoordinator(desk.staff, input));
  expect(refused(await nameCoordinator(desk.staff, { ...input, hosts: [] })).kind).toBe('version-stale');
  granted(await nameCoordinator(desk.staff, { ...input, hosts: [], rev: person.rev + 1 }));
  const acts = (await desk.ctx.store.auditOf(person.id, 9, null)).items.map(({ act }) => act);
  expect(acts.slice(0, 2)).toEqual(['ended as coordinator', 'named coordinator']);
});
