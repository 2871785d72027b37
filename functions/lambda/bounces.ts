import type { SQSHandler } from 'aws-lambda';
import { deskOnAws } from '../compose/aws.ts';
import { noteReturned } from '../usecases/note-returned.ts';
import { asSystem } from '../usecases/system.ts';
import { eachMessage } from './queue.ts';
import { reportOf } from './ses-report.ts';

const desk = asSystem(await deskOnAws(process.env, { signs: false }), 'bounces');

/** Marks what SES reports to have come back. */
export const handler: SQSHandler = (event, context) =>
  eachMessage(event, context, { what: 'returned', metric: 'MailReturned' }, async (body) => {
    const report = reportOf(body);
    return report ? noteReturned(desk, report) : 'ignored';
  });
