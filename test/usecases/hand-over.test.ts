import { expect, test } from 'vitest';
import type { TrainingEvent } from '../../functions/domain/event.ts';
import { Email } from '../../functions/domain/person.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { DAY, HOUR, plus, SECOND } from '../../functions/domain/time.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { cancelEvent } from '../../functions/usecases/cancel-event.ts';
import { changeRegistration } from '../../functions/usecases/change-registration.ts';
import { approveRegistration } from '../../functions/usecases/decide-registration.ts';
import type { Context } from '../../functions/usecases/context.ts';
import { offerSeat, takeOfferBack, takeOverSeat, viewOffer } from '../../functions/usecases/hand-over-seat.ts';
import { aSitting, granted, openDesk, refused, registers, type Desk, type Somebody } from '../fixtures/desk.ts';

/** Ana has a seat, and Ben is her colleague. */
async function aSeat(more: Parameters<Desk['event']>[0] = {}) {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1, ...more });
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  granted(
    await registers(
      ana,
      event,
      more.sessionChoice === 'one' ? { sessions: event.sessions.slice(0, 1).map(({ id }) => id) } : {},
    ),
  );
  const id = idOf(await desk.registration(event, ana));
  return { desk, event, ana, ben, id };
}
const offers = ({ ctx }: Somebody, id: Parameters<typeof offerSeat>[1]['id'], to: Somebody) =>
  offerSeat(ctx, { id, email: to.person.email });

test('a yes moves the seat: one registration ends, the other begins, and the counter stands', async () => {
  const { desk, event, ana, ben, id } = await aSeat();
  granted(await offers(ana, id, ben));
  expect(await desk.registration(event, ana)).toMatchObject({ status: 'confirmed', offer: { to: ben.person.email } });
  expect(await desk.lettersTo(ben)).toEqual(['seat-offered']);
  const taken = granted(await takeOverSeat(ben.ctx, { id })).registration;
  expect(taken).toMatchObject({ status: 'confirmed', person: ben.person.id, pool: event.id, attempt: 1 });
  expect(await desk.registration(event, ana)).toMatchObject({ status: 'cancelled', endedBy: 'person' });
  expect((await desk.registration(event, ana)).offer).toBe(undefined);
  expect(await desk.taken(event.id)).toBe(1);
  expect(await desk.lettersTo(ana)).toEqual(['REQUEST 0 confirmed', 'CANCEL 1 seat-handed-over']);
  expect(await desk.lettersTo(ben)).toEqual(['seat-offered', 'REQUEST 0 confirmed']);
});

test('reading an offer changes nothing, and shows it to the one it is for', async () => {
  const { desk, event, ana, ben, id } = await aSeat();
  const cleo = await desk.somebody('cleo');
  expect(refused(await viewOffer(ben.ctx, { id }))).toMatchObject({ kind: 'unknown' });
  granted(await offers(ana, id, ben));
  const before = await desk.registration(event, ana);
  granted(await viewOffer(ben.ctx, { id }));
  expect(await desk.registration(event, ana)).toEqual(before);
  for (const who of [ana.ctx, cleo.ctx, desk.staff]) {
    expect(refused(await viewOffer(who, { id }))).toMatchObject({ kind: 'unknown' });
    expect(refused(await takeOverSeat(who, { id }))).toMatchObject({ kind: 'unknown' });
  }
  expect(refused(await viewOffer(desk.ctx, { id }))).toEqual({ kind: 'signed-out' });
});

test('an offer is taken back until the yes, and its mail then leads nowhere', async () => {
  const { desk, event, ana, ben, id } = await aSeat();
  granted(await offers(ana, id, ben));
  granted(await takeOfferBack(ana.ctx, { id }));
  expect(granted(await takeOfferBack(ana.ctx, { id })).registration.status).toBe('confirmed');
  expect(refused(await takeOverSeat(ben.ctx, { id }))).toMatchObject({ kind: 'unknown' });
  expect(await desk.lettersTo(ben)).toEqual([]);
  expect((await desk.registration(event, ana)).status).toBe('confirmed');
});

test('another colleague takes the place of the first', async () => {
  const { desk, ana, ben, id } = await aSeat();
  const cleo = await desk.somebody('cleo');
  granted(await offers(ana, id, ben));
  granted(await offers(ana, id, cleo));
  granted(await offers(ana, id, cleo));
  expect(await desk.lettersTo(cleo)).toEqual(['seat-offered']);
  expect(refused(await takeOverSeat(ben.ctx, { id }))).toMatchObject({ kind: 'unknown' });
  granted(await takeOverSeat(cleo.ctx, { id }));
});

test('while somebody waits no seat changes hands', async () => {
  const { desk, event, ana, ben, id } = await aSeat();
  granted(await offers(ana, id, ben));
  granted(await registers(await desk.somebody('cleo'), event));
  expect(refused(await takeOverSeat(ben.ctx, { id }))).toMatchObject({
    kind: 'conflict',
    detail: expect.stringContaining('wait'),
  });
  granted(await takeOfferBack(ana.ctx, { id }));
  expect(refused(await offers(ana, id, ben))).toMatchObject({ kind: 'conflict' });
});

test('only to somebody who may attend, and not to oneself', async () => {
  const audience = { kind: 'hosts' as const, hosts: ['agency.example.gov'], others: 'review' as const };
  const { desk, ana, id } = await aSeat({ audience });
  for (const email of ['ben@agency.example.gov.example.org', 'ben@another.example.org', 'ana@agency.example.gov'])
    expect(refused(await offerSeat(ana.ctx, { id, email: Email.parse(email) }))).toMatchObject({
      errors: [{ path: 'email' }],
    });
  const ben = await desk.somebody('ben');
  granted(await offers(ana, id, ben));
});

test('who has a registration of their own, or was turned away, takes none over', async () => {
  const { desk, event, ana, ben, id } = await aSeat({ capacity: 5 });
  granted(await registers(ben, event));
  granted(await offers(ana, id, ben));
  expect(refused(await takeOverSeat(ben.ctx, { id }))).toMatchObject({ kind: 'conflict' });
  const theirs = idOf(await desk.registration(event, ben));
  granted(await cancelRegistration(desk.staff, { id: theirs, reason: 'Asked by telephone' }));
  expect(refused(await takeOverSeat(ben.ctx, { id }))).toMatchObject({ kind: 'conflict' });
});

test('who gave a place up before comes back with the next attempt', async () => {
  const { desk, event, ana, ben, id } = await aSeat({ capacity: 5 });
  granted(await registers(ben, event));
  granted(await cancelRegistration(ben.ctx, { id: idOf(await desk.registration(event, ben)) }));
  granted(await offers(ana, id, ben));
  expect(granted(await takeOverSeat(ben.ctx, { id })).registration).toMatchObject({ status: 'confirmed', attempt: 2 });
  expect(await desk.taken(event.id)).toBe(1);
});

test('two presses are one, and a late copy revives nobody', async () => {
  const { desk, event, ana, ben, id } = await aSeat();
  granted(await offers(ana, id, ben));
  const answers = await Promise.all([1, 2].map(() => takeOverSeat(ben.ctx, { id })));
  expect(answers.map((answer) => granted(answer).registration.status)).toEqual(['confirmed', 'confirmed']);
  granted(await cancelRegistration(ben.ctx, { id: idOf(await desk.registration(event, ben)) }));
  expect(granted(await takeOverSeat(ben.ctx, { id })).registration.status).toBe('cancelled');
  expect(await desk.taken(event.id)).toBe(0);
});

test('an answer that was lost is given again', async () => {
  const { desk, event, ana, ben, id } = await aSeat();
  granted(await offers(ana, id, ben));
  const { store } = ben.ctx;
  const lost: Context = {
    ...ben.ctx,
    store: {
      ...store,
      commit: async (change) => {
        await store.commit(change);
        return 'busy';
      },
    },
  };
  expect(granted(await takeOverSeat(lost, { id })).registration.status).toBe('confirmed');
  expect(await desk.taken(event.id)).toBe(1);
});

test('a yes and giving back at the same moment: the seat has one holder or none', async () => {
  const { desk, event, ana, ben, id } = await aSeat();
  granted(await offers(ana, id, ben));
  await Promise.all([takeOverSeat(ben.ctx, { id }), cancelRegistration(ana.ctx, { id })]);
  const theirs = await desk.ctx.store.registration(event.id, ben.person.id);
  expect((await desk.registration(event, ana)).status).toBe('cancelled');
  expect(await desk.taken(event.id)).toBe(theirs?.status === 'confirmed' ? 1 : 0);
});

test('nothing changes hands in an event that is canceled or has begun', async () => {
  const { desk, event, ana, ben, id } = await aSeat();
  granted(await offers(ana, id, ben));
  granted(await cancelEvent(desk.staff, { id: event.id, reason: 'The speaker is ill' }));
  expect(refused(await takeOverSeat(ben.ctx, { id }))).toMatchObject({ kind: 'closed', because: 'cancelled' });
  const other = await aSeat();
  granted(await offers(other.ana, other.id, other.ben));
  other.desk.clock.set(plus(other.event.closesAt, 2 * DAY));
  expect(refused(await takeOverSeat(other.ben.ctx, { id: other.id }))).toMatchObject({ because: 'past' });
});

test('an offer ends with another choice of session, and with the seat', async () => {
  const { desk, event, ana, ben, id } = await aSeat({ sessionChoice: 'one', sessions: [aSitting(0), aSitting(1)] });
  granted(await offers(ana, id, ben));
  const other = event.sessions[1]?.id;
  const { rev: version } = await desk.registration(event, ana);
  granted(await changeRegistration(ana.ctx, { id, version, patch: { sessions: other ? [other] : [] } }));
  expect(refused(await takeOverSeat(ben.ctx, { id }))).toMatchObject({ kind: 'unknown' });
  granted(await offers(ana, id, ben));
  granted(await cancelRegistration(ana.ctx, { id }));
  expect((await desk.registration(event, ana)).offer).toBe(undefined);
});

test('a sitting is handed over with its session', async () => {
  const { desk, event, ana, ben, id } = await aSeat({ sessionChoice: 'one', sessions: [aSitting(0), aSitting(1)] });
  granted(await offers(ana, id, ben));
  const [first] = event.sessions;
  granted(await takeOverSeat(ben.ctx, { id }));
  expect(await desk.registration(event, ben)).toMatchObject({ pool: first?.id, sessions: [first?.id] });
});

test('what is asked of everybody is asked of the colleague', async () => {
  const questions: TrainingEvent['questions'] = [{ id: 'why', label: 'Why?', kind: 'text', required: true }];
  const desk = await openDesk();
  const event = await desk.event({ questions });
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  granted(await registers(ana, event, { answers: { why: 'For a case' } }));
  const id = idOf(await desk.registration(event, ana));
  granted(await offers(ana, id, ben));
  expect(refused(await takeOverSeat(ben.ctx, { id }))).toMatchObject({ errors: [{ path: 'answers.why' }] });
  granted(await takeOverSeat(ben.ctx, { id, answers: { why: 'In her place' } }));
  expect(await desk.ctx.store.details(event.id, ben.person.id)).toMatchObject({ answers: { why: 'In her place' } });
});

test('nobody gives away another’s seat, nor mails the town with offers', async () => {
  const { desk, ana, ben, id } = await aSeat();
  for (const ctx of [ben.ctx, desk.staff])
    expect(refused(await offerSeat(ctx, { id, email: ben.person.email }))).toMatchObject({ kind: 'unknown' });
  expect(refused(await offerSeat(desk.ctx, { id, email: ben.person.email }))).toEqual({ kind: 'signed-out' });
  for (let n = 1; n <= 10; n += 1)
    granted(await offerSeat(ana.ctx, { id, email: Email.parse(`friend${n}@agency.example.gov`) }));
  expect(refused(await offers(ana, id, ben))).toMatchObject({ kind: 'slow-down' });
  desk.clock.pass(HOUR + SECOND);
  granted(await offers(ana, id, ben));
});

test('who has no seat finds out of nobody whether staff approved them, and who has one not more often than they may offer', async () => {
  const desk = await openDesk();
  const audience = { kind: 'hosts', hosts: ['agency.example.gov'], others: 'review' } as const;
  const event = await desk.event({ audience: { ...audience, hosts: [...audience.hosts] } });
  const [ana, eve, known] = [
    await desk.somebody('ana'),
    await desk.somebody('eve@elsewhere.example.org'),
    await desk.somebody('known@elsewhere.example.org'),
  ];
  for (const who of [eve, known, ana]) granted(await registers(who, event));
  granted(await approveRegistration(desk.staff, { id: idOf(await desk.registration(event, known)) }));
  const stranger = Email.parse('stranger@elsewhere.example.org');
  const hers = idOf(await desk.registration(event, eve));
  const [one, other] = [await offers(eve, hers, known), await offerSeat(eve.ctx, { id: hers, email: stranger })];
  expect(refused(one)).toEqual(refused(other));
  const id = idOf(await desk.registration(event, ana));
  for (let n = 1; n <= 10; n += 1)
    expect(refused(await offerSeat(ana.ctx, { id, email: stranger }))).toMatchObject({ kind: 'invalid' });
  expect(refused(await offers(ana, id, known))).toMatchObject({ kind: 'slow-down' });
});

test('a late copy of an offer that was taken back since offers nothing', async () => {
  const { desk, event, ana, ben, id } = await aSeat();
  const { rev: version } = await desk.registration(event, ana);
  const offer = () => offerSeat(ana.ctx, { id, email: ben.person.email, version });
  granted(await offer());
  granted(await offer());
  granted(await takeOfferBack(ana.ctx, { id }));
  expect(refused(await offer())).toEqual({ kind: 'version-stale' });
  expect(refused(await takeOverSeat(ben.ctx, { id }))).toMatchObject({ kind: 'unknown' });
});
