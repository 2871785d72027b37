import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Refused } from './refused.ts';

export const HOST = '127.0.0.1';

/** The five ports of a run: the one asked for and the four after it. */
export interface Ports {
  readonly app: number;
  readonly mailbox: number;
  readonly identity: number;
  readonly engine: number;
  readonly smtp: number;
}

export const portsFrom = (first: number): Ports => ({
  app: first,
  mailbox: first + 1,
  identity: first + 2,
  engine: first + 3,
  smtp: first + 4,
});

const WORDS: Record<keyof Ports, string> = {
  app: 'the site',
  mailbox: 'the mailbox',
  identity: 'the identity provider',
  engine: 'the database engine',
  smtp: 'mail',
};

/** Ports that browsers and `fetch` refuse to ask (WHATWG Fetch, "port blocking"); those under 1024 are left out. */
const BLOCKED: ReadonlySet<number> = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080,
]);

/**
 * Refuses when one of the ports is taken, or one that browsers would not open. A run that was just killed may hold one for a moment, so each gets up to
 * `patienceMs` to become free.
 */
export async function refuseTaken(ports: Partial<Ports>, patienceMs = 2_000): Promise<void> {
  const until = Date.now() + patienceMs;
  for (const [use, word] of Object.entries(WORDS)) {
    const port = Object.entries(ports).find(([name]) => name === use)?.[1];
    if (port === undefined) continue;
    if (BLOCKED.has(port)) {
      throw new Refused(`Port ${port}, needed for ${word}, is one that browsers refuse: choose others with --port.`);
    }
    if (!(await isFreeBefore(until, port))) {
      throw new Refused(`Port ${port}, needed for ${word}, is taken by another program: choose others with --port.`);
    }
  }
}

async function isFreeBefore(until: number, port: number): Promise<boolean> {
  for (;;) {
    if (await isFree(port)) return true;
    if (Date.now() >= until) return false;
    await pause(50);
  }
}

/** Whether nobody listens on a port now. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, HOST);
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}

/** Below the ports that a system gives to outgoing connections, which may take one between two runs of a test. */
const [LOWEST, HIGHEST] = [10_000, 32_000];

/** A port that was free a moment ago, for tests. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (!BLOCKED.has(port) && (await isFree(port))) return port;
  }
}

/** A first port, as `--port` takes it, that was free a moment ago with the four after it; for tests. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const first = await freePort();
    const refused = await refuseTaken(portsFrom(first), 0).then(
      () => false,
      () => true,
    );
    if (!refused) return first;
  }
}
