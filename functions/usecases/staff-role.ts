import { personOf } from '../domain/actor.ts';
import { audited } from '../domain/change.ts';
import type { Email, Person } from '../domain/person.ts';
import { conflict, ok, refuse, unknown, type Result } from '../domain/result.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { personOfAddress } from './person-of-address.ts';
import { committed, settle } from './settle.ts';

/**
 * Makes the first staff member, once in the life of a desk: the same transaction keeps who it was, and a second try finds
 * that kept. The same address again changes nothing.
 */
export async function makeFirstStaff(ctx: Context, email: Email): Promise<Result<Person>> {
  await personOfAddress(ctx, email);
  return settle(ctx, async () => {
    const [before, first] = await Promise.all([ctx.store.personByEmail(email), ctx.store.firstStaff()]);
    if (!before) return unknown('person');
    if (first && first.person === before.id) return ok(before);
    if (first)
      return conflict(
        'The first member of staff was made already. Staff make others on the page People; where none of them can sign in, see "The first member of staff" in docs/deploy.md',
      );
    const at = ctx.clock.now();
    const after: Person = { ...before, rev: before.rev + 1, staff: true };
    const change = {
      settings: [{ before: null, after: { name: 'first-staff' as const, rev: 1, person: before.id, at } }],
      people: [{ before, after }],
      audit: [audited(after.id, after.rev, at, ctx.actor, 'made staff')],
    };
    return committed(ctx, await ctx.store.commit(change), ok(after));
  });
}

/**
 * Gives somebody the staff role, or takes it, from their next request on. Nobody can take their own, so somebody is left.
 * @param input.rev the person's version as it was shown
 */
export async function changeStaffRole(
  ctx: Context,
  input: { readonly email: Email; readonly staff: boolean; readonly rev: number },
): Promise<Result<Person>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  return settle(ctx, async () => {
    const before = await ctx.store.personByEmail(input.email);
    if (!before) return unknown('person');
    if (before.staff === input.staff) return ok(before);
    if (before.id === personOf(ctx.actor)?.id) return conflict('Ask somebody else of the staff to end your own role');
    if (before.rev !== input.rev) return refuse({ kind: 'version-stale' });
    const after: Person = { ...before, rev: before.rev + 1, staff: input.staff };
    const act = input.staff ? 'made staff' : 'ended as staff';
    const change = {
      people: [{ before, after }],
      audit: [audited(after.id, after.rev, ctx.clock.now(), ctx.actor, act)],
    };
    return committed(ctx, await ctx.store.commit(change), ok(after));
  });
}
