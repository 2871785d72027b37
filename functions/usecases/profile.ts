import { audited } from '../domain/change.ts';
import type { Person, Profile } from '../domain/person.ts';
import { actAudit, isStanding, startFor } from '../domain/registration.ts';
import { ok, unknown, type Result } from '../domain/result.ts';
import { signedIn } from './access.ts';
import type { Context } from './context.ts';
import { committed, settle } from './settle.ts';

/** The signed-in person as they are kept now. */
export async function viewProfile(ctx: Context): Promise<Result<Person>> {
  const person = signedIn(ctx);
  if (!person.ok) return person;
  const kept = await ctx.store.person(person.value.id);
  return kept ? ok(kept) : unknown('person');
}

/** Keeps what somebody says of themselves, and brings their registrations that are still to come up to date. */
export async function updateProfile(ctx: Context, input: { readonly profile: Profile }): Promise<Result<Person>> {
  const person = signedIn(ctx);
  if (!person.ok) return person;
  const saved = await settle(ctx, async () => {
    const before = await ctx.store.person(person.value.id);
    if (!before) return unknown('person');
    if (JSON.stringify(before.profile) === JSON.stringify(input.profile)) return ok(before);
    const after: Person = { ...before, rev: before.rev + 1, profile: input.profile };
    const change = {
      people: [{ before, after }],
      audit: [audited(after.id, after.rev, ctx.clock.now(), ctx.actor, 'changed profile')],
    };
    return committed(ctx, await ctx.store.commit(change), ok(after));
  });
  if (saved.ok) await refreshRegistrations(ctx, saved.value);
  return saved;
}

async function refreshRegistrations(ctx: Context, person: Person): Promise<void> {
  for (const { event: id } of await ctx.store.registrationsOf(person.id)) {
    await settle(ctx, async () => {
      const [held, event] = await Promise.all([ctx.store.registration(id, person.id), ctx.store.recentEvent(id)]);
      const now = ctx.clock.now();
      const stale =
        held && event && isStanding(held.status) && now < startFor(held, event)
          ? JSON.stringify(held.profile) !== JSON.stringify(person.profile)
          : false;
      if (!held || !stale) return ok(null);
      const after = { ...held, rev: held.rev + 1, profile: person.profile };
      const change = {
        registrations: [{ before: held, after }],
        audit: [actAudit(after, 'changed profile', ctx.actor, now)],
      };
      return committed(ctx, await ctx.store.commit(change), ok(null));
    });
  }
}
