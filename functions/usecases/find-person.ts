import { audited } from '../domain/change.ts';
import type { TrainingEvent } from '../domain/event.ts';
import type { Email, Person } from '../domain/person.ts';
import type { Registration } from '../domain/registration.ts';
import { ok, unknown, type Result } from '../domain/result.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';

/** A person by their exact address, with everything they registered for, newest first. */
export async function findPerson(
  ctx: Context,
  input: { readonly email: Email },
): Promise<
  Result<{
    readonly person: Person;
    readonly registrations: readonly { readonly registration: Registration; readonly event: TrainingEvent }[];
  }>
> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const person = await ctx.store.personByEmail(input.email);
  if (!person) return unknown('person');
  await ctx.store.note(audited(person.id, null, ctx.clock.now(), ctx.actor, 'looked up person'));
  const registrations = await ctx.store.registrationsOf(person.id);
  const withEvents = await Promise.all(
    registrations.map(async (registration) => ({
      registration,
      event: await ctx.store.recentEvent(registration.event),
    })),
  );
  return ok({
    person,
    registrations: withEvents
      .flatMap(({ registration, event }) => (event ? [{ registration, event }] : []))
      .toSorted((a, b) => b.registration.appliedAt - a.registration.appliedAt),
  });
}
