import { expect, test } from 'vitest';
import { tableDefinition } from '../../functions/store/dynamo/schema.ts';
import { plain } from './plain.ts';
import { synthesised } from './synthesised.ts';

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

test('leaving SST leaves every logical id as it is', async () => {
  const { resources } = await synthesised('production');
  const sstOnly = (id: string) => id.startsWith('CustomResourceHandler');
  expect(Object.keys(resources).filter(sstOnly)).toHaveLength(2);
  // a deployment of the gateway is named by a digest of the whole definition, the account in it included
  const steady = (ids: readonly string[]) =>
    ids.map((id) => id.replace(/(GatewayDeployment\w{8})\w{32}/, '$1')).toSorted();
  const withSst = Object.keys(resources).filter((id) => !sstOnly(id));
  expect(steady(plain('production').ids)).toEqual(steady(withSst));
});
