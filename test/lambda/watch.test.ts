import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { anEvent } from './an-event.ts';
import type { Refusal } from './cloud.ts';
import { openDesk, type DeskOnAws } from './desk.ts';
import { ofType, resolved } from './template.ts';
import { firstStaff, tokenOf } from './tokens.ts';

/** What operators see of the desk: what the built functions write, held against what alarms and dashboard read. */
let desk: DeskOnAws;
let staff: string;
let event: string;
const PERSON = 'pat.quill@sheriff.example.gov';

beforeAll(async () => {
  desk = await openDesk(inject('endpoint'));
  staff = await firstStaff(desk);
  event = await anEvent(desk, staff, { capacity: 10 });
});
afterAll(async () => {
  await desk.stop();
});
beforeEach(() => {
  desk.cloud.fails = null;
  desk.cloud.mailAnswers = 'sent';
  desk.cloud.refusals.length = 0;
});

const Line = z.record(z.string(), z.unknown());
const lines = (): Record<string, unknown>[] =>
  desk
    .logs()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => Line.parse(JSON.parse(line)));

/** Numbers in CloudWatch's embedded metric format. */
const Embedded = z.looseObject({
  Stage: z.literal('production'),
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.enum(['Count', 'Seconds']) })),
      }),
    ),
  }),
});

/** `TrainingDesk OutboxAge by Stage`, and each value that a dimension had. */
function measured(): { readonly names: ReadonlySet<string>; readonly values: ReadonlySet<string> } {
  const names = new Set<string>();
  const values = new Set<string>();
  for (const line of lines().filter((one) => '_aws' in one)) {
    const embedded = Embedded.parse(line);
    for (const { Namespace, Dimensions, Metrics } of embedded._aws.CloudWatchMetrics)
      for (const { Name } of Metrics)
        for (const dimensions of Dimensions) {
          expect(embedded[Name], Name).toEqual(expect.any(Number));
          names.add(`${Namespace} ${Name} by ${dimensions.join()}`);
          values.add([Name, ...dimensions.map((dimension) => z.string().parse(embedded[dimension]))].join(' '));
        }
  }
  return { names, values };
}

const signUp = async (email: string): Promise<string> => {
  const token = await tokenOf(desk, 'participant', email);
  const profile = { name: 'Pat Quill', agency: 'Sheriff', timeZone: 'America/Denver' };
  expect((await desk.ask('PUT', '/api/me', { token, json: profile })).status).toBe(200);
  return token;
};
const register = async (token: string): Promise<string> => {
  const made = await desk.ask('POST', `/api/events/${event}/registrations`, { token, json: {} });
  expect([made.status, made.json['status']], made.text).toEqual([201, 'confirmed']);
  return String(made.json['id']);
};

describe('a registration', () => {
  test('is on record by its id: its change, its message, the requests about it, each with the request’s id', async () => {
    const token = await signUp(PERSON);
    const id = await register(token);
    await desk.stream();
    await desk.ask('GET', `/registrations/${id}`, { token });
    const about = lines().filter((line) => JSON.stringify(line['registrations'] ?? '').includes(id));
    const inOrder = about.toSorted((a, b) => String(a['time']).localeCompare(String(b['time'])));
    expect(inOrder).toEqual([
      expect.objectContaining({
        what: 'commit',
        outcome: 'committed',
        registrations: [{ id, status: 'confirmed' }],
        requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      }),
      expect.objectContaining({ what: 'mail', kind: 'confirmed', outcome: 'sent', requestId: 'call-1' }),
      expect.objectContaining({ what: 'request', route: '/registrations/:id', registrations: [{ id }], status: 200 }),
    ]);
    expect(desk.logs()).not.toContain(PERSON);
    expect(desk.logs()).not.toContain('Quill');
  });
});

const throttle = (reason: string): Refusal => ({
  operation: 'GetItem',
  error: {
    __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException',
    message: 'Throughput exceeds the current capacity',
    throttlingReasons: [{ reason, resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/desk' }],
  },
});
const cancelled = (...codes: string[]): Refusal => ({
  operation: 'TransactWriteItems',
  error: {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    CancellationReasons: codes.map((Code) => ({ Code })),
  },
});

describe('what DynamoDB refuses', () => {
  test('is counted by its reason, each try by itself, though the SDK’s next try has it', async () => {
    const reason = 'TableReadKeyRangeThroughputExceeded';
    desk.cloud.refusals.push(throttle(reason), throttle(reason));
    expect((await desk.ask('GET', `/api/events/${event}`)).status).toBe(200);
    const counted = lines().filter((line) => line['Throttles'] === 1 && line['Reason'] === reason);
    expect(counted).toHaveLength(2);
  });

  test('is counted within a transaction too, conflicts apart, and the registration comes to be', async () => {
    const token = await signUp('second@example.gov');
    desk.cloud.refusals.push(cancelled('TransactionConflict', 'None', 'ThrottlingError'));
    const id = await register(token);
    const commits = lines().filter((line) => JSON.stringify(line['registrations'] ?? '').includes(id));
    expect(commits.map(({ outcome }) => outcome)).toEqual(['busy', 'committed']);
    expect([...measured().values]).toEqual(
      expect.arrayContaining(['Conflicts production TransactionConflict', 'Throttles production ThrottlingError']),
    );
  });
});

test('a message that SES does not take is counted by what became of it', async () => {
  expect((await desk.ask('POST', '/api/sign-in', { json: { email: 'later@example.gov' } })).status).toBe(202);
  desk.cloud.mailAnswers = 'throttled';
  await desk.stream();
  expect([...measured().values]).toContain('MailFailures production later');
  expect(lines()).toContainEqual(expect.objectContaining({ what: 'mail', kind: 'sign-in', outcome: 'later' }));
});

test('a schedule that fails leaves its kind on record, and tells Lambda no word of the service’s', async () => {
  desk.cloud.fails = 'OUT#03';
  await expect(desk.call('deliver')).rejects.toThrow(/^Error: It failed: the line of the log before/);
  expect(lines()).toContainEqual(
    expect.objectContaining({ what: 'error', level: 'error', error: 'InternalServerError' }),
  );
});

test('an item that cannot be read is counted', async () => {
  await desk.client.send(
    new PutItemCommand({ TableName: desk.table, Item: { pk: { S: 'OUT#05' }, sk: { S: 'not-ours' } } }),
  );
  await desk.call('deliver');
  expect([...measured().names]).toContain('TrainingDesk UnreadableItems by Stage');
});

const Dimension = z.object({ Name: z.string(), Value: z.unknown() });
const MetricOf = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(Dimension).default([]),
});
const Read = z.object({
  AlarmName: z.string(),
  Metrics: z.array(z.object({ MetricStat: z.object({ Metric: MetricOf }).optional() })).optional(),
});

/** Each metric that an alarm reads. */
const alarms = ofType('AWS::CloudWatch::Alarm').flatMap(([, properties]) => {
  const { AlarmName, Metrics } = Read.parse(properties);
  const read = Metrics
    ? Metrics.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []))
    : [MetricOf.parse(properties)];
  return read.map((metric) => ({ alarm: AlarmName, ...metric }));
});

/**
 * What the services publish, with the dimensions under which they do, from their own lists (Lambda, API Gateway,
 * DynamoDB, SQS, AWS Backup and SES: "metrics and dimensions").
 */
const PUBLISHED: readonly string[] = [
  'AWS/Lambda Errors by FunctionName',
  'AWS/Lambda Throttles by FunctionName',
  'AWS/Lambda Invocations by FunctionName',
  'AWS/Lambda IteratorAge by FunctionName',
  'AWS/ApiGateway 5XXError by ApiName',
  'AWS/ApiGateway Latency by ApiName',
  'AWS/DynamoDB ReadThrottleEvents by TableName',
  'AWS/DynamoDB WriteThrottleEvents by TableName',
  'AWS/DynamoDB TransactionConflict by TableName',
  'AWS/DynamoDB SystemErrors by Operation,TableName',
  'AWS/SQS ApproximateNumberOfMessagesVisible by QueueName',
  'AWS/Backup NumberOfBackupJobsFailed by BackupVaultName',
  'AWS/SES Reputation.BounceRate by ',
  'AWS/SES Reputation.ComplaintRate by ',
];

describe('alarms and dashboard', () => {
  beforeAll(async () => {
    await desk.call('sweep');
    await desk.call('deliver');
    await desk.call('doctor');
  });
  const nameOf = ({ Namespace, MetricName, Dimensions }: z.output<typeof MetricOf>) =>
    `${Namespace} ${MetricName} by ${Dimensions.map(({ Name }) => Name)
      .toSorted()
      .join()}`;

  test('every alarm reads what the functions wrote in this run or what the services publish, by the same dimensions', () => {
    expect(alarms.length).toBeGreaterThan(20);
    const known = new Set([...measured().names, ...PUBLISHED]);
    expect(alarms.filter((one) => !known.has(nameOf(one))).map((one) => [one.alarm, nameOf(one)])).toEqual([]);
    const own = alarms.filter(({ Namespace }) => Namespace === 'TrainingDesk');
    expect(own.length).toBeGreaterThan(4);
    for (const { Dimensions } of own) expect(Dimensions).toEqual([{ Name: 'Stage', Value: 'production' }]);
  });

  test('of a service, each reads something that this stack has', () => {
    const there = new Set(
      ['AWS::Lambda::Function', 'AWS::DynamoDB::Table', 'AWS::SQS::Queue'].flatMap((type) =>
        ofType(type).map(([id]) => `<${id}>`),
      ),
    );
    for (const [, { Name }] of ofType('AWS::ApiGateway::RestApi')) there.add(String(Name));
    for (const [, { BackupVaultName }] of ofType('AWS::Backup::BackupVault')) there.add(String(BackupVaultName));
    for (const { alarm, Dimensions } of alarms)
      for (const { Name, Value } of Dimensions)
        if (!['Stage', 'Operation'].includes(Name))
          expect([...there], alarm).toContain(resolved(z.json().parse(Value)));
  });

  test('the dashboard looks for what the functions wrote', () => {
    const [[, { DashboardBody }] = ['none', { DashboardBody: '' }]] = ofType('AWS::CloudWatch::Dashboard');
    const sought = [...resolved(z.json().parse(DashboardBody)).matchAll(/\{(\w+),(Stage,\w+)\} MetricName=\\"(\w+)/g)];
    const names = sought.map(([, namespace, dimensions, name]) => `${namespace} ${name} by ${dimensions}`);
    expect(names).toHaveLength(4);
    for (const name of names) expect([...measured().names]).toContain(name);
  });
});
