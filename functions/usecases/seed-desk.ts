import { audited } from '../domain/change.ts';
import { Host, type HostRecord } from '../domain/audience.ts';
import { ProgramId } from '../domain/ids.ts';
import type { Program } from '../domain/program.ts';
import { DAY, plus } from '../domain/time.ts';
import type { Context } from './context.ts';
import { asSystem } from './system.ts';

/** How long a host counts as verified. */
const HOST_LIVES = 365 * DAY;

/** What every desk begins with, on one machine and on AWS alike: programs and hosts, never people or events. */
export interface Seed {
  readonly programs: readonly Omit<Program, 'id' | 'rev'>[];
  readonly hosts: readonly (Pick<HostRecord, 'agency' | 'class' | 'lists'> & { readonly host: string })[];
}

/** Adds what is missing and leaves what is there. May run any number of times. */
export async function seedDesk(caller: Context, seed: Seed): Promise<void> {
  const ctx = asSystem(caller, 'seed');
  const now = ctx.clock.now();
  const known = await ctx.store.programs();
  for (const fields of seed.programs) {
    if (known.some((program) => program.key === fields.key)) continue;
    const id = ProgramId.parse(ctx.ids.derived('prg', 'seed', fields.key));
    await ctx.store.commit({
      programs: [{ before: null, after: { ...fields, id, rev: 1 } }],
      audit: [audited(id, 1, now, ctx.actor, 'created program', 'seed')],
    });
  }
  for (const { host: name, ...fields } of seed.hosts) {
    const host = Host.parse(name);
    if (await ctx.store.host(host)) continue;
    const record: HostRecord = {
      ...fields,
      host,
      rev: 1,
      evidence: 'Came with the product: confirm it',
      verifiedBy: 'system:seed',
      verifiedAt: now,
      expiresAt: plus(now, HOST_LIVES),
    };
    await ctx.store.commit({
      hosts: [{ before: null, after: record }],
      audit: [audited(host, 1, now, ctx.actor, 'decided on host', 'seed')],
    });
  }
}
