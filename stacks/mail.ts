import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  CloudWatchDimensionSource,
  ConfigurationSet,
  ConfigurationSetEventDestination,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { DeskProps } from './desk.ts';
import type { Extras } from './functions.ts';
import { addMailDeadLetters } from './mail-queue.ts';
import { addMailReplies, type MailReplies } from './mail-replies.ts';
import { addMailReports } from './mail-reports.ts';
import { nameOf, removalOf } from './names.ts';
import { secretUse } from './policies.ts';

/** What SES reports to CloudWatch: numbers by kind of message, never addresses. */
const TOLD = [
  EmailSendingEvent.SEND,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.DELIVERY_DELAY,
  EmailSendingEvent.RENDERING_FAILURE,
];

/** What sends mail, and what receives the reports about it. */
export interface Mail {
  readonly sender: Extras;
  /** Null with an agency's relay, which reports nothing. */
  readonly told: { readonly reports: Queue; readonly replies: MailReplies | null; readonly deadLetters: Queue } | null;
}

/** How the senders send: by SES with an identity and a configuration set of the stage, or by an agency's relay. */
export function addMail(stack: Stack, props: DeskProps, key: IKey): Mail {
  const { mail } = props.settings;
  const addresses = { MAIL_FROM: mail.from, MAIL_CONTACT: mail.contact };
  if (mail.relay) {
    const { host, port, secret } = mail.relay;
    const environment = {
      ...addresses,
      MAIL_RELAY_HOST: host,
      MAIL_RELAY_PORT: String(port),
      ...(secret ? { MAIL_RELAY_SECRET_ARN: secret } : {}),
    };
    return { sender: { environment, statements: secret ? [secretUse(secret)] : [] }, told: null };
  }
  const set = configurationSet(stack, props);
  addIdentity(stack, props, set);
  const deadLetters = addMailDeadLetters(stack, props, key);
  const bySes = new PolicyStatement({
    actions: ['ses:SendEmail', 'ses:SendRawEmail'],
    resources: [
      // each: in the sandbox SES asks for the right to the recipient's, too. What is sent as is bound below
      stack.formatArn({ service: 'ses', resource: 'identity', resourceName: '*' }),
      stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: set.configurationSetName }),
    ],
    conditions: { StringEquals: { 'ses:FromAddress': mail.from } },
  });
  return {
    sender: { environment: { ...addresses, MAIL_CONFIGURATION_SET: set.configurationSetName }, statements: [bySes] },
    told: {
      reports: addMailReports(stack, props, set, key, deadLetters),
      replies: mail.replies ? addMailReplies(stack, props, key, deadLetters) : null,
      deadLetters,
    },
  };
}

function configurationSet(stack: Stack, props: DeskProps): ConfigurationSet {
  const set = new ConfigurationSet(stack, 'Mail', {
    configurationSetName: nameOf(props, 'mail'),
    reputationMetrics: true,
    suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
  });
  new ConfigurationSetEventDestination(stack, 'MailNumbers', {
    configurationSet: set,
    configurationSetEventDestinationName: nameOf(props, 'mail-numbers'),
    events: TOLD,
    destination: EventDestination.cloudWatchDimensions([
      { name: 'kind', source: CloudWatchDimensionSource.MESSAGE_TAG, defaultValue: 'none' },
    ]),
  });
  return set;
}

/** An account verifies a domain once: if that was done outside the stage, the stage only uses it. */
function addIdentity(stack: Stack, { settings }: DeskProps, configurationSet: ConfigurationSet): void {
  const { identity, verified } = settings.mail;
  if (verified) return;
  const address = identity.includes('@');
  const made = new EmailIdentity(stack, 'MailIdentity', {
    identity: address ? Identity.email(identity) : Identity.domain(identity),
    configurationSet,
  });
  made.applyRemovalPolicy(removalOf(settings));
  for (const [index, { name, value }] of (address ? [] : made.dkimRecords).entries())
    new CfnOutput(stack, `MailDkim${index + 1}`, {
      value: `${name} CNAME ${value}`,
      description: 'A record for DNS: with all three SES verifies the domain',
    });
}
