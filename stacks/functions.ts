import { Duration, type Stack } from 'aws-cdk-lib';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Function as Lambda, Runtime, Tracing, type FunctionOptions } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { FUNCTION_NAMES, type FunctionName } from './bundle.ts';
import type { DeskProps } from './desk.ts';
import type { DeskSettings } from './settings.ts';
import { logsFor, nameOf, removalOf } from './names.ts';
import { keyUse, tableUse, toRun } from './policies.ts';

/** How a function runs. */
interface Shape {
  readonly id: string;
  readonly seconds: number;
  readonly memory: number;
  /** Environments that it may have at once, where the stage reserves any. */
  readonly reserved: number;
  /** It is called asynchronously: Lambda tries again, and what fails for good goes to the dead letters. */
  readonly later?: boolean;
}

/** One CPU comes with 1,769 MB; what a person waits for has most of one. */
const SHAPES: Readonly<Record<FunctionName, Shape>> = {
  api: { id: 'Api', seconds: 20, memory: 1536, reserved: 300 },
  desk: { id: 'Desk', seconds: 20, memory: 1536, reserved: 50 },
  files: { id: 'Files', seconds: 28, memory: 1536, reserved: 20 },
  auth: { id: 'Auth', seconds: 20, memory: 1536, reserved: 20 },
  assets: { id: 'Assets', seconds: 5, memory: 256, reserved: 50 },
  stream: { id: 'Stream', seconds: 120, memory: 1024, reserved: 10 },
  // one at a time: two that send the same would send twice
  deliver: { id: 'Deliver', seconds: 120, memory: 1024, reserved: 1, later: true },
  sweep: { id: 'Sweep', seconds: 300, memory: 1024, reserved: 1, later: true },
  // it reads every roster twice
  doctor: { id: 'Doctor', seconds: 900, memory: 1024, reserved: 1, later: true },
  bounces: { id: 'Bounces', seconds: 60, memory: 512, reserved: 2 },
  replies: { id: 'RepliesReader', seconds: 60, memory: 512, reserved: 2 },
  operator: { id: 'Operator', seconds: 60, memory: 512, reserved: 1 },
};

/** Null where nothing would call it: a relay reports nothing, and not every stage receives what calendars answer. */
export type Functions = Readonly<Record<Exclude<FunctionName, 'bounces' | 'replies'>, Lambda>> &
  Readonly<Record<'bounces' | 'replies', Lambda | null>>;

/** The functions of a stage. */
export const functionsOf = ({ mail }: DeskSettings): readonly FunctionName[] =>
  FUNCTION_NAMES.filter((name) => (name === 'bounces' ? !mail.relay : name === 'replies' ? mail.replies : true));

/** What functions are built on. */
export interface Ground {
  readonly table: ITable;
  readonly key: IKey;
  /** The queue for what Lambda gave up. */
  readonly deadLetters: Queue;
  /** Of each function: what it is told, and what it may do besides reading and writing the table. */
  readonly extras: Readonly<Record<FunctionName, Extras>>;
}

export interface Extras {
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  /** It writes files or sends to a queue, which takes a data key. */
  readonly keeps?: boolean;
}

/** Every function, each with a role, a policy and a log group of its own. */
export function addFunctions(stack: Stack, props: DeskProps, ground: Ground): Functions {
  const inVpc = vpcOf(stack, props);
  const there = functionsOf(props.settings);
  const one = (name: FunctionName) => addFunction(stack, props, ground, name, inVpc);
  const ifThere = (name: FunctionName) => (there.includes(name) ? one(name) : null);
  return {
    api: one('api'),
    desk: one('desk'),
    files: one('files'),
    auth: one('auth'),
    assets: one('assets'),
    stream: one('stream'),
    deliver: one('deliver'),
    sweep: one('sweep'),
    operator: one('operator'),
    doctor: one('doctor'),
    bounces: ifThere('bounces'),
    replies: ifThere('replies'),
  };
}

function addFunction(
  stack: Stack,
  props: DeskProps,
  { table, key, deadLetters, extras }: Ground,
  name: FunctionName,
  inVpc: Pick<FunctionOptions, 'vpc' | 'vpcSubnets' | 'securityGroups'>,
): Lambda {
  const { settings, code } = props;
  const { id, seconds, memory, reserved, later } = SHAPES[name];
  const functionName = nameOf(props, name);
  const logGroup = new LogGroup(stack, `${id}Log`, {
    logGroupName: `/aws/lambda/${functionName}`,
    encryptionKey: key,
    retention: logsFor(settings),
    removalPolicy: removalOf(settings),
  });
  const role = new Role(stack, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `Of the function ${functionName}`,
  });
  const policy = new ManagedPolicy(stack, `${id}Policy`, {
    description: `What the function ${functionName} does, and no more`,
    roles: [role],
    statements: [
      ...toRun(logGroup, { inVpc: settings.vpc !== undefined }),
      ...tableUse(name, table),
      ...keyUse(key, { keeps: later === true || extras[name].keeps === true, table: name !== 'assets' }),
      ...extras[name].statements,
      ...(later ? [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] })] : []),
    ],
  });
  const lambda = new Lambda(stack, id, {
    functionName,
    runtime: Runtime.NODEJS_24_X,
    architecture: settings.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
    code: code[name],
    handler: 'index.handler',
    memorySize: memory,
    timeout: Duration.seconds(seconds),
    tracing: Tracing.ACTIVE,
    environmentEncryption: key,
    environment: {
      ...extras[name].environment,
      STAGE: props.stage,
      // keeps compiled code for the next start of the same environment
      NODE_COMPILE_CACHE: '/tmp/compiled',
      ...(settings.kind === 'govcloud' ? { AWS_USE_FIPS_ENDPOINT: 'true' } : {}),
    },
    // its whole policy is written above: constructs may not add to it
    role: role.withoutPolicyUpdates(),
    ...(settings.kind === 'development' ? {} : { reservedConcurrentExecutions: reserved }),
    ...(later ? { deadLetterQueue: deadLetters, retryAttempts: 1, maxEventAge: Duration.minutes(5) } : {}),
    ...inVpc,
  });
  // Lambda refuses a dead letter queue, a network or an event source that the role may not use yet
  lambda.node.addDependency(logGroup, policy);
  return lambda;
}

function vpcOf(
  stack: Stack,
  { settings: { vpc } }: DeskProps,
): Pick<FunctionOptions, 'vpc' | 'vpcSubnets' | 'securityGroups'> {
  if (!vpc) return {};
  return {
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: vpc.id,
      availabilityZones: vpc.zones,
      privateSubnetIds: vpc.subnets,
    }),
    vpcSubnets: { subnets: vpc.subnets.map((id, index) => Subnet.fromSubnetId(stack, `Subnet${index}`, id)) },
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'SecurityGroup', vpc.securityGroup, { mutable: false })],
  };
}
