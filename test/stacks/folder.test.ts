import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionsOf } from '../../stacks/functions.ts';
import { settingsOf } from '../../stacks/settings.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const out = mkdtempSync(join(tmpdir(), 'training-desk-out-'));
const read = (path: string) => readFileSync(join(out, path));
const synth = (folder: string) =>
  execFileSync(process.execPath, ['--import', 'tsx', 'stacks/synth.ts', '--stage', 'govcloud', '--out', folder], {
    // neither credentials nor a way to anywhere
    env: { PATH: process.env['PATH'], HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' },
    encoding: 'utf8',
    stdio: 'pipe',
  });

interface Manifest {
  readonly files: Record<string, string>;
  readonly commands: string[];
}
let manifest: Manifest;
beforeAll(() => {
  synth(out);
  manifest = JSON.parse(read('manifest.json').toString()) as Manifest;
});
afterAll(() => rmSync(out, { recursive: true }));

test('the manifest names every file with its digest', () => {
  const there = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1));
  const described = ['manifest.json', 'SHA256SUMS'];
  expect(there.toSorted()).toEqual([...Object.keys(manifest.files), ...described].toSorted());
  for (const [path, digest] of Object.entries(manifest.files))
    expect(createHash('sha256').update(read(path)).digest('hex'), path).toBe(digest);
});

test('the template takes every function’s code from a file of the folder', () => {
  const template = JSON.parse(read('template.json').toString()) as {
    Resources: Record<string, { Type: string; Properties: { Code: { S3Key: string } } }>;
  };
  const codes = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const names = functionsOf(settingsOf('govcloud'));
  expect(codes).toHaveLength(names.length);
  expect(Object.keys(manifest.files).filter((path) => path.startsWith('code/'))).toHaveLength(names.length);
  for (const { Properties } of codes) expect(Object.keys(manifest.files)).toContain(Properties.Code.S3Key);
});

test('each zip holds its bundle; the static files lie beside the code that serves them', () => {
  for (const path of Object.keys(manifest.files).filter((name) => name.endsWith('.zip'))) {
    const files = unzipped(read(path));
    expect(files.get('index.mjs')?.toString(), path).toContain('export{');
    if (path.includes('assets')) expect(files.get('assets/site.css')?.toString()).toContain('{');
  }
});

test('the script runs the commands in order, after the digests were checked', () => {
  const script = read('deploy.sh').toString();
  let from = 0;
  for (const command of manifest.commands) {
    const found = script.indexOf(command, from);
    expect(found, command).toBeGreaterThan(0);
    from = found;
  }
  expect(manifest.commands[0]).toBe('sha256sum --check --quiet SHA256SUMS');
  expect(script).toContain('AWS_USE_FIPS_ENDPOINT=true');
  expect(() => execFileSync('sh', ['-n', join(out, 'deploy.sh')])).not.toThrow();
});

test('the commands use no variable but the bucket’s that none before them set', () => {
  const set = new Set(['ARTIFACTS_BUCKET']);
  for (const command of manifest.commands) {
    for (const [, name = ''] of command.matchAll(/\$([A-Z_]+)/g)) expect(set, command).toContain(name);
    for (const [, name = ''] of command.matchAll(/^(?:export )?([A-Z_]+)=/g)) set.add(name);
  }
  expect(set).toContain('AWS_USE_FIPS_ENDPOINT');
});

describe('the script, with a stand-in for the AWS CLI', () => {
  /** Runs it with an `aws` that notes what it is asked, and where its words have `failing` fails as the CLI does. */
  function deploy(folder: string, { bucket = 'artifacts', failing = 'nothing', seeded = '{"done":"seed"}' } = {}) {
    const bin = tempFolder();
    const aws = [
      '#!/bin/sh',
      `echo "aws $*" >> ${bin}/asked`,
      `case "$*" in *"${failing}"*) echo refused >&2; exit 254;; esac`,
      `case "$*" in "lambda invoke"*) for last; do :; done; echo '${seeded}' > "$last";; esac`,
      '',
    ];
    writeFileSync(join(bin, 'aws'), aws.join('\n'), { mode: 0o755 });
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, ...(bucket ? { ARTIFACTS_BUCKET: bucket } : {}) };
    const { status, stdout, stderr } = spawnSync('sh', [join(folder, 'deploy.sh')], { env, encoding: 'utf8' });
    const asked = existsSync(join(bin, 'asked')) ? readFileSync(join(bin, 'asked'), 'utf8').trim().split('\n') : [];
    return { status, said: stdout + stderr, asked: asked.map((line) => line.split(' ').slice(1, 3).join(' ')) };
  }

  test('copies, deploys, brings programs and hosts, and shows the outputs', () => {
    expect(deploy(out)).toEqual({
      status: 0,
      said: '',
      asked: ['s3 cp', 'cloudformation deploy', 'lambda invoke', 'cloudformation describe-stacks'],
    });
  });

  test('stops where a part fails, and says what', () => {
    expect(deploy(out, { bucket: '' })).toMatchObject({
      asked: [],
      said: expect.stringContaining('ARTIFACTS_BUCKET'),
    });
    const stopped = deploy(out, { failing: 'cloudformation deploy' });
    expect(stopped).toMatchObject({ status: 254, asked: ['s3 cp', 'cloudformation deploy'] });
    const unseeded = deploy(out, { seeded: '{"errorType":"SettingsError"}' });
    expect(unseeded).toMatchObject({ status: 1, said: expect.stringContaining('SettingsError') });
  });

  test('asks AWS for nothing where a file is not the one that was made', () => {
    const copy = join(tempFolder(), 'out');
    cpSync(out, copy, { recursive: true });
    appendFileSync(join(copy, 'template.json'), ' ');
    expect(deploy(copy)).toMatchObject({ status: 1, asked: [], said: expect.stringContaining('template.json') });
  });
});

test('the script gives the template every parameter that it asks for; the operator’s document is in the folder', () => {
  const { Parameters } = JSON.parse(read('template.json').toString()) as { Parameters: Record<string, object> };
  const given = [
    ...read('deploy.sh')
      .toString()
      .matchAll(/--parameter-overrides "(\w+)=/g),
  ].map(([, name]) => name);
  expect(Object.keys(Parameters)).toEqual(given);
  expect(read('deploy.md').equals(readFileSync('docs/deploy.md'))).toBe(true);
});

test('a folder that holds something is left alone, with a sentence', () => {
  expect(() => synth(out)).toThrow('is not empty');
});

/** What a zip file holds, read by its central directory. */
function unzipped(zip: Buffer): Map<string, Buffer> {
  const end = zip.length - 22;
  let at = zip.readUInt32LE(end + 16);
  const files = new Map<string, Buffer>();
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, length] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    const name = zip.subarray(at + 46, at + 46 + length).toString();
    const local = zip.readUInt32LE(at + 42);
    const begins = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.set(name, inflateRawSync(zip.subarray(begins, begins + packed)));
    at += 46 + length;
  }
  return files;
}
