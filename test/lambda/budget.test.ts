import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { MOST_KIB, MOST_TIMES_THE_SDK, NOT_IN_API } from '../../stacks/budget.ts';
import { bundleAll, FUNCTION_NAMES, REQUIRE, type Bundle, type Bundles } from '../../stacks/bundle.ts';
import { startCloud, type Cloud } from './cloud.ts';
import { lambdaEnvironment, startFunction } from './running.ts';
import { environmentOf } from './template.ts';

let bundles: Bundles;
let cloud: Cloud;
const folder = mkdtempSync(join(tmpdir(), 'training-desk-baseline-'));
beforeAll(async () => {
  [bundles, cloud] = await Promise.all([bundleAll(), startCloud(inject('endpoint'), 'none', {})]);
  await build({
    entryPoints: ['test/fixtures/sdk-baseline.ts'],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
  });
});
afterAll(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true });
});

const STARTS = 5;

interface Start {
  readonly processorMs: number;
  readonly importMs: number;
}

/** The best of some cold starts: everything more is the machine's other work. */
async function best(bundle: Pick<Bundle, 'folder'>, environment: Record<string, string>): Promise<Start> {
  const starts: Start[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const running = await startFunction(bundle, environment);
    starts.push(running.start);
    await running.stop();
  }
  const least = (of: (start: Start) => number) => Math.round(Math.min(...starts.map(of)));
  return { processorMs: least((one) => one.processorMs), importMs: least((one) => one.importMs) };
}

test.for([...FUNCTION_NAMES])('%s is within its size', (name) => {
  const kib = bundles[name].bytes / 1024;
  console.log(`${name}: ${Math.round(kib)} KiB of at most ${MOST_KIB[name]}`);
  expect(kib).toBeLessThanOrEqual(MOST_KIB[name]);
});

test('the API carries no code of mail, calendars or seeds', () => {
  expect(Object.keys(bundles.api.inputs).filter((path) => NOT_IN_API.test(path))).toEqual([]);
  expect(
    Object.keys(bundles.stream.inputs).some((path) => NOT_IN_API.test(path)),
    'the pattern finds them',
  ).toBe(true);
});

test('the API starts within its share of processor time, beside its DynamoDB client alone', async () => {
  const { NODE_COMPILE_CACHE: _kept, ...environment } = {
    ...environmentOf('api'),
    ...lambdaEnvironment('api', cloud.url),
  };
  const sdk = await best({ folder }, environment);
  const api = await best(bundles.api, environment);
  const ratio = api.processorMs / sdk.processorMs;
  console.log(`API ${JSON.stringify(api)}, SDK alone ${JSON.stringify(sdk)}: ${ratio.toFixed(2)} times`);
  expect(ratio).toBeLessThanOrEqual(MOST_TIMES_THE_SDK);
});
