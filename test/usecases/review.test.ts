import { expect, test } from 'vitest';
import { Host } from '../../functions/domain/audience.ts';
import { PersonId } from '../../functions/domain/ids.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { DAY, plus } from '../../functions/domain/time.ts';
import { approveRegistration, denyRegistration } from '../../functions/usecases/decide-registration.ts';
import { listHosts, putHost, seeHost } from '../../functions/usecases/hosts.ts';
import { recentReviewTimes } from '../../functions/usecases/recent-review-times.ts';
import { reviewPeople } from '../../functions/usecases/review-people.ts';
import { granted, openDesk, refused, registers, type Desk } from '../fixtures/desk.ts';

/** An event that checks whoever is not from HSI. */
const checking = (desk: Desk) =>
  desk.event({ capacity: 9, audience: { kind: 'hosts', hosts: ['hsi.dhs.gov'], others: 'review' } });
const host = Host.parse('agency.example.gov');
const decision = { agency: 'An agency', class: 'exclusive', lists: [], evidence: 'A call' } as const;

test('the page says how long answers took of late', async () => {
  const desk = await openDesk();
  const event = await checking(desk);
  expect(await recentReviewTimes(desk.ctx, event)).toBeNull();
  const ids = [];
  for (const name of ['ana', 'ben', 'cy'])
    ids.push(idOf(granted(await registers(await desk.somebody(name), event)).registration));
  const [ana, ben, cy] = ids;
  if (!ana || !ben || !cy) throw new Error('three were to apply');
  granted(await approveRegistration(desk.staff, { id: ana }));
  desk.clock.pass(DAY);
  granted(await denyRegistration(desk.staff, { id: ben, reason: 'It is for others.' }));
  desk.clock.pass(3 * DAY);
  granted(await approveRegistration(desk.staff, { id: cy }));
  desk.clock.pass(6_000);
  // applied on a Monday: the same day, on Tuesday, on Friday
  expect(await recentReviewTimes(desk.ctx, event)).toEqual({ halfWithin: 1, slowest: 4 });
  desk.clock.pass(31 * DAY);
  expect(await recentReviewTimes(desk.ctx, event)).toBeNull();
});

test('an event that checks nobody says nothing of it', async () => {
  const desk = await openDesk();
  expect(await recentReviewTimes(desk.ctx, await desk.event({ capacity: 1 }))).toBeNull();
});

test('beside an applicant stands that they were denied before, and why', async () => {
  const desk = await openDesk();
  const [first, second] = [await checking(desk), await checking(desk)];
  const ana = await desk.somebody('ana');
  const { registration } = granted(await registers(ana, first));
  granted(await denyRegistration(desk.staff, { id: idOf(registration), reason: 'Not in law enforcement.' }));
  granted(await registers(ana, second));
  const { applicants } = granted(await reviewPeople(desk.staff, { event: second.id }));
  expect(applicants[0]?.signals).toContainEqual({
    kind: 'denied-before',
    appliedAt: registration.appliedAt,
    reason: 'Not in law enforcement.',
  });
});

test('colleagues whom staff answered at other events stand beside an applicant and their host, each once, by the latest answer', async () => {
  const desk = await openDesk();
  const first = await checking(desk);
  const applies = async (name: string, event = first) =>
    idOf(granted(await registers(await desk.somebody(name), event)).registration);
  granted(await approveRegistration(desk.staff, { id: await applies('ana') }));
  const since = desk.clock.now();
  granted(await denyRegistration(desk.staff, { id: await applies('ben'), reason: 'It is for others.' }));
  granted(await denyRegistration(desk.staff, { id: await applies('cy'), reason: 'It is for others.' }));
  granted(await approveRegistration(desk.staff, { id: await applies('dee@other.example.gov') }));
  granted(await approveRegistration(desk.staff, { id: await applies('eve@gmail.com') }));
  desk.clock.pass(4 * DAY);
  // everybody is checked again at an event of its own, so ana waits there, though she was approved before
  const next = await desk.event({ capacity: 9, approval: 'manual', audience: first.audience });
  granted(await approveRegistration(desk.staff, { id: await applies('cy', next) }));
  const again = desk.clock.now();
  for (const name of ['ana', 'fay', 'gil@gmail.com', 'hal@nobody.example.gov']) await applies(name, next);
  const { applicants, hosts } = granted(await reviewPeople(desk.staff, { event: next.id }));
  const beside = (name: string) =>
    applicants.find(({ registration }) => registration.email.startsWith(name))?.signals ?? [];
  const seen = { kind: 'colleagues', denied: 1, more: false };
  expect(beside('fay')).toEqual([{ ...seen, approved: 2, since }]);
  expect(beside('ana')).toEqual([{ ...seen, approved: 1, since: again }]);
  expect(beside('gil')).toEqual([{ kind: 'free-mail', sponsorNamed: false }]);
  expect(beside('hal')).toEqual([{ kind: 'nobody-before', denied: 0 }]);
  const counts = { approved: 2, denied: 1, since, more: false };
  expect(hosts.find((one) => one.host === host)?.colleagues).toEqual(counts);
  expect(granted(await seeHost(desk.staff, { host })).colleagues).toEqual(counts);
});

test('of a host with very many people so many are looked at, and that there may be more is said', async () => {
  const desk = await openDesk();
  for (let n = 0; n < 120; n += 1)
    await desk.ctx.store.commit({
      colleagues: [
        { host, person: PersonId.parse(desk.ctx.ids.random('per')), answer: 'approved', at: desk.clock.now() },
      ],
      audit: [],
    });
  const { colleagues } = granted(await seeHost(desk.staff, { host }));
  expect(colleagues).toMatchObject({ approved: 100, more: true });
});

test('approving people decides nothing on their host, and the host is asked about until it is decided', async () => {
  const desk = await openDesk();
  const event = await checking(desk);
  const ids = [];
  for (const name of ['ana', 'ben'])
    ids.push(idOf(granted(await registers(await desk.somebody(name), event)).registration));
  granted(await approveRegistration(desk.staff, { id: ids[0] ?? raise() }));
  const { hosts } = granted(await reviewPeople(desk.staff, { event: event.id }));
  expect(hosts).toMatchObject([
    { host, colleagues: { approved: 1, denied: 0 }, waiting: [{ email: 'ben@agency.example.gov' }] },
  ]);
  expect(granted(await seeHost(desk.staff, { host })).record).toBeNull();
  granted(
    await putHost(desk.staff, { host, fields: { ...decision, lists: [], expiresAt: plus(desk.clock.now(), DAY) } }),
  );
  expect(granted(await reviewPeople(desk.staff, { event: event.id })).hosts).toEqual([]);
  desk.clock.pass(2 * DAY);
  expect(granted(await reviewPeople(desk.staff, { event: event.id })).hosts).toMatchObject([{ host, expired: true }]);
});

test('two decisions on one host from the same page: the second is told that it changed', async () => {
  const desk = await openDesk();
  const fields = { ...decision, lists: [], expiresAt: plus(desk.clock.now(), DAY) };
  granted(await putHost(desk.staff, { host, fields, rev: 0 }));
  expect(refused(await putHost(desk.staff, { host, fields: { ...fields, class: 'shared' }, rev: 0 }))).toEqual({
    kind: 'version-stale',
  });
  expect(granted(await listHosts(desk.staff, { page: 1 }))).toMatchObject({
    total: 1,
    hosts: [{ host, class: 'exclusive' }],
    next: null,
  });
});

function raise(): never {
  throw new Error('somebody was to apply');
}
