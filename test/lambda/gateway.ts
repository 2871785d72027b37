import { nameOfId, ofType, resolved } from './template.ts';

interface Node {
  readonly id: string;
  readonly part: string;
  readonly parent: string;
}

const nodes: Node[] = ofType('AWS::ApiGateway::Resource').map(([id, { PathPart, ParentId }]) => ({
  id: `<${id}>`,
  part: String(PathPart),
  parent: resolved(ParentId),
}));
const [[ROOT] = ['none']] = ofType('AWS::ApiGateway::RestApi');

/** By resource: the function that its methods call. */
const integrations = new Map(
  ofType('AWS::ApiGateway::Method').map(([, { ResourceId, Integration }]) => {
    const uri = resolved((Integration as { Uri: unknown }).Uri);
    const [, lambda = ''] = /functions\/<(\w+)>/.exec(uri) ?? [];
    return [resolved(ResourceId), nameOfId(lambda)];
  }),
);

/** Where a request ends: the resource as the log names it, and the function; undefined where the gateway says 403. */
export interface Routed {
  readonly resource: string;
  readonly to: string | undefined;
}

/** Routes a path as API Gateway does: a name before a variable, a variable before the rest. */
export function route(path: string): Routed {
  let at: Pick<Node, 'id'> = { id: `<${ROOT}>` };
  let resource = '';
  for (const step of path.split('/').filter(Boolean)) {
    const below = nodes.filter(({ parent }) => parent === at.id);
    const next =
      below.find(({ part }) => part === step) ??
      below.find(({ part }) => part.startsWith('{') && !part.endsWith('+}')) ??
      below.find(({ part }) => part.endsWith('+}'));
    if (!next) return { resource, to: undefined };
    at = next;
    resource += `/${next.part}`;
    if (next.part.endsWith('+}')) break;
  }
  return { resource: resource || '/', to: integrations.get(at.id) };
}

/** What a test asks of the site. */
export interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request as a REST API hands it to a function: payload 1.0, the body as bytes since every media type is binary. */
export function restEvent(method: string, address: string, ask: Ask = {}): object {
  const url = new URL(address, 'https://gateway.invalid');
  const names = [...new Set(url.searchParams.keys())];
  const many = names.map((name): [string, string[]] => [name, url.searchParams.getAll(name)]);
  const headers: Record<string, string> = {
    Host: 'abc123.execute-api.us-east-1.amazonaws.com',
    'x-desk-client': '198.51.100.7',
    ...ask.headers,
  };
  return {
    resource: route(url.pathname).resource,
    path: url.pathname,
    httpMethod: method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: names.length === 0 ? null : Object.fromEntries(many.map(([name, [first]]) => [name, first])),
    multiValueQueryStringParameters: names.length === 0 ? null : Object.fromEntries(many),
    pathParameters: { proxy: url.pathname.slice(1) },
    stageVariables: null,
    requestContext: {
      resourceId: 'abc123',
      resourcePath: route(url.pathname).resource,
      httpMethod: method,
      path: `/live${url.pathname}`,
      protocol: 'HTTP/1.1',
      stage: 'live',
      accountId: '111122223333',
      apiId: 'abc123',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      identity: { sourceIp: '203.0.113.9', userAgent: 'test' },
    },
    body: ask.body === undefined ? null : Buffer.from(ask.body).toString('base64'),
    isBase64Encoded: ask.body !== undefined,
  };
}
