import { Aspects, type Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { FUNCTION_NAMES } from '../../stacks/bundle.ts';
import { DeskSettings, type SettingsInput } from '../../stacks/settings.ts';
import { STAGES } from '../../stacks/stages.ts';
import { plain } from './plain.ts';

const VPC = {
  id: 'vpc-1',
  zones: ['us-east-1a', 'us-east-1b'],
  subnets: ['subnet-1', 'subnet-2'],
  securityGroup: 'sg-1',
};

/** The production stage as an agency changes it. */
const production = (change: Partial<SettingsInput>) =>
  plain('production', DeskSettings.parse({ ...STAGES['production'], ...change }));

test('a permissions boundary stands on every role', () => {
  const permissionsBoundary = 'arn:aws:iam::111122223333:policy/Boundary';
  for (const role of production({ permissionsBoundary }).properties('AWS::IAM::Role'))
    expect(role).toMatchObject({ PermissionsBoundary: permissionsBoundary });
});

test('every role and policy stands under the role path', () => {
  const { properties } = production({ rolePath: '/desk/' });
  const all = [...properties('AWS::IAM::Role'), ...properties('AWS::IAM::ManagedPolicy')];
  expect(all.length).toBeGreaterThan(15);
  for (const one of all) expect(one).toMatchObject({ Path: '/desk/' });
});

test('tags stand on what is kept and on what runs', () => {
  const { properties } = production({ tags: { CostCenter: 'CCHT' } });
  for (const type of ['AWS::DynamoDB::Table', 'AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::Logs::LogGroup'])
    for (const one of properties(type))
      expect(JSON.stringify(one['Tags']), type).toContain('{"Key":"CostCenter","Value":"CCHT"}');
});

test('in GovCloud tags stand on the same, but for event sources, which take none there', () => {
  const tags = { CostCenter: 'CCHT' };
  const gov = plain('govcloud', DeskSettings.parse({ ...STAGES['govcloud'], tags }));
  const taggedIn = ({ resources }: typeof gov) =>
    new Set(
      Object.values(resources).flatMap(({ Type, Properties }) =>
        JSON.stringify(Properties).includes('CostCenter') ? [Type] : [],
      ),
    );
  const everywhere = [...taggedIn(production({ tags }))];
  expect(everywhere).toContain('AWS::Lambda::EventSourceMapping');
  const there = new Set(Object.values(gov.resources).map(({ Type }) => Type));
  const shared = everywhere.filter((type) => there.has(type) && type !== 'AWS::Lambda::EventSourceMapping');
  expect([...taggedIn(gov)]).toEqual(expect.arrayContaining(shared));
  expect([...taggedIn(gov)]).not.toContain('AWS::Lambda::EventSourceMapping');
});

test('an agency’s key takes the place of ours everywhere', () => {
  const key = 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000';
  const { properties, template } = production({ key });
  template.resourceCountIs('AWS::KMS::Key', 0);
  template.hasResourceProperties('AWS::DynamoDB::Table', { SSESpecification: { KMSMasterKeyId: key } });
  const encrypted = ['AWS::Logs::LogGroup', 'AWS::SecretsManager::Secret', 'AWS::SNS::Topic', 'AWS::SQS::Queue'];
  for (const type of [...encrypted, 'AWS::Lambda::Function', 'AWS::Backup::BackupVault', 'AWS::Scheduler::Schedule'])
    for (const one of properties(type)) expect(JSON.stringify(one), type).toContain(key);
});

test('the firewall’s log goes to the agency’s bucket', () => {
  const { template, text } = production({ logBucket: 'aws-waf-logs-agency' });
  expect(text).toContain(':s3:::aws-waf-logs-agency');
  expect(text).not.toContain('aws-waf-logs-production');
  template.resourceCountIs('AWS::WAFv2::LoggingConfiguration', 1);
});

test('functions run in the agency’s network', () => {
  const { properties } = production({ vpc: VPC });
  for (const one of properties('AWS::Lambda::Function'))
    expect(one).toMatchObject({ VpcConfig: { SubnetIds: VPC.subnets, SecurityGroupIds: ['sg-1'] } });
  const withInterfaces = properties('AWS::IAM::ManagedPolicy').filter((one) =>
    JSON.stringify(one).includes('ec2:CreateNetworkInterface'),
  );
  expect(withInterfaces).toHaveLength(FUNCTION_NAMES.length);
});

test('mail goes by the agency’s relay, and nothing of SES is left', () => {
  const secret = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:relay-abc';
  const { identity, from, contact } = DeskSettings.parse(STAGES['production']).mail;
  const { text, properties } = production({
    mail: { identity, from, contact, relay: { host: 'relay.example.gov', port: 587, secret } },
  });
  expect(text).not.toMatch(/AWS::SES|ses:Send|MAIL_CONFIGURATION_SET|AWS\/SES|mail-reports|mail-dead-letters/);
  const senders = properties('AWS::Lambda::Function').filter((one) =>
    /stream|deliver/.test(String(one['FunctionName'])),
  );
  expect(senders).toHaveLength(2);
  // nobody tells of what came back or of what calendars answer: neither functions nor alarms wait for it
  for (const type of [
    'AWS::Lambda::Function',
    'AWS::Logs::LogGroup',
    'AWS::IAM::ManagedPolicy',
    'AWS::CloudWatch::Alarm',
  ])
    expect(JSON.stringify(properties(type)), type).not.toMatch(/bounces|replies/);
  for (const one of senders)
    expect(one['Environment']).toMatchObject({
      Variables: { MAIL_RELAY_HOST: 'relay.example.gov', MAIL_RELAY_PORT: '587', MAIL_RELAY_SECRET_ARN: secret },
    });
});

test('a recovered table takes the place of the stack’s own, which stays', () => {
  const streamArn = 'arn:aws:dynamodb:us-east-1:111122223333:table/recovered/stream/2026-11-25T00:00:00.000';
  const { template, properties } = production({ restoredTable: { name: 'recovered', streamArn } });
  template.resourceCountIs('AWS::DynamoDB::Table', 1);
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { EventSourceArn: streamArn });
  const policies = JSON.stringify(properties('AWS::IAM::ManagedPolicy'));
  expect(policies).toContain(':table/recovered/index/gsi1');
  expect(policies).not.toContain('"Table');
  for (const one of properties('AWS::Lambda::Function').filter((each) => !/assets/.test(String(each['FunctionName']))))
    expect(JSON.stringify(one['Environment'])).toContain('"TABLE_NAME":"recovered"');
});

test('functions run on x86_64 where a region has no arm64', () => {
  for (const one of production({ architecture: 'x86_64' }).properties('AWS::Lambda::Function'))
    expect(one).toMatchObject({ Architectures: ['x86_64'] });
});

test('what the account has already is used and not made again', () => {
  const mail = DeskSettings.parse(STAGES['production']).mail;
  const { template } = production({ gatewayLogRole: 'account', mail: { ...mail, verified: true } });
  template.resourceCountIs('AWS::ApiGateway::Account', 0);
  template.resourceCountIs('AWS::SES::EmailIdentity', 0);
  template.resourceCountIs('AWS::SES::ConfigurationSet', 1);
});

test('who read and wrote what in the buckets goes to the agency’s bucket', () => {
  const logged = production({ accessLogBucket: 'agency-access-logs' }).properties('AWS::S3::Bucket');
  expect(logged.map((bucket) => bucket['LoggingConfiguration'])).toEqual([
    { DestinationBucketName: 'agency-access-logs', LogFilePrefix: 'production-training-desk-replies/' },
    { DestinationBucketName: 'agency-access-logs', LogFilePrefix: 'production-training-desk-exports/' },
  ]);
  for (const bucket of production({}).properties('AWS::S3::Bucket'))
    expect(bucket).not.toHaveProperty('LoggingConfiguration');
});

/** What the rule packs find in the production stage as an agency changes it: `AwsSolutions-S1`. */
function found(change: Partial<SettingsInput>): string[] {
  const stacks: Stack[] = [];
  plain('production', DeskSettings.parse({ ...STAGES['production'], ...change }), (stack) => {
    stacks.push(stack);
    for (const pack of [AwsSolutionsChecks, NIST80053R5Checks]) Aspects.of(stack).add(new pack({ reports: false }));
  });
  const said = stacks.flatMap((stack) => stack.node.findAll().flatMap(({ node }) => node.metadata));
  return said.map(({ data }) => /^[\w.-]+/.exec(String(data))?.[0] ?? '');
}

test('what the findings say an agency’s settings do away with is gone with them', () => {
  const [usual, imposed] = [found({}), found({ accessLogBucket: 'agency-access-logs', vpc: VPC })];
  for (const rule of ['AwsSolutions-S1', 'NIST.800.53.R5-S3BucketLoggingEnabled', 'NIST.800.53.R5-LambdaInsideVPC']) {
    expect(usual, rule).toContain(rule);
    expect(imposed, rule).not.toContain(rule);
  }
});
