import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { tableDefinition } from '../../functions/store/dynamo/schema.ts';
import { synthesised } from './synthesised.ts';

test('the table that is deployed is the one that the local engine creates, but for the stream', async () => {
  const { template } = await synthesised('dev');
  const [table] = Object.values(template.findResources('AWS::DynamoDB::Table'));
  const { TableName: _name, ...local } = tableDefinition('any');
  expect(table?.['Properties']).toMatchObject(local);
  expect(table?.['Properties']).toMatchObject({
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  });
});

test('a regional REST API stands in front of the application', async () => {
  const { template } = await synthesised('dev');
  expect(template).toBeInstanceOf(Template);
  template.hasResourceProperties('AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] } });
  template.hasResourceProperties('AWS::ApiGateway::Method', { HttpMethod: 'ANY' });
});
