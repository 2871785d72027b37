import { expect, test } from 'vitest';
import { HostRecord } from '../../functions/domain/audience.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { HOUR, MINUTE, plus } from '../../functions/domain/time.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { feedAddress, readFeed, rotateFeed } from '../../functions/usecases/calendar-feed.ts';
import { joinSession, viewJoin } from '../../functions/usecases/join-session.ts';
import { listMyRegistrations } from '../../functions/usecases/my-registrations.ts';
import { cancelEvent } from '../../functions/usecases/cancel-event.ts';
import { granted, openDesk, refused, registers, withProgram, type Desk, type Somebody } from '../fixtures/desk.ts';

async function secretOf(who: Somebody): Promise<string> {
  const [mine] = granted(await listMyRegistrations(who.ctx));
  return mine?.sessions[0]?.joinUrl?.split('/join/')[1] ?? 'no join page';
}

async function confirmed(desk: Desk) {
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  const [session] = event.sessions;
  if (!session) throw new Error('an event has a session');
  return { event, ana, session, secret: await secretOf(ana) };
}

test('the meeting opens a quarter of an hour before the start and closes at the end', async () => {
  const desk = await openDesk();
  const { session, secret } = await confirmed(desk);
  const opens = plus(session.startsAt, -15 * MINUTE);
  desk.clock.set(plus(opens, -1));
  expect(refused(await joinSession(desk.ctx, { secret }))).toEqual({ kind: 'too-early', opensAt: opens });
  desk.clock.set(opens);
  expect(granted(await joinSession(desk.ctx, { secret }))).toEqual({ to: session.joinUrl });
  desk.clock.set(plus(session.endsAt, -1));
  expect((await joinSession(desk.ctx, { secret })).ok).toBe(true);
  desk.clock.set(session.endsAt);
  expect(refused(await joinSession(desk.ctx, { secret }))).toEqual({ kind: 'over', endedAt: session.endsAt });
});

test('looking at the page records nothing; pressing the button records the first arrival', async () => {
  const desk = await openDesk();
  const { event, session, secret } = await confirmed(desk);
  desk.clock.set(session.startsAt);
  for (let times = 0; times < 3; times += 1) granted(await viewJoin(desk.ctx, { secret }));
  expect(await desk.ctx.store.arrivals(event.id)).toEqual([]);
  granted(await joinSession(desk.ctx, { secret }));
  desk.clock.pass(5 * MINUTE);
  granted(await joinSession(desk.ctx, { secret }));
  expect(await desk.ctx.store.arrivals(event.id)).toMatchObject([{ at: session.startsAt }]);
});

test('a join page dies with the seat', async () => {
  const desk = await openDesk();
  const { event, ana, secret } = await confirmed(desk);
  granted(await cancelRegistration(ana.ctx, { id: idOf(await desk.registration(event, ana)) }));
  expect(refused(await viewJoin(desk.ctx, { secret }))).toMatchObject({ kind: 'unknown' });
  granted(await registers(ana, event));
  expect(refused(await viewJoin(desk.ctx, { secret }))).toMatchObject({ kind: 'unknown' });
  expect((await viewJoin(desk.ctx, { secret: await secretOf(ana) })).ok).toBe(true);
});

test('a join page dies with the event', async () => {
  const desk = await openDesk();
  const { event, secret } = await confirmed(desk);
  granted(await cancelEvent(desk.staff, { id: event.id, reason: 'The speaker is ill' }));
  expect(refused(await viewJoin(desk.ctx, { secret }))).toMatchObject({ kind: 'unknown' });
});

test('a waiting person has no join page', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  granted(await registers(await desk.somebody('ana'), event));
  const ben = await desk.somebody('ben');
  granted(await registers(ben, event));
  expect(await secretOf(ben)).toBe('no join page');
});

test('a secret that was altered anywhere opens nothing', async () => {
  const desk = await openDesk();
  const { secret } = await confirmed(desk);
  for (let at = 0; at < secret.length; at += 1) {
    const altered = secret.slice(0, at) + (secret[at] === 'a' ? 'b' : 'a') + secret.slice(at + 1);
    expect(refused(await viewJoin(desk.ctx, { secret: altered }))).toMatchObject({ kind: 'unknown' });
  }
});

test('a law-enforcement sensitive event asks for the person’s own sign-in', async () => {
  const desk = await openDesk();
  const host = HostRecord.shape.host.parse('hsi.dhs.gov');
  const program = await withProgram(desk.ctx, { sensitivity: 'law-enforcement-sensitive', key: 'hsi' });
  const event = await desk.event({
    programId: program.id,
    audience: { kind: 'hosts', hosts: [host], others: 'refuse' },
  });
  const [agent, other] = [await desk.somebody('ana@hsi.dhs.gov'), await desk.somebody('ben@hsi.dhs.gov')];
  granted(await registers(agent, event));
  const secret = await secretOf(agent);
  expect(refused(await viewJoin(desk.ctx, { secret }))).toEqual({ kind: 'signed-out' });
  expect(refused(await viewJoin(other.ctx, { secret }))).toMatchObject({ kind: 'unknown' });
  expect((await viewJoin(agent.ctx, { secret })).ok).toBe(true);
});

const feedSecret = (url: string): string => url.split('/calendar/')[1]?.replace(/\.ics$/, '') ?? '';

test('a feed holds what is confirmed, under the UIDs of its invitations', async () => {
  const desk = await openDesk();
  const { ana, event } = await confirmed(desk);
  await desk.deliver();
  const [letter] = desk.mailer.letters;
  const uid = letter?.about === 'registration' ? letter.uid : null;
  const secret = feedSecret(granted(await feedAddress(ana.ctx)).url);
  expect(granted(await readFeed(desk.ctx, { secret }))).toBe(`${uid} 0\n`);
  desk.clock.pass(HOUR);
  granted(await cancelRegistration(ana.ctx, { id: idOf(await desk.registration(event, ana)) }));
  expect(granted(await readFeed(desk.ctx, { secret }))).toBe('');
});

test('a replaced feed address is dead at once', async () => {
  const desk = await openDesk();
  const { ana } = await confirmed(desk);
  const old = feedSecret(granted(await feedAddress(ana.ctx)).url);
  const fresh = feedSecret(granted(await rotateFeed(ana.ctx)).url);
  expect(refused(await readFeed(desk.ctx, { secret: old }))).toMatchObject({ kind: 'unknown' });
  expect((await readFeed(desk.ctx, { secret: fresh })).ok).toBe(true);
  expect(feedSecret(granted(await feedAddress(ana.ctx)).url)).toBe(fresh);
});

test('nobody’s feed can be made up', async () => {
  const desk = await openDesk();
  const { ana } = await confirmed(desk);
  const [letters, , signed] = feedSecret(granted(await feedAddress(ana.ctx)).url).split('.');
  for (const secret of [`${letters}.2.${signed}`, `${letters}.1.`, `${letters}`, 'x.1.y', ''])
    expect(refused(await readFeed(desk.ctx, { secret }))).toMatchObject({ kind: 'unknown' });
});
