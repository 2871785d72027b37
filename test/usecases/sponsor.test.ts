import { expect, test } from 'vitest';
import { Host, type HostRecord } from '../../functions/domain/audience.ts';
import { Email } from '../../functions/domain/person.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { DAY, plus, SECOND } from '../../functions/domain/time.ts';
import { askForSponsor } from '../../functions/usecases/ask-for-sponsor.ts';
import { answerAsSponsor, askSponsor, sponsorAddress, viewSponsoring } from '../../functions/usecases/ask-sponsor.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { approveRegistration } from '../../functions/usecases/decide-registration.ts';
import { putHost } from '../../functions/usecases/hosts.ts';
import { reviewPeople } from '../../functions/usecases/review-people.ts';
import { granted, openDesk, refused, registers, type Desk, type Somebody } from '../fixtures/desk.ts';

const BOSS = Email.parse('boss@sheriff.example.gov');
const OTHER = Email.parse('other@sheriff.example.gov');

async function knows(desk: Desk, host: string, more: Partial<HostRecord> = {}) {
  const record = { agency: 'Sheriff', class: 'exclusive', lists: ['law-enforcement'], evidence: 'A call' } as const;
  const fields = { ...record, lists: [...record.lists], expiresAt: plus(desk.clock.now(), 90 * DAY), ...more };
  granted(await putHost(desk.staff, { host: Host.parse(host), fields }));
}

/** Ana waits to be checked for a training of law enforcement; the sheriff's host is known. */
async function waiting(email = 'ana@agency.example.gov') {
  const desk = await openDesk();
  await knows(desk, 'sheriff.example.gov');
  const event = await desk.event({
    capacity: 9,
    approval: 'manual',
    audience: { kind: 'hosts', hosts: ['law-enforcement'], others: 'review' },
  });
  const ana = await desk.somebody(email);
  const { registration } = granted(await registers(ana, event));
  expect(registration.status).toBe('pending');
  const secret = async () =>
    (sponsorAddress(desk.ctx, await desk.registration(event, ana)) ?? '').split('/confirm/')[1] ?? '';
  return { desk, event, ana, id: idOf(registration), secret };
}

const asks = (who: Somebody, id: Parameters<typeof askSponsor>[1]['id'], email: Email, insteadOf?: Email | null) =>
  askSponsor(who.ctx, { id, email, insteadOf });

test.each([
  ['shared', { class: 'shared' }],
  ['contractors’', { class: 'contractor' }],
  ['of another list', { lists: ['uscis'] }],
] as const)('nobody at a host that is %s can be asked', async (_what, more) => {
  const { desk, ana, id } = await waiting();
  await knows(desk, 'city.example.gov', { ...more, lists: 'lists' in more ? [...more.lists] : ['law-enforcement'] });
  expect(refused(await asks(ana, id, Email.parse('boss@city.example.gov')))).toMatchObject({
    kind: 'invalid',
    errors: [{ path: 'email' }],
  });
});

test('nor at one whose verification has ended', async () => {
  const { desk, ana, id } = await waiting();
  await knows(desk, 'old.example.gov', { expiresAt: plus(desk.clock.now(), DAY) });
  desk.clock.pass(2 * DAY);
  expect(refused(await asks(ana, id, Email.parse('boss@old.example.gov')))).toMatchObject({ kind: 'invalid' });
});

test('free mail is nobody’s own host, and nobody there can be asked', async () => {
  const { desk, ana, id } = await waiting();
  const fields = {
    agency: 'Mail',
    lists: ['law-enforcement' as const],
    evidence: 'x',
    expiresAt: plus(desk.clock.now(), DAY),
  };
  const host = Host.parse('gmail.com');
  expect(refused(await putHost(desk.staff, { host, fields: { ...fields, class: 'exclusive' } }))).toMatchObject({
    kind: 'invalid',
    errors: [{ path: 'class' }],
  });
  granted(await putHost(desk.staff, { host, fields: { ...fields, class: 'shared' } }));
  expect(refused(await asks(ana, id, Email.parse('boss@gmail.com')))).toMatchObject({ kind: 'invalid' });
});

test('a note behind a plus sign makes no other person of the applicant', async () => {
  const { ana, id } = await waiting('ana+desk@sheriff.example.gov');
  expect(refused(await asks(ana, id, Email.parse('ana+boss@sheriff.example.gov')))).toMatchObject({
    kind: 'invalid',
    errors: [{ path: 'email', message: 'Enter a supervisor’s address, not your own' }],
  });
});

test('a late copy of an ask replaces nobody whom the applicant asked since', async () => {
  const { desk, event, ana, id } = await waiting();
  granted(await asks(ana, id, BOSS, null));
  granted(await asks(ana, id, OTHER, BOSS));
  expect(refused(await asks(ana, id, BOSS, null))).toMatchObject({ kind: 'conflict' });
  expect((await desk.registration(event, ana)).sponsor?.email).toBe(OTHER);
  // and a copy of the last one is answered as it stands
  granted(await asks(ana, id, OTHER, BOSS));
  await desk.deliver();
  expect(desk.mailer.letters.filter(({ to }) => to === OTHER)).toHaveLength(1);
});

test('the same press again is no further ask, even after the last one that is allowed', async () => {
  const { desk, event, ana, id } = await waiting();
  const more = await desk.event({ capacity: 9, approval: 'manual', audience: event.audience });
  const second = idOf(granted(await registers(ana, more)).registration);
  for (const n of [1, 2, 3]) granted(await asks(ana, id, Email.parse(`s${n}@sheriff.example.gov`)));
  for (const n of [4, 5]) granted(await asks(ana, second, Email.parse(`s${n}@sheriff.example.gov`)));
  granted(await asks(ana, second, Email.parse('s5@sheriff.example.gov')));
  expect(refused(await asks(ana, second, Email.parse('s6@sheriff.example.gov'))).kind).toBe('slow-down');
  desk.clock.pass(DAY);
  expect(refused(await asks(ana, id, Email.parse('s7@sheriff.example.gov')))).toMatchObject({ kind: 'conflict' });
});

test('who waits for no answer uses up none of the asks that others have of a supervisor', async () => {
  const { desk, event, ana, id } = await waiting();
  for (const name of ['eve', 'mal', 'kim']) {
    const who = await desk.somebody(`${name}@elsewhere.example.org`);
    const own = idOf(granted(await registers(who, event)).registration);
    granted(await cancelRegistration(who.ctx, { id: own }));
    for (let n = 1; n <= 5; n += 1) expect(refused(await asks(who, own, BOSS)).kind).toBe('conflict');
  }
  granted(await asks(ana, id, BOSS));
});

test('two asks at once: one stands, and one mail’s link works', async () => {
  const { desk, event, ana, id, secret } = await waiting();
  const answers = await Promise.all([BOSS, OTHER].map((email) => asks(ana, id, email, null)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  await desk.deliver();
  const { sponsor } = await desk.registration(event, ana);
  const letters = desk.mailer.letters.filter(({ to }) => to === BOSS || to === OTHER);
  expect(letters.map(({ to }) => to)).toEqual([sponsor?.email]);
  granted(await viewSponsoring(desk.ctx, { secret: await secret() }));
});

test('“I don’t know them” stays in sight when somebody else confirms', async () => {
  const { desk, event, ana, id, secret } = await waiting();
  granted(await asks(ana, id, BOSS));
  granted(await answerAsSponsor(desk.ctx, { secret: await secret(), answer: 'unknown' }));
  granted(await asks(ana, id, OTHER));
  granted(await answerAsSponsor(desk.ctx, { secret: await secret(), answer: 'confirmed' }));
  const { applicants } = granted(await reviewPeople(desk.staff, { event: event.id }));
  expect(applicants[0]?.signals).toMatchObject([
    { kind: 'sponsor', sponsor: { email: OTHER, answer: 'confirmed' } },
    { kind: 'sponsor', sponsor: { email: BOSS, answer: 'unknown' } },
  ]);
});

test('both buttons at once: one answer is kept, and a decision at the same time loses neither', async () => {
  const { desk, event, ana, id, secret } = await waiting();
  granted(await asks(ana, id, BOSS));
  const link = await secret();
  const [one, other] = [desk.elsewhere(), desk.elsewhere()];
  const staff = desk.elsewhere(desk.staff.actor);
  await Promise.all([
    answerAsSponsor(one, { secret: link, answer: 'confirmed' }),
    answerAsSponsor(other, { secret: link, answer: 'unknown' }),
    approveRegistration(staff, { id }).then(granted),
  ]);
  const after = await desk.registration(event, ana);
  expect(after.status).toBe('confirmed');
  expect(await desk.taken(after.pool)).toBe(1);
  const { items } = await desk.ctx.store.auditOf(`${event.id}#${ana.person.id}`, 50, null);
  const acts = items.filter(({ act }) => act.includes('supervisor'));
  // asked, and answered at most once
  expect(acts.length).toBe(after.sponsor?.answer === null ? 1 : 2);
});

test('the link dies with the attempt, and the next begins with nobody asked', async () => {
  const { desk, event, ana, id, secret } = await waiting();
  granted(await asks(ana, id, BOSS));
  const link = await secret();
  granted(await cancelRegistration(ana.ctx, { id }));
  expect(granted(await viewSponsoring(desk.ctx, { secret: link })).isOpen).toBe(false);
  expect(refused(await answerAsSponsor(desk.ctx, { secret: link, answer: 'confirmed' })).kind).toBe('conflict');
  granted(await registers(ana, event));
  expect(refused(await viewSponsoring(desk.ctx, { secret: link })).kind).toBe('unknown');
  expect(refused(await answerAsSponsor(desk.ctx, { secret: link, answer: 'confirmed' })).kind).toBe('unknown');
  expect((await desk.registration(event, ana)).sponsor).toBeUndefined();
});

test('once the training has begun nobody is asked, no answer counts, and mail that is still owed stays', async () => {
  const { desk, event, ana, id, secret } = await waiting();
  granted(await asks(ana, id, BOSS));
  const link = await secret();
  desk.clock.set(plus(event.sessions[0]?.startsAt ?? desk.clock.now(), SECOND));
  expect(refused(await asks(ana, id, OTHER))).toEqual({ kind: 'closed', because: 'past' });
  expect(refused(await answerAsSponsor(desk.ctx, { secret: link, answer: 'confirmed' })).kind).toBe('conflict');
  await desk.deliver();
  expect(desk.mailer.letters.filter(({ to }) => to === BOSS)).toEqual([]);
});

test('a supervisor whose mail is slow holds up nothing of the applicant’s, who never gets the link', async () => {
  const { desk, ana, id } = await waiting();
  await desk.deliver();
  granted(await asks(ana, id, BOSS));
  desk.mailer.answer = ({ to }) =>
    to === BOSS ? { outcome: 'later', why: 'greylisted' } : { outcome: 'sent', id: 'mail' };
  await desk.deliver();
  granted(await approveRegistration(desk.staff, { id }));
  expect(await desk.lettersTo(ana)).toEqual(['pending', 'REQUEST 0 confirmed']);
  for (const letter of desk.mailer.letters)
    expect(letter.about === 'registration' && letter.links.sponsor, letter.to).toBeNull();
});

const wants = (desk: Desk, id: Parameters<typeof askForSponsor>[1]['id'], ctx = desk.staff) =>
  askForSponsor(ctx, { id });
const shownTo = async (desk: Desk, event: { id: Parameters<typeof reviewPeople>[1]['event'] }) =>
  granted(await reviewPeople(desk.staff, { event: event.id })).applicants[0]?.signals.map(({ kind }) => kind);

test('staff ask for a sponsor, at once and again: one mail, one entry on record, and it shows until somebody is named', async () => {
  const { desk, event, ana, id } = await waiting();
  expect(refused(await wants(desk, id, ana.ctx)).kind).toBe('forbidden');
  const [one, other] = [desk.elsewhere(desk.staff.actor), desk.elsewhere(desk.staff.actor)];
  await Promise.all([wants(desk, id, one).then(granted), wants(desk, id, other).then(granted)]);
  granted(await wants(desk, id));
  expect(await shownTo(desk, event)).toContain('sponsor-wanted');
  expect(await desk.lettersTo(ana)).toEqual(['pending', 'sponsor-wanted']);
  desk.clock.pass(SECOND);
  granted(await asks(ana, id, BOSS));
  expect(await shownTo(desk, event)).not.toContain('sponsor-wanted');
  granted(await wants(desk, id));
  expect(await desk.lettersTo(ana)).toEqual(['pending', 'sponsor-wanted']);
  const { items } = await desk.ctx.store.auditOf(`${event.id}#${ana.person.id}`, 50, null);
  expect(items.filter(({ act }) => act === 'asked for a sponsor')).toHaveLength(1);
});

test('nobody is asked for a sponsor who has one, who has an answer, or after the start', async () => {
  const { desk, event, ana, id, secret } = await waiting();
  const ben = await desk.somebody('ben');
  const late = idOf(granted(await registers(ben, event)).registration);
  granted(await asks(ana, id, BOSS));
  granted(await answerAsSponsor(desk.ctx, { secret: await secret(), answer: 'confirmed' }));
  expect(refused(await wants(desk, id)).kind).toBe('conflict');
  granted(await approveRegistration(desk.staff, { id }));
  expect(refused(await wants(desk, id)).kind).toBe('conflict');
  desk.clock.set(plus(event.sessions[0]?.startsAt ?? desk.clock.now(), SECOND));
  expect(refused(await wants(desk, late))).toEqual({ kind: 'closed', because: 'past' });
});

test('a mail that asks for a sponsor stays when the desk decides before it goes, and asks nothing of the next attempt', async () => {
  const { desk, event, ana, id } = await waiting();
  granted(await wants(desk, id));
  granted(await cancelRegistration(ana.ctx, { id }));
  granted(await registers(ana, event));
  expect(await desk.lettersTo(ana)).not.toContain('sponsor-wanted');
  expect(await shownTo(desk, event)).not.toContain('sponsor-wanted');
});
