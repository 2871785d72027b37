import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses';
import { S3 } from 'aws-cdk-lib/aws-ses-actions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { addPassingBucket } from './bucket.ts';
import type { DeskProps } from './desk.ts';
import { addMailQueue, queueUse } from './mail-queue.ts';
import { nameOf } from './names.ts';

/** What calendars answer, and what the function that reads it needs. */
export interface MailReplies {
  readonly queue: Queue;
  readonly statements: readonly PolicyStatement[];
}

/**
 * Where SES puts mail that was sent to the invitations' organizer: into a bucket for three days, with a word to a queue.
 * The rule set takes effect once an operator makes it the account's active one, of which there is one: docs/deploy.md.
 */
export function addMailReplies(stack: Stack, props: DeskProps, key: IKey, deadLetters: Queue): MailReplies {
  const bucket = addPassingBucket(stack, props, key, { id: 'Replies', name: 'replies', days: 3 });
  const { queue, topic } = addMailQueue(stack, props, key, deadLetters, { id: 'MailReplies', name: 'mail-replies' });
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('ses.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  const received = new ReceiptRuleSet(stack, 'MailReceived', {
    receiptRuleSetName: nameOf(props, 'mail-received'),
    rules: [
      {
        receiptRuleName: nameOf(props, 'calendar-answers'),
        recipients: [props.settings.mail.from],
        scanEnabled: true,
        tlsPolicy: TlsPolicy.REQUIRE,
        actions: [new S3({ bucket, objectKeyPrefix: 'mail/', topic })],
      },
    ],
  });
  // SES tries whether it may write to the topic when the rule is made
  received.node.addDependency(topic);
  return {
    queue,
    statements: [
      queueUse(queue),
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('mail/*')] }),
    ],
  };
}
