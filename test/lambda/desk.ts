import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { tableDefinition } from '../../functions/store/dynamo/schema.ts';
import { bundleAll, type FunctionName } from '../../stacks/bundle.ts';
import { startCloud, type Cloud } from './cloud.ts';
import { restEvent, route, type Ask } from './gateway.ts';
import { lambdaEnvironment, startFunction, type Running } from './running.ts';
import { scheduledEvent } from './schedule.ts';
import { streamOf } from './stream.ts';
import { environmentOf, timeoutMsOf } from './template.ts';

const Result = z.object({
  statusCode: z.number(),
  multiValueHeaders: z.record(z.string(), z.array(z.string())),
  body: z.string(),
  isBase64Encoded: z.boolean(),
});

const Failures = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

/** An answer as the gateway gives it out. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string[]>>;
  readonly body: Buffer;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** What the stream's function made of some records. */
interface Streamed {
  readonly records: number;
  readonly sequences: readonly string[];
  readonly failed: readonly string[];
}

/** The desk on AWS, as far as one machine can have it: bundles, gateway, stream, policies, secrets and mail. */
export interface DeskOnAws {
  readonly cloud: Cloud;
  readonly ids: string;
  /** Asks by the gateway; the function behind the route answers. */
  ask(
    method: string,
    address: string,
    ask?: Ask & { readonly token?: string; readonly json?: unknown },
  ): Promise<Answer>;
  /** Gives the stream's new records to the function that reads it, and its answer. */
  stream(remainingMs?: number): Promise<Streamed>;
  /** Gives the same records once more, or some of them, as Lambda does when it is not sure. */
  again(sequences?: readonly string[]): Promise<Streamed>;
  /** Starts a function with other settings, beside the one that runs; whoever starts it stops it. */
  start(name: FunctionName, change: Readonly<Record<string, string | undefined>>): Promise<Running>;
  /** Calls a function as its schedule does, or an operator by hand. */
  call(name: FunctionName, event?: unknown, remainingMs?: number): Promise<unknown>;
  /** Ends a function's process, so that its next call finds a cold one. */
  cool(name: FunctionName): Promise<void>;
  /** Everything that every function wrote. */
  logs(): string;
  stop(): Promise<void>;
  readonly table: string;
  readonly client: DynamoDBClient;
}

/**
 * Puts it up over an engine, with a table of its own that has a stream.
 * @param auth what the function `auth` is told in place of the stage's settings
 */
export async function openDesk(engine: string, auth: Readonly<Record<string, string>> = {}): Promise<DeskOnAws> {
  const table = `lambda-${randomUUID()}`;
  const client = new DynamoDBClient({
    endpoint: engine,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const stream = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
  await client.send(new CreateTableCommand({ ...tableDefinition(table), StreamSpecification: stream }));
  const { IDS_SECRET_ARN = '' } = environmentOf('api');
  const ids = 'the secret of the tests, of sixty-four letters, more or less';
  const [bundles, cloud, read] = await Promise.all([
    bundleAll(),
    startCloud(engine, table, { [IDS_SECRET_ARN]: ids }),
    streamOf(engine, table),
  ]);
  const running = new Map<FunctionName, Promise<Running>>();
  const ended: string[] = [];
  const functionOf = (name: FunctionName): Promise<Running> => {
    const found =
      running.get(name) ??
      startFunction(bundles[name], {
        ...environmentOf(name),
        ...lambdaEnvironment(name, cloud.url),
        ...(name === 'auth' ? auth : {}),
      });
    running.set(name, found);
    return found;
  };
  const cool = async (name: FunctionName) => {
    const one = await running.get(name);
    running.delete(name);
    ended.push(one?.log() ?? '');
    await one?.stop();
  };
  let written = '';
  const remember = async () => {
    written = [...ended, ...(await Promise.all(running.values())).map((one) => one.log())].join('\n');
  };
  let last: Awaited<ReturnType<typeof read>> = [];
  const give = async (records: typeof last, remainingMs?: number): Promise<Streamed> => {
    const sequences = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    if (records.length === 0) return { records: 0, sequences, failed: [] };
    const answer = await (await functionOf('stream')).invoke({ Records: records }, remainingMs);
    await remember();
    const { batchItemFailures } = Failures.parse(answer);
    return {
      records: records.length,
      sequences,
      failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    };
  };
  return {
    cloud,
    ids,
    table,
    client,
    async ask(method, address, { token, json, headers, body } = {}) {
      const { to } = route(new URL(address, 'https://gateway.invalid').pathname);
      if (!to) throw new Error(`the gateway knows no ${address}`);
      const event = restEvent(method, address, {
        headers: {
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(json === undefined ? (body === undefined ? {} : { body }) : { body: JSON.stringify(json) }),
      });
      const result = Result.parse(await (await functionOf(to as FunctionName)).invoke(event));
      await remember();
      const bytes = Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8');
      return {
        status: result.statusCode,
        headers: result.multiValueHeaders,
        body: bytes,
        text: bytes.toString(),
        get json() {
          return z.record(z.string(), z.unknown()).parse(JSON.parse(bytes.toString()));
        },
      };
    },
    async stream(remainingMs) {
      last = await read();
      return give(last, remainingMs);
    },
    again: (sequences) =>
      give(last.filter(({ dynamodb }) => sequences === undefined || sequences.includes(dynamodb.SequenceNumber))),
    async start(name, change) {
      const environment = { ...environmentOf(name), ...lambdaEnvironment(name, cloud.url), ...change };
      const set = Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
      return startFunction(bundles[name], Object.fromEntries(set) as Record<string, string>);
    },
    async call(name, event = scheduledEvent(name) ?? {}, remainingMs = timeoutMsOf(name)) {
      try {
        return await (await functionOf(name)).invoke(event, remainingMs);
      } finally {
        await remember();
      }
    },
    cool,
    logs: () => written,
    async stop() {
      await Promise.all(Array.from(running.keys(), cool));
      await cloud.stop();
      await client.send(new DeleteTableCommand({ TableName: table }));
      client.destroy();
    },
  };
}
