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
 * machine, busy or not; the first is not counted.
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
  const { people, seats, mode, already } = flags;
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

  const round = async (): Promise<Round> => {
    const event = await webinar(seats + 1);
    await everybody(warm.slice(0, 1), register(event));
    await post('/bench/already', z.number(), { event, count: already });
    await post('/bench/counted', Units);
    const began = performance.now();
    const product = await everybody(tokens, register(event));
    const confirmed = await seatTheRest(event, product, staff, Math.min(seats, people));
    const seatedIn = performance.now() - began;
    const units = await post('/bench/counted', Units);
    while ((await post('/bench/deliver', z.number())) > 0);
    const delivery = await post('/bench/counted', Units);
    const plain = await everybody(tokens, async (token) => (await post('/plain', Status, {}, token)).status);
    const engineAlone = await everybody(tokens, async (token) => {
      await bare.register(ids.hash(token));
      return 'confirmed';
    });
    return { product, confirmed, seatedIn, units, delivery, plain, engineAlone };
  };
  // one that does not count: code is slow until it was compiled, and the product has more of it than what is beside it
  await round();
  const rounds: Round[] = [];
  while (rounds.length < flags.rounds) rounds.push(await round());
  console.log(JSON.stringify({ ...flags, ...figuresOf(rounds) }));
}

interface Round {
  readonly product: Run;
  readonly confirmed: number;
  /** Milliseconds until everybody had the seat that there was for them. */
  readonly seatedIn: number;
  readonly units: z.output<typeof Units>;
  /** Of the messages that follow. */
  readonly delivery: z.output<typeof Units>;
  readonly plain: Run;
  readonly engineAlone: Run;
}

function figuresOf(rounds: readonly Round[]) {
  const all = (one: (round: Round) => number) => rounds.reduce((sum, round) => sum + one(round), 0);
  const registrations = flags.people * rounds.length;
  const each = (one: (round: Round) => number) => two(all(one) / registrations);
  const rate = (of: (round: Round) => Run) => two((registrations * 1000) / all((round) => of(round).took));
  /** Of the rounds' own ratios the median, which a moment in which the machine did something else does not move. */
  const ratioTo = (other: (round: Round) => Run) =>
    two(median(rounds.map((round) => other(round).took / round.product.took)));
  const waits = rounds.flatMap((round) => round.product.waits).toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(waits[Math.floor((waits.length - 1) * share)] ?? 0);
  return {
    answeredPerSecond: rate((round) => round.product),
    confirmedPerSecond: two((all((round) => round.confirmed) * 1000) / all((round) => round.seatedIn)),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    callsPerRegistration: each(({ units }) => units.calls),
    refusedPerRegistration: each(({ units }) => units.refused),
    writeUnitsPerRegistration: each(({ units, delivery }) => units.writes + delivery.writes),
    readUnitsPerRegistration: each(({ units }) => units.reads),
    deliveryWriteUnits: each(({ delivery }) => delivery.writes),
    deliveryReadUnits: each(({ delivery }) => delivery.reads),
    plainPerSecond: rate((round) => round.plain),
    enginePerSecond: rate((round) => round.engineAlone),
    ofPlain: ratioTo((round) => round.plain),
    ofEngine: ratioTo((round) => round.engineAlone),
  };
}
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const two = (value: number) => Math.round(value * 100) / 100;

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
