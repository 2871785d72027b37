import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ACCESS } from './access.ts';
import type { FunctionName } from './bundle.ts';

const READS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const WRITES = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'];

/** What a function may do with the table, from access.ts: by action and by leading key. */
export function tableUse(name: FunctionName, table: ITable): PolicyStatement[] {
  const { read, write, indexes, writesBatches, describes } = ACCESS[name];
  const allow = (actions: string[], resource: string, patterns: readonly string[]) =>
    patterns.length === 0
      ? []
      : [
          new PolicyStatement({
            actions,
            resources: [resource],
            conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns } },
          }),
        ];
  return [
    ...allow(READS, table.tableArn, read),
    ...allow(writesBatches ? [...WRITES, 'dynamodb:BatchWriteItem'] : WRITES, table.tableArn, write),
    ...allow(['dynamodb:Query'], `${table.tableArn}/index/gsi1`, indexes.gsi1 ?? []),
    ...allow(['dynamodb:Query'], `${table.tableArn}/index/gsi2`, indexes.gsi2 ?? []),
    ...(describes ? [new PolicyStatement({ actions: ['dynamodb:DescribeTable'], resources: [table.tableArn] })] : []),
  ];
}

/** What the services that a function calls do with the key in its name. */
export const keyUse = (key: IKey): PolicyStatement =>
  new PolicyStatement({
    actions: [
      'kms:Decrypt',
      'kms:Encrypt',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:DescribeKey',
    ],
    resources: [key.keyArn],
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

/** Reading the value of some secrets. */
export const secretUse = (...arns: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [...arns] });
