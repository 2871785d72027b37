import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { functionsOf } from '../../stacks/functions.ts';
import { settingsOf } from '../../stacks/settings.ts';
import { plain } from './plain.ts';

const stages = { dev: plain('dev'), production: plain('production'), govcloud: plain('govcloud') };
type Stage = keyof typeof stages;
const ALL: readonly Stage[] = ['dev', 'production', 'govcloud'];

/** What is lost for ever with its resource. */
const KEPT = ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::SecretsManager::Secret', 'AWS::Logs::LogGroup'];

/** What others stand in or write to, by the property that names it. */
const PLACES: Readonly<Record<string, string>> = {
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Scheduler::ScheduleGroup': 'Name',
  'AWS::SES::ConfigurationSet': 'Name',
  'AWS::SES::ReceiptRuleSet': 'RuleSetName',
};

test.for(ALL)('%s: its resources are these', async (stage) => {
  const { resources } = stages[stage];
  const lines = Object.entries(resources).map(([id, { Type, DeletionPolicy }]) =>
    `${Type} ${id} ${DeletionPolicy ?? ''}`.trim(),
  );
  // a deployment is named by a digest of the gateway's definition
  const steady = lines.map((line) => line.replace(/(GatewayDeployment\w{8})\w{32}/, '$1'));
  await expect(`${steady.toSorted().join('\n')}\n`).toMatchFileSnapshot(`resources/${stage}.txt`);
});

describe('what a stage keeps', () => {
  test('development goes whole', () => {
    const kept = Object.values(stages.dev.resources).filter(({ DeletionPolicy = '' }) => /Retain/.test(DeletionPolicy));
    expect(kept).toEqual([]);
    stages.dev.template.hasResourceProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: false });
  });
  test.for(['production', 'govcloud'] as const)('%s keeps everything that cannot be made again', (stage) => {
    for (const { Type, DeletionPolicy } of Object.values(stages[stage].resources))
      if (KEPT.includes(Type)) expect(DeletionPolicy, Type).toMatch(/^Retain/);
    stages[stage].template.hasResourceProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: true });
    stages[stage].template.resourceCountIs('AWS::Backup::BackupPlan', 1);
  });
});

test.for(['production', 'govcloud'] as const)(
  '%s: a first deployment that fails leaves nothing with a name in the way of the next',
  (stage) => {
    const left = Object.values(stages[stage].resources).filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain');
    expect(left.map(({ Type }) => Type)).toEqual(['AWS::DynamoDB::Table']);
    expect(left[0]?.Properties).not.toHaveProperty('TableName');
  },
);

test('production reads what calendars answer to the organizer’s address, and no other mail', () => {
  const { template, properties } = stages.production;
  template.hasResourceProperties('AWS::SES::ReceiptRule', {
    Rule: {
      Recipients: ['training-desk@ccht.example.org'],
      ScanEnabled: true,
      TlsPolicy: 'Require',
      Actions: [{ S3Action: { ObjectKeyPrefix: 'mail/', TopicArn: {} } }],
    },
  });
  const policies = properties('AWS::S3::BucketPolicy').map((policy) => JSON.stringify(policy));
  const written = policies.filter((policy) => policy.includes('"Service":"ses.amazonaws.com"'));
  expect(written).toHaveLength(1);
  expect(written[0]).toContain('"aws:SourceAccount"');
});

describe('GovCloud', () => {
  const { text, template, properties } = stages.govcloud;
  test('has nothing that does not exist there', () => {
    expect(text).not.toMatch(/CloudFront|AWS::Budgets|FunctionUrl|ReceiptRule|"JSON"/);
    expect(properties('AWS::Lambda::Function').filter((one) => 'LoggingConfig' in one)).toEqual([]);
  });
  test('names no other partition', () => {
    expect(text).not.toMatch(/arn:aws:/);
    expect(text).toMatch(/arn:aws-us-gov:|AWS::Partition/);
  });
  test('calls AWS by its validated cryptography', () => {
    for (const { Environment } of properties('AWS::Lambda::Function'))
      expect(Environment).toMatchObject({ Variables: { AWS_USE_FIPS_ENDPOINT: 'true' } });
  });
  test('is reached by its own name alone, with static files from the gateway', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true });
    template.hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: 'training-desk.example.gov',
      SecurityPolicy: 'TLS_1_2',
    });
    template.hasResourceProperties('AWS::ApiGateway::Resource', { PathPart: 'assets' });
  });
});

describe.for(ALL)('%s', (stage) => {
  const { template, properties, resources } = stages[stage];

  test('every function runs Node 24 on arm64 under a role, a policy and a log of its own', () => {
    const functions = properties('AWS::Lambda::Function');
    const there = functionsOf(settingsOf(stage)).map((name) => `${stage}-training-desk-${name}`);
    expect(functions.map(({ FunctionName }) => String(FunctionName)).toSorted()).toEqual(there.toSorted());
    for (const one of functions) expect(one).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    expect(new Set(functions.map(({ Role }) => JSON.stringify(Role))).size).toBe(there.length);
    expect(properties('AWS::IAM::Policy'), 'a construct added rights by itself').toEqual([]);
    const logs = properties('AWS::Logs::LogGroup').map(({ LogGroupName }) => LogGroupName);
    for (const { FunctionName } of functions) expect(logs).toContain(`/aws/lambda/${String(FunctionName)}`);
  });

  test('the stream gives up in bounds, and says where', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 900,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: {} },
      FilterCriteria: {
        Filters: [{ Pattern: '{"eventName":["INSERT"],"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"OUT#"}]}}}}' }],
      },
    });
  });

  test('what SES reports goes by a topic to a queue with dead letters, and only from this configuration set', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: { MatchingEventTypes: ['bounce', 'complaint', 'reject', 'deliveryDelay'], SnsDestination: {} },
    });
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'sqs', RawMessageDelivery: true });
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: `${stage}-training-desk-mail-reports`,
      RedrivePolicy: { maxReceiveCount: 5 },
      VisibilityTimeout: 360,
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    const [key] = properties('AWS::KMS::Key');
    for (const service of ['ses.amazonaws.com', 'sns.amazonaws.com']) expect(JSON.stringify(key)).toContain(service);
    const publishing = JSON.stringify(properties('AWS::SNS::TopicPolicy')).match(/"Service":"ses.amazonaws.com"/g);
    expect(publishing).toHaveLength(stage === 'production' ? 2 : 1);
  });

  test('sender and sweep run every minute, the doctor every night; what could not start is a dead letter', () => {
    const schedules = properties('AWS::Scheduler::Schedule');
    const expressions = schedules.map(({ ScheduleExpression }) => ScheduleExpression);
    expect(expressions).toEqual(['rate(1 minute)', 'rate(1 minute)', 'cron(30 3 * * ? *)']);
    for (const one of schedules) expect(one).toMatchObject({ Target: { DeadLetterConfig: {} } });
  });

  test('logs of gateway and firewall hold the route, and neither path nor query', () => {
    const [gatewayStage] = properties('AWS::ApiGateway::Stage');
    const { Format } = (gatewayStage ?? {})['AccessLogSetting'] as { Format: string };
    expect(Format).toContain('$context.resourcePath');
    expect(Format).not.toMatch(/\$context\.(path|requestOverride|identity|authorizer)|querystring/);
    // what AWS traces of a gateway has the whole address:
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-understanding-xray-traces.html
    expect(gatewayStage).toMatchObject({ TracingEnabled: false });
    const taken = ['authorization', 'cookie', 'referer', ...(stage === 'govcloud' ? [] : ['x-desk-origin'])];
    expect(properties('AWS::WAFv2::LoggingConfiguration')[0]?.['RedactedFields']).toEqual([
      { UriPath: {} },
      { QueryString: {} },
      ...taken.map((Name) => ({ SingleHeader: { Name } })),
    ]);
    expect(JSON.stringify(properties('AWS::WAFv2::WebACL'))).not.toContain('"SampledRequestsEnabled":true');
  });

  test('the firewall counts sign-ins by their paths, with the gateway’s stage before them and without', () => {
    const acl = JSON.stringify(properties('AWS::WAFv2::WebACL'));
    const read = [...acl.matchAll(/"SearchString":"\/[^}]*?"Type":"(\w+)"/g)].map(([, how]) => how);
    expect(new Set(read), 'as the application reads them').toEqual(new Set(['URL_DECODE']));
    const sought = [...acl.matchAll(/"SearchString":"(\/[^"]*)"/g)];
    expect(stages.production.text).toContain('"OriginPath":"/live"');
    for (const path of ['/sign-in', '/api/sign-in', '/auth/'])
      expect(sought.map(([, text]) => text)).toEqual(expect.arrayContaining([path, `/live${path}`]));
  });

  test('the firewall lets long forms and long codes of identity providers through, and judges addresses where it sees them', () => {
    const lists = JSON.stringify(properties('AWS::WAFv2::WebACL'));
    for (const rule of ['SizeRestrictions_BODY', 'SizeRestrictions_QUERYSTRING'])
      expect(lists).toContain(`{"ActionToUse":{"Count":{}},"Name":"${rule}"}`);
    // behind CloudFront every address is CloudFront's
    expect(lists.includes('AWSManagedRulesAmazonIpReputationList')).toBe(stage === 'govcloud');
    expect(properties('AWS::CloudFront::Distribution')).toHaveLength(stage === 'govcloud' ? 0 : 1);
  });

  test('CloudFront keeps no error: one person’s would be everybody’s', () => {
    for (const { DistributionConfig } of properties('AWS::CloudFront::Distribution'))
      // all that CloudFront may keep: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
      expect(DistributionConfig).toMatchObject({
        CustomErrorResponses: [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((ErrorCode) => ({
          ErrorCode,
          ErrorCachingMinTTL: 0,
        })),
      });
  });

  test('everything kept is encrypted with the one key', () => {
    for (const type of ['AWS::Logs::LogGroup', 'AWS::SecretsManager::Secret', 'AWS::SNS::Topic', 'AWS::SQS::Queue'])
      for (const one of properties(type)) expect(JSON.stringify(one), type).toContain('"Key961B73FD"');
  });

  test('exports are private, encrypted, by TLS alone, and gone after a day', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 1, Status: 'Enabled' }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
    });
    const [policy] = properties('AWS::S3::BucketPolicy');
    expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
    expect(properties('AWS::S3::Bucket').some((one) => 'VersioningConfiguration' in one)).toBe(false);
  });

  test('every alarm reaches the topic, when it rings and when it stops, and may', () => {
    const alarms = properties('AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(15);
    const topic = { Ref: 'Alarms04B5A0BF' };
    for (const one of alarms) expect(one).toMatchObject({ AlarmActions: [topic], OKActions: [topic] });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [topic],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Resource: topic,
          }),
        ]),
      },
    });
    expect(JSON.stringify(properties('AWS::KMS::Key'))).toContain('cloudwatch.amazonaws.com');
  });

  test('what AWS tries when it is made, it may by then: functions have their policy, rules of mail their topic and bucket', () => {
    const all = Object.entries(resources);
    const policyOf = (role: string) =>
      all.find(
        ([, { Type, Properties }]) =>
          Type === 'AWS::IAM::ManagedPolicy' && JSON.stringify(Properties['Roles']) === `[{"Ref":"${role}"}]`,
      )?.[0];
    const literals = all.flatMap(([id, { Type, Properties }]) => {
      const name = Properties[PLACES[Type] ?? ''];
      return typeof name === 'string' ? [[name, id] as const] : [];
    });
    expect(literals.length).toBeGreaterThan(5);
    for (const [id, { Type, Properties, DependsOn }] of all) {
      if (Type === 'AWS::Lambda::Function') {
        const [role = ''] = z.object({ 'Fn::GetAtt': z.array(z.string()) }).parse(Properties['Role'])['Fn::GetAtt'];
        expect(DependsOn, id).toContain(policyOf(role));
      }
      if (Type === 'AWS::Scheduler::Schedule') expect(DependsOn, id).toContain('SchedulePolicy2EC7A57D');
      // what is only named is not waited for
      for (const [name, named] of literals)
        if (named !== id && JSON.stringify(Properties).includes(`"${name}"`)) expect(DependsOn, id).toContain(named);
      if (Type === 'AWS::SES::ReceiptRule')
        expect(DependsOn, id).toEqual(
          expect.arrayContaining([
            expect.stringMatching(/^RepliesPolicy/),
            expect.stringMatching(/^MailRepliesTopicPolicy/),
          ]),
        );
    }
  });
});
