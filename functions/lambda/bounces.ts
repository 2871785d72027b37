import type { SQSHandler } from 'aws-lambda';
import { deskOnAws } from '../compose/aws.ts';
import { log, logError, measure, workingOn } from '../compose/log.ts';
import { noteReturned } from '../usecases/note-returned.ts';
import { asSystem } from '../usecases/system.ts';
import { stopBefore } from './deadline.ts';
import { reportOf } from './ses-report.ts';

const desk = asSystem(await deskOnAws(process.env), 'bounces');

/**
 * Marks what SES reports to have come back. Each record stands alone: one that fails, or that time does not allow,
 * comes again, and after its tries goes to the dead letters of mail.
 */
export const handler: SQSHandler = async ({ Records }, context) => {
  workingOn(context.awsRequestId);
  const until = stopBefore(context);
  const failed: string[] = [];
  const outcomes: string[] = [];
  for (const { messageId, body } of Records) {
    if (desk.clock.now() >= until) {
      failed.push(messageId);
      continue;
    }
    try {
      const report = reportOf(body);
      outcomes.push(report ? await noteReturned(desk, report) : 'ignored');
    } catch (error) {
      logError(error);
      failed.push(messageId);
    }
  }
  log({ what: 'returned', count: outcomes.length, failed: failed.length });
  for (const [outcome, some] of Map.groupBy(outcomes, (one) => one))
    measure({ MailReturned: [some.length, 'Count'] }, { Outcome: outcome });
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
