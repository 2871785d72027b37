/**
 * Transactions: what the product relies on from DynamoDB, as the service answers it. Runs against the engine that
 * DYNAMODB_ENDPOINT names, or the embedded one; whatever passes can hold the data of the desk.
 */
import { randomUUID } from 'node:crypto';
import { IdempotentParameterMismatchException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { ABSENT, bareItems, failure, type Writes } from '../../fixtures/bare-items.ts';

const { table, at, key, putting, put, get, transact } = bareItems();

test('all of it happens', async () => {
  await put(at('gone'));
  await transact([
    putting(at('made'), ABSENT),
    { Delete: { TableName: table().name, Key: key('gone') } },
    { ConditionCheck: { TableName: table().name, Key: key('never'), ConditionExpression: ABSENT } },
  ]);
  expect([await get('made'), await get('gone')]).toEqual([at('made'), undefined]);
});

test('or nothing, with the reasons in the order of the items, and the old ones', async () => {
  await put(at('b', { rev: 7 }));
  await put(at('d', { rev: 8 }));
  const call = transact([
    putting(at('a'), ABSENT),
    putting(at('b'), ABSENT),
    putting(at('c'), ABSENT),
    {
      Update: {
        TableName: table().name,
        Key: key('d'),
        UpdateExpression: 'SET rev = :next',
        ConditionExpression: 'rev = :rev',
        ExpressionAttributeValues: { ':rev': 1, ':next': 2 },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
  ]);
  const { CancellationReasons } = await failure(call, TransactionCanceledException);
  expect(CancellationReasons?.map(({ Code }) => Code)).toEqual([
    'None',
    'ConditionalCheckFailed',
    'None',
    'ConditionalCheckFailed',
  ]);
  expect(CancellationReasons?.map(({ Item }) => Item?.['rev'])).toEqual([undefined, { N: '7' }, undefined, { N: '8' }]);
  expect([await get('a'), await get('c')]).toEqual([undefined, undefined]);
});

test('the same token with the same body has no second effect', async () => {
  await put(at('n', { n: 0 }));
  const token = randomUUID();
  const add: Writes = [
    {
      Update: {
        TableName: table().name,
        Key: key('n'),
        UpdateExpression: 'SET n = n + :one',
        ExpressionAttributeValues: { ':one': 1 },
      },
    },
  ];
  await transact(add, token);
  await transact(add, token);
  expect(await get('n')).toEqual(at('n', { n: 1 }));
});

test('the same token with the same body succeeds again, though its condition would fail now', async () => {
  const token = randomUUID();
  await transact([putting(at('a'), ABSENT)], token);
  await expect(transact([putting(at('a'), ABSENT)], token)).resolves.toBeDefined();
});

test('the same token with another body is a mismatch and does nothing', async () => {
  const token = randomUUID();
  await transact([putting(at('a'))], token);
  await failure(transact([putting(at('b'))], token), IdempotentParameterMismatchException);
  expect(await get('b')).toBeUndefined();
});

test('no item twice in one', async () => {
  const check = { ConditionCheck: { TableName: table().name, Key: key('a'), ConditionExpression: ABSENT } };
  await expect(transact([putting(at('a')), check])).rejects.toMatchObject({ name: 'ValidationException' });
  expect(await get('a')).toBeUndefined();
});

const many = (count: number) => Array.from({ length: count }, (_, number) => at(`item-${1000 + number}`));

test('a hundred items in one, and not one more', async () => {
  await transact(many(100).map((item) => putting(item, ABSENT)));
  expect(await get('item-1099')).toBeDefined();
  await expect(transact(many(101).map((item) => putting(item)))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('of two that claim the last seat at once, one gets it', async () => {
  await put(at('seats', { taken: 0, places: 1 }));
  const claim = (who: number): Promise<string> =>
    transact([
      {
        Update: {
          TableName: table().name,
          Key: key('seats'),
          UpdateExpression: 'SET taken = taken + :one',
          ConditionExpression: 'taken < places',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
      putting(at(`holder-${who}`), ABSENT),
    ]).then(
      () => 'seated',
      (error: unknown) => (error instanceof TransactionCanceledException ? 'refused' : String(error)),
    );
  const outcomes = await Promise.all(Array.from({ length: 20 }, (_, who) => claim(who)));
  expect(outcomes.filter((one) => one === 'seated')).toHaveLength(1);
  expect(outcomes.filter((one) => one === 'refused')).toHaveLength(19);
  expect(await get('seats')).toMatchObject({ taken: 1 });
});

test('a read of several items at one moment, with gaps where there is none', async () => {
  await put(at('a', { n: 1 }));
  await put(at('c', { n: 3 }));
  const items = ['a', 'b', 'c'].map((sk) => ({ Get: { TableName: table().name, Key: key(sk) } }));
  const { Responses } = await table().documents.send(new TransactGetCommand({ TransactItems: items }));
  expect(Responses?.map(({ Item }) => Item?.['n'])).toEqual([1, undefined, 3]);
});
