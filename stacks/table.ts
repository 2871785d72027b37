import {
  AttributeType,
  ProjectionType,
  StreamViewType,
  TableEncryption,
  BillingMode,
  Table,
} from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { TABLE } from '../functions/store/dynamo/schema.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The one table, from the definition that the local engine creates too, with a stream beside it. */
export function addTable(stack: Stack): Table {
  const table = new Table(stack, 'Table', {
    partitionKey: text(TABLE.partitionKey),
    sortKey: text(TABLE.sortKey),
    timeToLiveAttribute: TABLE.expires,
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    encryption: TableEncryption.AWS_MANAGED,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.RETAIN,
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
