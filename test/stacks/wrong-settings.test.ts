import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DeskSettings, settingsOf } from '../../stacks/settings.ts';
import { DEVELOPMENT, STAGES } from '../../stacks/stages.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

/** What an agency can get wrong in its settings: each is said by its name and place, before anything is deployed. */
const Json = z.record(z.string(), z.json());
type Json = z.output<typeof Json>;

const SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:relay-abc';
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/1';
const STREAM = 'arn:aws:dynamodb:us-east-1:111122223333:table/recovered/stream/2026-11-25T00:00:00.000';
const VPC = {
  id: 'vpc-0a1b',
  zones: ['us-east-1a', 'us-east-1b'],
  subnets: ['subnet-0a', 'subnet-0b'],
  securityGroup: 'sg-0a1b',
};

/** Every setting that there is, each rightly: what the tests below change one by one. */
const RIGHT = Json.parse({
  ...STAGES['production'],
  mail: {
    identity: 'ccht.example.org',
    from: 'training-desk@ccht.example.org',
    contact: 'training@hq.example.gov',
    relay: { host: 'relay.example.gov', port: 587, secret: SECRET },
  },
  signIn: { issuer: 'https://login.example.gov', clientId: 'training-desk', prompt: 'login' },
  restoredTable: { name: 'recovered', streamArn: STREAM },
  gatewayLogRole: 'account',
  permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary',
  rolePath: '/desk/',
  tags: { CostCenter: 'CCHT' },
  key: 'arn:aws:kms:us-east-1:111122223333:key/1',
  logBucket: 'aws-waf-logs-agency',
  accessLogBucket: 'agency-access-logs',
  architecture: 'x86_64',
  vpc: VPC,
});
/** The same by SES, since a relay takes its place. */
const BY_SES = Json.parse({ ...RIGHT, mail: DeskSettings.parse(STAGES['production']).mail });

/** The settings with one of them changed; undefined takes it away. */
function changed(settings: Json, path: string, value: unknown): Json {
  const copy = structuredClone(settings);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at = copy;
  for (const step of steps) at = at[step] as Json;
  if (value === undefined) delete at[last];
  else at[last] = z.json().parse(value);
  return copy;
}

function fileOf(settings: unknown): string {
  const file = join(tempFolder(), 'agency.json');
  writeFileSync(file, typeof settings === 'string' ? settings : JSON.stringify(settings));
  return file;
}

test('every setting there is can be given, and none of them is refused', () => {
  expect(Object.keys(RIGHT).toSorted()).toEqual(Object.keys(DeskSettings.shape).toSorted());
  expect(() => settingsOf('agency', fileOf(RIGHT))).not.toThrow();
  expect(() => settingsOf('agency', fileOf(BY_SES))).not.toThrow();
  for (const stage of ['dev', 'production', 'govcloud']) expect(() => settingsOf(stage, undefined)).not.toThrow();
});

const MALFORMED: readonly (readonly [path: string, ...values: unknown[]])[] = [
  ['kind', undefined, '', 'Production', 1],
  ['region', undefined, '', 'us-east', 'us-gov-west-1'],
  ['domain', undefined, 'training-desk.example.gov'],
  ['domain.name', undefined, '', 'https://training-desk.example.gov', 'training desk', 'Training-Desk.example.gov'],
  ['domain.certificate', undefined, '', 'arn:aws:acm:', 'arn:aws:iam::111122223333:policy/x'],
  ['domain.certificate', CERTIFICATE.replace('us-east-1', 'us-west-2'), CERTIFICATE.replace('aws', 'aws-us-gov')],
  ['uidHost', undefined, '', 'https://training-desk.example.gov'],
  ['mail', undefined, null],
  ['mail.identity', undefined, '', 'two words', 'https://ccht.example.org'],
  ['mail.verified', 'yes'],
  ['mail.from', undefined, '', 'training-desk', 'a b@ccht.example.org'],
  ['mail.contact', undefined, '', 'training at hq.example.gov'],
  ['mail.replies', 'yes', true],
  ['mail.relay', 'relay.example.gov'],
  ['mail.relay.host', undefined, '', 'smtp://relay.example.gov'],
  ['mail.relay.port', undefined, '587', 0, 65_536, 58.7],
  ['mail.relay.secret', '', 'relay', SECRET.replace('us-east-1', 'eu-west-1')],
  ['signIn', undefined],
  ['signIn.issuer', undefined, '', 'login.example.gov', 'http://login.example.gov'],
  ['signIn.clientId', undefined, ''],
  ['signIn.prompt', 'consent'],
  ['restoredTable.name', undefined, ''],
  ['restoredTable.streamArn', undefined, 'recovered', STREAM.replace('recovered', 'another')],
  ['alarmEmail', '', 'operations', undefined],
  ['monthlyBudget', '200', 0, -1],
  ['gatewayLogRole', 'theirs'],
  ['permissionsBoundary', '', 'boundary', 'arn:aws:iam::111122223333:role/boundary'],
  ['permissionsBoundary', 'arn:aws-us-gov:iam::111122223333:policy/boundary'],
  ['rolePath', '', 'desk', '/desk', 'desk/'],
  ['tags', 'CostCenter=CCHT', { CostCenter: 1 }, { CostCenter: 'CCHT & partners' }],
  ['tags.aws:x', 'y'],
  ['tags.Cost#Center', 'CCHT'],
  [
    'key',
    '',
    'alias/agency',
    'arn:aws:kms:us-east-1:111122223333:alias/agency',
    'arn:aws:kms:us-west-2:111122223333:key/1',
  ],
  ['logBucket', '', 'agency-logs', 'aws-waf-logs-'],
  ['accessLogBucket', '', 'Agency', 's3://agency-access-logs'],
  ['architecture', 'arm', ''],
  ['vpc.id', undefined, '', 'my-vpc'],
  ['vpc.zones', undefined, [], ['us-west-2a', 'us-west-2b'], ['us-east-1', 'us-east-1b']],
  ['vpc.subnets', undefined, [], ['one', 'two'], ['subnet-0a']],
  ['vpc.securityGroup', undefined, '', 'default'],
];

describe('a setting that is missing or malformed is refused by its name and place', () => {
  test.for(MALFORMED)('%s', ([path, ...values]) => {
    for (const value of values) {
      const file = fileOf(changed(RIGHT, path, value));
      const said = new RegExp(`in ${file}: .*\`${path.replaceAll('.', '\\.')}(\\.\\d|\\.\\w+)?\` .+docs/deploy\\.md`);
      expect(() => settingsOf('agency', file), `${path}: ${JSON.stringify(value)}`).toThrow(said);
    }
  });

  test('and every one of them is tried', () => {
    const tried = new Set(MALFORMED.map(([path]) => path.split('.')[0]));
    expect(tried).toEqual(new Set(Object.keys(DeskSettings.shape)));
  });

  test.for<[string, string, unknown, string]>([
    ['from an address that SES does not verify', 'mail.from', 'training-desk@hq.example.gov', '`mail.from` is not at'],
    ['from a host that only ends alike', 'mail.from', 'desk@notccht.example.org', '`mail.from` is not at'],
    [
      'a contact that nobody reads',
      'mail.contact',
      'training-desk@ccht.example.org',
      '`mail.contact` is read by nobody',
    ],
    ['a name that is misspelt', 'permissionBoundary', 'x', 'Unrecognized key: "permissionBoundary"'],
    ['a name within another that is misspelt', 'mail.form', 'x', '`mail` Unrecognized key: "form"'],
  ])('%s', ([, path, value, said]) => {
    expect(() => settingsOf('agency', fileOf(changed(BY_SES, path, value)))).toThrow(said);
  });

  test('in GovCloud too: what does not exist there', () => {
    const gov = Json.parse(STAGES['govcloud']);
    for (const [path, value, said] of [
      ['monthlyBudget', 200, '`monthlyBudget` AWS Budgets does not exist in GovCloud'],
      ['mail.replies', true, '`mail.replies` is for regions where SES receives mail'],
      ['domain.certificate', CERTIFICATE, '`domain.certificate` is of another partition'],
    ] as const)
      expect(() => settingsOf('agency', fileOf(changed(gov, path, value)))).toThrow(said);
  });

  test('from a subdomain of what SES verifies is right, and so is the one address that it does', () => {
    const identity = (value: string, from: string) =>
      changed(changed(BY_SES, 'mail.identity', value), 'mail.from', from);
    for (const right of [
      identity('example.org', 'training-desk@ccht.example.org'),
      identity('training-desk@ccht.example.org', 'training-desk@ccht.example.org'),
    ])
      expect(() => settingsOf('agency', fileOf(right))).not.toThrow();
  });
});

describe('the file of settings', () => {
  test.for<[string, string, string]>([
    ['is no JSON', '{"kind": "production",', 'is not JSON'],
    ['is empty', '', 'is not JSON'],
    ['holds a list', '[]', 'expected object'],
    ['holds nothing', 'null', 'expected object'],
  ])('that %s is named', ([, content, said]) => {
    const file = fileOf(content);
    expect(() => settingsOf('agency', file)).toThrow(said);
    expect(() => settingsOf('agency', file)).toThrow(file);
  });

  test('that is not there, or whose name is empty, is never taken for the examples', () => {
    expect(() => settingsOf('production', '/nowhere/agency.json')).toThrow(
      /`DESK_SETTINGS` or `--settings`\), \/nowhere\/agency\.json cannot be read: ENOENT/,
    );
    expect(() => settingsOf('production', '')).toThrow(/whose name is empty, cannot be read/);
  });
});

test('a stage whose name AWS would not take is refused by that', () => {
  for (const stage of ['', 'Production', 'my_stage', '1st', 'a--b', 'dev-', 'x'.repeat(29)])
    expect(() => settingsOf(stage, undefined), stage).toThrow('`--stage`');
  expect(settingsOf('pr-17', undefined)).toEqual(DeskSettings.parse(DEVELOPMENT));
});

describe('npm run synth', () => {
  const synth = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'stacks/synth.ts', ...args], {
      env: { PATH: process.env['PATH'], ...env },
      encoding: 'utf8',
    });

  test('ends with a sentence, and writes nothing', () => {
    const out = join(tempFolder(), 'out');
    const file = fileOf(changed(RIGHT, 'signIn.issuer', 'http://login.example.gov'));
    const runs = [
      [synth(['--stage', 'agency', '--out', out], { DESK_SETTINGS: file }), '`signIn.issuer`'],
      [synth(['--stage', 'agency', '--out', out, '--settings', fileOf('{')]), 'is not JSON'],
      [synth(['--stage', 'agency', '--out', out], { DESK_SETTINGS: '' }), 'whose name is empty'],
      [synth(['--stage', 'agency']), 'npm run synth -- --stage'],
      [synth(['--stage', 'agency', '--out', out, '--region', 'x']), '--region'],
    ] as const;
    for (const [{ status, stderr }, said] of runs) {
      expect([status, stderr.trim().split('\n').length], stderr).toEqual([1, 1]);
      expect(stderr).toContain(said);
    }
    expect(existsSync(out)).toBe(false);
  });
});
