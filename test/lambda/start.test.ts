import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { exportsOnAws } from '../../functions/compose/aws-exports.ts';
import { senderOnAws } from '../../functions/compose/aws-mail.ts';
import { providerOnAws } from '../../functions/compose/aws-provider.ts';
import { repliesOnAws } from '../../functions/compose/aws-replies.ts';
import { siteOnAws } from '../../functions/compose/aws-site.ts';
import { deskOnAws } from '../../functions/compose/aws.ts';
import { pagesOf } from '../../functions/http/pages/pages.tsx';
import type { FunctionName } from '../../stacks/bundle.ts';
import { openDesk, type DeskOnAws } from './desk.ts';
import { restEvent } from './gateway.ts';
import { lambdaEnvironment, type Running } from './running.ts';
import { environmentOf, timeoutMsOf } from './template.ts';

/** What a function makes of its settings when it starts, and of a runtime that is too old. */
let desk: DeskOnAws;
beforeAll(async () => {
  desk = await openDesk(inject('endpoint'));
});
afterAll(async () => {
  await desk.stop();
});

type Environment = Readonly<Record<string, string | undefined>>;

const NO_PAGES = { pages: async () => pagesOf([]) };

const unsigned = (environment: Environment) => deskOnAws(environment, { signs: false });

/** What each function puts together when it starts; the last tests start two of them as they are built. */
const STARTS: Readonly<Record<Exclude<FunctionName, 'assets'>, (environment: Environment) => Promise<unknown>>> = {
  api: (environment) => siteOnAws(environment, NO_PAGES),
  desk: (environment) => siteOnAws(environment, NO_PAGES),
  files: (environment) => siteOnAws(environment, NO_PAGES, { files: (secret) => exportsOnAws(environment, secret) }),
  auth: async (environment) =>
    siteOnAws(environment, NO_PAGES, { provider: await providerOnAws(environment), signs: false }),
  stream: senderOnAws,
  deliver: senderOnAws,
  sweep: unsigned,
  doctor: unsigned,
  bounces: unsigned,
  replies: async (environment) => [await deskOnAws(environment), repliesOnAws(environment)],
  operator: unsigned,
};
type Started = keyof typeof STARTS;

const started = (name: Started, change: Environment) =>
  STARTS[name]({ ...environmentOf(name), ...lambdaEnvironment(name, desk.cloud.url), ...change });

/** Without these a function starts: what stands before it, the runtime's cache, an empty prompt. */
const MAY_BE_MISSING = ['CLIENT_HEADER', 'NODE_COMPILE_CACHE', 'OIDC_PROMPT'];

describe('a setting', () => {
  test.for(Object.keys(STARTS) as Started[])(
    'that %s is told and does not find is named, with where to set it',
    async (name) => {
      await started(name, {});
      const told = Object.keys(environmentOf(name)).filter((setting) => !MAY_BE_MISSING.includes(setting));
      expect(told.length).toBeGreaterThan(3);
      for (const setting of [...told, 'AWS_REGION'])
        await expect(started(name, { [setting]: undefined }), setting).rejects.toThrow(
          new RegExp(`${setting} is missing: set by (stacks/|\`|Lambda itself)`),
        );
    },
  );

  const relay = { MAIL_RELAY_HOST: 'relay.example.gov', MAIL_RELAY_PORT: '587' };
  test.for<[Started, string, string, Environment?]>([
    ['api', 'STAGE', ''],
    ['api', 'TABLE_NAME', ''],
    ['api', 'ORIGIN', ''],
    ['api', 'ORIGIN', 'training-desk.example.gov'],
    ['api', 'ORIGIN', 'http://training-desk.example.gov'],
    ['api', 'ORIGIN', 'https://training-desk.example.gov/'],
    ['api', 'UID_HOST', ''],
    ['api', 'UID_HOST', 'https://training-desk.example.gov'],
    ['api', 'IDS_SECRET_ARN', 'production-training-desk-ids'],
    ['api', 'CLIENT_HEADER', ''],
    ['api', 'CLIENT_HEADER', 'x desk client'],
    ['files', 'EXPORTS_BUCKET', ''],
    ['auth', 'OIDC_ISSUER', 'http://login.example.gov'],
    ['auth', 'OIDC_ISSUER', 'login.example.gov'],
    ['auth', 'OIDC_CLIENT_ID', ''],
    ['auth', 'OIDC_PROMPT', 'consent'],
    ['auth', 'OIDC_SECRET_ARN', ''],
    ['stream', 'MAIL_FROM', 'training-desk'],
    ['stream', 'MAIL_CONTACT', ''],
    ['deliver', 'MAIL_CONFIGURATION_SET', ''],
    ['deliver', 'MAIL_RELAY_HOST', 'smtp://relay.example.gov', relay],
    ['deliver', 'MAIL_RELAY_HOST', '', relay],
    ['deliver', 'MAIL_RELAY_PORT', '', relay],
    ['deliver', 'MAIL_RELAY_PORT', 'smtp', relay],
    ['deliver', 'MAIL_RELAY_PORT', '70000', relay],
    ['deliver', 'MAIL_RELAY_SECRET_ARN', 'relay', relay],
  ])('%s does not start with %s “%s”', async ([name, setting, value, others]) => {
    await expect(started(name, { ...others, [setting]: value })).rejects.toThrow(
      new RegExp(`^This function cannot start\\. ${setting} is malformed \\(.+\\): set by .+docs/deploy\\.md`),
    );
  });

  test('of a relay is enough: SES need not be set', async () => {
    await started('deliver', { ...relay, MAIL_CONFIGURATION_SET: undefined });
  });
});

/** A place that answers every question for a secret alike. */
async function secretsThatAnswer(status: number, body: object): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(body)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  // listening on a port, it has one
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/`;
}

describe('a secret', () => {
  const ARN = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:relay-abc';
  const relay = { MAIL_RELAY_HOST: 'relay.example.gov', MAIL_RELAY_PORT: '587', MAIL_RELAY_SECRET_ARN: ARN };
  const text = (SecretString: string) => ({ SecretString });

  test.for<[string, Started, object, Environment?]>([
    ['of ids that is empty', 'api', text('')],
    ['of ids that can be guessed', 'api', text('hunter2')],
    ['of ids that is no text', 'api', { SecretBinary: 'aGVsbG8=' }],
    ['of a relay that is no JSON', 'deliver', text('hunter2-and-so-on-for-thirty-two-letters'), relay],
    ['of a relay without a password', 'deliver', text('{"user":"hunter2-and-so-on-for-thirty-two"}'), relay],
  ])('%s stops %s, by its name and without its value', async ([, name, body, others]) => {
    const AWS_ENDPOINT_URL_SECRETS_MANAGER = await secretsThatAnswer(200, body);
    const error: unknown = await started(name, { ...others, AWS_ENDPOINT_URL_SECRETS_MANAGER }).catch(
      (why: unknown) => why,
    );
    expect(String(error)).toMatch(
      /^SettingsError: This function cannot start: the secret arn:\S+ is malformed .+"Changing keys and secrets"$/,
    );
    expect(String(error)).not.toContain('hunter2');
  });

  test('of the identity provider that is empty stops auth', async () => {
    const { OIDC_SECRET_ARN = '' } = environmentOf('auth');
    const AWS_ENDPOINT_URL_SECRETS_MANAGER = await secretsThatAnswer(200, text(''));
    const environment = { ...environmentOf('auth'), ...lambdaEnvironment('auth', desk.cloud.url) };
    await expect(providerOnAws({ ...environment, AWS_ENDPOINT_URL_SECRETS_MANAGER })).rejects.toThrow(
      `the secret ${OIDC_SECRET_ARN} is malformed`,
    );
  });

  test('that may not be read, or is out of reach, stops a function by its name', async () => {
    const refused = await secretsThatAnswer(400, { __type: 'AccessDeniedException' });
    await expect(started('api', { AWS_ENDPOINT_URL_SECRETS_MANAGER: refused })).rejects.toThrow(
      /the secret arn:\S+ could not be read: Secrets Manager answered 400$/,
    );
    await expect(started('api', { AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:9/' })).rejects.toThrow(
      /the secret arn:\S+ could not be read \(Error\): in a VPC, the subnets of `vpc` need a way to Secrets Manager$/,
    );
  });
});

describe('as it is built, in a process of its own', () => {
  test('a function with a wrong setting ends before its first request, and says which', async () => {
    await expect(desk.start('api', { ORIGIN: 'http://training-desk.example.gov' })).rejects.toThrow(
      /SettingsError: .*ORIGIN is malformed.*`domain` of the stage in stacks\/stages\.ts or the file of DESK_SETTINGS/,
    );
    await expect(desk.start('sweep', { TABLE_NAME: undefined })).rejects.toThrow(
      /TABLE_NAME is missing.*stacks\/table\.ts/,
    );
  });

  const OLD = { NODE_OPTIONS: `--import ${pathToFileURL('test/fixtures/old-zones.ts').href}` };
  const startedOld = async (name: FunctionName): Promise<Running> => {
    const one = await desk.start(name, OLD);
    onTestFinished(() => one.stop());
    return one;
  };

  test('under time-zone data of 2025 health fails, and says which they are and what to do', async () => {
    const answer = await (await startedOld('api')).invoke(restEvent('GET', '/api/health', {}));
    expect(answer).toMatchObject({ statusCode: 503 });
    expect(JSON.stringify(answer)).toMatch(
      /time-zone data of this runtime \(2025a\) have Vancouver at -08:00.*older than 2026b.*Node 24\.21 or newer/,
    );
    expect((await desk.ask('GET', '/api/health')).json).toEqual({ status: 'ok' });
  });

  test('under time-zone data of 2025 the doctor says so too, and its number rings the alarm', async () => {
    const doctor = await startedOld('doctor');
    expect(await doctor.invoke({}, timeoutMsOf('doctor'))).toMatchObject({
      findings: [
        { kind: 'old-zones', words: expect.stringContaining('(2025a)'), remedy: expect.stringContaining('Node 24.21') },
      ],
    });
    expect(doctor.log()).toContain('"Findings":1');
    expect(await desk.call('doctor')).toMatchObject({ findings: [] });
  });
});
