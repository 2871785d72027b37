import { audited } from '../domain/change.ts';
import type { Email } from '../domain/person.ts';
import { ok, unknown } from '../domain/result.ts';
import type { Context } from './context.ts';
import { personOfAddress } from './person-of-address.ts';
import { committed, settle } from './settle.ts';
import { begin } from './sign-in.ts';
import { asSystem } from './system.ts';

/** A bearer token for an address, for the person who runs the machine. A staff token makes its person staff. */
export async function issueToken(
  caller: Context,
  input: { readonly role: 'participant' | 'trainer' | 'staff'; readonly email: Email },
): Promise<string> {
  const ctx = asSystem(caller, 'operator');
  const known = await personOfAddress(ctx, input.email);
  if (input.role === 'staff' && !known.staff) await makeStaff(ctx, input.email);
  const { token } = await begin(ctx, known, input.role);
  return token;
}

/** Gives an address the staff role, in sessions from the identity provider. */
export async function makeStaff(ctx: Context, email: Email): Promise<void> {
  await personOfAddress(ctx, email);
  await settle(ctx, async () => {
    const before = await ctx.store.personByEmail(email);
    if (!before) return unknown('person');
    if (before.staff) return ok(null);
    const after = { ...before, rev: before.rev + 1, staff: true };
    const change = {
      people: [{ before, after }],
      audit: [audited(after.id, after.rev, ctx.clock.now(), ctx.actor, 'made staff')],
    };
    return committed(ctx, await ctx.store.commit(change), ok(null));
  });
}
