import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { idsFrom } from '../functions/compose/ids.ts';
import { startEngine } from '../functions/local/engine.ts';
import { freePort } from '../functions/local/ports.ts';
import { publishWebinar } from '../test/fixtures/server.ts';
import { countedClient, nothing } from './counted.ts';
import { flagsFrom } from './flags.ts';
import { plainOver } from './plain.ts';

/**
 * A rush for one event over HTTP, delivery paused: registrations a second, waits, and capacity units, beside a plain
 * route and the bare engine that make the same calls. Rounds of the three take turns, so that the ratios hold on any
 * machine, busy or not.
 */
const flags = flagsFrom(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'training-desk-bench-'));
const engine = await startEngine({ port: await freePort(), dbPath: join(folder, 'bench.sqlite') });
const port = await freePort();
const server = spawn(process.execPath, ['--import', 'tsx', 'bench/rush-server.ts', engine.endpoint, String(port)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const site = `http://127.0.0.1:${port}`;
async function post<S extends z.ZodType>(
  path: string,
  schema: S,
  body: unknown = {},
  token = '',
): Promise<z.output<S>> {
  const response = await fetch(`${site}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  return schema.parse(await response.json());
}

interface Run {
  /** Milliseconds from the first request to the last answer. */
  readonly took: number;
  readonly waits: readonly number[];
  readonly answers: readonly string[];
}

/** Everybody once, so many at a time. */
async function everybody(tokens: readonly string[], ask: (token: string) => Promise<string>): Promise<Run> {
  const left = [...tokens];
  const waits: number[] = [];
  const answers: string[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: flags.connections }, async () => {
      for (let token = left.pop(); token !== undefined; token = left.pop()) {
        const asked = performance.now();
        answers.push(await ask(token));
        waits.push(performance.now() - asked);
      }
    }),
  );
  return { took: performance.now() - began, waits, answers };
}

const Status = z.object({ status: z.string() });
const Units = z.object({ reads: z.number(), writes: z.number(), calls: z.number(), refused: z.number() });

async function main(): Promise<void> {
  const { people, seats, mode, already, rounds } = flags;
  const tokensOf = (role: string, names: readonly string[]) =>
    post('/bench/tokens', z.array(z.string()), { role, emails: names });
  const [staff = ''] = await tokensOf('staff', ['staff@ccht.example.org']);
  const warm = await tokensOf(
    'participant',
    Array.from({ length: 50 }, (_, n) => `warm${n}@agency.example.gov`),
  );
  const tokens = await tokensOf(
    'participant',
    Array.from({ length: people }, (_, n) => `person${n}@agency.example.gov`),
  );
  const ids = idsFrom('a secret of the benchmark');
  const bareDb = countedClient(engine.endpoint, nothing());

  const webinar = (capacity: number) => publishWebinar({ site }, staff, { capacity, mode });
  const sample = await webinar(1000);
  const register = (event: string) => async (token: string) =>
    (await post(`/api/events/${event}/registrations`, Status, {}, token)).status;
  await everybody(warm, register(sample));
  await post('/bench/plain', z.null(), { event: sample, mode });
  const bare = await plainOver(bareDb, 'training-desk', sample, mode);

  const product: Run[] = [];
  const plain: Run[] = [];
  const engineAlone: Run[] = [];
  const seated: number[] = [];
  const units = nothing();
  const delivery = nothing();
  let confirmed = 0;
  const add = (to: typeof units, more: z.output<typeof Units>) => {
    to.reads += more.reads;
    to.writes += more.writes;
    to.calls += more.calls;
    to.refused += more.refused;
  };
  for (let round = 0; round < rounds; round += 1) {
    const event = await webinar(seats + 1);
    await everybody(warm.slice(0, 1), register(event));
    await post('/bench/already', z.number(), { event, count: already });
    await post('/bench/counted', Units);
    const began = performance.now();
    const run = await everybody(tokens, register(event));
    product.push(run);
    confirmed += await seatTheRest(event, run, staff, Math.min(seats, people));
    seated.push(performance.now() - began);
    add(units, await post('/bench/counted', Units));
    while ((await post('/bench/deliver', z.number())) > 0);
    add(delivery, await post('/bench/counted', Units));
    plain.push(await everybody(tokens, async (token) => (await post('/plain', Status, {}, token)).status));
    engineAlone.push(
      await everybody(tokens, async (token) => {
        await bare.register(ids.hash(token));
        return 'confirmed';
      }),
    );
  }
  const rate = (runs: readonly Run[]) => (people * runs.length * 1000) / runs.reduce((sum, { took }) => sum + took, 0);
  const waits = product.flatMap((run) => run.waits).toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(waits[Math.floor((waits.length - 1) * share)] ?? 0);
  const two = (value: number) => Math.round(value * 100) / 100;
  const figures = {
    people,
    seats,
    mode,
    already,
    connections: flags.connections,
    rounds,
    answeredPerSecond: two(rate(product)),
    confirmedPerSecond: two((confirmed * 1000) / seated.reduce((sum, one) => sum + one, 0)),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    callsPerRegistration: two(units.calls / (people * rounds)),
    refusedPerRegistration: two(units.refused / (people * rounds)),
    writeUnitsPerRegistration: two((units.writes + delivery.writes) / (people * rounds)),
    readUnitsPerRegistration: two(units.reads / (people * rounds)),
    deliveryWriteUnits: two(delivery.writes / (people * rounds)),
    deliveryReadUnits: two(delivery.reads / (people * rounds)),
    plainPerSecond: two(rate(plain)),
    enginePerSecond: two(rate(engineAlone)),
    ofPlain: two(rate(product) / rate(plain)),
    ofEngine: two(rate(product) / rate(engineAlone)),
  };
  console.log(JSON.stringify(figures));
}

const Seats = z.object({ seats: z.object({ remaining: z.number().nullable(), waitlist: z.number() }) });

/** In a sealed pool the schedule seats those whom no request seated; on one machine it runs every second. */
async function seatTheRest(event: string, run: Run, staff: string, expected: number): Promise<number> {
  if (flags.mode === 'open') return run.answers.filter((status) => status === 'confirmed').length;
  for (;;) {
    await post('/bench/sweep', z.null());
    const response = await fetch(`${site}/api/events/${event}`, { headers: { authorization: `Bearer ${staff}` } });
    const { seats } = Seats.parse(await response.json());
    if (seats.waitlist <= Math.max(0, flags.people - flags.seats)) return expected;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

try {
  await once(server.stdout, 'data');
  await main();
} finally {
  server.kill('SIGKILL');
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
}
