import { readFileSync, readdirSync } from 'node:fs';
import { z } from 'zod';

const APIS = 'node_modules/aws-sdk/apis';
const Api = z.object({
  operations: z.record(
    z.string(),
    z.object({ input: z.object({ members: z.record(z.string(), z.unknown()).default({}) }).optional() }),
  ),
});
const Waiters = z.object({ waiters: z.record(z.string(), z.object({ operation: z.string() })) });

/** What the CLI has besides the services' own operations, and every command takes. */
const BY_HAND: Readonly<Record<string, readonly string[]>> = {
  's3 mb': [],
  's3 rm': ['recursive'],
  's3 cp': ['recursive', 'only-show-errors'],
  'cloudformation deploy': [
    'stack-name',
    'template-file',
    's3-bucket',
    's3-prefix',
    'capabilities',
    'parameter-overrides',
    'no-fail-on-empty-changeset',
  ],
  // younger than the descriptions below: the SES developer guide, "Pricing plans"
  'sesv2 put-account-pricing-attributes': ['plan'],
};
const GLOBAL = ['query', 'output', 'region', 'cli-binary-format', 'cli-read-timeout'];
/** Services that the CLI calls otherwise than the descriptions are. */
const FILES: Readonly<Record<string, string>> = { ses: 'email', s3api: 's3', cloudwatch: 'monitoring' };

const described = (service: string, kind: 'min' | 'waiters2'): string => {
  const name = FILES[service] ?? service;
  const file = readdirSync(APIS).findLast((one) =>
    new RegExp(`^${name}-\\d{4}-\\d\\d-\\d\\d\\.${kind}\\.json$`).test(one),
  );
  return file === undefined ? '' : readFileSync(`${APIS}/${file}`, 'utf8');
};
const plainly = (name: string): string => name.replaceAll('-', '').toLowerCase();

/**
 * What of a command line of the AWS CLI does not exist: its service or operation, an option, a field that is asked for.
 * Services are described by the SDK that SST brings (JavaScript, version 2), from which the CLI's names are made.
 */
export function unknownIn(line: string): string[] {
  const nested = [...line.matchAll(/\$\((aws [^()]+)\)/g)].map(([, inner = '']) => inner);
  const outer = line.replace(/\$\([^()]*\)/g, '$');
  const own = [...outer.matchAll(/\baws ([a-z0-9]+) ([a-z0-9-]+)([^;#]*)/g)];
  return [
    ...nested.flatMap(unknownIn),
    ...own.flatMap(([, service = '', operation = '', rest = '']) => unknown(service, operation, rest)),
  ];
}

function unknown(service: string, operation: string, rest: string): string[] {
  const command = `${service} ${operation}`;
  const options = [...rest.matchAll(/ --([a-z0-9-]+)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !GLOBAL.includes(name));
  const byHand = BY_HAND[command];
  if (byHand) return options.filter((name) => !byHand.includes(name)).map((name) => `${command} --${name}`);
  const text = described(service, 'min');
  if (text === '') return [`${service}, a service`];
  const { operations } = Api.parse(JSON.parse(text));
  const called = operation === 'wait' ? waitedFor(service, /^ ([a-z-]+)/.exec(rest)?.[1] ?? '') : operation;
  const found = Object.entries(operations).find(([name]) => plainly(name) === plainly(called));
  if (!found) return [command];
  const members = new Set(Object.keys(found[1].input?.members ?? {}).map(plainly));
  const known = (name: string) => [name, name.replace(/^no-/, '')].some((one) => members.has(plainly(one)));
  const query = /--query (?:'([^']*)'|"([^"]*)"|(\S+))/.exec(rest)?.slice(1).find(Boolean) ?? '';
  const asked = query.replace(/'[^']*'|`[^`]*`|contains/g, '').match(/[A-Za-z]\w*/g) ?? [];
  return [
    ...options.filter((name) => !known(name)).map((name) => `${command} --${name}`),
    ...asked.filter((field) => !text.includes(`"${field}":`)).map((field) => `${command}: ${field}`),
  ];
}

const waitedFor = (service: string, waiter: string): string => {
  const { waiters } = Waiters.parse(JSON.parse(described(service, 'waiters2')));
  return Object.entries(waiters).find(([name]) => plainly(name) === plainly(waiter))?.[1].operation ?? `wait ${waiter}`;
};
