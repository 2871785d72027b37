import { Host, hostOfEmail, type HostRecord } from '../domain/audience.ts';
import { countColleagues, type Colleague, type Colleagues } from '../domain/colleague.ts';
import type { EventId } from '../domain/ids.ts';
import { lookAlikes } from '../domain/look-alike.ts';
import { isFreeMail, signalsOf, undecidedHosts, type Signal, type UndecidedHost } from '../domain/signals.ts';
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
  readonly hosts: readonly (UndecidedHost & { readonly colleagues: Colleagues })[];
}

/** Everybody of an event who waits for an answer, the longest first; what is known of them comes only from our own data. */
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
  const now = ctx.clock.now();
  const expired = new Set([...records.values()].flatMap((record) => (record.expiresAt <= now ? record.host : [])));
  const undecided = byHosts ? undecidedHosts(people, [...known, ...named], expired) : [];
  const answered = await answeredAt(ctx, [...hosts, ...undecided.map(({ host }) => host)]);
  const applicants = await Promise.all(
    pending.map(async (row) => {
      const host = hostOfEmail(row.registration.email);
      const record = records.get(host) ?? null;
      const own = await ctx.store.registrationsOf(row.registration.person);
      const known = { people, answered: answered.get(host) ?? [], own, host: record, alike };
      return { ...row, host: record, signals: signalsOf(row.registration, known) };
    }),
  );
  return ok({
    found: found.value,
    applicants,
    hosts: undecided.map((one) => ({
      ...one,
      colleagues: countColleagues(one.host, people, answered.get(one.host) ?? []),
    })),
  });
}

/** Staff's decisions on people of some hosts, for any event; each host is read once. */
async function answeredAt(ctx: Context, hosts: readonly Host[]): Promise<ReadonlyMap<Host, readonly Colleague[]>> {
  const own = [...new Set(hosts)].filter((host) => !isFreeMail(host));
  return new Map(await Promise.all(own.map(async (host) => [host, await ctx.store.colleaguesAt(host)] as const)));
}
