import type { DynamoDBRecord, DynamoDBStreamHandler } from 'aws-lambda';
import { senderOnAws, shardOfKey } from '../compose/aws-mail.ts';
import { log, logError, measure, workingOn } from '../compose/log.ts';
import { deliverOutbox } from '../usecases/deliver-outbox.ts';
import { stopBefore } from './deadline.ts';

const desk = await senderOnAws(process.env);

const shardOf = ({ dynamodb }: DynamoDBRecord) => shardOfKey(dynamodb?.Keys?.['pk']?.S ?? '');

/**
 * Sends messages within seconds of the change that owes them. The records say which shards of the outbox have
 * something new; one shard of the outbox is one partition key, so Lambda never gives it to two of us at once. A shard
 * that fails comes again with its records, alone; what time does not allow is left to the sweep.
 */
export const handler: DynamoDBStreamHandler = async ({ Records }, context) => {
  workingOn(context.awsRequestId);
  const until = stopBefore(context);
  const failed: DynamoDBRecord[] = [];
  let count = 0;
  for (const [shard, records] of Map.groupBy(Records, shardOf)) {
    if (shard === undefined) continue;
    try {
      count += await deliverOutbox(desk, { shards: [shard], until });
    } catch (error) {
      logError(error);
      failed.push(...records);
    }
  }
  log({ what: 'delivered', count, failed: failed.length });
  measureOutcomes(Records.filter((record) => !failed.includes(record)));
  return {
    batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })),
  };
};

/**
 * How registrations ended, from what is owed about them: `confirmed`, `waitlisted`, `cancelled-by-person`. Each change is
 * counted by its first message; a batch that comes twice counts twice.
 */
function measureOutcomes(records: readonly DynamoDBRecord[]): void {
  const changes = new Map<string, string>();
  for (const { dynamodb } of records) {
    const { event, person, rev, kind } = dynamodb?.NewImage ?? {};
    if (kind?.S) changes.set(`${event?.S} ${person?.S} ${rev?.N}`, kind.S);
  }
  for (const [outcome, some] of Map.groupBy(changes.values(), (kind) => kind))
    measure({ Registrations: [some.length, 'Count'] }, { Outcome: outcome });
}
