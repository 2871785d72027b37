import { audited } from '../domain/change.ts';
import type { MessageKind, OwedAboutRegistration } from '../domain/owed.ts';
import { conflict, ok, type Result } from '../domain/result.ts';
import type { MailHold, Restore } from '../domain/setting.ts';
import type { Instant } from '../domain/time.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { nameOfActor } from './read-audit.ts';
import { committed, settle } from './settle.ts';
import { OUTBOX_SHARDS } from './store-port.ts';

/**
 * Holds all mail but sign-in codes, within seconds, until it is released: messages wait in the outbox, and everything else
 * goes on. For staff and operators. Held already: nothing changes.
 */
export const holdMail = (ctx: Context): Promise<Result<MailHold>> => set(ctx, true);

/** Releases held mail, in order. Refused until the task that follows a restore has finished: calendars would ignore the mail. */
export async function releaseMail(ctx: Context): Promise<Result<MailHold>> {
  const refused = mayHold(ctx);
  if (refused) return refused;
  const [hold, restore] = await Promise.all([ctx.store.mailHold(), ctx.store.restore()]);
  if (isRestoring(hold, restore))
    return conflict('The desk was restored, and what follows is not done: run after-restore to its end first');
  return set(ctx, false);
}

const isRestoring = (hold: MailHold | null, restore: Restore | null): boolean =>
  hold?.restored === true || restore?.finishedAt === null;

const mayHold = (ctx: Context) => (ctx.actor.role === 'system' ? null : staffOnly(ctx));

async function set(ctx: Context, held: boolean): Promise<Result<MailHold>> {
  const refused = mayHold(ctx);
  if (refused) return refused;
  return settle(ctx, async () => {
    const before = await ctx.store.mailHold();
    if (before?.held === held) return ok(before);
    const at = ctx.clock.now();
    const audit = audited('mail', (before?.rev ?? 0) + 1, at, ctx.actor, held ? 'held all mail' : 'let mail go');
    const after: MailHold = { name: 'mail', rev: (before?.rev ?? 0) + 1, held, since: at, by: audit.actor };
    const change = { settings: [{ before, after }], audit: [audit] };
    return committed(ctx, await ctx.store.commit(change), ok(after));
  });
}

/** Since when all mail is held, for staff; null while it goes out. */
export async function heldSince(ctx: Context): Promise<Result<Instant | null>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const hold = await ctx.store.mailHold();
  return ok(hold?.held ? hold.since : null);
}

/** What would go out if mail were released. */
export interface HeldMail {
  readonly since: MailHold['since'];
  /** "you", a name, or "the desk". */
  readonly by: string;
  readonly total: number;
  /** Most first. */
  readonly kinds: readonly { readonly kind: MessageKind; readonly count: number }[];
  /** Some of them, from `start` on, in the order in which they were owed. */
  readonly some: readonly OwedAboutRegistration[];
  /** What follows a restore is not done, so nothing may go. */
  readonly restoring: boolean;
}

/** What is held back, a page at a time; null while nothing is. */
export async function viewHeldMail(
  ctx: Context,
  input: { readonly start: number; readonly most: number },
): Promise<Result<HeldMail | null>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const hold = await ctx.store.mailHold();
  if (!hold?.held) return ok(null);
  const [by, restore, ...shards] = await Promise.all([
    nameOfActor(ctx, hold.by),
    ctx.store.restore(),
    ...Array.from({ length: OUTBOX_SHARDS }, (_, shard) => ctx.store.owed(shard)),
  ]);
  const owed = shards
    .flat()
    .filter((one) => one.about === 'registration')
    .toSorted((a, b) => a.stamp - b.stamp || a.person.localeCompare(b.person) || a.rev - b.rev);
  const kinds = [...Map.groupBy(owed, ({ kind }) => kind)].map(([kind, of]) => ({ kind, count: of.length }));
  return ok({
    since: hold.since,
    by,
    total: owed.length,
    kinds: kinds.toSorted((a, b) => b.count - a.count),
    some: owed.slice(input.start, input.start + input.most),
    restoring: isRestoring(hold, restore),
  });
}
