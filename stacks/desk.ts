import { CfnOutput, Tags, type Stack } from 'aws-cdk-lib';
import { addGateway, addRoutes } from './api.ts';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { FunctionName } from './bundle.ts';
import { addBackups, addBudget } from './care.ts';
import { addDeadLetters, addSchedules, addStream, streamUse } from './delivery.ts';
import { addExports } from './exports.ts';
import { addFirewall } from './firewall.ts';
import { addFront, type Front } from './front.ts';
import { addFunctions, type Extras, type Ground } from './functions.ts';
import { addKey } from './key.ts';
import { addMail, type Mail } from './mail.ts';
import { queueUse, readMailQueue } from './mail-queue.ts';
import { imposeRules } from './rules.ts';
import { secretUse } from './policies.ts';
import { addSecrets, type Secrets } from './secrets.ts';
import type { DeskSettings } from './settings.ts';
import { addTable } from './table.ts';
import { addWatch } from './watch.ts';

/** What the parts of a stage are made from. */
export interface DeskProps {
  readonly stage: string;
  readonly settings: DeskSettings;
  /** Of each function. */
  readonly code: Readonly<Record<FunctionName, Code>>;
}

/**
 * The whole product in one stack of CloudFormation: SST's, or a plain one of the CDK with the same logical ids, so that
 * SST can be left without touching what runs.
 */
export function addDesk(stack: Stack, props: DeskProps): void {
  const { settings } = props;
  const key = addKey(stack, props);
  const table = addTable(stack, settings, key);
  const secrets = addSecrets(stack, props, key);
  const deadLetters = addDeadLetters(stack, props, key);
  const gateway = addGateway(stack, props, key);
  const front = addFront(stack, props, gateway, key);
  const mail = addMail(stack, props, key);
  const exports = addExports(stack, props, key);
  const extras = extrasOf(props, front, secrets, { mail, exports }, { table, deadLetters });
  const functions = addFunctions(stack, props, { table, key, deadLetters, extras });
  addRoutes(gateway, functions);
  addFirewall(stack, props, gateway, key, front);
  addStream(table, functions.stream, deadLetters);
  addSchedules(stack, props, functions, deadLetters, key);
  if (mail.told && functions.bounces) readMailQueue(functions.bounces, mail.told.reports);
  if (mail.told?.replies && functions.replies) readMailQueue(functions.replies, mail.told.replies.queue);
  const mailDeadLetters = mail.told?.deadLetters;
  addWatch(stack, props, { functions, gateway, table, deadLetters, mailDeadLetters, key });
  addBackups(stack, props, table, key);
  addBudget(stack, props);
  // in GovCloud these take none: https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-lambda.html
  const untagged = settings.kind === 'govcloud' ? ['AWS::Lambda::EventSourceMapping'] : [];
  for (const [name, value] of Object.entries(settings.tags))
    Tags.of(stack).add(name, value, { excludeResourceTypes: untagged });
  imposeRules(stack, settings);
  new CfnOutput(stack, 'Site', { value: front.origin, description: 'Where people go' });
  if (front.target)
    new CfnOutput(stack, 'Target', { value: front.target, description: 'What the name of the site points at' });
  new CfnOutput(stack, 'TableName', { value: table.tableName, description: 'Of the table that functions use' });
  new CfnOutput(stack, 'OperatorFunction', { value: functions.operator.functionName });
  new CfnOutput(stack, 'SignInSecretArn', { value: secrets.signIn.secretArn });
}

/** What each function is told, and what it may do besides reading and writing the table. */
function extrasOf(
  props: DeskProps,
  front: Front,
  secrets: Secrets,
  { mail, exports }: { readonly mail: Mail; readonly exports: Extras },
  { table, deadLetters }: Pick<Ground, 'table' | 'deadLetters'>,
): Ground['extras'] {
  const { settings } = props;
  const unsigned: Extras = {
    environment: { TABLE_NAME: table.tableName, ORIGIN: front.origin, UID_HOST: settings.uidHost },
    statements: [],
  };
  const desk: Extras = {
    environment: { ...unsigned.environment, IDS_SECRET_ARN: secrets.ids.secretArn },
    statements: [secretUse(secrets.ids.secretArn)],
  };
  const callers: Extras['environment'] = front.clientHeader ? { CLIENT_HEADER: front.clientHeader } : {};
  const site: Extras = { ...desk, environment: { ...desk.environment, ...callers } };
  const auth: Extras = {
    environment: {
      ...unsigned.environment,
      ...callers,
      OIDC_ISSUER: settings.signIn.issuer,
      OIDC_CLIENT_ID: settings.signIn.clientId,
      OIDC_PROMPT: settings.signIn.prompt,
      OIDC_SECRET_ARN: secrets.signIn.secretArn,
    },
    statements: [secretUse(secrets.signIn.secretArn)],
  };
  const sender: Extras = {
    environment: { ...desk.environment, ...mail.sender.environment },
    statements: [...desk.statements, ...mail.sender.statements],
  };
  return {
    api: site,
    desk: site,
    files: {
      environment: { ...site.environment, ...exports.environment },
      statements: [...site.statements, ...exports.statements],
      keeps: true,
    },
    auth,
    assets: { environment: {}, statements: [] },
    stream: { ...sender, statements: [...sender.statements, ...streamUse(table, deadLetters)], keeps: true },
    deliver: sender,
    sweep: unsigned,
    doctor: unsigned,
    bounces: { ...unsigned, statements: mail.told ? [queueUse(mail.told.reports)] : [] },
    replies: { ...desk, statements: [...desk.statements, ...(mail.told?.replies?.statements ?? [])] },
    operator: unsigned,
  };
}
