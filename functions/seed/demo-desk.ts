import { audited } from '../domain/change.ts';
import { Host, type HostRecord } from '../domain/audience.ts';
import { Email, Profile } from '../domain/person.ts';
import { DAY, plus } from '../domain/time.ts';
import type { Context } from '../usecases/context.ts';
import { personOfAddress } from '../usecases/person-of-address.ts';
import { updateProfile } from '../usecases/profile.ts';

/** The same desk a number of days from now, so that what is shown as old was made long ago. */
export const at = (ctx: Context, days: number): Context => ({
  ...ctx,
  clock: { ...ctx.clock, now: () => plus(ctx.clock.now(), days * DAY) },
});

/** A host that the demonstration knows to be law enforcement's, unless somebody decided on it. */
export async function makeKnown(
  ctx: Context,
  known: Pick<HostRecord, 'agency' | 'class'> & { readonly host: string },
): Promise<void> {
  const now = ctx.clock.now();
  const host = Host.parse(known.host);
  if (await ctx.store.host(host)) return;
  const after: HostRecord = {
    host,
    rev: 1,
    agency: known.agency,
    class: known.class,
    lists: ['law-enforcement'],
    evidence: 'Invented for the demonstration',
    verifiedBy: 'system:seed',
    verifiedAt: now,
    expiresAt: plus(now, 365 * DAY),
  };
  await ctx.store.commit({
    hosts: [{ before: null, after }],
    audit: [audited(host, 1, now, { role: 'system', name: 'seed' }, 'decided on host', 'demonstration')],
  });
}

/** Somebody with a profile, acting. */
export async function named(
  ctx: Context,
  email: string,
  profile: { name: string } & Partial<Profile>,
): Promise<Context> {
  const person = await personOfAddress(ctx, Email.parse(email));
  const own: Context = { ...ctx, actor: { role: 'participant', person } };
  const saved = await updateProfile(own, {
    profile: Profile.parse({ agency: 'Not given', timeZone: 'America/New_York', ...profile }),
  });
  return saved.ok ? { ...own, actor: { role: 'participant', person: saved.value } } : own;
}
