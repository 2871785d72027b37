import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { log, logError, measure, workingOn, type LogLine } from '../compose/log.ts';
import { stopBefore } from './deadline.ts';

/**
 * Handles messages of a queue, each by itself: one that fails, or that time does not allow, comes again, and after its
 * tries goes to the dead letters. Counts what became of them.
 */
export async function eachMessage(
  { Records }: SQSEvent,
  context: Context,
  as: { readonly what: LogLine['what']; readonly metric: string },
  one: (body: string) => Promise<string>,
): Promise<SQSBatchResponse> {
  workingOn(context.awsRequestId);
  const until = stopBefore(context);
  const failed: string[] = [];
  const outcomes: string[] = [];
  for (const { messageId, body } of Records) {
    if (Date.now() >= until) {
      failed.push(messageId);
      continue;
    }
    try {
      outcomes.push(await one(body));
    } catch (error) {
      logError(error);
      failed.push(messageId);
    }
  }
  log({ what: as.what, count: outcomes.length, failed: failed.length });
  for (const [outcome, some] of Map.groupBy(outcomes, (each) => each))
    measure({ [as.metric]: [some.length, 'Count'] }, { Outcome: outcome });
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
