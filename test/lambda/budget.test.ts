import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { MOST_KIB, MOST_TIMES_THE_SDK, NOT_IN_API } from '../../stacks/budget.ts';
import { bundleAll, ofEach, REQUIRE, type Bundle, type Bundles, type FunctionName } from '../../stacks/bundle.ts';
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

const NAMES = Object.keys(ofEach(() => null)) as FunctionName[];
const STARTS = 5;

/** The quickest of some cold starts: everything slower is the machine's other work. */
async function quickest(bundle: Pick<Bundle, 'folder'>, environment: Record<string, string>): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const running = await startFunction(bundle, environment);
    times.push(running.importMs);
    await running.stop();
  }
  return Math.min(...times);
}

test.for(NAMES)('%s is within its size', (name) => {
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

test('the API starts in little more than the time of its DynamoDB client', async () => {
  const { NODE_COMPILE_CACHE: _kept, ...environment } = {
    ...environmentOf('api'),
    ...lambdaEnvironment('api', cloud.url),
  };
  const sdk = await quickest({ folder }, environment);
  const api = await quickest(bundles.api, environment);
  console.log(`API ${api.toFixed(0)} ms, SDK alone ${sdk.toFixed(0)} ms: ${(api / sdk).toFixed(2)} times`);
  expect(api / sdk).toBeLessThanOrEqual(MOST_TIMES_THE_SDK);
});
