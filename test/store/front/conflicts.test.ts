import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, inject, onTestFinished, test } from 'vitest';
import { startFront } from '../../../bench/front/front.ts';
import { systemClock } from '../../../functions/compose/clock.ts';
import { withPerson, aProcess, testMailer } from '../../fixtures/desk.ts';
import { freshTable } from '../../fixtures/table.ts';

test('who is new and comes twenty times at once is one person; whom the service refused is told to try again', async () => {
  const table = await freshTable();
  const front = await startFront({ endpoint: inject('endpoint'), clock: systemClock, random: Math.random });
  const client = new DynamoDBClient({
    endpoint: front.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await front.stop();
    await table.drop();
  });
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const ctx = aProcess({ documents, table: table.name, clock: systemClock, mailer: testMailer() });
  const came = await Promise.allSettled(Array.from({ length: 20 }, () => withPerson(ctx, 'new')));
  const refused = came.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  expect(new Set(refused)).toEqual(new Set(['BusyTable: It may be tried again']));
  const people = came.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
  expect(new Set(people).size).toBe(1);
});
