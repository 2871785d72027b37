import { expect, test } from 'vitest';
import { tableDefinition } from '../../functions/store/dynamo/schema.ts';
import { plain } from './plain.ts';

test('the table that is deployed is the one that the local engine creates, but for the stream', () => {
  const { properties } = plain('production');
  const [table] = properties('AWS::DynamoDB::Table');
  const { TableName: _name, ...local } = tableDefinition('any');
  const keysOf = (definition: object) => Object.keys(definition).toSorted();
  expect(table).toMatchObject(local);
  expect(table).toMatchObject({
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  });
  const onlyDeployed = keysOf(table ?? {}).filter((name) => !(name in local));
  expect(onlyDeployed, 'a new property belongs into schema.ts, if the local engine knows it').toEqual([
    'DeletionProtectionEnabled',
    'PointInTimeRecoverySpecification',
    'SSESpecification',
    'StreamSpecification',
    'TimeToLiveSpecification',
  ]);
});
