import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DeskSettings, settingsOf, type SettingsInput } from '../../stacks/settings.ts';
import { STAGES } from '../../stacks/stages.ts';
import { plain, type Plain } from './plain.ts';
import { resolver } from './resource-policies.ts';

/** What AWS refuses of a template that is well formed: sizes and lengths, with the longest name that a stage may have. */
const LONGEST = 'a'.repeat(28);
/** All that makes policies longer. */
const NETWORK: Partial<SettingsInput> = {
  vpc: { id: 'vpc-1', zones: ['us-east-1a'], subnets: ['subnet-1'], securityGroup: 'sg-1' },
  accessLogBucket: 'access-logs',
  tags: { CostCenter: 'CCHT' },
};
const SETTINGS: Readonly<Record<string, DeskSettings>> = {
  dev: settingsOf('dev'),
  production: DeskSettings.parse({ ...STAGES['production'], ...NETWORK }),
  govcloud: settingsOf('govcloud'),
};

/** How long a name may be, by the service's own reference; CloudFormation asks nobody before it is there. */
const LENGTHS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'AWS::Backup::BackupVault': { BackupVaultName: 50 },
  'AWS::CloudFront::Function': { Name: 64 },
  'AWS::Lambda::Function': { FunctionName: 64 },
  'AWS::S3::Bucket': { BucketName: 63 },
  'AWS::Scheduler::Schedule': { Name: 64 },
  'AWS::Scheduler::ScheduleGroup': { Name: 64 },
  'AWS::SES::ConfigurationSet': { Name: 64 },
  'AWS::SES::ReceiptRuleSet': { RuleSetName: 64 },
  'AWS::SQS::Queue': { QueueName: 80 },
};
/** The same of names within. */
const INNER: readonly (readonly [type: string, path: readonly string[], most: number])[] = [
  ['AWS::Backup::BackupPlan', ['BackupPlan', 'BackupPlanName'], 50],
  ['AWS::Backup::BackupSelection', ['BackupSelection', 'SelectionName'], 50],
  ['AWS::Budgets::Budget', ['Budget', 'BudgetName'], 100],
  ['AWS::SES::ConfigurationSetEventDestination', ['EventDestination', 'Name'], 64],
  ['AWS::SES::ReceiptRule', ['Rule', 'Name'], 64],
];

const Policy = z.object({ PolicyDocument: z.unknown() });
const Permission = z.object({ FunctionName: z.unknown(), SourceArn: z.unknown().optional() });
const Environment = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });

describe.for(Object.keys(SETTINGS))('%s', (kind) => {
  const settings = SETTINGS[kind] ?? settingsOf('dev');
  const template = plain(LONGEST, settings);
  const whole = deployed(template, settings.region);

  test('the stack is within what CloudFormation takes', () => {
    expect(template.ids.length).toBeLessThan(500);
    expect(template.outputs.length).toBeLessThan(200);
    expect(JSON.stringify(JSON.parse(template.text), null, 1).length).toBeLessThan(1024 ** 2);
  });

  test('every name is as short as its service wants it', () => {
    for (const [type, lengths] of Object.entries(LENGTHS))
      for (const properties of template.properties(type))
        for (const [name, most] of Object.entries(lengths))
          expect(whole(properties[name]).length, `${type} ${whole(properties[name])}`).toBeLessThanOrEqual(most);
    for (const [type, path, most] of INNER)
      for (const properties of template.properties(type)) {
        const name = path.reduce<unknown>(
          (value, key) => z.record(z.string(), z.unknown()).parse(value)[key],
          properties,
        );
        expect(whole(name).length, `${type} ${whole(name)}`).toBeLessThanOrEqual(most);
      }
  });

  test('every managed policy is within the 6,144 characters of IAM', () => {
    for (const properties of template.properties('AWS::IAM::ManagedPolicy')) {
      const { length } = textOf(Policy.parse(properties).PolicyDocument, whole);
      expect(length, JSON.stringify(properties['Description'])).toBeLessThanOrEqual(6_144);
    }
  });

  test('who may call a function fits into the 20 KiB of its policy', () => {
    const sizes = new Map<string, number>();
    for (const [id, { Type, Properties }] of Object.entries(template.resources)) {
      if (Type !== 'AWS::Lambda::Permission') continue;
      const { FunctionName, SourceArn } = Permission.parse(Properties);
      const statement = {
        Sid: `${LONGEST}-training-desk-desk-${id}-ABCDEFGHIJKL`,
        Effect: 'Allow',
        Principal: { Service: 'apigateway.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: whole(FunctionName),
        Condition: { ArnLike: { 'AWS:SourceArn': whole(SourceArn ?? '') } },
      };
      const name = whole(FunctionName);
      sizes.set(name, (sizes.get(name) ?? 100) + JSON.stringify(statement).length + 1);
    }
    expect(sizes.size).toBe(5);
    for (const [name, size] of sizes) expect(size, name).toBeLessThan(20 * 1024);
  });

  test('what a function is told fits into 4 KiB', () => {
    for (const properties of template.properties('AWS::Lambda::Function'))
      expect(textOf(Environment.parse(properties).Environment.Variables, whole).length).toBeLessThan(4 * 1024);
  });
});

/** What a value becomes, with names as long as CloudFormation makes them for what has none. */
function deployed(template: Plain, region: string): (value: unknown) => string {
  const resolve = resolver(template, region);
  return (value) =>
    resolve(value).replace(/<(\w+)>/g, (_, id: string) => {
      const type = template.resources[id]?.Type.split('::')[1]?.toLowerCase() ?? '';
      return `arn:aws-us-gov:${type}:${region}:111122223333:thing/${LONGEST}-training-desk-desk-${id}-ABCDEFGHIJKL`;
    });
}

/** A document of the template as the service gets it. */
const textOf = (document: unknown, whole: (value: unknown) => string): string =>
  JSON.stringify(document, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && Object.keys(value).some((key) => /^(Ref|Fn::.*)$/.test(key))
      ? whole(value)
      : value,
  );
