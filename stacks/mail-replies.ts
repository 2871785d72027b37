import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ReceiptRuleActionConfig, ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
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
  const receiptRuleName = nameOf(props, 'calendar-answers');
  // of whatever set the rule stands in: an account that has an active one takes the rule into that
  const rule = stack.formatArn({
    service: 'ses',
    resource: 'receipt-rule-set',
    resourceName: `*:receipt-rule/${receiptRuleName}`,
  });
  const byRule = (action: string, resource: string) =>
    new PolicyStatement({
      principals: [new ServicePrincipal('ses.amazonaws.com')],
      actions: [action],
      resources: [resource],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, StringLike: { 'aws:SourceArn': rule } },
    });
  topic.addToResourcePolicy(byRule('sns:Publish', topic.topicArn));
  bucket.addToResourcePolicy(byRule('s3:PutObject', bucket.arnForObjects('mail/*')));
  const received = new ReceiptRuleSet(stack, 'MailReceived', {
    receiptRuleSetName: nameOf(props, 'mail-received'),
    rules: [
      {
        receiptRuleName,
        recipients: [props.settings.mail.from],
        scanEnabled: true,
        tlsPolicy: TlsPolicy.REQUIRE,
        // the CDK's own action would let every rule of the account write into the bucket
        actions: [{ bind: () => intoBucket(bucket, topic) }],
      },
    ],
  });
  // SES tries whether it may write to both when the rule is made
  received.node.addDependency(topic, bucket);
  return {
    queue,
    statements: [
      queueUse(queue),
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('mail/*')] }),
    ],
  };
}

const intoBucket = (bucket: Bucket, topic: ITopic): ReceiptRuleActionConfig => ({
  s3Action: { bucketName: bucket.bucketName, objectKeyPrefix: 'mail/', topicArn: topic.topicArn },
});
