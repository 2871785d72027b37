import { expect, onTestFinished, test } from 'vitest';
import {
  over,
  publishWebinar,
  startServer,
  tokensFor,
  type Mail,
  type Server,
  type Standing,
} from '../fixtures/server.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

/** Long enough on two cores that other tests keep busy. */
const PATIENCE = { timeout: 240_000 };
const PEOPLE = 200;
const SEATS = 20;

interface Participant {
  readonly email: string;
  readonly token: string;
}

/** A server of its own, an event with twenty seats, and two hundred people with an address each. */
async function beforeTheRush() {
  const server = await startServer(tempFolder());
  onTestFinished(() => server.kill());
  const [staff = ''] = await tokensFor(server, 'staff', ['staff@ccht.example.org']);
  const emails = Array.from({ length: PEOPLE }, (_, n) => `person${n}@agency.example.gov`);
  const tokens = await tokensFor(server, 'participant', emails);
  const people = emails.map((email, n): Participant => ({ email, token: tokens[n] ?? '' }));
  return { server, staff, people, event: await publishWebinar(server, staff, { capacity: SEATS }) };
}

const confirmed = ({ status }: Standing) => status === 'confirmed';
const waiting = ({ status }: Standing) => status === 'waitlisted';

test(
  'two hundred people at once, twenty seats: twenty confirmed, the rest in line, promoted in that order',
  PATIENCE,
  async () => {
    const { server, people, event } = await beforeTheRush();
    const desk = over(server);

    const early = await Promise.all(people.slice(0, 120).map(({ token }) => desk.register(token, event)));
    const late = await Promise.all(people.slice(120).map(({ token }) => desk.register(token, event)));
    const answers = [...early, ...late];
    expect(answers.filter(confirmed)).toHaveLength(SEATS);
    expect(answers.filter(waiting)).toHaveLength(PEOPLE - SEATS);
    expect(late.filter(confirmed), 'nobody who asked later has a seat').toEqual([]);

    const now = await Promise.all(
      people.map(async (person, n) => ({ person, ...(await desk.registration(person.token, answers[n]?.id ?? '')) })),
    );
    const line = now.filter(waiting).toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0));
    expect(line.map(({ position }) => position)).toEqual(line.map((_, n) => n + 1));
    const earlyIds = new Set(early.map(({ id }) => id));
    expect(
      line.slice(0, 100).every(({ id }) => earlyIds.has(id)),
      'who was told first stands first',
    ).toBe(true);

    const seated = now.filter(confirmed);
    for (const [n, { person, id }] of seated.slice(0, 5).entries()) {
      await desk.cancel(person.token, id);
      const next = line[n];
      if (!next) throw new Error('somebody waits');
      await expect
        .poll(async () => (await desk.registration(next.person.token, next.id)).status, { timeout: 30_000 })
        .toBe('confirmed');
      const behind = line[n + 1];
      expect(behind && (await desk.registration(behind.person.token, behind.id))).toMatchObject({ position: 1 });
    }
    expect(await desk.seats(people[0]?.token ?? '', event)).toEqual({ capacity: SEATS, remaining: 0, waitlist: 175 });
  },
);

/** The same message sent twice is one with the same words to the same person. */
const distinct = (mail: readonly Mail[]) => new Set(mail.map(({ to, text }) => `${to.join()} ${text}`)).size;

test(
  'killed in the middle of the rush: nothing that was acknowledged is lost, no seat sold twice, no message unsent',
  PATIENCE,
  async () => {
    const { server: first, people, event } = await beforeTheRush();
    let server: Server = first;
    const told = new Map<Participant, Standing>();
    let kills = 0;

    for (const killAfter of [10, 70]) {
      const desk = over(server);
      const before = told.size;
      let dying: Promise<void> | null = null;
      await Promise.allSettled(
        people.map(async (person) => {
          if (told.has(person)) return;
          told.set(person, await desk.register(person.token, event, 1));
          if (told.size - before >= killAfter) dying ??= server.kill();
        }),
      );
      await (dying ?? server.kill());
      kills += 1;
      server = await startServer(server.data, server.port);
      const again = server;
      onTestFinished(() => again.kill());
      for (const [person, { id, status }] of told)
        expect(await over(server).registration(person.token, id), 'what was acknowledged stands').toMatchObject({
          status,
        });
    }

    const desk = over(server);
    for (const person of people) told.set(person, await desk.register(person.token, event, 1));
    const answers = await Promise.all([...told].map(([{ token }, { id }]) => desk.registration(token, id)));
    expect(answers.filter(confirmed)).toHaveLength(SEATS);
    expect(answers.filter(waiting)).toHaveLength(PEOPLE - SEATS);
    expect(
      answers
        .filter(waiting)
        .map(({ position }) => position ?? 0)
        .toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: PEOPLE - SEATS }, (_, n) => n + 1));

    const sent = await expect
      .poll(() => desk.mail(), { timeout: 120_000, interval: 500 })
      .toSatisfy((mail: Mail[]) => new Set(mail.flatMap(({ to }) => to)).size === PEOPLE)
      .then(() => desk.mail());
    expect(distinct(sent), 'each person is owed one message').toBe(PEOPLE);
    const repeated = sent.length - PEOPLE;
    expect(repeated, 'at most what was in flight at each kill is sent again').toBeLessThanOrEqual(kills * 8);
    for (const [{ email }, { id }] of told) {
      const [standing] = answers.filter((answer) => answer.id === id);
      const mine = sent.filter(({ to }) => to.includes(email));
      expect(mine.length).toBeGreaterThanOrEqual(1);
      const invited = mine.every(({ calendar }) => (calendar ?? '').includes('METHOD:REQUEST'));
      expect(invited, `${email} is ${standing?.status}`).toBe(standing?.status === 'confirmed');
    }
  },
);
