import { afterAll, beforeAll, expect, test } from 'vitest';
import { EventId } from '../../functions/domain/ids.ts';
import { SECOND } from '../../functions/domain/time.ts';
import { aSession, draftEvent, openSite, publishedEvent, registered, type Site } from '../fixtures/app.ts';
import { fieldsShown } from '../fixtures/fields-shown.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

type Fields = Readonly<Record<string, string>>;
const edit = (id: EventId) => `/staff/events/${id}/edit`;
const shown = async (id: EventId) => fieldsShown((await site.get(edit(id), { token: site.staff })).text);
const saves = (id: EventId, fields: Fields) =>
  site.post(edit(id), {
    token: site.staff,
    raw: new URLSearchParams({ ...fields, do: 'save' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

test('the editor says what another number of seats will do before it does', async () => {
  const id = EventId.parse(await publishedEvent(site, { capacity: 1 }));
  for (const name of ['eve', 'finn', 'gus', 'hana']) {
    site.clock.pass(SECOND);
    await registered(site, id, `${name}-seats@agency.example.gov`);
  }
  site.clock.pass(6 * SECOND);
  const save = (fields: Fields) => saves(id, fields);
  const fields = await shown(id);
  const told = await save({ ...fields, capacity: '3' });
  expect(told.status).toBe(200);
  expect(told.text).toContain('3 people wait; 2 will be confirmed now.');
  expect((await site.context.store.seats([id]))[0]).toMatchObject({ capacity: 1, taken: 1 });
  // another number than the one that was told is told first
  const other = await save({ ...fieldsShown(told.text), capacity: '2' });
  expect(other.text).toContain('3 people wait; 1 will be confirmed now.');
  expect((await save(fieldsShown(told.text))).status).toBe(303);
  expect((await site.context.store.seats([id]))[0]).toMatchObject({ capacity: 3, taken: 3 });
  const lower = await save({ ...(await shown(id)), capacity: '2' });
  expect(lower.text).toContain(
    '3 hold a seat, 2 is below that: nobody is thrown out, nobody moves up until it fits. 1 person waits; nobody is confirmed now.',
  );
  const none = await save({ ...fieldsShown(lower.text), capacity: '' });
  expect(none.text).toContain('what no limit will do');
  expect((await save(fieldsShown(none.text))).status).toBe(303);
  expect((await site.context.store.seats([id]))[0]).toMatchObject({ taken: 4 });
});

test('a number of seats that concerns nobody is saved at once, and sessions keep their own', async () => {
  const id = EventId.parse(
    await publishedEvent(site, {
      sessionChoice: 'one',
      capacity: 5,
      sessions: [aSession(0, { capacity: 9 }), aSession(1)],
    }),
  );
  const saved = await saves(id, { ...(await shown(id)), capacity: '7' });
  expect(saved.status).toBe(303);
  const event = await site.context.store.event(id);
  const pools = await site.context.store.seats((event?.sessions ?? []).map((session) => session.id));
  expect(new Set(pools.map(({ capacity }) => capacity))).toEqual(new Set([7, 9]));
});

test('a session gets seats of its own in the editor, and what they will do is said of that session', async () => {
  const id = EventId.parse(
    await publishedEvent(site, {
      sessionChoice: 'one',
      capacity: 5,
      sessions: [aSession(0, { capacity: 1 }), aSession(1)],
    }),
  );
  const [first, second] = (await site.context.store.event(id))?.sessions ?? [];
  for (const name of ['ida', 'jon', 'kim']) {
    site.clock.pass(SECOND);
    await registered(site, id, `${name}-own@agency.example.gov`, { sessions: [first?.id] });
  }
  site.clock.pass(6 * SECOND);
  const fields = await shown(id);
  expect(fields).toMatchObject({ 'sessions.0.capacity': '1', 'sessions.1.capacity': '' });
  const told = await saves(id, { ...fields, 'sessions.0.capacity': '2', 'sessions.1.capacity': '9' });
  expect(told.status).toBe(200);
  // both are at the same hour, so that the day tells one from the other
  expect(told.text).toMatch(/January 2\d, \d+:\d\d AM session, 2 seats: 2 people wait; 1 will be confirmed now\./);
  const roster = await site.get(`/staff/events/${id}/roster`, { token: site.staff });
  expect(roster.text).toMatch(/January 2\d, \d+:\d\d\u00a0AM/);
  // what was told of two seats is not told of three
  const more = await saves(id, { ...fieldsShown(told.text), 'sessions.0.capacity': '3' });
  expect([more.status, more.text.includes('2 will be confirmed now.')]).toEqual([200, true]);
  expect((await saves(id, fieldsShown(told.text))).status).toBe(303);
  const pools = await site.context.store.seats([first?.id ?? id, second?.id ?? id]);
  expect(pools).toMatchObject([
    { capacity: 2, taken: 2 },
    { capacity: 9, taken: 0 },
  ]);
  // emptied, it is the event's number again; a number that is none stands beside its field
  expect((await saves(id, { ...(await shown(id)), 'sessions.1.capacity': '' })).status).toBe(303);
  expect(await site.context.store.seats([second?.id ?? id])).toMatchObject([{ capacity: 5 }]);
  for (const wrong of ['0', 'many', '-1', '1.5', '100001']) {
    const page = await saves(id, { ...(await shown(id)), 'sessions.1.capacity': wrong });
    expect([page.status, page.text.includes('f-sessions-1-capacity-error')], wrong).toEqual([422, true]);
  }
});

test.each(['0', '-1', '1000000000', '1.5', 'many'])(
  '%s seats are said beside the field, and nothing is saved',
  async (wrong) => {
    const id = EventId.parse(await draftEvent(site, { capacity: 5 }));
    const before = await site.contents();
    const page = await saves(id, { ...(await shown(id)), capacity: wrong });
    expect(page.status).toBe(422);
    expect(page.text).toMatch(/<title>Error: /);
    expect(page.text).toContain('href="#f-capacity"');
    expect(page.text).toContain('id="f-capacity-error"');
    expect(page.text).toContain(`value="${wrong}"`);
    expect(await site.contents()).toEqual(before);
  },
);

test('seats of sessions are asked for where people take one, and dropped with that', async () => {
  const id = EventId.parse(await draftEvent(site, { sessions: [aSession(0), aSession(1)] }));
  const fields = await shown(id);
  expect(Object.keys(fields)).not.toContain('sessions.0.capacity');
  expect((await saves(id, { ...fields, sessionChoice: 'one', 'sessions.0.capacity': '4' })).status).toBe(303);
  expect(await shown(id)).toMatchObject({ 'sessions.0.capacity': '4', 'sessions.1.capacity': '' });
  expect((await saves(id, { ...(await shown(id)), sessionChoice: 'all' })).status).toBe(303);
  expect((await site.context.store.event(id))?.sessions).toMatchObject([{ capacity: null }, { capacity: null }]);
});

test('staff say how long an answer may be, and another save does not lose it', async () => {
  const id = EventId.parse(
    await draftEvent(site, {
      questions: [
        { id: 'why', label: 'Why?', kind: 'text', required: false, maxLength: 40 },
        { id: 'who', label: 'Who?', kind: 'text', required: false },
      ],
    }),
  );
  const fields = await shown(id);
  expect(fields).toMatchObject({ 'questions.0.maxLength': '40', 'questions.1.maxLength': '' });
  expect((await saves(id, { ...fields, 'questions.1.maxLength': '2000' })).status).toBe(303);
  const questions = (await site.context.store.event(id))?.questions;
  expect(questions?.map(({ maxLength }) => maxLength)).toEqual([40, 2000]);
  for (const [wrong, words] of [
    ['0', 'Give at least 1 character'],
    ['2001', 'Give at most 2,000 characters'],
    ['long', 'Enter a whole number'],
  ] as const) {
    const page = await saves(id, { ...(await shown(id)), 'questions.1.maxLength': wrong });
    expect([page.status, page.text.includes('f-questions-1-maxLength-error')], wrong).toEqual([422, true]);
    expect(page.text).toContain(words);
  }
  // an answer that is not in words has no length
  expect((await saves(id, { ...(await shown(id)), 'questions.1.kind': 'yes-no' })).status).toBe(303);
  expect((await site.context.store.event(id))?.questions[1]).not.toHaveProperty('maxLength');
});

const choices = (count: number) => Array.from({ length: count }, (_, n) => `Choice ${n}`).join('\n');
const asked = { 'questions.0.label': 'Which shift?', 'questions.0.kind': 'choice' };
test.each<[string, Fields, RegExp]>([
  ['a choice without choices', asked, /Give 2 to 12 choices/],
  ['one choice', { ...asked, 'questions.0.options': 'Day' }, /Give 2 to 12 choices/],
  ['thirteen choices', { ...asked, 'questions.0.options': choices(13) }, /Give 2 to 12 choices/],
  ['a host that is none', { 'audience.kind': 'hosts', 'audience.hosts': 'not a host' }, /f-audience-hosts-error/],
  ['a trainer without an address', { trainers: 'Ruth' }, /Enter an email address/],
  ['no zone', { timeZone: '' }, /Give a time zone/],
])('%s is said in words of ours beside its field', async (_what, wrong, words) => {
  const id = EventId.parse(await draftEvent(site));
  const page = await saves(id, { ...(await shown(id)), ...wrong });
  expect(page.status).toBe(422);
  expect(page.text).toMatch(words);
  expect(page.text).not.toMatch(/Too (small|big)|Invalid|expected/);
});
