import { Duration, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { DeskProps } from './desk.ts';
import { nameOf, removalOf } from './names.ts';

/**
 * The key that everything kept is encrypted with: the agency's own where it gives one, else one of the stage's that
 * turns every year. The agency's must allow the same services as ours: docs/deploy.md.
 */
export function addKey(stack: Stack, props: DeskProps): IKey {
  const { settings } = props;
  if (settings.key) return Key.fromKeyArn(stack, 'Key', settings.key);
  const key = new Key(stack, 'Key', {
    alias: `alias/${nameOf(props, 'desk')}`,
    description: `Everything that the training desk keeps (${props.stage})`,
    enableKeyRotation: true,
    pendingWindow: Duration.days(settings.kind === 'development' ? 7 : 30),
    removalPolicy: removalOf(settings),
  });
  const logs = `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:*`;
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'LogsAreEncrypted',
      principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logs } },
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsReachTheTopic',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  return key;
}
