import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Hono } from 'hono';
import { instant } from '../functions/domain/time.ts';
import { serveHere } from '../functions/local/listening.ts';
import { deliverOutbox } from '../functions/usecases/deliver-outbox.ts';
import { sweep } from '../functions/usecases/sweep.ts';
import { appOver, deskOver } from './desk.ts';
import { KEPT_OPEN } from './front/front.ts';
import { slowClient, slowClock } from './model-time.ts';

/**
 * The product as Lambda runs it, in one process: environments that share nothing, each with one request at a time, a new
 * one where all are taken; a sender woken every second and a sweep every minute, as on AWS.
 */
const [endpoint = '', portText = '', startText = '', slowText = ''] = process.argv.slice(2);
const port = Number(portText);
const slow = Number(slowText);
const clock = slowClock(instant(Number(startText)), slow);
const origin = `http://127.0.0.1:${port}`;

/** As many as the stack reserves for pages and API (`SHAPES` in stacks/functions.ts). */
const MOST_ENVIRONMENTS = 300;
/** A start of the runtime with the SDK and a first connection, in milliseconds (speedrun.nobackspacecrew.com, 2025). */
const COLD_START = 375;

const newDesk = () => deskOver(slowClient(endpoint, slow), clock, origin);
type Environment = ReturnType<typeof appOver>;
const free: Environment[] = [];
let environments = 0;
let turnedAway = 0;

async function invoke(request: Request): Promise<Response> {
  let environment = free.pop();
  if (!environment) {
    if (environments >= MOST_ENVIRONMENTS) {
      turnedAway += 1;
      return new Response(null, { status: 429, headers: { 'retry-after': '1' } });
    }
    environments += 1;
    await clock.wait(COLD_START);
    environment = appOver(newDesk());
  }
  try {
    return await environment.fetch(request);
  } finally {
    free.push(environment);
  }
}

let failures = 0;
async function every(milliseconds: number, work: () => Promise<unknown>): Promise<never> {
  for (;;) {
    await clock.wait(milliseconds);
    await work().catch(() => {
      failures += 1;
    });
  }
}
const [sender, sweeper] = [newDesk(), newDesk()];
void every(1_000, () => deliverOutbox(sender));
void every(60_000, () => sweep(sweeper));

const lag = monitorEventLoopDelay({ resolution: 10 });
lag.enable();
const bench = new Hono();
/** What the machine did since it was last asked, and how many environments there are. */
bench.post('/bench/machine', (c) => {
  const { user, system } = process.cpuUsage();
  const answer = c.json({
    cpuSeconds: (user + system) / 1e6,
    lagP99Ms: lag.percentile(99) / 1e6,
    environments,
    turnedAway,
    failures,
  });
  lag.reset();
  return answer;
});
bench.all('*', (c) => invoke(c.req.raw));

const server = await serveHere((request) => bench.fetch(request), port);
server.keepAliveTimeout = KEPT_OPEN;
// a bench that is killed takes its server along
process.stdin.once('end', () => process.exit()).resume();
console.log('ready');
