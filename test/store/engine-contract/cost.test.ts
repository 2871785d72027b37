/**
 * Reads of many, and what calls cost: what the product relies on from DynamoDB, as the service answers it. Runs against
 * the engine that DYNAMODB_ENDPOINT names, or the embedded one; whatever passes can hold the data of the desk.
 */
import { BatchGetCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { bareItems } from '../../fixtures/bare-items.ts';

const { table, at, key, putting, put, transact, partition } = bareItems();

test('a hundred items are read in one call; what is not there is left out', async () => {
  const items = Array.from({ length: 99 }, (_, number) => at(`item-${number}`));
  await transact(items.map((item) => putting(item)));
  const keys = [...items.map(({ sk }) => key(sk)), key('never')];
  const answer = await table().documents.send(
    new BatchGetCommand({ RequestItems: { [table().name]: { Keys: keys, ConsistentRead: true } } }),
  );
  expect(answer.Responses?.[table().name]).toHaveLength(99);
  expect(answer.UnprocessedKeys ?? {}).toEqual({});
});

const SMALL = 'x'.repeat(500);
const LARGE = 'x'.repeat(1_500);

test('a put costs a unit a kilobyte, in a transaction twice that', async () => {
  const plain = await table().documents.send(
    new PutCommand({ TableName: table().name, Item: at('a', { text: SMALL }), ReturnConsumedCapacity: 'TOTAL' }),
  );
  expect(plain.ConsumedCapacity?.CapacityUnits).toBe(1);
  const both = await transact([putting(at('b', { text: SMALL })), putting(at('c', { text: LARGE }))]);
  expect(both.ConsumedCapacity?.reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0)).toBe(2 + 4);
});

test('a consistent read costs a unit for four kilobytes, another one half of it', async () => {
  await put(at('a', { text: SMALL }));
  const cost = async (ConsistentRead: boolean) =>
    (
      await table().documents.send(
        new GetCommand({ TableName: table().name, Key: key('a'), ConsistentRead, ReturnConsumedCapacity: 'TOTAL' }),
      )
    ).ConsumedCapacity?.CapacityUnits;
  expect([await cost(true), await cost(false)]).toEqual([1, 0.5]);
});

test('an index entry is paid for beside its item', async () => {
  const answer = await table().documents.send(
    new PutCommand({
      TableName: table().name,
      Item: at('a', { gsi1pk: partition(), gsi1sk: '1' }),
      ReturnConsumedCapacity: 'INDEXES',
    }),
  );
  expect(answer.ConsumedCapacity).toMatchObject({
    Table: { CapacityUnits: 1 },
    GlobalSecondaryIndexes: { gsi1: { CapacityUnits: 1 } },
  });
});
