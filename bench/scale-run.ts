import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { cpus, loadavg, tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EventId } from '../functions/domain/ids.ts';
import { instant, plus } from '../functions/domain/time.ts';
import { startEngine } from '../functions/local/engine.ts';
import { freePort } from '../functions/local/ports.ts';
import { PROGRAMS } from '../functions/seed/programs.ts';
import { tableDefinition } from '../functions/store/dynamo/schema.ts';
import type { Context } from '../functions/usecases/context.ts';
import { seedDesk } from '../functions/usecases/seed-desk.ts';
import { publishWebinar } from '../test/fixtures/server.ts';
import { deskOver, TABLE_NAME, tokensOf } from './desk.ts';
import { startFront, type Seen } from './front/front.ts';
import type { Limits } from './front/budgets.ts';
import type { Mode } from './flags.ts';
import { slowClient, slowClock } from './model-time.ts';
import { arrivals, comeAndRegister } from './people.ts';
import { brokenPromises, seatedBy } from './promises.ts';

/** One rush. */
export interface Rush {
  readonly people: number;
  readonly seats: number;
  readonly mode: Mode;
  /** People who arrive in a second. */
  readonly rate: number;
  /** How many times slower than the machine's clock the model goes. */
  readonly slow: number;
  readonly limits: Limits;
  /** Registrations before it, so that code has run and an environment or two are there. */
  readonly warmUp: number;
}

/** Seconds and milliseconds are the model's. */
export type Figures = Awaited<ReturnType<typeof runRush>>;

const Machine = z.object({
  cpuSeconds: z.number(),
  lagP99Ms: z.number(),
  environments: z.number(),
  turnedAway: z.number(),
  failures: z.number(),
});

/**
 * A rush for one event over HTTP, before limits such as DynamoDB's. People come when they come, whether or not those
 * before them were answered, and each answer is timed from the moment that its person wanted in.
 */
export async function runRush(rush: Rush) {
  const folder = mkdtempSync(join(tmpdir(), 'training-desk-scale-'));
  const engine = await startEngine({ port: await freePort(), dbPath: join(folder, 'bench.sqlite') });
  const start = instant(Date.now());
  const clock = slowClock(start, rush.slow);
  const front = await startFront({ endpoint: engine.endpoint, clock, limits: rush.limits });
  const port = await freePort();
  const server = spawn(
    process.execPath,
    ['--import', 'tsx', 'bench/scale-server.ts', front.endpoint, String(port), String(start), String(rush.slow)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  try {
    const site = `http://127.0.0.1:${port}`;
    // past the front: what is prepared and what is looked at afterwards costs the model nothing
    const desk = deskOver(slowClient(engine.endpoint, 1), clock, site);
    await slowClient(engine.endpoint, 1).send(new CreateTableCommand(tableDefinition(TABLE_NAME)));
    await seedDesk(desk, { programs: PROGRAMS, hosts: [] });
    await once(server.stdout, 'data');
    const [staff = ''] = await tokensOf(desk, 'staff', ['staff@ccht.example.org']);
    const tokens = await tokensOf(desk, 'participant', addresses('person', rush.people));
    await warmUp(rush, desk, site, staff);
    const event = EventId.parse(await publishWebinar({ site }, staff, { capacity: rush.seats, mode: rush.mode }));
    return await measured(rush, { desk, site, event, tokens, seen: front.seen });
  } finally {
    server.kill('SIGKILL');
    await front.stop();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const addresses = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${name}${n}@agency.example.gov`);

async function warmUp({ warmUp: people, mode }: Rush, desk: Context, site: string, staff: string): Promise<void> {
  const event = await publishWebinar({ site }, staff, { capacity: null, mode });
  const { clock } = desk;
  const tokens = await tokensOf(desk, 'participant', addresses('warm', people));
  await Promise.all(
    tokens.map((token, n) => comeAndRegister({ site, event, token, clock, at: plus(clock.now(), 50 * n) })),
  );
}

interface Prepared {
  readonly desk: Context;
  readonly site: string;
  readonly event: EventId;
  readonly tokens: readonly string[];
  readonly seen: Seen;
}

async function measured(rush: Rush, { desk, site, event, tokens, seen }: Prepared) {
  const { clock } = desk;
  const machine = async () => Machine.parse(await (await fetch(`${site}/bench/machine`, { method: 'POST' })).json());
  const [before, units, idle] = [await machine(), { ...seen.units }, idleTimes()];
  const began = plus(clock.now(), 500);
  const times = arrivals(rush.people, rush.rate, began);
  const expected = Math.min(rush.people, rush.seats);
  const over = { yet: false };
  const seated = seatedBy(desk, event, expected, over);
  const visits = await Promise.all(
    tokens.map((token, n) => comeAndRegister({ site, event, token, clock, at: times[n] ?? began })),
  );
  const seatedAt = await seated;
  const after = await machine();
  const broken = await brokenPromises(desk, event, rush, visits);
  over.yet = true;
  const last = times.at(-1) ?? began;
  const seconds = (from: number, to: number | null) => (to === null ? null : two((to - from) / 1_000));
  const waits = visits.map(({ wait }) => wait);
  return {
    ...rush,
    broken,
    answerMs: spreadOf(waits),
    pageMs: spreadOf(visits.flatMap(({ pages }) => pages)),
    saidBusy: sum(visits.map(({ busy }) => busy)),
    failed: sum(visits.map(({ failed }) => failed)),
    pagesFailed: sum(visits.map(({ pagesFailed }) => pagesFailed)),
    confirmedPerSecond: two((expected * 1_000) / ((seatedAt ?? clock.now()) - began)),
    lastSeatedSecondsAfterLastArrival: seconds(last, seatedAt),
    writeUnitsAPerson: two((seen.units.write - units.write) / rush.people),
    readUnitsAPerson: two((seen.units.read - units.read) / rush.people),
    refusedAPerson: two(seen.refused / rush.people),
    conflicts: Object.fromEntries(seen.conflicts),
    throttled: Object.fromEntries(seen.throttled),
    busiestKeys: busiest(seen),
    environments: after.environments,
    turnedAway: after.turnedAway,
    machine: {
      idleShare: idleShare(idle, idleTimes()),
      serverCores: two((after.cpuSeconds - before.cpuSeconds) / ((clock.now() - began) / 1_000) / rush.slow),
      serverLagP99Ms: two(after.lagP99Ms),
      loadAverage: two(loadavg()[0] ?? 0),
    },
  };
}

const two = (value: number): number => Math.round(value * 100) / 100;
const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

function spreadOf(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return { p50: at(0.5), p99: at(0.99), longest: at(1) };
}

/** The keys of which the most was asked in a second, in units. */
const busiest = ({ peaks }: Seen): Record<string, number> =>
  Object.fromEntries(
    [...peaks]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, 6)
      .map(([kind, units]) => [kind, Math.round(units)]),
  );

const idleTimes = () =>
  cpus().reduce(
    (total, { times }) => ({
      idle: total.idle + times.idle,
      all: total.all + Object.values(times).reduce((one, more) => one + more, 0),
    }),
    { idle: 0, all: 0 },
  );
const idleShare = (before: ReturnType<typeof idleTimes>, after: ReturnType<typeof idleTimes>): number =>
  two((after.idle - before.idle) / Math.max(1, after.all - before.all));
