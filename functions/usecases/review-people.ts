import { Host, hostOfEmail, type HostRecord } from '../domain/audience.ts';
import type { EventId } from '../domain/ids.ts';
import { lookAlikes } from '../domain/look-alike.ts';
import { signalsOf, undecidedHosts, type Signal, type UndecidedHost } from '../domain/signals.ts';
import { ok, type Result } from '../domain/result.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { searchRoster, type RosterFound, type RosterRow } from './roster.ts';

/** Somebody who waits to be checked, with what our own records say. */
export interface Applicant extends RosterRow {
  readonly host: HostRecord | null;
  readonly signals: readonly Signal[];
}

/** What staff decide on at one event. */
export interface Review {
  readonly found: RosterFound;
  readonly applicants: readonly Applicant[];
  /** Hosts to decide on, each a decision of its own; none where the event's audience names no hosts. */
  readonly hosts: readonly UndecidedHost[];
}

/** Everybody of an event who waits for an answer, the longest first; what is known of them is our own data alone. */
export async function reviewPeople(ctx: Context, input: { readonly event: EventId }): Promise<Result<Review>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const found = await searchRoster(ctx, { event: input.event, sort: 'applied' });
  if (!found.ok) return found;
  const people = found.value.rows.map(({ registration }) => registration);
  const pending = found.value.rows.filter(({ registration }) => registration.status === 'pending');
  const byHosts = found.value.event.audience.kind === 'hosts';
  if (pending.length === 0 && !byHosts) return ok({ found: found.value, applicants: [], hosts: [] });
  const known = await ctx.store.hosts();
  const alike = lookAlikes(known);
  const named = found.value.event.audience.hosts.flatMap((host) => Host.safeParse(host).data ?? []);
  const hosts = [...new Set(pending.map(({ registration }) => hostOfEmail(registration.email)))];
  const records = new Map((await ctx.store.hostRecords(hosts)).map((record) => [record.host, record]));
  const applicants = await Promise.all(
    pending.map(async (row) => {
      const host = records.get(hostOfEmail(row.registration.email)) ?? null;
      const own = await ctx.store.registrationsOf(row.registration.person);
      return { ...row, host, signals: signalsOf(row.registration, { people, own, host, alike }) };
    }),
  );
  const now = ctx.clock.now();
  const expired = new Set([...records.values()].flatMap((record) => (record.expiresAt <= now ? record.host : [])));
  return ok({
    found: found.value,
    applicants,
    hosts: byHosts ? undecidedHosts(people, [...known, ...named], expired) : [],
  });
}
