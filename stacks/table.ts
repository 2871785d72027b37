import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import {
  type ITable,
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { TABLE } from '../functions/store/dynamo/schema.ts';
import type { DeskSettings } from './settings.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The table that functions use: the stack's own, or the one that a recovery made. */
export function addTable(stack: Stack, settings: DeskSettings, key: IKey): ITable {
  const own = addOwnTable(stack, settings, key);
  const { restoredTable } = settings;
  if (!restoredTable) return own;
  return Table.fromTableAttributes(stack, 'RestoredTable', {
    tableName: restoredTable.name,
    tableStreamArn: restoredTable.streamArn,
    encryptionKey: key,
    globalIndexes: TABLE.indexes.map(({ name }) => name),
  });
}

/** The one table, from the definition that the local engine uses too, with a stream added. */
function addOwnTable(stack: Stack, settings: DeskSettings, key: IKey): Table {
  const table = new Table(stack, 'Table', {
    partitionKey: text(TABLE.partitionKey),
    sortKey: text(TABLE.sortKey),
    timeToLiveAttribute: TABLE.expires,
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: settings.kind !== 'development',
    // protected from deletion, so that a first deployment that fails could not remove it; it has no name of its own
    removalPolicy: settings.kind === 'development' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
  for (const { name, partitionKey, sortKey } of TABLE.indexes)
    table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: text(partitionKey),
      sortKey: text(sortKey),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  return table;
}
