import { once } from 'node:events';
import { IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { settingsFrom, SettingsError } from './aws-settings.ts';
import { signed } from './sigv4.ts';

const Environment = z.object({
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_USE_FIPS_ENDPOINT: z.stringbool().default(false),
  /** As the SDKs have it: another place that answers as Secrets Manager does. */
  AWS_ENDPOINT_URL_SECRETS_MANAGER: z.url().optional(),
});
const Answer = z.object({ SecretString: z.string() });
const READS_WITHIN_MS = 5_000;

/**
 * The value of a secret in AWS Secrets Manager, read when the function starts.
 * @throws {SettingsError} that names the secret where it can't be read or is not of its shape, and never its value
 */
export async function readSecret<S extends z.ZodType>(
  arn: string,
  environment: NodeJS.ProcessEnv,
  shape: S,
): Promise<z.output<S>> {
  const env = settingsFrom(Environment, environment);
  const fips = env.AWS_USE_FIPS_ENDPOINT ? '-fips' : '';
  const url = new URL(
    env.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? `https://secretsmanager${fips}.${env.AWS_REGION}.amazonaws.com/`,
  );
  const body = JSON.stringify({ SecretId: arn });
  const headers = signed(
    {
      method: 'POST',
      url,
      service: 'secretsmanager',
      region: env.AWS_REGION,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.GetSecretValue' },
      body,
    },
    {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
    },
    new Date(),
  );
  const refused = (why: string) => new SettingsError(`This function cannot start: the secret ${arn} ${why}`);
  const answer = await post(url, headers, body).catch((error: unknown) => {
    const kind = error instanceof Error ? error.name : 'unknown';
    throw refused(`could not be read (${kind}): in a VPC, the subnets of \`vpc\` need a way to Secrets Manager`);
  });
  if (answer.status !== 200) throw refused(`could not be read: Secrets Manager answered ${answer.status}`);
  const value = shape.safeParse(Answer.safeParse(JSON.parse(answer.text)).data?.SecretString);
  if (value.success) return value.data;
  const wrong = value.error.issues.map(({ path, message }) => [...path, message].join(' '));
  throw refused(`is malformed (${wrong.join('; ')}): write it anew, docs/deploy.md, "Changing keys and secrets"`);
}

/** Not `fetch`: its first use costs a cold start some 17 ms of CPU, and the SDK has loaded this already. */
async function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<{ readonly status: number | undefined; readonly text: string }> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const request = send(url, { method: 'POST', headers, signal: AbortSignal.timeout(READS_WITHIN_MS) });
  request.end(body);
  const [response] = z.tuple([z.instanceof(IncomingMessage)]).parse(await once(request, 'response'));
  return { status: response.statusCode, text: await text(response) };
}
