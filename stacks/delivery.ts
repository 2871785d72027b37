import { Duration, TimeZone, type Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { StartingPosition, type Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Schedule, ScheduleExpression, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { keys } from '../functions/store/dynamo/keys.ts';
import type { DeskProps } from './desk.ts';
import type { Functions } from './functions.ts';
import { nameOf, removalOf } from './names.ts';
import { keyUse } from './policies.ts';

/** Keys of every shard of the outbox begin with this. */
const OUTBOX = keys.outbox('codes').replace(/codes$/, '');

/** The dead-letter queue: stream records and runs of schedules that failed for good. */
export function addDeadLetters(stack: Stack, props: DeskProps, key: IKey): Queue {
  return new Queue(stack, 'DeadLetters', {
    queueName: nameOf(props, 'dead-letters'),
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: removalOf(props.settings),
  });
}

/**
 * Wakes the sender for each new entry of the outbox. Bounded in tries and in age, since one bad record would stop its
 * shard for a day, and the sweep sends whatever is left behind.
 */
export function addStream(table: ITable, stream: Lambda, deadLetters: Queue): void {
  stream.addEventSource(
    new DynamoEventSource(table, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      parallelizationFactor: 1,
      retryAttempts: 5,
      bisectBatchOnError: true,
      maxRecordAge: Duration.minutes(15),
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(deadLetters),
      filters: [
        { pattern: JSON.stringify({ eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: [{ prefix: OUTBOX }] } } } }) },
      ],
    }),
  );
}

/** What else the sender that the stream wakes needs: the stream, and the queue for what failed. */
export const streamUse = (table: ITable, deadLetters: Queue): PolicyStatement[] => [
  new PolicyStatement({
    actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    resources: [table.tableStreamArn ?? ''],
  }),
  new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: ['*'] }),
  new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }),
];

/** Every minute: sends what was missed, and gives out seats that became free. Every night: runs the doctor. */
export function addSchedules(
  stack: Stack,
  props: DeskProps,
  { deliver, sweep, doctor }: Pick<Functions, 'deliver' | 'sweep' | 'doctor'>,
  deadLetters: Queue,
  key: IKey,
): void {
  const role = new Role(stack, 'ScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
    description: 'Starts what runs by the clock',
  });
  const policy = new ManagedPolicy(stack, 'SchedulePolicy', {
    description: 'Starts three functions, and says so where it could not',
    roles: [role],
    statements: [
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [deliver, sweep, doctor].map(({ functionArn }) => functionArn),
      }),
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }),
      ...keyUse(key, { keeps: true, table: false }),
    ],
  });
  const scheduleGroup = new ScheduleGroup(stack, 'Schedules', {
    scheduleGroupName: nameOf(props, 'schedules'),
    removalPolicy: removalOf(props.settings),
  });
  const on = (id: string, name: string, lambda: Lambda, schedule: ScheduleExpression, description: string) => {
    const made = new Schedule(stack, id, {
      scheduleName: nameOf(props, name),
      description,
      scheduleGroup,
      schedule,
      key,
      target: new LambdaInvoke(lambda, {
        role: role.withoutPolicyUpdates(),
        deadLetterQueue: deadLetters,
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
      }),
    });
    // it names its group, and would not wait for it
    made.node.addDependency(policy, scheduleGroup);
  };
  const minute = ScheduleExpression.rate(Duration.minutes(1));
  const night = ScheduleExpression.cron({ hour: '3', minute: '30', timeZone: TimeZone.AMERICA_NEW_YORK });
  on('DeliverEveryMinute', 'deliver', deliver, minute, 'Sends what the stream missed or must try again');
  on('SweepEveryMinute', 'sweep', sweep, minute, 'Gives seats that came free, and carries changes on');
  on('DoctorEveryNight', 'doctor', doctor, night, 'Holds what the desk keeps against itself');
}
