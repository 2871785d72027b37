import { Duration, type Stack } from 'aws-cdk-lib';
import { EndpointType, LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Architecture, Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { DeskProps } from './desk.ts';

/** Name of the gateway's only stage: what a deployment replaces. */
const GATEWAY_STAGE = 'live';

/** The regional REST API in front of the application: the web firewall attaches to it, and GovCloud has it. */
export function addApi(stack: Stack, { settings, bundles }: DeskProps, table: Table): RestApi {
  const api = new Lambda(stack, 'Api', {
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(bundles.api.folder),
    handler: 'index.handler',
    memorySize: 1024,
    timeout: Duration.seconds(20),
    environment: { TABLE_NAME: table.tableName, UID_HOST: settings.uidHost },
  });
  table.grantReadWriteData(api);
  const gateway = new RestApi(stack, 'Gateway', {
    endpointTypes: [EndpointType.REGIONAL],
    deployOptions: { stageName: GATEWAY_STAGE },
    binaryMediaTypes: ['*/*'],
  });
  const integration = new LambdaIntegration(api);
  gateway.root.addMethod('ANY', integration);
  gateway.root.addProxy({ defaultIntegration: integration });
  return gateway;
}
