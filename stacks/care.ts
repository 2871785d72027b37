import { Duration, type Stack } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { DeskProps } from './desk.ts';
import { nameOf, removalOf } from './names.ts';

/** Backups besides point-in-time recovery: daily for five weeks and monthly for a year, out of reach of a deployment. */
export function addBackups(stack: Stack, props: DeskProps, table: ITable, encryptionKey: IKey): void {
  if (props.settings.kind === 'development') return;
  const vault = new BackupVault(stack, 'Backups', {
    backupVaultName: nameOf(props, 'backups'),
    encryptionKey,
    removalPolicy: removalOf(props.settings),
  });
  const rule = (ruleName: string, scheduleExpression: Schedule, deleteAfter: Duration) =>
    new BackupPlanRule({ ruleName, scheduleExpression, deleteAfter });
  const plan = new BackupPlan(stack, 'BackupPlan', {
    backupPlanName: nameOf(props, 'backups'),
    backupVault: vault,
    backupPlanRules: [
      rule('daily', Schedule.cron({ hour: '7', minute: '0' }), Duration.days(35)),
      rule('monthly', Schedule.cron({ day: '1', hour: '8', minute: '0' }), Duration.days(366)),
    ],
  });
  const role = new Role(stack, 'BackupRole', {
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    description: 'Makes backups of the table, and restores them',
    managedPolicies: ['Backup', 'Restores'].map((what) =>
      ManagedPolicy.fromAwsManagedPolicyName(`service-role/AWSBackupServiceRolePolicyFor${what}`),
    ),
  });
  plan.addSelection('Selection', {
    backupSelectionName: nameOf(props, 'table'),
    resources: [BackupResource.fromDynamoDbTable(table)],
    role,
    disableDefaultBackupPolicy: true,
  });
}

/** Warns before the cost gets out of hand. AWS Budgets does not exist in GovCloud. */
export function addBudget(stack: Stack, props: DeskProps): void {
  const { monthlyBudget, alarmEmail } = props.settings;
  if (!monthlyBudget || !alarmEmail) return;
  const told = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
    subscribers: [{ subscriptionType: 'EMAIL', address: alarmEmail }],
  });
  new CfnBudget(stack, 'Budget', {
    budget: {
      budgetName: nameOf(props, 'month'),
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: monthlyBudget, unit: 'USD' },
    },
    notificationsWithSubscribers: [told('ACTUAL', 80), told('FORECASTED', 100)],
  });
}
