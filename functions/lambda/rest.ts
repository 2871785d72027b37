import { log, workingOn, type LogLine } from '../compose/log.ts';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

/** The caller's network address, as the gateway or the CloudFront function saw it; what a caller sends is overwritten. */
export const NETWORK = 'x-desk-network';

/** How the gateway's events become requests. */
export interface RestOptions {
  /** What addresses of requests begin with: the gateway's own host name means nothing to the pages. */
  readonly origin: string;
  /** The header in which CloudFront names the caller. Without CloudFront the gateway's own word is taken. */
  readonly clientHeader?: string | undefined;
  /** What the log says of a request: the pattern of its route, a registration. Without it nothing is logged. */
  readonly sayOf?: (request: Request) => Promise<Pick<LogLine, 'route' | 'registrations'>>;
}

type RestHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/**
 * Serves the events of a REST API (payload 1.0) by an application of web standards. Not `hono/aws-lambda`: that is
 * deprecated, and logs whole errors.
 */
export function restHandler(
  fetch: (request: Request) => Response | Promise<Response>,
  options: RestOptions,
): RestHandler {
  return async (event) => {
    const began = Date.now();
    const { requestId } = event.requestContext;
    workingOn(requestId);
    const request = requestOf(event, options);
    if (!request) return UNREADABLE;
    const response = await fetch(request);
    const result = await resultOf(response);
    if (options.sayOf)
      log({
        what: 'request',
        method: request.method,
        ...(await options.sayOf(request)),
        status: response.status,
        ms: Date.now() - began,
      });
    return result;
  };
}

/** Answered here: thrown, it would count as an error of ours, and Lambda would write the caller's words into its log. */
const UNREADABLE: APIGatewayProxyResult = {
  statusCode: 400,
  multiValueHeaders: { 'content-type': ['application/problem+json'] },
  body: JSON.stringify({
    type: 'about:blank#malformed',
    title: 'Malformed',
    status: 400,
    detail: 'The address or a header holds what HTTP does not allow',
  }),
  isBase64Encoded: false,
};

/** Null where the web's standards have no such request: a header with letters beyond Latin-1. */
function requestOf(event: APIGatewayProxyEvent, options: RestOptions): Request | null {
  try {
    return standardRequest(event, options);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

const WITHOUT_BODY = new Set(['GET', 'HEAD']);

function standardRequest(event: APIGatewayProxyEvent, options: RestOptions): Request {
  // put together, not resolved: a path of two slashes would name another host
  const url = new URL(`${options.origin}${event.path}`);
  for (const [name, values] of Object.entries(event.multiValueQueryStringParameters ?? {}))
    for (const value of values ?? []) url.searchParams.append(name, value);
  const headers = new Headers();
  for (const [name, values] of Object.entries(event.multiValueHeaders ?? {}))
    for (const value of values ?? []) headers.append(name, value);
  const seen = options.clientHeader === undefined ? null : headers.get(options.clientHeader);
  headers.set(NETWORK, seen ?? event.requestContext.identity.sourceIp);
  // the gateway passes a body on with a GET, which the standard refuses
  const none = event.body === null || event.body === '' || WITHOUT_BODY.has(event.httpMethod);
  const body = none ? null : bodyOf(event.body ?? '', event.isBase64Encoded);
  return new Request(url, { method: event.httpMethod, headers, body });
}

const bodyOf = (body: string, isBase64Encoded: boolean): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));

/** Everything else the product sends is text. */
const BINARY = /^(image\/(?!svg)|font\/|application\/(octet-stream|pdf|zip))/;

async function resultOf(response: Response): Promise<APIGatewayProxyResult> {
  const multiValueHeaders: Record<string, string[]> = {};
  for (const [name, value] of response.headers) (multiValueHeaders[name] ??= []).push(value);
  const isBase64Encoded = BINARY.test(response.headers.get('content-type') ?? '');
  const body = isBase64Encoded ? Buffer.from(await response.arrayBuffer()).toString('base64') : await response.text();
  return { statusCode: response.status, multiValueHeaders, body, isBase64Encoded };
}
