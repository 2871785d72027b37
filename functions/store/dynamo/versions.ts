import * as z from 'zod';
import { UnreadableItem } from '../../domain/unreadable.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** Makes an item of one version an item of the next. */
type Lift = (item: Attributes) => Attributes;

/**
 * A kind of item whose shape has changed: how the present one is read, and what makes each earlier one the next, from
 * version 1 on. It is written with `v`, the present version, beside its attributes.
 */
export interface Kind<S extends z.ZodType> {
  readonly schema: S;
  readonly v: number;
  readonly lifts: readonly Lift[];
}

export const kind = <S extends z.ZodType>(schema: S, ...lifts: readonly Lift[]): Kind<S> => ({
  schema,
  v: lifts.length + 1,
  lifts,
});

/** A kind of item as the readers take it; a bare schema is a kind that is still in its first version. */
export type Readable<S extends z.ZodType> = S | Kind<S>;

/** An item without `v` is of version 1. */
const Version = z.int().min(1).default(1);

/**
 * An item in the present form of its kind, whichever version it was written by.
 * @throws {UnreadableItem} when it is of a later version or not of its kind at all: it is refused, never guessed at
 */
export function read<S extends z.ZodType>(item: Attributes, readable: Readable<S>): z.output<S> {
  const { schema, v, lifts } = 'lifts' in readable ? readable : kind(readable);
  const version = Version.safeParse(item['v']);
  if (!version.success) throw new UnreadableItem(subjectOf(item), 'its version');
  if (version.data > v)
    throw new UnreadableItem(subjectOf(item), `version ${version.data}, and this desk reads up to ${v}`);
  const lifted = lifts.slice(version.data - 1).reduce((one: Attributes, lift) => lift(one), item);
  const parsed = schema.safeParse(lifted);
  if (parsed.success) return parsed.data;
  const parts = new Set(parsed.error.issues.map(({ path }) => path.map(String).join('.')));
  throw new UnreadableItem(subjectOf(item), [...parts].join(', ') || 'all of it');
}

/** The keys of these contain addresses. */
const PERSONAL = /^(EMAIL|HOST)#/;

/** How an item is named where it can't be read. */
export function subjectOf({ pk, sk }: { readonly pk?: unknown; readonly sk?: unknown }): string {
  const [partition, rest] = [String(pk), String(sk)];
  return PERSONAL.test(partition) ? rest : `${partition} ${rest}`;
}
