import { Duration, Size, type Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
  SecurityPolicy,
  type IResource,
} from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { DeskProps } from './desk.ts';
import type { Functions } from './functions.ts';
import { logsFor, nameOf, removalOf } from './names.ts';

/** The gateway's only stage; CloudFront puts it before every path, a domain of its own leaves it out. */
export const GATEWAY_STAGE = 'live';

/**
 * Routes whose code few need, each with the function that has it: what staff and coordinators do, calendars, exports and
 * the description of the API, and the identity provider. Everything else but assets is the function `api`'s.
 */
export const ROUTES_APART: Readonly<Record<string, 'desk' | 'files' | 'auth'>> = {
  '/staff': 'desk',
  '/staff/{proxy+}': 'desk',
  '/trainer': 'desk',
  '/trainer/{proxy+}': 'desk',
  '/trainings/{slug}/list': 'desk',
  '/trainings/{slug}/list/{proxy+}': 'desk',
  '/api/events/{id}/registrations/search': 'desk',
  '/api/events/{id}/registrations/import': 'desk',
  '/api/events/{id}/registrations/import/{proxy+}': 'desk',
  '/api/events/{id}/decisions': 'desk',
  '/api/registrations/{id}/approve': 'desk',
  '/api/registrations/{id}/deny': 'desk',
  '/api/registrations/{id}/reopen': 'desk',
  '/api/coordinators': 'desk',
  '/api/hosts/{host}': 'desk',
  '/api/audit': 'desk',
  '/calendar/{file}': 'files',
  '/registrations/{id}/calendar.ics': 'files',
  '/api/events/{id}/roster.csv': 'files',
  '/api/openapi.json': 'files',
  '/auth/start': 'auth',
  '/auth/callback': 'auth',
};

/** Logs the route, not the path and query, which hold personal secrets and what people search for. */
const LOGGED = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  ms: '$context.responseLatency',
  integrationMs: '$context.integrationLatency',
  bytes: '$context.responseLength',
  firewall: '$context.waf.status',
  error: '$context.error.responseType',
};

/** The regional REST API, without its routes: the web firewall attaches to it, and GovCloud has it. */
export function addGateway(stack: Stack, props: DeskProps, key: IKey): RestApi {
  const { settings } = props;
  const log = new LogGroup(stack, 'GatewayLog', {
    logGroupName: `/aws/apigateway/${nameOf(props, 'site')}`,
    encryptionKey: key,
    retention: logsFor(settings),
    removalPolicy: removalOf(settings),
  });
  const gov = settings.kind === 'govcloud';
  const gateway = new RestApi(stack, 'Gateway', {
    restApiName: nameOf(props, 'site'),
    description: 'Pages and API of the training desk',
    endpointTypes: [EndpointType.REGIONAL],
    cloudWatchRole: settings.gatewayLogRole === 'ours',
    ...(settings.gatewayLogRole === 'ours' ? { cloudWatchRoleRemovalPolicy: removalOf(settings) } : {}),
    // fonts and images go out as bytes
    binaryMediaTypes: ['*/*'],
    minCompressionSize: Size.kibibytes(1),
    disableExecuteApiEndpoint: gov,
    ...(gov && settings.domain
      ? {
          domainName: {
            domainName: settings.domain.name,
            certificate: Certificate.fromCertificateArn(stack, 'Certificate', settings.domain.certificate),
            endpointType: EndpointType.REGIONAL,
            securityPolicy: SecurityPolicy.TLS_1_2,
          },
        }
      : {}),
    deployOptions: {
      stageName: GATEWAY_STAGE,
      accessLogDestination: new LogGroupLogDestination(log),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(LOGGED)),
      // errors of the gateway itself; never requests or answers
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      // numbers by route cost extra each; the log has route, status and time of every request
      metricsEnabled: false,
      // its traces hold whole addresses, query and all; the functions trace what they do themselves
      tracingEnabled: false,
      throttlingRateLimit: 1_000,
      throttlingBurstLimit: 2_000,
    },
  });
  // where the gateway writes errors of its own; otherwise it creates the group itself, without a key and for ever
  const errors = new LogGroup(stack, 'GatewayErrors', {
    logGroupName: `API-Gateway-Execution-Logs_${gateway.restApiId}/${GATEWAY_STAGE}`,
    encryptionKey: key,
    retention: logsFor(settings),
    removalPolicy: removalOf(settings),
  });
  gateway.deploymentStage.node.addDependency(errors);
  return gateway;
}

/**
 * Which function serves what. A resource of the gateway that has a name of its own hides the ones above it, so each
 * resource on the way to one gets the application too, for itself and all below it.
 */
export function addRoutes(gateway: RestApi, { api, desk, files, auth, assets }: Functions): void {
  const by = (lambda: Functions['api']) =>
    new LambdaIntegration(lambda, { allowTestInvoke: false, timeout: Duration.seconds(29) });
  const pages = by(api);
  const apart = { desk: by(desk), files: by(files), auth: by(auth) };
  const routes = Object.keys(ROUTES_APART);
  const made = new Map<string, IResource>([['', gateway.root]]);
  const resource = (path: string): IResource => {
    const cut = path.lastIndexOf('/');
    const found = made.get(path) ?? resource(path.slice(0, cut)).addResource(path.slice(cut + 1));
    made.set(path, found);
    return found;
  };
  const onTheWay = new Set(routes.flatMap(waysTo).filter((path) => !routes.includes(path)));
  const variables = new Set([...onTheWay, ...routes].filter((path) => path.endsWith('}')).map(parentOf));
  for (const path of onTheWay) {
    resource(path).addMethod('ANY', pages);
    // the gateway allows one variable part at each level
    if (!variables.has(path)) resource(`${path}/{proxy+}`).addMethod('ANY', pages);
  }
  for (const [route, name] of Object.entries(ROUTES_APART)) resource(route).addMethod('ANY', apart[name]);
  resource('/assets/{proxy+}').addMethod('ANY', by(assets));
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** Every resource above a route, from the root: `['', '/api', '/api/events']`. */
const waysTo = (route: string): string[] => {
  const steps = route.split('/');
  return steps.slice(0, -1).map((_, index) => steps.slice(0, index + 1).join('/'));
};
