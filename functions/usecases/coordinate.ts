import { isStaff, personOf } from '../domain/actor.ts';
import { hostOfEmail, type Host, type HostRecord } from '../domain/audience.ts';
import { audited, type Right } from '../domain/change.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Email, Person } from '../domain/person.ts';
import { invalid, ok, refuse, unknown, type Result } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { committed, settle } from './settle.ts';

/** The most hosts of one coordinator: they are read together, and named in one sentence. */
export const MOST_HOSTS = 20;

/** Only where a single agency uses a host does its coordinator know everybody on it. */
const mayBeCoordinated = (record: HostRecord, now: Instant): boolean =>
  record.class === 'exclusive' && record.expiresAt > now;

/**
 * Names somebody coordinator of exclusive hosts, and of no others; none ends it, also for lists that are running.
 * @param input.rev the person's version as it was shown; left out, whatever it is
 */
export async function nameCoordinator(
  ctx: Context,
  input: { readonly email: Email; readonly hosts: readonly Host[]; readonly rev?: number },
): Promise<Result<Person>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  return settle(ctx, async () => {
    const before = await ctx.store.personByEmail(input.email);
    if (!before) return unknown('person');
    const hosts = [...new Set(input.hosts)].toSorted();
    if (JSON.stringify(before.coordinates) === JSON.stringify(hosts)) return ok(before);
    if (input.rev !== undefined && before.rev !== input.rev) return refuse({ kind: 'version-stale' });
    if (hosts.length > MOST_HOSTS) return invalid({ path: 'hosts', message: `Name at most ${MOST_HOSTS} hosts` });
    const now = ctx.clock.now();
    const records = await ctx.store.hostRecords(hosts);
    const wrong = hosts.find((host) => !records.some((one) => one.host === host && mayBeCoordinated(one, now)));
    if (wrong !== undefined)
      return invalid({ path: 'hosts', message: `${wrong} is not decided to be exclusive. Decide on the host first` });
    const after: Person = { ...before, rev: before.rev + 1, coordinates: hosts };
    const act = hosts.length === 0 ? 'ended as coordinator' : 'named coordinator';
    const change = {
      people: [{ before, after }],
      audit: [audited(after.id, after.rev, now, ctx.actor, act, hosts.join(', ').slice(0, 200))],
    };
    return committed(ctx, await ctx.store.commit(change), ok(after));
  });
}

/** Whom somebody may register from a list: everybody, or the people of these hosts. Null: nobody. */
export type MayList = 'everybody' | readonly Host[] | null;

/** As of now: a naming that was taken back, or a host that became shared or expired, no longer counts. */
export async function mayList(ctx: Context): Promise<MayList> {
  if (isStaff(ctx.actor)) return 'everybody';
  const person = personOf(ctx.actor);
  return person ? hostsOf(ctx, person) : null;
}

async function hostsOf(ctx: Context, person: Person): Promise<readonly Host[] | null> {
  if (person.coordinates.length === 0) return null;
  const now = ctx.clock.now();
  const records = await ctx.store.hostRecords(person.coordinates);
  const hosts = records.filter((record) => mayBeCoordinated(record, now)).map(({ host }) => host);
  return hosts.length > 0 ? hosts : null;
}

/** For a change to rest on: the coordinator's right to register this person, if they have it now. */
export async function rightTo(ctx: Context, coordinator: PersonId, email: Email): Promise<Right | null> {
  const name = hostOfEmail(email);
  const [person, host] = await Promise.all([ctx.store.person(coordinator), ctx.store.host(name)]);
  return person?.coordinates.includes(name) && host && mayBeCoordinated(host, ctx.clock.now())
    ? { person, host }
    : null;
}

/** What is wrong with an address that a list may not name; null: nothing. */
export const notTheirs = (may: Exclude<MayList, null>, email: Email): string | null =>
  may === 'everybody' || may.includes(hostOfEmail(email))
    ? null
    : `You may register people at ${may.join(' and ')}. This one registers on the training’s page`;
