import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Bundle, FunctionName } from '../../stacks/bundle.ts';
import type { Call, Said } from '../fixtures/lambda-invoker.ts';

/** A bundle in a process of its own, as Lambda runs it: loaded once, called as often as one likes. */
export interface Running {
  /** Milliseconds that loading the module took, by the clock and of the processor. */
  readonly start: Pick<Loaded, 'importMs' | 'processorMs'>;
  /** Milliseconds of the processor that the start and every answer took until the last. */
  readonly processorMs: () => number;
  /** What it wrote: its log. */
  readonly log: () => string;
  /** @throws what the handler threw */
  invoke(event: unknown, remainingMs?: number): Promise<unknown>;
  stop(): Promise<void>;
}

/** A minute: time for everything. */
const PLENTY = 60_000;

/**
 * Starts a function cold.
 * @throws what it said last, when it could not start
 */
export async function startFunction(
  bundle: Pick<Bundle, 'folder'>,
  environment: Readonly<Record<string, string>>,
): Promise<Running> {
  const child = fork('test/fixtures/lambda-invoker.ts', [join(bundle.folder, 'index.mjs')], {
    env: { PATH: process.env['PATH'], ...environment },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (log += text));
  const start = await ready(child, () => log);
  // one listener a call
  child.setMaxListeners(0);
  let last = 0;
  let { processorMs } = start;
  return {
    start,
    processorMs: () => processorMs,
    log: () => log,
    async invoke(event, remainingMs = PLENTY) {
      const id = (last += 1);
      const answered = new Promise<Said>((resolve, reject) => {
        const heard = (said: Said) => {
          if ('id' in said && said.id === id) {
            child.off('message', heard);
            resolve(said);
          }
        };
        child.on('message', heard);
        child.once('exit', () => reject(new Error(`the function ended: ${log.slice(-2_000)}`)));
      });
      child.send({ id, event, remainingMs } satisfies Call);
      const said = await answered;
      if ('id' in said) ({ processorMs } = said);
      if ('error' in said && said.error !== undefined) throw new Error(said.error);
      return 'result' in said ? said.result : undefined;
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

type Loaded = Extract<Said, { ready: true }>;

async function ready(child: ChildProcess, log: () => string): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    child.once('message', (said: Said) => {
      if ('ready' in said && said.ready) resolve(said);
      else reject(new Error('why' in said ? said.why : 'answered before it was asked'));
    });
    child.once('exit', () => reject(new Error(log().slice(-2_000))));
  });
}

/** What Lambda itself puts into every environment. The key says which function calls, so that its policy is asked. */
export const lambdaEnvironment = (name: FunctionName, cloud: string): Record<string, string> => ({
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: name,
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  AWS_ENDPOINT_URL_DYNAMODB: cloud,
  AWS_ENDPOINT_URL_SESV2: cloud,
  AWS_ENDPOINT_URL_S3: cloud,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: `${cloud}/`,
});
