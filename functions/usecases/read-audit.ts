import { personOf } from '../domain/actor.ts';
import type { AuditEntry } from '../domain/change.ts';
import { PersonId } from '../domain/ids.ts';
import { ok, type Result } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import { isoOf } from '../domain/time.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import type { Page } from './store-port.ts';

/** Whose acts, or what they were done to, or a day's; with times, those between. */
export interface AuditAsk {
  readonly by:
    | { readonly entity: string }
    | { readonly actor: PersonId }
    /** The day of `from`, in UTC. */
    | { readonly day: Instant };
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly limit: number;
  readonly after: string | null;
}

/** Who did what, when; newest first. */
export async function readAudit(ctx: Context, input: AuditAsk): Promise<Result<Page<AuditEntry>>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const { by, limit, after } = input;
  const page =
    'entity' in by
      ? await ctx.store.auditOf(by.entity, limit, after)
      : 'actor' in by
        ? await ctx.store.auditBy(by.actor, limit, after)
        : await ctx.store.auditOn(isoOf(by.day).slice(0, 10), limit, after);
  const between = ({ at }: AuditEntry) => at >= (input.from ?? at) && at < (input.to ?? at + 1);
  return ok({ items: page.items.filter(between), next: page.next });
}

/** One act, with the actor by name. */
export interface HistoryEntry {
  readonly at: Instant;
  readonly who: string;
  readonly act: string;
  readonly detail: string;
}

const ON_A_PAGE = 50;

/** What was done to an event, or to a registration (`evt_…#per_…`), newest first, with names. */
export async function readHistory(
  ctx: Context,
  input: { readonly entity: string; readonly after: string | null },
): Promise<Result<Page<HistoryEntry>>> {
  const page = await readAudit(ctx, { by: { entity: input.entity }, limit: ON_A_PAGE, after: input.after });
  if (!page.ok) return page;
  const ids = new Set(page.value.items.flatMap(({ actor }) => PersonId.safeParse(actor.split(':')[1]).data ?? []));
  const people = await Promise.all([...ids].map((id) => ctx.store.person(id)));
  const names = new Map<string, string>(
    people.flatMap((one) => (one ? [[one.id, one.profile?.name ?? one.email] as const] : [])),
  );
  return ok({
    next: page.value.next,
    items: page.value.items.map(({ at, actor, act, detail }) => ({
      at,
      who: names.get(actor.split(':')[1] ?? '') ?? 'The desk',
      act,
      detail,
    })),
  });
}

/** An actor as the record names them (`staff:per_…`), in words: "you", a name, or "the desk". */
export async function nameOfActor(ctx: Context, actor: string): Promise<string> {
  const id = PersonId.safeParse(actor.split(':')[1]);
  if (!id.success) return 'the desk';
  if (personOf(ctx.actor)?.id === id.data) return 'you';
  return (await ctx.store.person(id.data))?.profile?.name ?? 'the desk';
}
