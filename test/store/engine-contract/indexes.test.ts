/**
 * Indexes: what the product relies on from DynamoDB, as the service answers it. Runs against the engine that
 * DYNAMODB_ENDPOINT names, or the embedded one; whatever passes can hold the data of the desk.
 */
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { bareItems } from '../../fixtures/bare-items.ts';

const { table, at, key, put, get, partition } = bareItems();

const indexed = async (index: 'gsi1' | 'gsi2', partition: string, prefix = '') =>
  (
    await table().documents.send(
      new QueryCommand({
        TableName: table().name,
        IndexName: index,
        KeyConditionExpression: `${index}pk = :p${prefix ? ` AND begins_with(${index}sk, :s)` : ''}`,
        ExpressionAttributeValues: { ':p': partition, ...(prefix ? { ':s': prefix } : {}) },
      }),
    )
  ).Items;

test('bring the keys and nothing else', async () => {
  await put(at('a', { gsi1pk: partition(), gsi1sk: '1', name: 'Dana' }));
  await expect
    .poll(() => indexed('gsi1', partition()))
    .toEqual([{ pk: partition(), sk: 'a', gsi1pk: partition(), gsi1sk: '1' }]);
});

test('leave out an item without their keys, and one whose key is removed', async () => {
  await put(at('a', { gsi2pk: partition(), gsi2sk: '1' }));
  await put(at('b'));
  await expect.poll(async () => (await indexed('gsi2', partition()))?.map(({ sk }) => sk)).toEqual(['a']);
  await table().documents.send(
    new UpdateCommand({ TableName: table().name, Key: key('a'), UpdateExpression: 'REMOVE gsi2pk, gsi2sk' }),
  );
  await expect.poll(() => indexed('gsi2', partition())).toEqual([]);
  expect(await get('a')).toEqual(at('a'));
});

test('take a prefix, in the order of their sort key', async () => {
  const rows = { c: 'REG#3', a: 'REG#1', b: 'REG#2', d: 'TRN#1' };
  await Promise.all(Object.entries(rows).map(([sk, gsi1sk]) => put(at(sk, { gsi1pk: partition(), gsi1sk }))));
  await expect
    .poll(async () => (await indexed('gsi1', partition(), 'REG#'))?.map(({ sk }) => sk))
    .toEqual(['a', 'b', 'c']);
});

test('page with keys of both, also among equal sort keys', async () => {
  await Promise.all(['1', '2', '3'].map((sk) => put(at(sk, { gsi1pk: partition(), gsi1sk: 'same' }))));
  await expect.poll(async () => (await indexed('gsi1', partition()))?.length).toBe(3);
  const page = (from?: Record<string, unknown>) =>
    table().documents.send(
      new QueryCommand({
        TableName: table().name,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :p',
        ExpressionAttributeValues: { ':p': partition() },
        Limit: 2,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
  const first = await page();
  const second = await page(first.LastEvaluatedKey);
  const seen = [...(first.Items ?? []), ...(second.Items ?? [])].map(({ sk }) => sk);
  expect(new Set(seen)).toEqual(new Set(['1', '2', '3']));
  expect(Object.keys(first.LastEvaluatedKey ?? {}).toSorted()).toEqual(['gsi1pk', 'gsi1sk', 'pk', 'sk']);
});
