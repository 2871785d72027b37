import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { instant, SECOND } from '../functions/domain/time.ts';
import { PROGRAMS } from '../functions/seed/programs.ts';
import { tableDefinition } from '../functions/store/dynamo/schema.ts';
import type { Clock, Context } from '../functions/usecases/context.ts';
import { deliverOutbox } from '../functions/usecases/deliver-outbox.ts';
import { examineDesk } from '../functions/usecases/doctor.ts';
import { seedDesk } from '../functions/usecases/seed-desk.ts';
import { OUTBOX_SHARDS } from '../functions/usecases/store-port.ts';
import { sweep } from '../functions/usecases/sweep.ts';
import { asSystem } from '../functions/usecases/system.ts';
import { countedClient, nothing } from './counted.ts';
import { appOver, deskOver, TABLE_NAME, tokensOf } from './desk.ts';

/** What something costs, in capacity units as the engine counts them. */
export interface UnitRow {
  readonly what: string;
  readonly writes: number;
  readonly reads: number;
}

/** Trainings in the catalog: half a year of the Center's. */
const EVENTS = 40;
/** As many as the promoter seats in one transaction. */
const CROWD = 24;
const ROSTER = 100;

const Id = z.object({ id: z.string() });
const Items = z.object({ items: z.array(z.object({ id: z.string(), key: z.string() })) });

/** A process of the desk, which keeps nothing yet, and what it is asked over HTTP. */
function aDesk(context: Context) {
  const app = appOver(context);
  return async (path: string, token: string, body?: unknown): Promise<unknown> => {
    const response = await app.fetch(
      new Request(`${context.desk.origin}${path}`, {
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      }),
    );
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return path.startsWith('/api/') ? response.json() : response.text();
  };
}

/**
 * Does once, on an engine, everything that the desk's table is used for, each time in a process that remembers nothing,
 * and counts. The whole is run in order: the rows stand on one another.
 */
export async function unitRows(endpoint: string): Promise<UnitRow[]> {
  const counted = nothing();
  const db = countedClient(endpoint, counted);
  await db.send(new CreateTableCommand(tableDefinition(TABLE_NAME)));
  let at = Date.now();
  const clock: Clock = {
    now: () => instant(at),
    wait: async (milliseconds) => {
      at += Math.ceil(milliseconds);
    },
  };
  const codes: string[] = [];
  const fresh = (): Context => ({
    ...deskOver(db, clock, 'http://127.0.0.1:1'),
    mailer: {
      send: async (letter) => {
        if (letter.about === 'sign-in') codes.push(letter.code);
        return { outcome: 'sent', id: 'nowhere' };
      },
    },
  });
  const rows: UnitRow[] = [];
  /** @param by how many shared the work */
  const counts = async <T>(what: string, work: (desk: Context) => Promise<T>, by = 1): Promise<T> => {
    Object.assign(counted, nothing());
    const done = await work(fresh());
    const each = (units: number) => Math.round((units / by) * 10) / 10;
    rows.push({ what, writes: each(counted.writes), reads: each(counted.reads) });
    return done;
  };
  const ask = (desk: Context, path: string, token: string, body?: unknown) => aDesk(desk)(path, token, body);
  /** Each shard that holds something, as the stream names them. */
  const stream = async (desk: Context) => {
    for (const shard of await shardsWithMail(desk)) await deliverOutbox(desk, { shards: [shard] });
  };
  const shardsWithMail = async (desk: Context) => {
    const before = { ...counted };
    const all = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => shard);
    const owed = await Promise.all(all.map((shard) => desk.store.owed(shard)));
    Object.assign(counted, before);
    return all.filter((shard) => (owed[shard] ?? []).length > 0);
  };

  const desk = fresh();
  await seedDesk(desk, { programs: PROGRAMS, hosts: [] });
  const [staff = ''] = await tokensOf(desk, 'staff', ['staff@ccht.example.org']);
  const people = await tokensOf(desk, 'participant', addresses(CROWD * 2 + ROSTER + 1));
  const programs = Items.parse(await ask(desk, '/api/programs', staff)).items;
  const program = programs.find(({ key }) => key === 'cp-webinar-public')?.id;
  const publish = async (more: Record<string, unknown>) => {
    const inDays = (days: number, hours = 0) => new Date(at + days * 864e5 + hours * 36e5).toISOString();
    const { id } = Id.parse(
      await ask(desk, '/api/events', staff, {
        programId: program,
        title: 'Webinar',
        description: 'One hour.',
        timeZone: 'America/New_York',
        sessions: [
          { title: 'Webinar', startsAt: inDays(14), endsAt: inDays(14, 1), joinUrl: 'https://meet.example.com/1' },
        ],
        capacity: null,
        approval: 'automatic',
        opensAt: inDays(-1),
        closesAt: inDays(13),
        ...more,
      }),
    );
    await ask(desk, `/api/events/${id}/publish`, staff, {});
    return id;
  };
  const open = await publish({});
  const crowded = await publish({ mode: 'sealed', capacity: CROWD });
  for (let more = 2; more < EVENTS; more += 1) await publish({});
  const register = (by: Context, event: string, token: string) =>
    ask(by, `/api/events/${event}/registrations`, token, {}).then((answer) => Id.parse(answer).id);

  const newcomer = 'newcomer@agency.example.gov';
  const token = await counts('signing in by code, the first time', async (by) => {
    const { challenge } = z
      .object({ challenge: z.string() })
      .parse(await ask(by, '/api/sign-in', '', { email: newcomer }));
    await deliverOutbox(by, { shards: ['codes'] });
    const code = codes.at(-1);
    const signed = await ask(by, '/api/sign-in/verify', '', { email: newcomer, code, challenge });
    return z.object({ token: z.string() }).parse(signed).token;
  });
  await counts(`the catalog of ${EVENTS} trainings`, (by) => ask(by, '/', token));
  await counts('the page of a training', (by) => ask(by, `/trainings/webinar-${open}`, token));
  await counts('the page to register on', (by) => ask(by, `/trainings/webinar-${open}/register`, token));
  const mine = await counts('registering, open pool', (by) => register(by, open, token));
  await counts('its message', stream);
  await counts('the page of a registration', (by) => ask(by, `/registrations/${mine}`, token));
  await counts('giving it back, and the message', async (by) => {
    await ask(by, `/api/registrations/${mine}/cancel`, token, {});
    await stream(by);
  });

  const [seated, waiting, rest] = [people.slice(0, CROWD), people.slice(CROWD, CROWD * 2), people.slice(CROWD * 2)];
  await counts(
    'joining the line, sealed pool with seats',
    async () => {
      for (const one of seated) await register(fresh(), crowded, one);
    },
    CROWD,
  );
  await clock.wait(6 * SECOND);
  await counts(
    'being seated from the line, its share of a full batch',
    async (by) => {
      await sweep(by);
    },
    CROWD,
  );
  await counts('the message of each', stream, CROWD);
  await counts(
    'joining the line, sealed pool without seats, and the message',
    async (by) => {
      for (const one of waiting) await register(fresh(), crowded, one);
      await stream(by);
    },
    CROWD,
  );
  for (const one of rest) await register(desk, open, one);
  await stream(desk);
  await counts(`the roster of ${ROSTER + 1} people`, (by) => ask(by, `/staff/events/${open}/roster`, staff));
  await counts('a sweep with nothing to do', (by) => sweep(by));
  await counts('a look at the outbox with nothing in it', (by) => deliverOutbox(by));
  await counts(`the night's look at ${EVENTS} trainings`, (by) => examineDesk(asSystem(by, 'doctor')));
  return rows;
}

const addresses = (count: number): string[] => Array.from({ length: count }, (_, n) => `person${n}@agency.example.gov`);

/** As docs/capacity.md has them. */
export const asTable = (rows: readonly UnitRow[]): string =>
  [
    '| what | write units | read units |',
    '|---|---|---|',
    ...rows.map(({ what, writes, reads }) => `| ${what} | ${writes} | ${reads} |`),
  ].join('\n');
