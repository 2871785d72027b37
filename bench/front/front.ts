import { Agent, createServer, request, type IncomingMessage } from 'node:http';
import { closeServer, listen } from '../../functions/local/listening.ts';
import { freePort, HOST } from '../../functions/local/ports.ts';
import { instant, type Instant } from '../../functions/domain/time.ts';
import type { Clock } from '../../functions/usecases/context.ts';
import { cancelled, conflict, throttled, type Answer, type Reason } from './answers.ts';
import { Budgets, kindOfKey, LIMITS, TABLE, type Limits, type Peaks, type Use } from './budgets.ts';
import { attributesOf, Items, keyOf, partitionOf, textOf, type Action, type Attributes } from './items.ts';
import { holdOf, latencyOf } from './latency.ts';

export interface FrontOptions {
  /** The engine behind it. */
  readonly endpoint: string;
  readonly clock: Clock;
  /** From 0 to 1, as Math.random. */
  readonly random?: () => number;
  readonly limits?: Limits;
}

/** What came by, since the front began. */
export interface Seen {
  readonly calls: Map<string, number>;
  readonly units: { read: number; write: number };
  /** By kind of key: requests refused because of it. */
  readonly throttled: Map<string, number>;
  readonly conflicts: Map<string, number>;
  /** Writes whose condition did not hold. */
  refused: number;
  readonly peaks: Peaks;
}

/** DynamoDB's limits before an engine that has none. */
export interface Front {
  readonly endpoint: string;
  readonly seen: Seen;
  stop(): Promise<void>;
}

/** The parts of a request that say what it touches. */
interface Body {
  readonly TableName?: string;
  readonly Item?: Attributes;
  readonly Key?: Attributes;
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeValues?: Attributes;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys?: readonly Attributes[] }>>;
  readonly TransactItems?: readonly Action[];
}

/** What a request asks for. */
interface Asked {
  readonly operation: string;
  readonly target: string;
  /** Headers of the signature, which the engine wants to see and does not check. */
  readonly signed: Readonly<Record<string, string>>;
  readonly table: string;
  readonly text: string;
  readonly body: Body;
}

/** What the rest of an answer may say of itself. */
interface Told {
  readonly ConsumedCapacity?: { readonly CapacityUnits?: number } | readonly { readonly CapacityUnits?: number }[];
}

/** For ever: a busy machine must not close a connection in the moment that somebody sends over it. */
export const KEPT_OPEN = 0;

/**
 * Stands between the product and an engine, as DynamoDB would: takes its time, throttles what one partition key cannot
 * bear, and refuses transactions and writes that meet an item in another transaction. Everything else is the engine's
 * answer. It is a server of its own, so that the product runs unchanged, as several processes if need be, and its client
 * meets refusals where it would: on the wire, below its own retries.
 */
export async function startFront(options: FrontOptions): Promise<Front> {
  const { clock, random = Math.random } = options;
  const budgets = new Budgets(options.limits ?? LIMITS);
  const items = new Items();
  const busy = new Set<string>();
  const seen: Seen = {
    calls: new Map(),
    units: { read: 0, write: 0 },
    throttled: new Map(),
    conflicts: new Map(),
    refused: 0,
    peaks: budgets.peaks,
  };
  const engine = engineAt(options.endpoint);
  const until = (at: Instant) => {
    const left = at - clock.now();
    return left > 0 ? clock.wait(left) : Promise.resolve();
  };
  const spend = (uses: readonly Use[]) => {
    budgets.spend(uses, clock.now());
    for (const { kind, units } of uses) seen.units[kind] += units;
  };
  const overBudget = (uses: readonly Use[]): Use[] => {
    const over = budgets.over(uses, clock.now());
    for (const kind of new Set(over.map(kindOfKey))) more(seen.throttled, kind);
    return over;
  };
  const metBusy = (actions: readonly Action[]): Action[] => {
    const met = actions.filter((action) => busy.has(keyOf(attributesOf(action))));
    for (const kind of new Set(met.map((action) => prefixOf(action)))) more(seen.conflicts, kind);
    return met;
  };

  async function read(asked: Asked): Promise<Answer> {
    const keys = asked.body.RequestItems?.[asked.table]?.Keys ?? (asked.body.Key ? [asked.body.Key] : []);
    const partitions = keys.length > 0 ? keys.map(partitionOf) : [partitionQueried(asked.body)];
    const resource = asked.body.IndexName ?? TABLE;
    const uses = partitions.map((partition): Use => ({ resource, partition, kind: 'read', units: 0 }));
    const over = overBudget(uses);
    // of a batch, the service leaves out what it throttles; here the whole is refused
    if (over.length > 0) return throttled(asked.table, over);
    const answer = await engine({ ...asked, text: JSON.stringify({ ...asked.body, ReturnConsumedCapacity: 'TOTAL' }) });
    const units = unitsTold(answer) / partitions.length;
    spend(uses.map((use) => ({ ...use, units })));
    return answer;
  }

  async function write(asked: Asked, actions: readonly Action[]): Promise<Answer> {
    const uses = actions.flatMap((action) => items.usesOf(action, 1));
    const over = overBudget(uses);
    if (over.length > 0) return throttled(asked.table, over);
    if (metBusy(actions).length > 0) return conflict();
    return carriedOut(asked, actions, uses);
  }

  async function transact(asked: Asked, actions: readonly Action[], hold: number): Promise<Answer> {
    const each = actions.map((action) => items.usesOf(action, 2));
    const over = new Set(overBudget(each.flat()).map(placeOf));
    if (over.size > 0)
      return cancelled(
        each.map((uses): Reason => (uses.some((use) => over.has(placeOf(use))) ? 'ThrottlingError' : null)),
      );
    const met = metBusy(actions);
    if (met.length > 0) {
      spend(each.flat());
      return cancelled(actions.map((action): Reason => (met.includes(action) ? 'TransactionConflict' : null)));
    }
    const keys = actions.map((action) => keyOf(attributesOf(action)));
    const free = plus(clock.now(), hold);
    for (const key of keys) busy.add(key);
    try {
      const answer = await carriedOut(asked, actions, each.flat());
      await until(free);
      return answer;
    } finally {
      for (const key of keys) busy.delete(key);
    }
  }

  async function carriedOut(asked: Asked, actions: readonly Action[], uses: readonly Use[]): Promise<Answer> {
    spend(uses);
    const answer = await engine(asked);
    if (answer.status === 200) for (const action of actions) items.learn(action);
    else seen.refused += 1;
    return answer;
  }

  async function transactRead(asked: Asked, actions: readonly Action[]): Promise<Answer> {
    const met = metBusy(actions);
    if (met.length > 0)
      return cancelled(actions.map((action): Reason => (met.includes(action) ? 'TransactionConflict' : null)));
    const uses = actions.map((action): Use => ({
      resource: TABLE,
      partition: partitionOf(attributesOf(action)),
      kind: 'read',
      units: 2,
    }));
    const over = overBudget(uses);
    if (over.length > 0) return cancelled(uses.map((use): Reason => (over.includes(use) ? 'ThrottlingError' : null)));
    spend(uses);
    return engine(asked);
  }

  /** Half of the way there, the work, and the way back, so that the whole takes what it takes at the service. */
  async function answerTo(asked: Asked): Promise<Answer> {
    const actions = actionsOf(asked);
    if (actions === null) return engine(asked);
    more(seen.calls, asked.operation);
    const transaction = asked.operation.startsWith('Transact');
    const takes = latencyOf(actions.length, transaction, random);
    const hold = transaction ? holdOf(random) : 0;
    const back = plus(clock.now(), takes);
    await clock.wait(Math.max(0, takes - hold) / 2);
    const answer = await answered(asked, actions, hold);
    await until(back);
    return answer;
  }

  const answered = (asked: Asked, actions: readonly Action[], hold: number): Promise<Answer> => {
    if (asked.operation === 'TransactWriteItems') return transact(asked, actions, hold);
    if (asked.operation === 'TransactGetItems') return transactRead(asked, actions);
    return actions.length > 0 ? write(asked, actions) : read(asked);
  };

  const server = createServer((incoming, outgoing) => {
    void bodyOf(incoming)
      .then((text) => answerTo(askedOf(incoming, text)))
      .then(
        ({ status, body }) => outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body),
        () => outgoing.destroy(),
      );
  });
  server.keepAliveTimeout = KEPT_OPEN;
  const port = await freePort();
  await listen(server, port);
  return {
    endpoint: `http://${HOST}:${port}`,
    seen,
    stop: async () => {
      await closeServer(server);
      engine.close();
    },
  };
}

const plus = (at: Instant, milliseconds: number): Instant => instant(Math.ceil(at + milliseconds));
const more = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
const placeOf = ({ resource, partition }: Use): string => `${resource} ${partition}`;
const prefixOf = (action: Action): string => partitionOf(attributesOf(action)).split('#')[0] ?? '';

/** The partition that the first equality of a query's condition names. */
const partitionQueried = ({ KeyConditionExpression = '', ExpressionAttributeValues = {} }: Body): string =>
  textOf(ExpressionAttributeValues, /=\s*(:\w+)/.exec(KeyConditionExpression)?.[1] ?? '');

/** What an operation does to items: nothing for a read, and null for one that has to do with no item. */
function actionsOf({ operation, body }: Asked): readonly Action[] | null {
  switch (operation) {
    case 'GetItem':
    case 'BatchGetItem':
    case 'Query':
      return [];
    case 'PutItem':
      return body.Item ? [{ Put: { Item: body.Item } }] : [];
    case 'UpdateItem':
      return body.Key ? [{ Update: { Key: body.Key } }] : [];
    case 'DeleteItem':
      return body.Key ? [{ Delete: { Key: body.Key } }] : [];
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return body.TransactItems ?? [];
    default:
      return null;
  }
}

function unitsTold({ status, body }: Answer): number {
  if (status !== 200) return 0;
  const { ConsumedCapacity: told = [] }: Told = JSON.parse(body);
  return [told].flat().reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  return Buffer.concat(parts).toString();
}

function askedOf({ headers }: IncomingMessage, text: string): Asked {
  const target = String(headers['x-amz-target']);
  const body: Body = JSON.parse(text);
  const action = body.TransactItems?.[0];
  const first: Body = { ...(action?.Put ?? action?.Update ?? action?.Delete ?? action?.ConditionCheck ?? action?.Get) };
  return {
    operation: target.split('.')[1] ?? '',
    target,
    signed: { authorization: headers.authorization ?? '', 'x-amz-date': String(headers['x-amz-date']) },
    table: body.TableName ?? Object.keys(body.RequestItems ?? {})[0] ?? first.TableName ?? '',
    text,
    body,
  };
}

interface Engine {
  (asked: Asked): Promise<Answer>;
  close(): void;
}

/** Hands requests on over connections that stay open. */
function engineAt(endpoint: string): Engine {
  const agent = new Agent({ keepAlive: true });
  const ask = async ({ target, signed, text }: Asked): Promise<Answer> => {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(endpoint, {
        agent,
        method: 'POST',
        headers: { ...signed, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
      })
        .once('response', resolve)
        .once('error', reject)
        .end(text);
    });
    return { status: answer.statusCode ?? 500, body: await bodyOf(answer) };
  };
  return Object.assign(ask, { close: () => agent.destroy() });
}
