import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startEngine } from '../../functions/local/engine.ts';
import { freePort } from '../../functions/local/ports.ts';
import { runScript } from '../fixtures/script.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

async function silentWithin(endpoint: string, ms: number): Promise<boolean> {
  for (const until = Date.now() + ms; Date.now() < until; await pause(20)) {
    if (!(await answers(endpoint))) return true;
  }
  return false;
}

const PARENT = `
import { startEngine } from './functions/local/engine.ts';
const engine = await startEngine({ port: Number(process.env.PORT), dbPath: process.env.DB });
console.log('up');
setInterval(() => {}, 1000);
`;

test.each(['SIGKILL', 'SIGTERM'] as const)('the engine dies with a parent that gets %s', async (signal) => {
  const port = await freePort();
  const env = { PORT: String(port), DB: join(tempFolder(), 'db.sqlite'), DYNAMODB_ENDPOINT: '' };
  const parent = runScript(['--input-type=module-typescript', '--eval', PARENT], env);
  await parent.line(/^up$/);
  const endpoint = `http://127.0.0.1:${port}`;
  expect(await answers(endpoint)).toBe(true);
  parent.child.kill(signal);
  expect(await silentWithin(endpoint, 3_000)).toBe(true);
});

test('an engine that is stopped is not reported as lost, one that is killed is', async () => {
  vi.stubEnv('DYNAMODB_ENDPOINT', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  const stopped = await startEngine({ port: await freePort() });
  const killed = await startEngine({ port: await freePort() });
  const lost = vi.fn();
  void stopped.lost.then(lost);
  await stopped.stop();
  process.kill(-(killed.processGroup ?? 0), 'SIGKILL');
  await killed.lost;
  expect(lost).not.toHaveBeenCalled();
});

test('DYNAMODB_ENDPOINT names an engine, and none is started', async () => {
  vi.stubEnv('DYNAMODB_ENDPOINT', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  const other = await startEngine({ port: await freePort() });
  onTestFinished(() => other.stop());
  vi.stubEnv('DYNAMODB_ENDPOINT', other.endpoint);
  const engine = await startEngine({ port: await freePort() });
  expect(engine.endpoint).toBe(other.endpoint);
  expect(engine.processGroup).toBeUndefined();
});

test.each([
  ['no address', 'localhost:8000', 'is not an address such as http://localhost:8000'],
  ['another kind of address', 'ftp://localhost:8000', 'is not an address such as http://localhost:8000'],
  ['nobody', 'http://127.0.0.1:9', 'Nothing answers at DYNAMODB_ENDPOINT, http://127.0.0.1:9'],
])('a DYNAMODB_ENDPOINT that names %s is refused by its name', async (_, named, said) => {
  vi.stubEnv('DYNAMODB_ENDPOINT', named);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(startEngine({ port: await freePort() })).rejects.toThrow(said);
});

test('an engine that does not come up is one clear sentence', async () => {
  vi.stubEnv('DYNAMODB_ENDPOINT', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  const nowhere = join(tempFolder(), 'missing', 'db.sqlite');
  await expect(startEngine({ port: await freePort(), dbPath: nowhere })).rejects.toThrow(
    /^The database engine did not start .*DYNAMODB_ENDPOINT\.$/,
  );
});
