import { expect, onTestFinished, test } from 'vitest';
import { EventId, partsOfRegistrationId, RegistrationId } from '../../functions/domain/ids.ts';
import { calendarFaults, entryIn, halfTold, isIdle, steady, unfinished, unsent } from '../fixtures/killed-desk.ts';
import { aRush, moveEvent, someChairs, someLists, type Scene } from '../fixtures/killed-scenes.ts';
import { over, publishWebinar, startServer, tokensFor, type Server } from '../fixtures/server.ts';
import { diceFrom, type Dice } from '../fixtures/stage.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

/** `npm run test:crash` kills a hundred times. */
const KILLS = Number(process.env['CRASHES'] ?? 4);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const PEOPLE = 40;
const SEATS = 10;
const CHAIRS = 9;
const ROWS = 25;
/** So many act at a time, and so many answers come at most before the next kill; where staff began something, it may get further. */
const AT_ONCE = 8;
const MOST_ANSWERS = 40;
const MOST_BESIDE_STAFF = 150;
/** Messages that the outbox sends at a time: what may be sent twice when it is killed. */
const SENDERS = 8;

/**
 * People do this and that until the server dies of it.
 * @param cue the moment to die in, should it come before so many answers
 */
async function actUntilKilled(
  server: Server,
  scenes: readonly Scene[],
  most: number,
  dice: Dice,
  cue?: Promise<void>,
): Promise<void> {
  const life: { left: number; dying: Promise<void> | null } = { left: 1 + dice(most), dying: null };
  const die = () => {
    life.left = 0;
    life.dying ??= server.kill();
  };
  // a look that the death breaks off is over
  void cue?.then(die, () => undefined);
  const worker = async () => {
    while (life.left > 0) {
      await scenes[dice(scenes.length)]?.act(server);
      life.left -= 1;
      if (life.left <= 0) die();
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  await (life.dying ?? server.kill());
  // whoever was not answered asks nothing more; but nobody is refused what they may do
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? String(end.reason) : [])).filter(isRefusal);
  expect(refused).toEqual([]);
}
const isRefusal = (error: string): boolean => / answered 4(?!29)/.test(error);

test(`killed ${KILLS} times at random moments, seed ${SEED}`, { timeout: 60_000 + KILLS * 40_000 }, async () => {
  const dice = diceFrom(SEED);
  let server = await startServer(tempFolder());
  onTestFinished(() => server.kill());
  const [staff = ''] = await tokensFor(server, 'staff', ['staff@ccht.example.org']);
  const emails = Array.from({ length: PEOPLE }, (_, n) => `person${n}@agency.example.gov`);
  const tokens = await tokensFor(server, 'participant', emails);
  const people = emails.map((email, n) => ({ email, token: tokens[n] ?? '' }));
  const anEvent = async (capacity: number) => EventId.parse(await publishWebinar(server, staff, { capacity }));
  const [crowded, quiet, listed] = [await anEvent(SEATS), await anEvent(PEOPLE), await anEvent(KILLS * 4)];
  const rush = aRush(crowded, people, dice);
  const chairs = await someChairs(server, quiet, people, CHAIRS, dice);
  const lists = someLists(listed, ROWS);

  /** Kills that left a change of an event half told, and those that left a list half registered. */
  const halfDone = { changes: 0, lists: 0 };
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const when = `after kill ${kill}`;
    const moved = kill % 2 === 0 ? listed : kill % 4 === 1 ? crowded : quiet;
    const moves = kill % 3 === 2;
    if (kill % 3 === 1) await lists.begin(server, staff);
    if (moves) {
      // the list before it is done, so that there are people to tell
      await expect.poll(async () => (await unfinished(server)).lists, { timeout: 60_000 }).toBe(0);
      await moveEvent(server, staff, moved);
    }
    const cue = moves ? halfTold(server, moved) : undefined;
    await actUntilKilled(server, [rush, rush, chairs], kill % 3 === 0 ? MOST_ANSWERS : MOST_BESIDE_STAFF, dice, cue);
    server = await startServer(server.data, server.port);
    const left = await unfinished(server);
    if (left.changes > 0) halfDone.changes += 1;
    if (left.lists > 0) halfDone.lists += 1;
    for (const scene of [rush, chairs, lists]) await scene.hold(server, when);
  }

  const again = server;
  const desk = over(again);
  const atWork = async () => ({ ...(await unfinished(again)), ...(await unsent(again)) });
  await expect.poll(atWork, { timeout: 300_000, interval: 500 }).toEqual({ changes: 0, lists: 0, owed: 0, parked: 0 });
  const pools = () => Promise.all([crowded, quiet, listed].map((event) => steady(again, event)));
  const idle = async () => (await pools()).filter(isIdle).length;
  await expect.poll(idle, { timeout: 30_000, interval: 500, message: 'no seat is idle' }).toBe(0);
  expect(await lists.missing(again), 'everybody on a list is registered, once').toEqual([]);

  // whoever was registering when an event moved hears of it half a minute later
  const entries = async () => (await desk.mail()).flatMap((one) => entryIn(one) ?? []);
  const wrong = async () => {
    const sent = await entries();
    return (await pools()).flatMap((pool) => calendarFaults(pool, sent));
  };
  await expect.poll(wrong, { timeout: 60_000, interval: 500, message: 'no message is missing' }).toEqual([]);
  const sent = await entries();
  const missing = [
    ...[...rush.seated].filter((id) => !sent.some((one) => one.id === id && one.method === 'REQUEST')),
    ...[...rush.ended].filter((id) => !sent.some((one) => one.id === id && one.method === 'CANCEL')),
  ];
  expect(
    missing.map((id) => partsOfRegistrationId(RegistrationId.parse(id)).attempt),
    'no message is missing',
  ).toEqual([]);
  const twice = sent.length - new Set(sent.map(({ message }) => message)).size;
  expect(twice, 'sent twice at most what was in flight').toBeLessThanOrEqual(KILLS * SENDERS);
  console.log(
    `${KILLS} kills: ${rush.seated.size} seats given, ${rush.ended.size} given back, ${chairs.count.whole} handed over; ` +
      `${halfDone.changes} left a change of an event half told, ${halfDone.lists} a list half registered, ` +
      `${chairs.count.broken} hand-overs broke off; ${sent.length} invitations and cancellations, ${twice} of them sent twice`,
  );
});
