import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts, portsFrom, refuseTaken } from '../../functions/local/ports.ts';
import { runScript } from '../fixtures/script.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

interface Desk {
  readonly port: number;
  readonly npm: ReturnType<typeof spawn>;
  output(): string;
  /** Resolves when npm has ended, and with what. */
  readonly ended: Promise<number | null>;
}

/** Runs an npm script as a person would; whatever is left of it is killed after the test. */
function npm(args: readonly string[], input = ''): Omit<Desk, 'port'> {
  const child = spawn('npm', args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
  onTestFinished(() => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // It is gone, as it should be.
    }
  });
  return { npm: child, output: () => said, ended };
}

async function start(data: string, port: number, ...more: string[]): Promise<Desk> {
  const args = ['start', '--', '--port', String(port), '--data', data, '--seed', 'none', ...more];
  const desk = { port, ...npm(args) };
  await expect.poll(() => desk.output(), { timeout: 20_000, interval: 50 }).toMatch(/^ready/m);
  return desk;
}

const health = async (port: number) => (await fetch(`http://127.0.0.1:${port}/api/health`)).json();
const nothingLeft = (port: number) => expect(refuseTaken(portsFrom(port), 5_000)).resolves.toBeUndefined();

test('it starts, says who signs in where, and stops with SIGTERM', async () => {
  const desk = await start(tempFolder(), await freePorts());
  expect(await health(desk.port)).toEqual({ status: 'ok' });
  expect(desk.output()).toContain('staff    Amara Lindqvist <amara.lindqvist@ccht.example>');
  expect(desk.output()).toContain(`Mailbox  http://localhost:${desk.port + 1}`);
  process.kill(-(desk.npm.pid ?? 0), 'SIGTERM');
  await desk.ended;
  await nothingLeft(desk.port);
});

test('killing npm alone leaves nothing behind', async () => {
  const desk = await start(tempFolder(), await freePorts());
  desk.npm.kill('SIGKILL');
  await nothingLeft(desk.port);
});

test('after a SIGKILL of everything it starts again at once on the same folder and ports', async () => {
  const data = tempFolder();
  const desk = await start(data, await freePorts());
  process.kill(-(desk.npm.pid ?? 0), 'SIGKILL');
  const again = await start(data, desk.port);
  expect(await health(again.port)).toEqual({ status: 'ok' });
});

test('a second start on the folder ends with one sentence and code 1', async () => {
  const data = tempFolder();
  const desk = await start(data, await freePorts());
  const second = npm(['start', '--silent', '--', '--port', String(await freePorts()), '--data', data]);
  expect(await second.ended).toBe(1);
  expect(second.output().trim().split('\n')).toEqual([
    `The data folder ${data} is in use by another run (process ${pidIn(second.output())}, ` +
      `http://localhost:${desk.port}): stop that one, or choose another with --data.`,
  ]);
});
const pidIn = (text: string): string => /process (\d+)/.exec(text)?.[1] ?? '';

test('tokens are issued for the run on the folder, in order, many at a time', async () => {
  const data = tempFolder();
  const desk = await start(data, await freePorts());
  const people = Array.from({ length: 1_000 }, (_, number) => `person${number}@agency.example`);
  const command = npm(['run', '--silent', 'token', '--', 'participant', '-', '--data', data], people.join('\n'));
  expect(await command.ended).toBe(0);
  const tokens = command.output().trim().split('\n');
  expect(new Set(tokens).size).toBe(1_000);
  const whoIs = async (token: string | undefined): Promise<number> =>
    (await fetch(`http://127.0.0.1:${desk.port}/api/me`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await whoIs(tokens[0])).toBe(200);
  expect(await whoIs('nonsense')).toBe(401);
});

test('without a run there is no token', async () => {
  const command = npm(['run', '--silent', 'token', '--', 'staff', 'a@b.example', '--data', tempFolder()]);
  expect(await command.ended).toBe(1);
  expect(command.output()).toMatch(/^No training desk runs on .*\n$/);
});

test('the doctor looks at the run on the folder, and says that there is nothing to mend', async () => {
  const data = tempFolder();
  await start(data, await freePorts());
  const look = npm(['run', '--silent', 'doctor', '--', '--data', data]);
  expect(await look.ended).toBe(0);
  expect(look.output()).toBe('Nothing to mend: 0 events looked at.\n');
  const strange = npm(['run', '--silent', 'doctor', '--', '--data', data, '--mend']);
  expect(await strange.ended).toBe(1);
  expect(strange.output()).toContain('[--data .data] [--fix]');
});

/** The runtime with time-zone data of 2025. */
const OLD = { NODE_OPTIONS: `--import ${pathToFileURL('test/fixtures/old-zones.ts').href}` };
const OLD_WORDS =
  /time-zone data of this runtime \(2025a\) have Vancouver at -08:00.*older than 2026b.*Node 24\.21 or newer/;

test('under time-zone data of 2025 it does not start, and says which they are and what to do', async () => {
  const args = ['--port', String(await freePorts()), '--data', tempFolder(), '--seed', 'none'];
  const { code, output } = await runScript(['functions/local/main.ts', ...args], OLD).end();
  expect(code).toBe(1);
  expect(output).toMatch(/^The site does not answer as it should: \/api\/health says 503\. /);
  expect(output).toMatch(OLD_WORDS);
  expect(output.trim().split('\n')).toHaveLength(1);
});

test('under time-zone data of 2025 the doctor says so', async () => {
  const data = tempFolder();
  await start(data, await freePorts());
  const { code, output } = await runScript(['functions/local/doctor.ts', '--data', data], OLD).end();
  expect(code).toBe(1);
  expect(output).toMatch(/^old-zones America\/Vancouver: /);
  expect(output).toMatch(OLD_WORDS);
});

test('a token for what is no address is refused with a sentence', async () => {
  const data = tempFolder();
  await start(data, await freePorts());
  const command = npm(['run', '--silent', 'token', '--', 'staff', 'nobody', '--data', data]);
  expect(await command.ended).toBe(1);
  expect(command.output()).toMatch(/^nobody is not an email address: npm run --silent token .*\n$/);
});
