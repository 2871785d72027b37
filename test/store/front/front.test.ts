import { randomUUID } from 'node:crypto';
import { DynamoDBClient, type TransactWriteItemsCommandOutput } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, inject, onTestFinished, test, vi } from 'vitest';
import type { Limits } from '../../../bench/front/budgets.ts';
import { startFront } from '../../../bench/front/front.ts';
import { instant, type Instant } from '../../../functions/domain/time.ts';
import type { Clock } from '../../../functions/usecases/context.ts';
import { NOW, testClock } from '../../fixtures/desk.ts';
import { freshTable, type FreshTable } from '../../fixtures/table.ts';

let table: FreshTable;
beforeAll(async () => {
  table = await freshTable();
});
afterAll(() => table.drop());

/** A front before the engine of this run, and a client that sends everything once. Nothing is random. */
async function aFront(more: { clock?: Clock; limits?: Limits } = {}) {
  const front = await startFront({ endpoint: inject('endpoint'), clock: testClock(), random: () => 0, ...more });
  onTestFinished(() => front.stop());
  const client = new DynamoDBClient({
    endpoint: front.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return {
    front,
    db: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    item: itemsOf(randomUUID()),
  };
}

const itemsOf =
  (partition: string) =>
  (sk: string, more: Record<string, unknown> = {}) => ({
    pk: `THING#${partition}`,
    sk,
    ...more,
  });
type Item = ReturnType<ReturnType<typeof itemsOf>>;
const put = (Item: Item) => new PutCommand({ TableName: table.name, Item });
const putting = (Item: Item) => ({ Put: { TableName: table.name, Item } });
const transact = (...items: readonly Item[]) => new TransactWriteCommand({ TransactItems: items.map(putting) });
const keyOf = ({ pk, sk }: Item) => ({ pk, sk });
const get = (item: Item) => new GetCommand({ TableName: table.name, Key: keyOf(item), ConsistentRead: true });

/** A clock that goes on only when it is told to, and wakes those whose time has come. */
function handClock() {
  let at: Instant = NOW;
  const sleepers = new Set<{ until: Instant; wake: () => void }>();
  return {
    now: () => at,
    wait: (milliseconds: number) =>
      new Promise<void>((wake) => void sleepers.add({ until: instant(Math.ceil(at + milliseconds)), wake })),
    /** Waits until so many wait for it. */
    asleep: (count: number) => vi.waitFor(() => expect(sleepers.size).toBe(count)),
    pass(milliseconds: number) {
      at = instant(at + milliseconds);
      for (const sleeper of sleepers)
        if (sleeper.until <= at) {
          sleepers.delete(sleeper);
          sleeper.wake();
        }
    },
  };
}

/** A transaction that has marked its items and holds them for another ten milliseconds. */
async function inTheMiddleOfOne() {
  const clock = handClock();
  const { front, db, item } = await aFront({ clock });
  const hot = item('hot');
  const held = db.send(transact(hot, item('its own')));
  onTestFinished(async () => {
    clock.pass(100);
    await held;
  });
  await clock.asleep(1);
  clock.pass(10);
  await clock.asleep(1);
  /** What a command meets whose way there takes less than that. */
  const meanwhile = async (answer: Promise<unknown>) => {
    await clock.asleep(2);
    clock.pass(8);
    return answer;
  };
  return { clock, front, db, item, hot, held, meanwhile };
}

test('a second transaction on an item that one holds is refused at its place; the first goes on, then a third may', async () => {
  const { clock, front, db, item, hot, held } = await inTheMiddleOfOne();
  const second = db.send(transact(item('another'), hot));
  const refused = expect(second).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
  });
  for (const milliseconds of [8, 100]) {
    await clock.asleep(2);
    clock.pass(milliseconds);
  }
  await refused;
  await held;
  expect(Object.fromEntries(front.seen.conflicts)).toEqual({ THING: 1 });
  expect((await table.documents.send(get(item('another')))).Item, 'nothing of it was written').toBeUndefined();

  const third = db.send(transact(item('another'), hot));
  for (const milliseconds of [10, 100]) {
    await clock.asleep(1);
    clock.pass(milliseconds);
  }
  await third;
});

test('a put or a deletion of such an item is refused', async () => {
  const { db, hot, meanwhile } = await inTheMiddleOfOne();
  await expect(meanwhile(db.send(put(hot)))).rejects.toMatchObject({ name: 'TransactionConflictException' });
});

test('a put of another item is not', async () => {
  const { db, item, meanwhile } = await inTheMiddleOfOne();
  await meanwhile(db.send(put(item('free'))));
});

test('a read of such an item meets nobody', async () => {
  const { db, hot, meanwhile } = await inTheMiddleOfOne();
  await meanwhile(db.send(get(hot)));
});

test('a read of it in a transaction does', async () => {
  const { clock, db, hot } = await inTheMiddleOfOne();
  const read = new TransactGetCommand({ TransactItems: [{ Get: { TableName: table.name, Key: keyOf(hot) } }] });
  const refused = expect(db.send(read)).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'TransactionConflict' }],
  });
  for (const milliseconds of [8, 100]) {
    await clock.asleep(2);
    clock.pass(milliseconds);
  }
  await refused;
});

const TIGHT: Limits = { partition: { read: 3, write: 4 }, whole: { read: 1_000, write: 1_000 } };

test('a write to a key that is over its limit is throttled, told why, and let in a second later', async () => {
  const clock = testClock();
  const { front, db, item } = await aFront({ clock: { now: () => clock.now(), wait: async () => {} }, limits: TIGHT });
  for (const sk of ['1', '2', '3', '4']) await db.send(put(item(sk)));
  await expect(db.send(put(item('5')))).rejects.toMatchObject({
    name: 'ThrottlingException',
    throttlingReasons: [{ reason: 'TableWriteKeyRangeThroughputExceeded' }],
  });
  expect(Object.fromEntries(front.seen.throttled)).toEqual({ 'THING write': 1 });
  clock.pass(1_000);
  await db.send(put(item('5')));
});

test('transactions cost double, and are refused at the place of the key that is over', async () => {
  const { db, item } = await aFront({ clock: { now: () => NOW, wait: async () => {} }, limits: TIGHT });
  await db.send(transact(item('1'), item('2')));
  const elsewhere = itemsOf(randomUUID())('1');
  await expect(db.send(transact(elsewhere, item('3')))).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'None' }, { Code: 'ThrottlingError' }],
  });
});

test('a key of an index that is over its limit throttles the table', async () => {
  const { db } = await aFront({ clock: { now: () => NOW, wait: async () => {} }, limits: TIGHT });
  const anywhere = (n: number) => itemsOf(randomUUID())('1', { gsi2pk: 'HOT', gsi2sk: String(n) });
  for (const n of [1, 2, 3, 4]) await db.send(put(anywhere(n)));
  await expect(db.send(put(anywhere(5)))).rejects.toMatchObject({
    throttlingReasons: [{ reason: 'IndexWriteKeyRangeThroughputExceeded' }],
  });
});

test('what reads cost is what the engine says, whichever way they come', async () => {
  const { front, db, item } = await aFront({ clock: { now: () => NOW, wait: async () => {} }, limits: TIGHT });
  await table.documents.send(put(item('1')));
  const { pk } = item('1');
  await db.send(get(item('1')));
  await db.send(
    new BatchGetCommand({ RequestItems: { [table.name]: { Keys: [keyOf(item('1'))], ConsistentRead: true } } }),
  );
  const query = new QueryCommand({
    TableName: table.name,
    KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :sk)',
    ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
    ExpressionAttributeValues: { ':pk': pk, ':sk': '1' },
    ConsistentRead: true,
  });
  expect((await db.send(query)).Count).toBe(1);
  expect(front.seen.units.read).toBe(3);
  await expect(db.send(query)).rejects.toMatchObject({ name: 'ThrottlingException' });
});

test('writes cost what the engine says: sizes, indexes, and what changes of them', async () => {
  const { front, db, item } = await aFront();
  const told = ({ ConsumedCapacity = [] }: Pick<TransactWriteItemsCommandOutput, 'ConsumedCapacity'>) =>
    ConsumedCapacity.reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);
  let engine = 0;
  const text = (bytes: number) => ({ text: 'é'.repeat(bytes / 2), list: [1, true, null, { deep: 'yes' }] });
  const listed = (at: string) => ({ gsi1pk: `LIST#${item('').pk}`, gsi1sk: at });
  for (const items of [
    [item('1', text(700)), item('2', text(1_900)), item('3', listed('a'))],
    [item('1'), item('2', text(400)), item('3', listed('a'))],
    [item('3', listed('b')), item('4', { ...listed('c'), gsi2pk: 'OPEN', gsi2sk: '1' })],
    [item('3'), item('4', listed('c'))],
  ])
    engine += told(
      await db.send(new TransactWriteCommand({ TransactItems: items.map(putting), ReturnConsumedCapacity: 'INDEXES' })),
    );
  expect(front.seen.units.write).toBe(engine);
});
