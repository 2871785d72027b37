import { isDeepStrictEqual } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { EventId, partsOfRegistrationId, RegistrationId } from '../../functions/domain/ids.ts';
import { isStanding, Registration } from '../../functions/domain/registration.ts';
import { Seats } from '../../functions/domain/seats.ts';
import { PlaceItem } from '../../functions/store/dynamo/items.ts';
import { keys } from '../../functions/store/dynamo/keys.ts';
import { get, queryAll, type Table } from '../../functions/store/dynamo/table.ts';
import { OUTBOX_SHARDS } from '../../functions/usecases/store-port.ts';
import { z } from 'zod';
import {
  over,
  publishWebinar,
  startServer,
  tokensFor,
  type Mail,
  type Server,
  type Standing,
} from '../fixtures/server.ts';
import { diceFrom, type Dice } from '../fixtures/stage.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

/** `npm run test:crash` kills a hundred times. */
const KILLS = Number(process.env['CRASHES'] ?? 4);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const PEOPLE = 40;
const SEATS = 10;
/** So many act at a time, and so many answers come at most before the next kill. */
const AT_ONCE = 8;
const MOST_ANSWERS = 40;
/** Messages that the outbox sends at a time: what may be sent twice when it is killed. */
const SENDERS = 8;

interface Person {
  readonly email: string;
  readonly token: string;
  /** What was acknowledged last; null: nothing yet. */
  told: Pick<Standing, 'id' | 'status' | 'attempt'> | null;
  /** Asked, and not answered before the server died: both outcomes are right. */
  asking: 'register' | 'cancel' | null;
}

const tableOf = ({ engine }: Server): Table & { close(): void } => {
  const client = new DynamoDBClient({
    endpoint: engine,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return { db: DynamoDBDocumentClient.from(client), name: 'training-desk', close: () => client.destroy() };
};

/** People come and go until the server dies of it. */
async function comeAndGo(server: Server, event: EventId, people: readonly Person[], dice: Dice): Promise<void> {
  const desk = over(server);
  const life: { left: number; dying: Promise<void> | null } = { left: 1 + dice(MOST_ANSWERS), dying: null };
  const act = async (person: Person) => {
    const { told, token } = person;
    const goes = told !== null && isStandingNow(told.status);
    person.asking = goes ? 'cancel' : 'register';
    person.told = goes
      ? await desk.cancel(token, told.id)
      : await desk.register(token, event, told ? told.attempt + 1 : undefined);
    person.asking = null;
    life.left -= 1;
    if (life.left <= 0) life.dying ??= server.kill();
  };
  const busy = new Set<Person>();
  const worker = async () => {
    while (life.left > 0) {
      const free = people.filter((person) => !busy.has(person));
      const person = free[dice(free.length)];
      if (!person) return;
      busy.add(person);
      await act(person).finally(() => busy.delete(person));
    }
  };
  await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  await (life.dying ?? server.kill());
}

const Status = Registration.shape.status;
const isStandingNow = (status: string): boolean => isStanding(Status.parse(status));

/** The table between two changes: read until it reads twice the same, for the promoter is at work. */
async function steady(server: Server, event: EventId) {
  const table = tableOf(server);
  const read = async () => {
    const [seats, all, line] = await Promise.all([
      get(table, keys.seats(event), Seats),
      queryAll(table, { pk: keys.roster(event), begins: 'REG#' }, Registration),
      queryAll(table, { pk: keys.line(event) }, PlaceItem),
    ]);
    return { seats, all, line };
  };
  let before = await read();
  for (let now = await read(); !isDeepStrictEqual(before, now); now = await read()) before = now;
  table.close();
  return before;
}

/** The four promises, read from the table itself. */
async function holdPromises(server: Server, event: EventId, people: readonly Person[], when: string): Promise<void> {
  const { seats, all, line } = await steady(server, event);
  const confirmed = all.filter(({ status }) => status === 'confirmed');
  expect(confirmed.length, `${when}: no seat is sold twice`).toBeLessThanOrEqual(SEATS);
  expect(seats?.taken, `${when}: the counter is the count`).toBe(confirmed.length);
  const waiting = all
    .filter(({ status }) => status === 'waitlisted')
    .map(({ person, ticket }) => `${person} ${ticket}`);
  expect(line.map(({ person, ticket }) => `${person} ${ticket}`).toSorted(), `${when}: the line`).toEqual(
    waiting.toSorted(),
  );
  for (const person of people) {
    const { told, asking } = person;
    const held = all.find(({ email }) => email === person.email);
    if (told) expect(held?.attempt, `${when}: ${person.email} is not lost`).toBeGreaterThanOrEqual(told.attempt);
    if (told && held?.attempt === told.attempt && asking !== 'cancel')
      expect(statusesAfter(told.status), `${when}: ${person.email} was told ${told.status}`).toContain(held.status);
    if (told && asking === null) expect(held?.attempt, `${when}: nobody comes back unasked`).toBe(told.attempt);
    if (held) person.told = { id: idText(held), status: held.status, attempt: held.attempt };
    person.asking = null;
  }
}
const idText = ({ event, person, attempt }: Registration): string =>
  `reg_${event.slice(4)}${person.slice(4)}${attempt}`;
const statusesAfter = (told: string): string[] => (told === 'waitlisted' ? ['waitlisted', 'confirmed'] : [told]);

/** Which registration and what of it a message is about; null without a calendar, whose words may be the same twice. */
function about({ calendar = '' }: Mail): { method: string; id: string; entry: string } | null {
  const unfolded = calendar.replace(/\r?\n[ \t]/g, '');
  const id = /^UID:(reg_[a-z2-7]+\d+)-/m.exec(unfolded)?.[1];
  const method = /^METHOD:(\w+)/m.exec(unfolded)?.[1];
  const [uid, sequence] = [/^UID:.*$/m, /^SEQUENCE:\d+/m].map((line) => line.exec(unfolded)?.[0]);
  return id && method ? { id, method, entry: `${method} ${uid} ${sequence}` } : null;
}

test(`killed ${KILLS} times at random moments, seed ${SEED}`, { timeout: 60_000 + KILLS * 40_000 }, async () => {
  const dice = diceFrom(SEED);
  let server = await startServer(tempFolder());
  onTestFinished(() => server.kill());
  const [staff = ''] = await tokensFor(server, 'staff', ['staff@ccht.example.org']);
  const emails = Array.from({ length: PEOPLE }, (_, n) => `person${n}@agency.example.gov`);
  const tokens = await tokensFor(server, 'participant', emails);
  const people = emails.map((email, n): Person => ({ email, token: tokens[n] ?? '', told: null, asking: null }));
  const event = EventId.parse(await publishWebinar(server, staff, { capacity: SEATS }));

  /** Registrations that were seen with a seat, and those of them that were seen to end. */
  const seated = new Set<string>();
  const ended = new Set<string>();
  const note = () => {
    for (const { told } of people) {
      if (told?.status === 'confirmed') seated.add(told.id);
      if (told?.status === 'cancelled' && seated.has(told.id)) ended.add(told.id);
    }
  };
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await comeAndGo(server, event, people, dice);
    note();
    server = await startServer(server.data, server.port);
    await holdPromises(server, event, people, `after kill ${kill}`);
    note();
  }

  const table = tableOf(server);
  const unsent = async () => {
    const shards = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => keys.outbox(shard));
    const found = await Promise.all(shards.map((pk) => queryAll(table, { pk }, z.object({ sk: z.string() }))));
    return found.flat().length;
  };
  await expect.poll(unsent, { timeout: 120_000, interval: 500 }).toBe(0);
  expect(await queryAll(table, { pk: keys.parked }, z.object({}))).toEqual([]);
  table.close();
  const again = server;
  const idle = async () => {
    const { all, line } = await steady(again, event);
    return line.length > 0 && all.filter(({ status }) => status === 'confirmed').length < SEATS;
  };
  await expect.poll(idle, { timeout: 30_000, interval: 500, message: 'no seat is idle' }).toBe(false);

  const mail = await over(server).mail();
  const calendars = mail.flatMap((one) => about(one) ?? []);
  const missing = [
    ...[...seated].filter((id) => !calendars.some((one) => one.id === id && one.method === 'REQUEST')),
    ...[...ended].filter((id) => !calendars.some((one) => one.id === id && one.method === 'CANCEL')),
  ];
  expect(
    missing.map((id) => partsOfRegistrationId(RegistrationId.parse(id)).attempt),
    'no message is missing',
  ).toEqual([]);
  const twice = calendars.length - new Set(calendars.map(({ entry }) => entry)).size;
  expect(twice, 'sent twice at most what was in flight').toBeLessThanOrEqual(KILLS * SENDERS);
  console.log(
    `${KILLS} kills: ${seated.size} seats given, ${ended.size} given back, ${calendars.length} invitations and cancellations, ${twice} of them sent twice`,
  );
});
