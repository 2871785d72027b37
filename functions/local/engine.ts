import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { HOST } from './ports.ts';
import { Refused } from './refused.ts';

const VERSION = '1.2.1';
/** It takes some 15 ms; long, because an engine that fails says so by ending, and a machine may be very busy. */
const STARTS_WITHIN_MS = 30_000;
/** One that somebody else runs is there already. */
const OTHERS_ANSWER_WITHIN_MS = 1_000;
const DOWNLOADS_WITHIN_MS = 60_000;

/**
 * Runs its arguments as a command that cannot outlive us: the shell holds the read end of our pipe, and however we die
 * the kernel closes the write end, `cat` ends and the command is killed, first gently.
 */
const LEASH = `exec 3<&0
"$@" </dev/null 3<&- &
engine=$!
( cat <&3 >/dev/null
  kill $engine 2>/dev/null
  for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 $engine 2>/dev/null || exit; sleep 0.2; done
  kill -9 $engine 2>/dev/null ) &
wait $engine`;

export interface Engine {
  readonly endpoint: string;
  /** Of the leash and everything under it; undefined for an engine that somebody else runs. */
  readonly processGroup?: number;
  /** Resolves when the engine ended without being asked to, with what it last said. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly port: number;
  /** The database file; left out, the data lives in memory. */
  readonly dbPath?: string;
  /** Told when starting takes longer than usual, and why. */
  readonly say?: (sentence: string) => void;
}

/**
 * Starts the embedded DynamoDB engine and resolves when it answers. With `DYNAMODB_ENDPOINT` in the environment it
 * starts nothing and names that engine instead.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const given = process.env['DYNAMODB_ENDPOINT'];
  if (given) return otherEngine(given);
  const { command, waitMs } = engineCommand(options.say);
  const args = ['--host', HOST, '--port', String(options.port)];
  if (options.dbPath) args.push('--db-path', options.dbPath);
  // In a process group of its own, so that a Ctrl-C reaches only us and we can finish what is under way first.
  const child = spawn('sh', ['-c', LEASH, 'engine', ...command, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  });
  return watch(child, `http://${HOST}:${options.port}`, waitMs);
}

async function otherEngine(given: string): Promise<Engine> {
  const endpoint = Address.safeParse(given);
  if (!endpoint.success)
    throw new Refused(`DYNAMODB_ENDPOINT, ${given}, is not an address such as http://localhost:8000.`);
  if (!(await answers(endpoint.data, OTHERS_ANSWER_WITHIN_MS, new Promise(() => {}))))
    throw new Refused(
      `Nothing answers at DYNAMODB_ENDPOINT, ${given}: start that engine, or unset it for the packaged one.`,
    );
  return { endpoint: endpoint.data, lost: new Promise(() => {}), stop: async () => {} };
}

const Address = z.url({ protocol: /^https?$/ });

/** The packaged binary where there is one for this platform, else the same engine by npx. */
function engineCommand(say: EngineOptions['say']): { command: string[]; waitMs: number } {
  try {
    const binary = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
    return { command: [binary], waitMs: STARTS_WITHIN_MS };
  } catch {
    const command = ['npx', '--yes', `dynoxide@${VERSION}`];
    say?.(`No database engine is packaged for ${process.platform} ${process.arch}: trying \`${command.join(' ')}\`.`);
    return { command, waitMs: DOWNLOADS_WITHIN_MS };
  }
}

async function watch(child: ChildProcess, endpoint: string, waitMs: number): Promise<Engine> {
  let said = '';
  let stopping = false;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2_000);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      said += error.message;
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    stopping = true;
    child.stdin?.end();
    await ended;
  };
  if (!(await answers(endpoint, waitMs, ended))) {
    await stop();
    throw new Refused(missing(said));
  }
  return {
    endpoint,
    ...(child.pid === undefined ? {} : { processGroup: child.pid }),
    lost: new Promise((resolve) => void ended.then(() => stopping || resolve(said.trim()))),
    stop,
  };
}

const missing = (said: string): string =>
  'The database engine did not start' +
  (said.trim() ? ` (${said.trim().split('\n').at(-1)})` : '') +
  ': install the optional dependencies (`npm ci`), or name a running DynamoDB-compatible engine in DYNAMODB_ENDPOINT.';

async function answers(endpoint: string, waitMs: number, ended: Promise<void>): Promise<boolean> {
  const state = { over: false };
  void ended.then(() => (state.over = true));
  const until = Date.now() + waitMs;
  while (!state.over && Date.now() < until) {
    try {
      await fetch(endpoint, { signal: AbortSignal.timeout(1_000) });
      return !state.over;
    } catch {
      await pause(10);
    }
  }
  return false;
}

/** Waits, for a little while, until nothing of an earlier engine's process group is left. */
export async function waitUntilGone(processGroup: number, patienceMs = 3_000): Promise<void> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until && isAlive(-processGroup)) await pause(20);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
