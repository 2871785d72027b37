import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { deskOnAws } from '../compose/aws.ts';
import { repliesOnAws } from '../compose/aws-replies.ts';
import { noteAnswer } from '../usecases/note-answer.ts';
import { asSystem } from '../usecases/system.ts';
import { eachMessage } from './queue.ts';

const desk = asSystem(await deskOnAws(process.env), 'replies');
const read = repliesOnAws(process.env);

const Verdict = z.object({ status: z.string() });

/** The SES developer guide, "Contents of notifications for Amazon SES email receiving". */
const Notification = z.object({
  notificationType: z.literal('Received'),
  receipt: z.object({
    spamVerdict: Verdict,
    virusVerdict: Verdict,
    action: z.object({ type: z.literal('S3'), bucketName: z.string().min(3), objectKey: z.string().min(1) }),
  }),
});

/** What Amazon S3 and SES write when a rule is made; no mail. */
const SETUP = /AMAZON_SES_SETUP_NOTIFICATION$/;

/**
 * Keeps what people answered in their calendars. Mail that is no calendar's answer ends here without effect. Nothing
 * goes to the sender, and nothing at all because of what a machine wrote, so no two machines write to each other.
 */
export const handler: SQSHandler = (event, context) =>
  eachMessage(event, context, { what: 'answered', metric: 'CalendarAnswers' }, async (body) => {
    const { spamVerdict, virusVerdict, action } = Notification.parse(JSON.parse(body)).receipt;
    if (SETUP.test(action.objectKey)) return 'ignored';
    if (virusVerdict.status === 'FAIL' || spamVerdict.status === 'FAIL') return 'refused';
    const reply = await read(action);
    return reply ? noteAnswer(desk, reply) : 'ignored';
  });
