import { expect, test } from 'vitest';
import { Host } from '../../functions/domain/audience.ts';
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

test('approving people decides nothing on their host, and the host is asked about until it is decided', async () => {
  const desk = await openDesk();
  const event = await checking(desk);
  const ids = [];
  for (const name of ['ana', 'ben'])
    ids.push(idOf(granted(await registers(await desk.somebody(name), event)).registration));
  granted(await approveRegistration(desk.staff, { id: ids[0] ?? raise() }));
  const { hosts } = granted(await reviewPeople(desk.staff, { event: event.id }));
  expect(hosts).toMatchObject([{ host, letIn: 1, denied: 0, waiting: [{ email: 'ben@agency.example.gov' }] }]);
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
