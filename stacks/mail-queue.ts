import { Duration, Names, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { SubscriptionProtocol, Topic, type TopicSubscriptionConfig } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { DeskProps } from './desk.ts';
import { nameOf, removalOf } from './names.ts';

/** Tries before a message goes to the dead letters, six minutes apart. */
const TRIES = 5;

const kept = (props: DeskProps, key: IKey) =>
  ({
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: removalOf(props.settings),
  }) as const;

/** The dead-letter queue for reports from SES that could not be processed. */
export const addMailDeadLetters = (stack: Stack, props: DeskProps, key: IKey): Queue =>
  new Queue(stack, 'MailDeadLetters', { ...kept(props, key), queueName: nameOf(props, 'mail-dead-letters') });

/** A topic that SES writes to, and the queue behind it. */
export function addMailQueue(
  stack: Stack,
  props: DeskProps,
  key: IKey,
  deadLetters: Queue,
  { id, name }: { readonly id: string; readonly name: string },
): { readonly queue: Queue; readonly topic: Topic } {
  const queue = new Queue(stack, id, {
    ...kept(props, key),
    queueName: nameOf(props, name),
    // six times the function's own time
    visibilityTimeout: Duration.minutes(6),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: TRIES },
  });
  const topic = new Topic(stack, `${id}Topic`, { topicName: nameOf(props, name), masterKey: key, enforceSSL: true });
  topic.addSubscription({ bind: () => toQueue(topic, queue) });
  return { queue, topic };
}

/**
 * The CDK's own subscription would let every topic of the region use the key (`sns.amazonaws.com` without a condition), or
 * name the topic in the policy of the key that the topic itself names: its use of the key stands in stacks/mail-reports.ts.
 */
function toQueue(topic: Topic, queue: Queue): TopicSubscriptionConfig {
  const allowed = queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': topic.topicArn } },
    }),
  );
  return {
    subscriberScope: queue,
    subscriberId: Names.nodeUniqueId(topic.node),
    endpoint: queue.queueArn,
    protocol: SubscriptionProtocol.SQS,
    rawMessageDelivery: true,
    ...(allowed.policyDependable ? { subscriptionDependency: allowed.policyDependable } : {}),
  };
}

/** Two at a time, the fewest that Lambda takes: nobody waits for these. */
export const readMailQueue = (lambda: Lambda, queue: Queue): void =>
  lambda.addEventSource(new SqsEventSource(queue, { batchSize: 10, maxConcurrency: 2, reportBatchItemFailures: true }));

/** What else the function that reads a queue needs. */
export const queueUse = (queue: Queue): PolicyStatement =>
  new PolicyStatement({
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
    resources: [queue.queueArn],
  });
