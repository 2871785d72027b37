import {
  BatchGetCommand,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { UnreadableItem } from '../../domain/unreadable.ts';
import type { Key } from './keys.ts';
import { read, type Readable } from './versions.ts';

/** The client and the name of the one table. */
export interface Table {
  readonly db: DynamoDBDocumentClient;
  readonly name: string;
  /** Told of each item that was met and can't be read: a list goes on without it, and nobody else would know. */
  readonly unreadable?: (item: UnreadableItem) => void;
}

/** What a list in an index says of an item: where the item is. */
export const KeyOnly = z.object({ pk: z.string(), sk: z.string() });

/**
 * Reads one item by its key, consistently unless told otherwise, and parses it.
 * @throws {UnreadableItem} when it is there and can't be read: what was asked for by its key can't be left out
 */
export async function get<S extends z.ZodType>(
  table: Table,
  key: Key,
  readable: Readable<S>,
  consistent = true,
): Promise<z.output<S> | null> {
  const { Item } = await table.db.send(
    new GetCommand({ TableName: table.name, Key: { ...key }, ConsistentRead: consistent }),
  );
  if (Item === undefined) return null;
  const [item, unreadable] = readAll(table, [Item], readable);
  if (unreadable[0]) throw unreadable[0];
  return item[0] ?? null;
}

/** Whether an item exists, without reading its attributes. */
export async function exists(table: Table, key: Key): Promise<boolean> {
  const { Item } = await table.db.send(
    new GetCommand({ TableName: table.name, Key: { ...key }, ConsistentRead: true, ProjectionExpression: 'pk' }),
  );
  return Item !== undefined;
}

/** Those of some items that can be read, and those that can't. */
function readAll<S extends z.ZodType>(
  table: Table,
  items: readonly Record<string, unknown>[] | undefined,
  readable: Readable<S>,
): [found: z.output<S>[], unreadable: UnreadableItem[]] {
  const found: z.output<S>[] = [];
  const unreadable: UnreadableItem[] = [];
  for (const item of items ?? [])
    try {
      found.push(read(item, readable));
    } catch (error) {
      if (!(error instanceof UnreadableItem)) throw error;
      unreadable.push(error);
      table.unreadable?.(error);
    }
  return [found, unreadable];
}

/** BatchGetItem takes 100 keys at a time and may leave some for another call. */
const KEYS_AT_ONCE = 100;

/** Reads many items by their keys; those that are not there, or can't be read, are left out, and the order is not kept. */
export async function getMany<S extends z.ZodType>(
  table: Table,
  wanted: readonly Key[],
  readable: Readable<S>,
  consistent = true,
): Promise<z.output<S>[]> {
  const found: z.output<S>[] = [];
  let rest = [...new Map(wanted.map((key) => [`${key.pk} ${key.sk}`, { pk: key.pk, sk: key.sk }])).values()];
  while (rest.length > 0) {
    const asked = rest.slice(0, KEYS_AT_ONCE);
    rest = rest.slice(KEYS_AT_ONCE);
    const { Responses, UnprocessedKeys } = await table.db.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: asked, ConsistentRead: consistent } } }),
    );
    found.push(...readAll(table, Responses?.[table.name], readable)[0]);
    for (const { pk, sk } of UnprocessedKeys?.[table.name]?.Keys ?? []) rest.push({ pk: String(pk), sk: String(sk) });
  }
  return found;
}

/** What a query looks for: a partition, and of its sort keys a beginning, or those from or up to one. */
export interface Wanted {
  readonly index?: 'gsi1' | 'gsi2';
  readonly pk: string;
  readonly begins?: string;
  readonly from?: string;
  readonly before?: string;
  readonly backwards?: boolean;
  readonly limit?: number;
  /** Goes on behind this sort key (base table only). */
  readonly after?: string | null;
  readonly consistent?: boolean;
}

function queryInput(table: Table, wanted: Wanted): QueryCommandInput {
  const [pk, sk] = wanted.index ? [`${wanted.index}pk`, `${wanted.index}sk`] : ['pk', 'sk'];
  const range = wanted.begins
    ? { text: ' AND begins_with(#sk, :begins)', values: { ':begins': wanted.begins } }
    : wanted.from
      ? { text: ' AND #sk >= :from', values: { ':from': wanted.from } }
      : wanted.before
        ? { text: ' AND #sk < :before', values: { ':before': wanted.before } }
        : { text: '', values: {} };
  return {
    TableName: table.name,
    KeyConditionExpression: `#pk = :pk${range.text}`,
    ExpressionAttributeNames: { '#pk': pk, ...(range.text ? { '#sk': sk } : {}) },
    ExpressionAttributeValues: { ':pk': wanted.pk, ...range.values },
    ScanIndexForward: !wanted.backwards,
    ...(wanted.index ? { IndexName: wanted.index } : { ConsistentRead: wanted.consistent ?? true }),
    ...(wanted.limit ? { Limit: wanted.limit } : {}),
    ...(wanted.after ? { ExclusiveStartKey: { pk: wanted.pk, sk: wanted.after } } : {}),
  };
}

/** One page of a query, as the service gives it, and where the next begins; with how many of it can't be read. */
export async function queryPage<S extends z.ZodType>(
  table: Table,
  wanted: Wanted,
  readable: Readable<S>,
): Promise<{ items: z.output<S>[]; unreadable: number; last: Record<string, unknown> | undefined }> {
  const answer = await table.db.send(new QueryCommand(queryInput(table, wanted)));
  const [items, unreadable] = readAll(table, answer.Items, readable);
  return { items, unreadable: unreadable.length, last: answer.LastEvaluatedKey };
}

/** Everything that a query finds and that can be read, over as many pages as it takes (a page ends at 1 MB). */
export async function queryAll<S extends z.ZodType>(
  table: Table,
  wanted: Wanted,
  readable: Readable<S>,
): Promise<z.output<S>[]> {
  const found: z.output<S>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const answer = await table.db.send(
      new QueryCommand({ ...queryInput(table, wanted), ...(start ? { ExclusiveStartKey: start } : {}) }),
    );
    found.push(...readAll(table, answer.Items, readable)[0]);
    start = wanted.limit && found.length >= wanted.limit ? undefined : answer.LastEvaluatedKey;
  } while (start);
  return found;
}

/** How many items a query finds, without reading them out; with a limit, no more than that are looked at. */
export async function count(table: Table, wanted: Wanted): Promise<number> {
  let found = 0;
  let start: Record<string, unknown> | undefined;
  do {
    const answer = await table.db.send(
      new QueryCommand({
        ...queryInput(table, wanted),
        Select: 'COUNT',
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    found += answer.Count ?? 0;
    start = wanted.limit && found >= wanted.limit ? undefined : answer.LastEvaluatedKey;
  } while (start);
  return found;
}

/** Runs a conditional write; false when its condition did not hold. */
export async function conditionHeld(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** A transaction met another one on an item, or a key had no units left: nothing was written, and nothing is broken. */
export class BusyTable extends Error {
  override name = 'BusyTable';
}

/**
 * Writes all or nothing; false when a condition did not hold.
 * @throws {BusyTable} when it may be tried again
 */
export async function transacted(
  table: Table,
  TransactItems: NonNullable<TransactWriteCommandInput['TransactItems']>,
): Promise<boolean> {
  try {
    await table.db.send(new TransactWriteCommand({ TransactItems }));
    return true;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    if (codes.includes('ConditionalCheckFailed')) return false;
    throw codes.includes('ValidationError') ? error : new BusyTable('It may be tried again', { cause: error });
  }
}
