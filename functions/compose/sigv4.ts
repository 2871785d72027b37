import { createHash, createHmac } from 'node:crypto';

/** What a Lambda environment holds to sign calls with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** One call to an AWS service. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: URL;
  readonly service: string;
  readonly region: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const sha256 = (words: string): string => createHash('sha256').update(words).digest('hex');
const hmac = (key: string | Uint8Array, words: string): Buffer => createHmac('sha256', key).update(words).digest();

const stampOf = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/g, '');
const scopeOf = (stamp: string, { region, service }: Pick<Call, 'region' | 'service'>): string[] => [
  stamp.slice(0, 8),
  region,
  service,
  'aws4_request',
];

function signatureOf(canonical: readonly string[], stamp: string, scope: readonly string[], secret: string): string {
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope.join('/'), sha256(canonical.join('\n'))].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return createHmac('sha256', key).update(toSign).digest('hex');
}

/**
 * The headers of a call signed by Signature Version 4
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 * A call at start and a file now and then do not justify another SDK client in every bundle: docs/adr/0021.
 */
export function signed(call: Call, credentials: Credentials, at: Date): Record<string, string> {
  const stamp = stampOf(at);
  const scope = scopeOf(stamp, call);
  const headers: Record<string, string> = {
    ...call.headers,
    host: call.url.host,
    'x-amz-date': stamp,
    ...(credentials.sessionToken ? { 'x-amz-security-token': credentials.sessionToken } : {}),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    call.method,
    call.url.pathname,
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    sha256(call.body),
  ];
  const signature = signatureOf(canonical, stamp, scope, credentials.secretAccessKey);
  const { host: _host, ...sent } = headers;
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

/** As a query is encoded for a signature: RFC 3986, and nothing left as it is but its unreserved letters. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * An address that anybody may GET for some seconds, signed in its query
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html).
 */
export function presigned(
  { url, region, seconds }: { readonly url: URL; readonly region: string; readonly seconds: number },
  credentials: Credentials,
  at: Date,
): string {
  const stamp = stampOf(at);
  const scope = scopeOf(stamp, { region, service: 's3' });
  const query = Object.entries({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.accessKeyId}/${scope.join('/')}`,
    'X-Amz-Date': stamp,
    'X-Amz-Expires': String(seconds),
    ...(credentials.sessionToken ? { 'X-Amz-Security-Token': credentials.sessionToken } : {}),
    'X-Amz-SignedHeaders': 'host',
  })
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join('&');
  const canonical = ['GET', url.pathname, query, `host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD'];
  return `${url.href}?${query}&X-Amz-Signature=${signatureOf(canonical, stamp, scope, credentials.secretAccessKey)}`;
}
