import { like } from '../fixtures/policy-pattern.ts';
import { z } from 'zod';
import type { Plain } from './plain.ts';

/** What somebody asks of a resource, as its policy sees it. */
export interface Request {
  /** `ses.amazonaws.com`, or `*` for anybody at all. */
  readonly by: string;
  readonly action: string;
  readonly on: string;
  /** Values of condition keys, such as `aws:SourceArn`. What is not here is not in the request. */
  readonly keys?: Readonly<Record<string, string>>;
}

export const ACCOUNT = '111122223333';

const texts = z.union([z.string(), z.array(z.unknown()), z.looseObject({})]);
const Statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: texts,
  Principal: z.union([z.string(), z.record(z.string(), texts)]),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/** One statement of a resource's policy, with every name resolved as far as a template can. */
export interface Statement {
  /** The logical id of what holds the policy. */
  readonly of: string;
  readonly type: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly conditions: readonly {
    readonly operator: string;
    readonly key: string;
    readonly values: readonly string[];
  }[];
}

const DOCUMENTS: Readonly<Record<string, string>> = {
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
  'AWS::S3::BucketPolicy': 'PolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::SecretsManager::ResourcePolicy': 'ResourcePolicy',
  'AWS::Backup::BackupVault': 'AccessPolicy',
};

/** Every statement of every policy on a resource in a template. */
export function statementsOf(stage: Plain, region: string): Statement[] {
  const resolve = resolver(stage, region);
  const all = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(resolve);
  return Object.entries(stage.resources).flatMap(([of, { Type: type, Properties }]) => {
    if (type === 'AWS::Lambda::Permission') return [permission(of, Properties, resolve)];
    const document = Properties[DOCUMENTS[type] ?? ''];
    if (document === undefined) return [];
    return z
      .object({ Statement: z.array(Statement) })
      .parse(document)
      .Statement.map((one): Statement => ({
        of,
        type,
        effect: one.Effect,
        actions: all(one.Action),
        resources: all(one.Resource),
        principals: typeof one.Principal === 'string' ? [one.Principal] : Object.values(one.Principal).flatMap(all),
        conditions: Object.entries(one.Condition).flatMap(([operator, keys]) =>
          Object.entries(keys).map(([key, values]) => ({ operator, key: key.toLowerCase(), values: all(values) })),
        ),
      }));
  });
}

function permission(of: string, properties: Record<string, unknown>, resolve: (value: unknown) => string): Statement {
  const condition = (operator: string, key: string, value: unknown) =>
    value === undefined ? [] : [{ operator, key, values: [resolve(value)] }];
  return {
    of,
    type: 'AWS::Lambda::Permission',
    effect: 'Allow',
    actions: [resolve(properties['Action'])],
    resources: [resolve(properties['FunctionName'])],
    principals: [resolve(properties['Principal'])],
    conditions: [
      ...condition('ArnLike', 'aws:sourcearn', properties['SourceArn']),
      ...condition('StringEquals', 'aws:sourceaccount', properties['SourceAccount']),
    ],
  };
}

const Names = z.looseObject({ TopicName: z.string().optional(), QueueName: z.string().optional() });

/** What a value of the template becomes once it is deployed; what only a deployment knows is `<its logical id>`. */
export function resolver({ resources }: Plain, region: string): (value: unknown) => string {
  const partition = region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const named = (id: string): string => {
    const { TopicName, QueueName } = Names.parse(resources[id]?.Properties ?? {});
    if (TopicName) return `arn:${partition}:sns:${region}:${ACCOUNT}:${TopicName}`;
    if (QueueName) return `arn:${partition}:sqs:${region}:${ACCOUNT}:${QueueName}`;
    return `<${id}>`;
  };
  const Value = z.union([
    z.string(),
    z.number().transform(String),
    z.object({ Ref: z.string() }).transform(({ Ref }) => pseudo[Ref] ?? named(Ref)),
    z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((of) => named(of['Fn::GetAtt'][0])),
    z
      .object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) })
      .transform(({ 'Fn::Join': [by, parts] }): string => parts.map((part) => Value.parse(part)).join(by)),
  ]) as z.ZodType<string>;
  return (value) => Value.parse(value);
}

function holds({ operator, key, values }: Statement['conditions'][number], keys: Request['keys'] = {}): boolean {
  const said = Object.entries(keys).find(([name]) => name.toLowerCase() === key)?.[1];
  if (said === undefined) return false;
  switch (operator) {
    case 'StringEquals':
    case 'Bool':
      return values.includes(said);
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
      return values.some((value) => like(value, said));
    case 'NumericLessThan':
      return values.some((value) => Number(said) < Number(value));
    default:
      throw new Error(`No rule for ${operator}`);
  }
}

/** What policies on resources say to a request, as IAM decides it: a Deny wins, and what nothing allows is not allowed. */
export function decide(
  statements: readonly Statement[],
  { by, action, on, keys }: Request,
): 'allowed' | 'denied' | 'silent' {
  const meant = statements.filter(
    (one) =>
      one.principals.some((principal) => principal === '*' || principal === by) &&
      one.actions.some((pattern) => like(pattern, action)) &&
      one.resources.some((pattern) => like(pattern, on)) &&
      one.conditions.every((condition) => holds(condition, keys)),
  );
  if (meant.some(({ effect }) => effect === 'Deny')) return 'denied';
  return meant.length > 0 ? 'allowed' : 'silent';
}
