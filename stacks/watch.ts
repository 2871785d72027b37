import { ArnFormat, Duration, type Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  MathExpression,
  Metric,
  TreatMissingData,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Operation, type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { METRICS } from '../functions/compose/log.ts';
import type { DeskProps } from './desk.ts';
import type { Functions } from './functions.ts';
import { nameOf } from './names.ts';

/** What is watched. */
export interface Watched {
  readonly functions: Functions;
  readonly gateway: RestApi;
  readonly table: ITable;
  readonly deadLetters: Queue;
  /** The queue for mail that came back and could not be noted; none with a relay. */
  readonly mailDeadLetters: Queue | undefined;
  readonly key: IKey;
}

/** An alarm: what it is called in docs/deploy.md, "When an alarm rings". */
interface Bell {
  readonly name: string;
  readonly metric: IMetric;
  /** Rings above this. */
  readonly above: number;
  /** For this many periods; one by default. */
  readonly periods?: number;
  /** Missing data rings too. */
  readonly missingRings?: boolean;
  readonly below?: boolean;
}

const MINUTE = Duration.minutes(1);
const FIVE = Duration.minutes(5);

/** Alarms that go to a topic, and a dashboard that shows how the desk is doing. */
export function addWatch(stack: Stack, props: DeskProps, watched: Watched): void {
  const topic = new Topic(stack, 'Alarms', {
    topicName: nameOf(props, 'alarms'),
    displayName: `Training desk, ${props.stage}`,
    masterKey: watched.key,
    enforceSSL: true,
  });
  // the policy that every topic has by itself, which lets the account's alarms in, is gone with the first statement of ours
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsAreTold',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': alarmArn(stack, nameOf(props, '*')) },
      },
    }),
  );
  if (props.settings.alarmEmail) topic.addSubscription(new EmailSubscription(props.settings.alarmEmail));
  const bells = bellsOf(props, watched);
  const action = new SnsAction(topic);
  for (const bell of bells) {
    const alarm = new Alarm(stack, `Alarm${bell.name.replaceAll('-', '')}`, {
      alarmName: nameOf(props, bell.name),
      alarmDescription: `docs/deploy.md, "When an alarm rings": ${bell.name}`,
      metric: bell.metric,
      threshold: bell.above,
      evaluationPeriods: bell.periods ?? 1,
      comparisonOperator: bell.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: bell.missingRings ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
  new Dashboard(stack, 'Dashboard', {
    dashboardName: nameOf(props, 'desk'),
    widgets: [
      COUNTED.map(
        ({ title, number, by }) =>
          new GraphWidget({ title, left: [everyOne(props, number, by)], stacked: true, width: 12 }),
      ),
      bells.map(({ name, metric }) => new GraphWidget({ title: name, left: [metric], width: 8 })),
    ],
  });
}

function bellsOf(props: DeskProps, watched: Watched): Bell[] {
  const { functions, gateway, table, deadLetters, mailDeadLetters } = watched;
  const own = (metricName: string) =>
    new Metric({
      namespace: METRICS,
      metricName,
      dimensionsMap: { Stage: props.stage },
      statistic: 'Maximum',
      period: MINUTE,
    });
  const reputation = (metricName: string) =>
    new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Average', period: Duration.hours(1) });
  const failing = (
    ['api', 'desk', 'files', 'auth', 'stream', 'deliver', 'sweep', 'doctor', 'bounces', 'replies'] as const
  ).flatMap((name) => {
    const metric = functions[name]?.metricErrors({ period: FIVE });
    return metric ? [{ name: `${name}-errors`, metric, above: 0 }] : [];
  });
  return [
    { name: 'site-errors', metric: gateway.metricServerError({ period: FIVE, statistic: 'Sum' }), above: 5 },
    { name: 'site-slow', metric: gateway.metricLatency({ period: FIVE, statistic: 'p99' }), above: 3_000, periods: 3 },
    { name: 'api-throttles', metric: functions.api.metricThrottles({ period: FIVE }), above: 0 },
    ...failing,
    { name: 'stream-behind', metric: iteratorAge(functions), above: 60_000, periods: 3 },
    { name: 'outbox-age', metric: own('OutboxAge'), above: 300, periods: 3 },
    { name: 'waiting-beside-seat', metric: own('WaitingBesideSeat'), above: 120, periods: 3 },
    { name: 'doctor-findings', metric: own('Findings'), above: 0 },
    { name: 'items-unreadable', metric: own('UnreadableItems'), above: 0 },
    { name: 'mail-parked', metric: own('MailParked'), above: 0, periods: 2 },
    // a forgotten hold looks like a desk that works
    { name: 'mail-held', metric: own('MailHeld'), above: 4 * 3600, periods: 2 },
    {
      name: 'deliver-silent',
      metric: functions.deliver.metricInvocations({ period: FIVE }),
      above: 1,
      below: true,
      missingRings: true,
    },
    {
      name: 'sweep-silent',
      metric: functions.sweep.metricInvocations({ period: FIVE }),
      above: 1,
      below: true,
      missingRings: true,
    },
    {
      name: 'dead-letters',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: MINUTE }),
      above: 0,
    },
    ...(mailDeadLetters
      ? [
          {
            name: 'mail-dead-letters',
            metric: mailDeadLetters.metricApproximateNumberOfMessagesVisible({ period: MINUTE }),
            above: 0,
          },
        ]
      : []),
    { name: 'table-throttled', metric: throttledOf(table), above: 50 },
    { name: 'table-conflicts', metric: sumOf(table, 'TransactionConflict'), above: 500, periods: 3 },
    ...(props.settings.kind === 'development'
      ? []
      : [{ name: 'backup-failed', metric: failedBackups(props), above: 0 }]),
    { name: 'table-faults', metric: table.metricSystemErrorsForOperations(FAULTS), above: 0 },
    ...(props.settings.mail.relay
      ? []
      : [
          { name: 'mail-bounces', metric: reputation('Reputation.BounceRate'), above: 0.04 },
          { name: 'mail-complaints', metric: reputation('Reputation.ComplaintRate'), above: 0.0008 },
        ]),
  ];
}

const alarmArn = (stack: Stack, resourceName: string): string =>
  stack.formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** Metrics with one more dimension than the stage; only what happened has one. */
const COUNTED = [
  { title: 'Registrations by outcome', number: 'Registrations', by: 'Outcome' },
  { title: 'Throttles by reason', number: 'Throttles', by: 'Reason' },
  { title: 'Conflicts by reason', number: 'Conflicts', by: 'Reason' },
  { title: 'Mail failures by reason', number: 'MailFailures', by: 'Reason' },
] as const;

const everyOne = ({ stage }: DeskProps, number: string, by: string): MathExpression =>
  new MathExpression({
    label: '',
    expression: `SEARCH('{${METRICS},Stage,${by}} MetricName="${number}" Stage="${stage}"', 'Sum', 300)`,
    usingMetrics: {},
    period: FIVE,
  });

const USED = [
  Operation.GET_ITEM,
  Operation.BATCH_GET_ITEM,
  Operation.QUERY,
  Operation.PUT_ITEM,
  Operation.UPDATE_ITEM,
  Operation.TRANSACT_WRITE_ITEMS,
];
/** An alarm reads ten metrics at most. */
const FAULTS = { operations: USED, period: FIVE };

const iteratorAge = ({ stream }: Functions): Metric =>
  stream.metric('IteratorAge', { statistic: 'Maximum', period: MINUTE });

const failedBackups = (props: DeskProps): Metric =>
  new Metric({
    namespace: 'AWS/Backup',
    metricName: 'NumberOfBackupJobsFailed',
    dimensionsMap: { BackupVaultName: nameOf(props, 'backups') },
    statistic: 'Sum',
    period: FIVE,
  });

const sumOf = ({ tableName }: ITable, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName: tableName },
    statistic: 'Sum',
    period: FIVE,
  });

const throttledOf = (table: ITable): MathExpression =>
  new MathExpression({
    label: 'Throttled reads and writes',
    expression: 'FILL(reads, 0) + FILL(writes, 0)',
    period: FIVE,
    usingMetrics: { reads: sumOf(table, 'ReadThrottleEvents'), writes: sumOf(table, 'WriteThrottleEvents') },
  });
