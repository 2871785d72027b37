import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import {
  MOST_KIB,
  MOST_KIB_WITHOUT_SDK,
  MOST_TIMES_THE_SDK,
  MOST_TIMES_WITH_AN_ANSWER,
  NOT_IN_API,
  SDK,
} from '../../stacks/budget.ts';
import { bundleAll, FUNCTION_NAMES, REQUIRE, type Bundle, type Bundles } from '../../stacks/bundle.ts';
import { openDesk, type DeskOnAws } from './desk.ts';
import { restEvent } from './gateway.ts';
import { lambdaEnvironment, startFunction } from './running.ts';
import { environmentOf } from './template.ts';
import { tokenOf } from './tokens.ts';

let bundles: Bundles;
let desk: DeskOnAws;
let event: string;
const folder = mkdtempSync(join(tmpdir(), 'training-desk-baseline-'));
beforeAll(async () => {
  [bundles, desk] = await Promise.all([bundleAll(), openDesk(inject('endpoint'))]);
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
  event = await publishedEvent();
});
afterAll(async () => {
  await desk.stop();
  rmSync(folder, { recursive: true });
});

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** An event with seats for everybody who registers here; its id. */
async function publishedEvent(): Promise<string> {
  await desk.call('operator', { task: 'seed' });
  const token = await tokenOf(desk, 'staff', 'staff@hq.dhs.gov');
  const { items } = (await desk.ask('GET', '/api/programs')).json;
  const [program] = z.array(z.object({ id: z.string(), key: z.string() })).parse(items);
  const made = await desk.ask('POST', '/api/events', {
    token,
    json: {
      programId: program?.id,
      title: 'Cold starts',
      description: 'What they cost.',
      timeZone: 'America/New_York',
      sessions: [{ title: 'Session', startsAt: inDays(20), endsAt: inDays(20.1), location: 'Online' }],
      capacity: 100,
      approval: 'automatic',
      audience: { kind: 'anyone' },
      opensAt: inDays(-1),
      closesAt: inDays(19),
    },
  });
  const id = z.string().parse(made.json['id'], { error: () => made.text });
  expect((await desk.ask('POST', `/api/events/${id}/publish`, { token })).status).toBe(200);
  return id;
}

interface Start {
  /** Of the processor. */
  readonly startMs: number;
  /** The same with the first answer. */
  readonly answerMs: number;
}

/** One cold start, with a first request. */
async function startOnce(bundle: Pick<Bundle, 'folder'>, request?: object): Promise<Start> {
  const { NODE_COMPILE_CACHE: _kept, ...environment } = {
    ...environmentOf('api'),
    ...lambdaEnvironment('api', desk.cloud.url),
  };
  const running = await startFunction(bundle, environment);
  if (request) expect([200, 201]).toContain(Answered.parse(await running.invoke(request)).statusCode);
  await running.stop();
  return { startMs: running.start.processorMs, answerMs: running.processorMs() };
}
const Answered = z.object({ statusCode: z.number() });

/** Bytes of what went into some files of a bundle, by path from the project's root. */
function inputsOf(outputs: readonly Bundle['outputs'][string][]): Map<string, number> {
  const inputs = new Map<string, number>();
  for (const output of outputs)
    for (const [path, { bytesInOutput }] of Object.entries(output.inputs))
      inputs.set(path, (inputs.get(path) ?? 0) + bytesInOutput);
  return inputs;
}
const kibWithoutSdk = (outputs: readonly Bundle['outputs'][string][]): number =>
  [...inputsOf(outputs)].filter(([path]) => !SDK.test(path)).reduce((sum, [, bytes]) => sum + bytes, 0) / 1024;

/** The files that are read with the entry points of these sources. */
function readWith({ outputs }: Bundle, ...sources: readonly string[]): Bundle['outputs'][string][] {
  const read = new Set<string>();
  const waiting = Object.keys(outputs).filter((path) => sources.includes(outputs[path]?.entryPoint ?? ''));
  expect(waiting).toHaveLength(sources.length);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (read.has(path)) continue;
    read.add(path);
    for (const one of outputs[path]?.imports ?? [])
      if (one.kind === 'import-statement' && !one.external) waiting.push(one.path);
  }
  return [...read].flatMap((path) => outputs[path] ?? []);
}

test.for([...FUNCTION_NAMES])('%s is within its size', (name) => {
  const kib = bundles[name].bytes / 1024;
  console.log(`${name}: ${Math.round(kib)} KiB of at most ${MOST_KIB[name]}`);
  expect(kib).toBeLessThanOrEqual(MOST_KIB[name]);
});

test('the API is within its size without the SDK, and so is what is read for a first answer', () => {
  const { api } = bundles;
  const entry = 'functions/lambda/api.ts';
  const kib = {
    all: kibWithoutSdk(Object.values(api.outputs)),
    start: kibWithoutSdk(readWith(api, entry)),
    page: kibWithoutSdk(readWith(api, entry, 'functions/http/pages/public.ts')),
    api: kibWithoutSdk(readWith(api, entry, 'functions/http/api/public.ts')),
  };
  console.log(
    `API without the SDK, in KiB: ${JSON.stringify(kib, (_, value) => (typeof value === 'number' ? Math.round(value) : value))}`,
  );
  for (const [what, most] of Object.entries(MOST_KIB_WITHOUT_SDK))
    expect(kib[what as keyof typeof kib], what).toBeLessThanOrEqual(most);
});

test('the API carries no code of mail, calendars or seeds', () => {
  const pathsOf = ({ outputs }: Bundle) => [...inputsOf(Object.values(outputs)).keys()];
  expect(pathsOf(bundles.api).filter((path) => NOT_IN_API.test(path))).toEqual([]);
  expect(
    pathsOf(bundles.stream).some((path) => NOT_IN_API.test(path)),
    'the pattern finds them',
  ).toBe(true);
});

describe('beside its DynamoDB client alone, in processor time', () => {
  const ROUNDS = 5;
  let people = 0;
  /** What a cold function is most often asked for. */
  const FIRST: Readonly<Record<string, () => Promise<object>>> = {
    'opening an event': async () => restEvent('GET', `/trainings/cold-starts-${event}`),
    'the list of events': async () => restEvent('GET', '/api/events'),
    registering: async () => {
      people += 1;
      const token = await tokenOf(desk, 'participant', `p${people}@harlowsheriff.example.org`);
      await desk.ask('PUT', '/api/me', { token, json: { name: 'Pat Quill', agency: 'Sheriff' } });
      return restEvent('POST', `/api/events/${event}/registrations`, {
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: '{}',
      });
    },
  };
  /** The least of what was measured: everything more is the machine's other work. */
  const least = (all: readonly number[]) => Math.min(...all);

  let sdk: number;
  const starts: number[] = [];
  const answers = new Map<string, number[]>();
  // by turns, so that each has the same chance of a quiet moment
  beforeAll(async () => {
    const alone: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      alone.push((await startOnce({ folder })).startMs);
      for (const [what, ask] of Object.entries(FIRST)) {
        const { startMs, answerMs } = await startOnce(bundles.api, await ask());
        starts.push(startMs);
        answers.set(what, [...(answers.get(what) ?? []), answerMs]);
      }
    }
    sdk = least(alone);
  });

  test('the API starts within its share', () => {
    const times = least(starts) / sdk;
    console.log(`API ${least(starts).toFixed()} ms, SDK alone ${sdk.toFixed()} ms: ${times.toFixed(2)} times`);
    expect(times).toBeLessThanOrEqual(MOST_TIMES_THE_SDK);
  });

  test.for(Object.keys(FIRST))('so does a start with its first answer: %s', (what) => {
    const ms = least(answers.get(what) ?? []);
    console.log(`${what}: ${ms.toFixed()} ms, ${(ms / sdk).toFixed(2)} times`);
    expect(ms / sdk).toBeLessThanOrEqual(MOST_TIMES_WITH_AN_ANSWER);
  });
});
