import { audited } from '../domain/change.ts';
import { actorName } from '../domain/actor.ts';
import type { Host, HostRecord } from '../domain/audience.ts';
import { countColleagues, type Colleagues } from '../domain/colleague.ts';
import { PersonId } from '../domain/ids.ts';
import { invalid, ok, refuse, unknown, type Result } from '../domain/result.ts';
import { isOtherScript, lookAlikes } from '../domain/look-alike.ts';
import { isFreeMail } from '../domain/signals.ts';
import type { Instant } from '../domain/time.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { committed, settle } from './settle.ts';

/** What is known of an exact host. */
export async function viewHost(ctx: Context, input: { readonly host: Host }): Promise<Result<HostRecord>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const record = await ctx.store.host(input.host);
  return record ? ok(record) : unknown('host');
}

/** A host as staff see it before they decide on it. */
export interface HostSeen {
  readonly record: HostRecord | null;
  /** Who verified it: their name, or how the record came to be. */
  readonly verifiedBy: string;
  readonly looksLike: Host | null;
  readonly isOtherScript: boolean;
  /** What became of its people, at any event. */
  readonly colleagues: Colleagues;
}

export async function seeHost(ctx: Context, input: { readonly host: Host }): Promise<Result<HostSeen>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const [record, known, answered] = await Promise.all([
    ctx.store.host(input.host),
    ctx.store.hosts(),
    ctx.store.colleaguesAt(input.host),
  ]);
  const verifier = PersonId.safeParse(record?.verifiedBy);
  const person = verifier.success ? await ctx.store.person(verifier.data) : null;
  return ok({
    record,
    verifiedBy: person?.profile?.name ?? person?.email ?? 'the training desk',
    looksLike: lookAlikes(known)(input.host),
    isOtherScript: isOtherScript(input.host),
    colleagues: countColleagues(input.host, [], answered),
  });
}

/** How many hosts a page shows. */
const HOSTS_ON_A_PAGE = 50;

/** Hosts that were decided on, by agency, a page at a time. */
export async function listHosts(
  ctx: Context,
  input: { readonly page: number },
): Promise<Result<{ readonly total: number; readonly hosts: readonly HostRecord[]; readonly next: number | null }>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const all = await ctx.store.hosts();
  const from = (input.page - 1) * HOSTS_ON_A_PAGE;
  const shown = all.slice(from, from + HOSTS_ON_A_PAGE);
  const records = new Map((await ctx.store.hostRecords(shown)).map((record) => [record.host, record]));
  return ok({
    total: all.length,
    hosts: shown.flatMap((host) => records.get(host) ?? []),
    next: all.length > from + HOSTS_ON_A_PAGE ? input.page + 1 : null,
  });
}

export type HostFields = Pick<HostRecord, 'agency' | 'class' | 'lists' | 'evidence'> & { readonly expiresAt: Instant };

/** Decides on a host: whose it is and who else uses it. A decision of its own, never a side effect of an approval. */
export async function putHost(
  ctx: Context,
  input: {
    readonly host: Host;
    readonly fields: HostFields;
    /** The version that was shown, 0 where it was new; left out, whatever it is. */
    readonly rev?: number;
  },
): Promise<Result<HostRecord>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  return settle(ctx, async () => {
    const now = ctx.clock.now();
    if (input.fields.class === 'exclusive' && isFreeMail(input.host))
      return invalid({ path: 'class', message: 'Anybody can have an address at this host, so it is nobody’s own' });
    if (input.fields.expiresAt <= now) return invalid({ path: 'expiresAt', message: 'Give an end in the future' });
    const before = await ctx.store.host(input.host);
    if (input.rev !== undefined && input.rev !== (before?.rev ?? 0)) return refuse({ kind: 'version-stale' });
    const after: HostRecord = {
      ...input.fields,
      host: input.host,
      rev: (before?.rev ?? 0) + 1,
      verifiedBy: actorName(ctx.actor),
      verifiedAt: now,
    };
    const change = {
      hosts: [{ before, after }],
      audit: [audited(input.host, after.rev, now, ctx.actor, 'decided on host', `${after.class}: ${after.evidence}`)],
    };
    return committed(ctx, await ctx.store.commit(change), ok(after));
  });
}
