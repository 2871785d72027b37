import { Duration, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import {
  ConfigurationSetEventDestination,
  EmailSendingEvent,
  EventDestination,
  type ConfigurationSet,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { DeskProps } from './desk.ts';
import { nameOf, removalOf } from './names.ts';

/** A queue of what SES tells, with the place for what could not be worked off. */
export interface MailQueue {
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

/** What is told of one message: that it came back. Everything else is a number, in stacks/mail.ts. */
const CAME_BACK = [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT, EmailSendingEvent.REJECT];

/** Tries before a record goes to the dead letters, six minutes apart. */
const TRIES = 5;

/**
 * From the configuration set by a topic to a queue. By SNS and not EventBridge: SES puts events on the account's one
 * default bus, where every stage would have to pick its own.
 */
export function addMailReports(stack: Stack, props: DeskProps, set: ConfigurationSet, key: IKey): MailQueue {
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'MailReportsReachTheTopic',
      principals: [new ServicePrincipal('ses.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  const shared = {
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: removalOf(props.settings),
  } as const;
  const deadLetters = new Queue(stack, 'MailDeadLetters', {
    ...shared,
    queueName: nameOf(props, 'mail-dead-letters'),
  });
  const queue = new Queue(stack, 'MailReports', {
    ...shared,
    queueName: nameOf(props, 'mail-reports'),
    // six times the function's own time
    visibilityTimeout: Duration.minutes(6),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: TRIES },
  });
  const topic = new Topic(stack, 'MailReportsTopic', {
    topicName: nameOf(props, 'mail-reports'),
    masterKey: key,
    enforceSSL: true,
  });
  topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }));
  new ConfigurationSetEventDestination(stack, 'MailCameBack', {
    configurationSet: set,
    configurationSetEventDestinationName: nameOf(props, 'mail-came-back'),
    events: CAME_BACK,
    destination: EventDestination.snsTopic(topic),
  });
  return { queue, deadLetters };
}

/** Two at a time, the fewest that Lambda takes: nobody waits for a bounce. */
export const readMailReports = (lambda: Lambda, { queue }: MailQueue): void =>
  lambda.addEventSource(new SqsEventSource(queue, { batchSize: 10, maxConcurrency: 2, reportBatchItemFailures: true }));

/** What the function that reads a queue needs besides. */
export const queueUse = ({ queue }: MailQueue): PolicyStatement =>
  new PolicyStatement({
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
    resources: [queue.queueArn],
  });
