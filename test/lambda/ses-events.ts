import type { Cloud, MailTag } from './cloud.ts';
import { ofType } from './template.ts';

/** What SES reports of a message; the SES developer guide, "Examples of event data that Amazon SES publishes". */
export interface Report {
  readonly eventType: 'Bounce' | 'Complaint' | 'Reject' | 'Delivery' | 'DeliveryDelay';
  readonly bounceType?: 'Permanent' | 'Transient';
  readonly at?: string;
  readonly why?: string;
}

/** The last message that SES took, as its reports name it. */
export interface Taken {
  readonly to: string;
  readonly tags: readonly MailTag[];
}
export const lastTaken = ({ mails, tags }: Cloud): Taken => ({
  to: /^To: (.*)$/m.exec(mails.at(-1) ?? '')?.[1]?.trim() ?? '',
  tags: tags.at(-1) ?? [],
});

/** A report as the topic hands it to the queue, raw. */
export function reportOn({ to, tags }: Taken, report: Report): string {
  const { eventType, bounceType = 'Permanent', at = new Date().toISOString(), why } = report;
  return JSON.stringify({
    eventType,
    mail: {
      timestamp: at,
      source: 'training-desk@ccht.example.org',
      sourceArn: 'arn:aws:ses:us-east-1:111122223333:identity/ccht.example.org',
      sendingAccountId: '111122223333',
      messageId: '0100019abcdef-1234-000000',
      destination: [to],
      headersTruncated: false,
      headers: [{ name: 'To', value: to }],
      commonHeaders: { to: [to], subject: 'You have a seat' },
      tags: {
        'ses:configuration-set': ['production-training-desk-mail'],
        ...Object.fromEntries(tags.map(({ Name, Value }) => [Name, [Value]])),
      },
    },
    ...(eventType === 'Bounce'
      ? {
          bounce: {
            bounceType,
            bounceSubType: 'General',
            bouncedRecipients: [{ emailAddress: to, action: 'failed', status: '5.1.1', diagnosticCode: why }],
            timestamp: at,
            feedbackId: '0100019abcdef-feedback',
            reportingMTA: 'dsn; a8-70.smtp-out.amazonses.com',
          },
        }
      : {}),
    ...(eventType === 'Complaint'
      ? { complaint: { complainedRecipients: [{ emailAddress: to }], timestamp: at, complaintFeedbackType: 'abuse' } }
      : {}),
    ...(eventType === 'DeliveryDelay'
      ? {
          deliveryDelay: {
            timestamp: at,
            delayType: 'MailboxFull',
            expirationTime: at,
            delayedRecipients: [{ emailAddress: to, status: '4.2.2', diagnosticCode: why }],
          },
        }
      : {}),
    ...(eventType === 'Reject' ? { reject: { reason: 'Bad content' } } : {}),
    ...(eventType === 'Delivery' ? { delivery: { timestamp: at, recipients: [to] } } : {}),
  });
}

/** Messages of a queue as Lambda is handed them. */
export const queued = (...bodies: readonly string[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `message-${index}`,
    receiptHandle: 'handle',
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1764000000000',
      SenderId: 'AIDAIT2UOQQY3AUEKVGXU',
      ApproximateFirstReceiveTimestamp: '1764000000001',
    },
    messageAttributes: {},
    md5OfBody: '00000000000000000000000000000000',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:111122223333:production-training-desk-mail-reports',
    awsRegion: 'us-east-1',
  })),
});

/** The bucket for mail that SES receives. */
const [bucket = ''] = ofType('AWS::S3::Bucket').flatMap(([id]) => (id.startsWith('Replies') ? [id] : []));

/** What SES tells of a message that it received. */
export const notificationOf = (objectKey: string, virus: 'PASS' | 'FAIL' = 'PASS'): string =>
  JSON.stringify({
    notificationType: 'Received',
    mail: {
      timestamp: '2026-11-25T12:00:01.000Z',
      messageId: 'o3vrnil0e2ic28tr',
      source: 'another@elsewhere.example.com',
    },
    receipt: {
      timestamp: '2026-11-25T12:00:01.000Z',
      processingTimeMillis: 574,
      recipients: ['training-desk@ccht.example.org'],
      spamVerdict: { status: 'PASS' },
      virusVerdict: { status: virus },
      spfVerdict: { status: 'GRAY' },
      dkimVerdict: { status: 'FAIL' },
      dmarcVerdict: { status: 'FAIL' },
      dmarcPolicy: 'none',
      action: { type: 'S3', topicArn: 'arn:aws:sns:us-east-1:111122223333:t', bucketName: `<${bucket}>`, objectKey },
    },
  });

/** SES puts a message into the bucket, and says so. */
export function received({ inbox }: Cloud, mail: string | Uint8Array, virus: 'PASS' | 'FAIL' = 'PASS'): string {
  const objectKey = `mail/message-${inbox.size}`;
  inbox.set(`<${bucket}>/${objectKey}`, Buffer.from(mail));
  return notificationOf(objectKey, virus);
}
