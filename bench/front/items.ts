import { TABLE as SCHEMA } from '../../functions/store/dynamo/schema.ts';
import { TABLE, type Use } from './budgets.ts';

/** An attribute as DynamoDB's JSON has it: `{ "S": "text" }`. */
type Value = Readonly<Record<string, unknown>>;
export type Attributes = Readonly<Record<string, Value>>;

/** One action on one item, as requests name it. */
export interface Action {
  readonly Put?: { readonly Item: Attributes };
  readonly Update?: { readonly Key: Attributes };
  readonly Delete?: { readonly Key: Attributes };
  readonly ConditionCheck?: { readonly Key: Attributes };
  readonly Get?: { readonly Key: Attributes };
}

const KILOBYTE = 1_024;

/** The size of an item as DynamoDB counts it (developer guide, item sizes): names and values. */
const bytesOfAll = (attributes: Attributes): number =>
  Object.entries(attributes).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + bytesOf(value), 0);

function bytesOf(value: Value): number {
  const [[type, inner] = ['NULL', null]] = Object.entries(value);
  if (type === 'M') return 3 + bytesOfAll(inner as Attributes) + Object.keys(inner as Attributes).length;
  if (type === 'L') return 3 + (inner as Value[]).reduce((sum, one) => sum + bytesOf(one) + 1, 0);
  if (type === 'N') return Math.ceil(String(inner).replace(/[-.]/g, '').length / 2) + 1;
  if (typeof inner === 'string') return Buffer.byteLength(inner);
  return Array.isArray(inner) ? inner.reduce((sum: number, one) => sum + Buffer.byteLength(String(one)), 0) : 1;
}

export function textOf(attributes: Attributes, name: string): string {
  const text = attributes[name]?.['S'];
  return typeof text === 'string' ? text : '';
}
export const keyOf = (attributes: Attributes): string =>
  `${textOf(attributes, SCHEMA.partitionKey)} ${textOf(attributes, SCHEMA.sortKey)}`;
export const partitionOf = (attributes: Attributes): string => textOf(attributes, SCHEMA.partitionKey);

/** What is known of an item: its size in units, and where each index has it. */
interface Known {
  readonly units: number;
  readonly entries: ReadonlyMap<string, { readonly partition: string; readonly sort: string }>;
}
const NOTHING: Known = { units: 1, entries: new Map() };

/** Whose keys they are, of a put, update, delete, check or get. */
export const attributesOf = (action: Action): Attributes =>
  action.Put?.Item ?? (action.Update ?? action.Delete ?? action.ConditionCheck ?? action.Get)?.Key ?? {};

/**
 * What writes cost, partition by partition: a unit a started kilobyte of the larger of an item before and after, twice
 * that in a transaction, and one for each entry that an index gains or loses. Items are known from the writes that went
 * through here; one that was not seen counts as small. An update changes no key of an index.
 */
export class Items {
  readonly #known = new Map<string, Known>();

  usesOf(action: Action, times: 1 | 2): Use[] {
    const item = attributesOf(action);
    const before = this.#known.get(keyOf(item)) ?? NOTHING;
    const after = afterwards(action, before);
    return [
      {
        resource: TABLE,
        partition: partitionOf(item),
        kind: 'write',
        units: times * Math.max(before.units, after.units),
      },
      ...SCHEMA.indexes.flatMap(({ name }) => entryUses(name, before, after)),
    ];
  }

  /** An action was carried out. */
  learn(action: Action): void {
    const key = keyOf(attributesOf(action));
    if (action.Delete) this.#known.delete(key);
    else this.#known.set(key, afterwards(action, this.#known.get(key) ?? NOTHING));
  }
}

function afterwards(action: Action, before: Known): Known {
  if (action.Delete) return NOTHING;
  if (!action.Put) return before;
  const { Item } = action.Put;
  const entries = SCHEMA.indexes.flatMap(({ name, partitionKey, sortKey }) => {
    const [partition, sort] = [textOf(Item, partitionKey), textOf(Item, sortKey)];
    return partition ? [[name, { partition, sort }] as const] : [];
  });
  return { units: Math.ceil(bytesOfAll(Item) / KILOBYTE), entries: new Map(entries) };
}

function entryUses(index: string, before: Known, after: Known): Use[] {
  const [was, is] = [before.entries.get(index), after.entries.get(index)];
  if (was?.partition === is?.partition && was?.sort === is?.sort) return [];
  return [was, is].flatMap((entry) =>
    entry ? [{ resource: index, partition: entry.partition, kind: 'write' as const, units: 1 }] : [],
  );
}
