import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  ConfigurationSetEventDestination,
  EmailSendingEvent,
  EventDestination,
  type ConfigurationSet,
} from 'aws-cdk-lib/aws-ses';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { DeskProps } from './desk.ts';
import { addMailQueue } from './mail-queue.ts';
import { nameOf } from './names.ts';

/** What is reported about one message: that it came back, or is late. The rest are metrics, in stacks/mail.ts. */
const CAME_BACK = [
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.DELIVERY_DELAY,
];

/**
 * From the configuration set by a topic to a queue. By SNS and not EventBridge: SES puts events on the account's one
 * default bus, where every stage would have to pick its own.
 */
export function addMailReports(
  stack: Stack,
  props: DeskProps,
  set: ConfigurationSet,
  key: IKey,
  deadLetters: Queue,
): Queue {
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'MailReachesTopicsAndBucket',
      principals: [new ServicePrincipal('ses.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'TopicsReachQueues',
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      // by name: the topics themselves name the key
      conditions: {
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'sns', resource: nameOf(props, 'mail-*') }) },
      },
    }),
  );
  const { queue, topic } = addMailQueue(stack, props, key, deadLetters, { id: 'MailReports', name: 'mail-reports' });
  new ConfigurationSetEventDestination(stack, 'MailCameBack', {
    configurationSet: set,
    configurationSetEventDestinationName: nameOf(props, 'mail-came-back'),
    events: CAME_BACK,
    destination: EventDestination.snsTopic(topic),
  });
  return queue;
}
