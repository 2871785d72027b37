/**
 * Queries: what the product relies on from DynamoDB, as the service answers it. Runs against the engine that
 * DYNAMODB_ENDPOINT names, or the embedded one; whatever passes can hold the data of the desk.
 */
import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { bareItems } from '../../fixtures/bare-items.ts';

const { table, at, key, put, partition } = bareItems();

const query = (rest: Partial<QueryCommand['input']> = {}) =>
  table().documents.send(
    new QueryCommand({
      TableName: table().name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': partition() },
      ...rest,
    }),
  );
const keysOf = (items: Record<string, unknown>[] | undefined) => items?.map(({ sk }) => sk);
const seed = (...sks: string[]) => Promise.all(sks.map((sk) => put(at(sk))));

test('come in the byte order of the sort key, and backwards', async () => {
  await seed('REG#b', 'REG#B', 'REG#a#2', 'REG#a', 'REG#é');
  const order = ['REG#B', 'REG#a', 'REG#a#2', 'REG#b', 'REG#é'];
  expect(keysOf((await query()).Items)).toEqual(order);
  expect(keysOf((await query({ ScanIndexForward: false })).Items)).toEqual(order.toReversed());
});

test('take a prefix or a range of the sort key', async () => {
  await seed('A#1', 'B#1', 'B#2', 'C#1');
  const some = async (condition: string, values: Record<string, unknown>) =>
    keysOf(
      (
        await query({
          KeyConditionExpression: `pk = :pk AND ${condition}`,
          ExpressionAttributeValues: { ':pk': partition(), ...values },
        })
      ).Items,
    );
  expect(await some('begins_with(sk, :v)', { ':v': 'B#' })).toEqual(['B#1', 'B#2']);
  expect(await some('sk BETWEEN :v AND :w', { ':v': 'A#2', ':w': 'B#1' })).toEqual(['B#1']);
  expect(await some('sk > :v', { ':v': 'B#1' })).toEqual(['B#2', 'C#1']);
});

test('come a page at a time, each item once', async () => {
  await seed('1', '2', '3', '4', '5');
  const pages: unknown[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await query({ Limit: 2, ...(from ? { ExclusiveStartKey: from } : {}) });
    pages.push(keysOf(page.Items));
    from = page.LastEvaluatedKey;
  } while (from);
  expect(pages.flat()).toEqual(['1', '2', '3', '4', '5']);
  expect(pages[0]).toEqual(['1', '2']);
});

test('a page goes on from its key even when that item is gone', async () => {
  await seed('1', '2', '3');
  const first = await query({ Limit: 2 });
  await table().documents.send(new DeleteCommand({ TableName: table().name, Key: key('2') }));
  expect(keysOf((await query({ ExclusiveStartKey: first.LastEvaluatedKey })).Items)).toEqual(['3']);
});

test('a limit counts before a filter', async () => {
  await Promise.all([put(at('1', { n: 1 })), put(at('2', { n: 2 }))]);
  const page = await query({
    Limit: 1,
    FilterExpression: 'n = :n',
    ExpressionAttributeValues: { ':pk': partition(), ':n': 2 },
  });
  expect(page).toMatchObject({ Items: [], Count: 0, ScannedCount: 1, LastEvaluatedKey: key('1') });
});

test('count without the items', async () => {
  await seed('1', '2', '3');
  const page = await query({ Select: 'COUNT' });
  expect([page.Count, page.Items]).toEqual([3, undefined]);
});

test('give only what is projected', async () => {
  await put(at('1', { n: 1, secret: 'x' }));
  expect((await query({ ProjectionExpression: 'sk, n' })).Items).toEqual([{ sk: '1', n: 1 }]);
});

test('see a write at once when read consistently', async () => {
  for (let number = 0; number < 20; number++) {
    await put(at(`item-${10 + number}`));
    expect((await query({ ConsistentRead: true, Select: 'COUNT' })).Count).toBe(number + 1);
  }
});
