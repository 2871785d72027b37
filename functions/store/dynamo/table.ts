import {
  BatchGetCommand,
  GetCommand,
  QueryCommand,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { z } from 'zod';
import type { Key } from './keys.ts';

/** The client and the name of the one table. */
export interface Table {
  readonly db: DynamoDBDocumentClient;
  readonly name: string;
}

/** Reads one item by its key, consistently unless told otherwise, and parses it. */
export async function get<S extends z.ZodType>(
  table: Table,
  key: Key,
  schema: S,
  consistent = true,
): Promise<z.output<S> | null> {
  const { Item } = await table.db.send(
    new GetCommand({ TableName: table.name, Key: { ...key }, ConsistentRead: consistent }),
  );
  return Item === undefined ? null : schema.parse(Item);
}

/** BatchGetItem takes 100 keys at a time and may leave some for another call. */
const KEYS_AT_ONCE = 100;

/** Reads many items by their keys; those that are not there are left out, and the order is not kept. */
export async function getMany<S extends z.ZodType>(
  table: Table,
  wanted: readonly Key[],
  schema: S,
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
    for (const item of Responses?.[table.name] ?? []) found.push(schema.parse(item));
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

/** One page of a query, as the service gives it, and where the next begins. */
export async function queryPage<S extends z.ZodType>(
  table: Table,
  wanted: Wanted,
  schema: S,
): Promise<{ items: z.output<S>[]; last: Record<string, unknown> | undefined }> {
  const answer = await table.db.send(new QueryCommand(queryInput(table, wanted)));
  return { items: (answer.Items ?? []).map((item) => schema.parse(item)), last: answer.LastEvaluatedKey };
}

/** Everything that a query finds, over as many pages as it takes (a page ends at 1 MB). */
export async function queryAll<S extends z.ZodType>(table: Table, wanted: Wanted, schema: S): Promise<z.output<S>[]> {
  const found: z.output<S>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const answer = await table.db.send(
      new QueryCommand({ ...queryInput(table, wanted), ...(start ? { ExclusiveStartKey: start } : {}) }),
    );
    for (const item of answer.Items ?? []) found.push(schema.parse(item));
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
