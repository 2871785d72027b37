import { Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ACCESS } from './access.ts';
import type { FunctionName } from './bundle.ts';

const WORDS = ['get', 'query', 'put', 'update', 'delete', 'check', 'putMany'] as const;

/** The actions of DynamoDB that each word of access.ts stands for. */
export const ACTIONS: Readonly<Record<(typeof WORDS)[number], readonly string[]>> = {
  get: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
  query: ['dynamodb:Query'],
  put: ['dynamodb:PutItem'],
  update: ['dynamodb:UpdateItem'],
  delete: ['dynamodb:DeleteItem'],
  check: ['dynamodb:ConditionCheckItem'],
  putMany: ['dynamodb:BatchWriteItem'],
};

/** What a function may do with the table, from access.ts: by action, leading key and, where named, attribute. */
export function tableUse(name: FunctionName, table: ITable): PolicyStatement[] {
  const access = ACCESS[name];
  const allow = (actions: readonly string[], resource: string, patterns: readonly string[] = [], more = {}) =>
    patterns.length === 0
      ? []
      : [
          new PolicyStatement({
            actions: [...actions],
            resources: [resource],
            conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns }, ...more },
          }),
        ];
  return [
    ...WORDS.flatMap((word) => {
      const attributes = word === 'get' || word === 'put' || word === 'update' ? access.attributes?.[word] : undefined;
      return allow(ACTIONS[word], table.tableArn, access[word], attributes && within(attributes));
    }),
    ...allow(['dynamodb:Query'], `${table.tableArn}/index/gsi1`, access.gsi1),
    ...allow(['dynamodb:Query'], `${table.tableArn}/index/gsi2`, access.gsi2),
    ...(access.describes
      ? [new PolicyStatement({ actions: ['dynamodb:DescribeTable'], resources: [table.tableArn] })]
      : []),
  ];
}

/**
 * Nothing but these attributes, asked for, written or answered
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html).
 */
const within = (attributes: readonly string[]) => ({
  'ForAllValues:StringEquals': { 'dynamodb:Attributes': attributes },
  StringEqualsIfExists: {
    'dynamodb:Select': 'SPECIFIC_ATTRIBUTES',
    'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'],
  },
});

/**
 * What the services that a function calls do with the key in its name: its own settings, secrets, queues and files are
 * read with it.
 * @param does `keeps`: it also writes files or sends to queues; `table`: DynamoDB works with the key for it
 */
export const keyUse = (
  key: IKey,
  { keeps, table }: { readonly keeps: boolean; readonly table: boolean },
): PolicyStatement[] => [
  new PolicyStatement({
    actions: ['kms:Decrypt', ...(keeps ? ['kms:GenerateDataKey'] : [])],
    resources: [key.keyArn],
  }),
  ...(table ? [byDynamo(key)] : []),
];

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html: by that service alone. */
const byDynamo = (key: IKey): PolicyStatement =>
  new PolicyStatement({
    actions: [
      'kms:Encrypt',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:DescribeKey',
    ],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(key).region}.amazonaws.com` } },
  });

/** What every function needs to run at all: its own log, traces, and in a VPC its network interfaces. */
export function toRun(logGroup: LogGroup, { inVpc }: { readonly inVpc: boolean }): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
    // neither traces nor network interfaces can be named before they exist
    new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }),
    ...(inVpc
      ? [
          new PolicyStatement({
            actions: [
              'ec2:CreateNetworkInterface',
              'ec2:DescribeNetworkInterfaces',
              'ec2:DescribeSubnets',
              'ec2:DeleteNetworkInterface',
              'ec2:AssignPrivateIpAddresses',
              'ec2:UnassignPrivateIpAddresses',
            ],
            resources: ['*'],
          }),
        ]
      : []),
  ];
}

/** Reading the value of a secret. */
export const secretUse = (arn: string): PolicyStatement =>
  new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [arn] });
