/**
 * Conditional writes: what the product relies on from DynamoDB, as the service answers it. Runs against the engine that
 * DYNAMODB_ENDPOINT names, or the embedded one; whatever passes can hold the data of the desk.
 */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { ABSENT, bareItems, failure } from '../../fixtures/bare-items.ts';

const { table, at, key, putting, put, get, partition } = bareItems();

test('a put of what is there fails with the item that is there', async () => {
  await put(at('a', { rev: 3 }));
  const call = table().documents.send(new PutCommand(putting(at('a', { rev: 1 }), ABSENT).Put));
  const error = await failure(call, ConditionalCheckFailedException);
  expect(error.Item).toMatchObject({ rev: { N: '3' } });
  expect(await get('a')).toEqual(at('a', { rev: 3 }));
});

test('without asking, a failure brings no item', async () => {
  await put(at('a'));
  const call = new PutCommand({ TableName: table().name, Item: at('a'), ConditionExpression: ABSENT });
  expect((await failure(table().documents.send(call), ConditionalCheckFailedException)).Item).toBeUndefined();
});

const update = (sk: string, set: string, condition: string, values: Record<string, unknown>) =>
  table().documents.send(
    new UpdateCommand({
      TableName: table().name,
      Key: key(sk),
      UpdateExpression: set,
      ConditionExpression: condition,
      ExpressionAttributeValues: values,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ReturnValues: 'ALL_NEW',
    }),
  );

test('an update from the revision it was decided on answers with the new item', async () => {
  await put(at('a', { rev: 3 }));
  const { Attributes } = await update('a', 'SET rev = :next', 'rev = :rev', { ':rev': 3, ':next': 4 });
  expect(Attributes).toEqual(at('a', { rev: 4 }));
});

test('an update from an older revision changes nothing and brings what is there', async () => {
  await put(at('a', { rev: 4 }));
  const call = update('a', 'SET rev = :next', 'rev = :rev', { ':rev': 3, ':next': 4 });
  expect((await failure(call, ConditionalCheckFailedException)).Item).toMatchObject({ rev: { N: '4' } });
});

test('an update of what is not there fails and makes nothing', async () => {
  const call = update('a', 'SET rev = :next', 'rev = :rev', { ':rev': 3, ':next': 4 });
  expect((await failure(call, ConditionalCheckFailedException)).Item).toBeUndefined();
  expect(await get('a')).toBeUndefined();
});

test('two attributes of one item are compared with each other', async () => {
  await put(at('seats', { taken: 1, places: 2 }));
  const claim = () => update('seats', 'SET taken = taken + :one', 'taken < places', { ':one': 1 });
  expect((await claim()).Attributes).toMatchObject({ taken: 2 });
  await failure(claim(), ConditionalCheckFailedException);
});

test('arithmetic in SET counts up, down and from nothing', async () => {
  await put(at('a', { n: 5 }));
  await update('a', 'SET n = n - :two, m = if_not_exists(m, :zero) + :two', 'n = :five', {
    ':two': 2,
    ':zero': 0,
    ':five': 5,
  });
  expect(await get('a')).toEqual(at('a', { n: 3, m: 2 }));
});

test('large whole numbers come back exact', async () => {
  const milliseconds = 1_805_000_000_123;
  await put(at('a', { milliseconds, most: Number.MAX_SAFE_INTEGER }));
  expect(await get('a')).toEqual(at('a', { milliseconds, most: Number.MAX_SAFE_INTEGER }));
});

test('a delete is conditional too', async () => {
  await put(at('a', { rev: 2 }));
  const remove = (rev: number) =>
    table().documents.send(
      new DeleteCommand({
        TableName: table().name,
        Key: key('a'),
        ConditionExpression: 'rev = :rev',
        ExpressionAttributeValues: { ':rev': rev },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  expect((await failure(remove(1), ConditionalCheckFailedException)).Item).toMatchObject({ rev: { N: '2' } });
  await remove(2);
  expect(await get('a')).toBeUndefined();
});

test('a reserved word is refused as a name', async () => {
  const call = update('a', 'SET rev = :one', 'capacity = :one', { ':one': 1 });
  await expect(call).rejects.toMatchObject({ name: 'ValidationException' });
});

test('functions and operators of conditions', async () => {
  await put(at('a', { state: 'confirmed', kinds: ['x', 'y'], text: 'training' }));
  const holds = (condition: string, values: Record<string, unknown>) =>
    update('a', 'SET seen = :seen', condition, { ':seen': 1, ...values }).then(
      () => true,
      () => false,
    );
  const answers = await Promise.all([
    holds('contains(kinds, :v)', { ':v': 'x' }),
    holds('begins_with(sk, :v)', { ':v': 'a' }),
    holds('attribute_type(kinds, :v)', { ':v': 'L' }),
    holds('size(kinds) = :v', { ':v': 2 }),
    holds('NOT kinds = :v AND (rev = :v OR attribute_exists(seen))', { ':v': 'z' }),
    holds('seen BETWEEN :v AND :w', { ':v': 0, ':w': 2 }),
    holds('seen IN (:v, :w)', { ':v': 7, ':w': 8 }),
  ]);
  expect(answers).toEqual([true, true, true, true, true, true, false]);
});

test('an item over 400 KB is refused', async () => {
  await expect(put(at('a', { text: 'x'.repeat(410_000) }))).rejects.toMatchObject({ name: 'ValidationException' });
});

test('an empty key is refused, an empty text is kept', async () => {
  await expect(put({ pk: partition(), sk: '' })).rejects.toMatchObject({ name: 'ValidationException' });
  await put(at('a', { text: '' }));
  expect(await get('a')).toEqual(at('a', { text: '' }));
});
