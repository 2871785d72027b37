import { audited } from '../domain/change.ts';
import { PersonId, partsOfRegistrationId, type RegistrationId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { objectsOf, type Registration } from '../domain/registration.ts';
import { conflict, ok, refuse, unknown, type Result } from '../domain/result.ts';
import { ownerOf, signedIn } from './access.ts';
import { uidOf } from './calendar-uid.ts';
import type { CalendarEntry, Context } from './context.ts';
import { linksOf } from './links.ts';
import { committed, settle } from './settle.ts';
import { signatureOf } from './signature.ts';

/** The private address of the signed-in person's calendar. */
export async function feedAddress(ctx: Context): Promise<Result<{ readonly url: string }>> {
  const person = signedIn(ctx);
  if (!person.ok) return person;
  const kept = await ctx.store.person(person.value.id);
  return kept ? ok({ url: addressOf(ctx, kept) }) : refuse({ kind: 'signed-out' });
}

function addressOf(ctx: Context, person: Person): string {
  const signed = signatureOf(ctx, 'feed', person.id, String(person.feed));
  return `${ctx.desk.origin}/calendar/${person.id.slice('per_'.length)}.${person.feed}.${signed}.ics`;
}

/** Replaces the address; the old one is dead at once. */
export async function rotateFeed(ctx: Context): Promise<Result<{ readonly url: string }>> {
  const person = signedIn(ctx);
  if (!person.ok) return person;
  return settle(ctx, async () => {
    const before = await ctx.store.person(person.value.id);
    if (!before) return refuse({ kind: 'signed-out' });
    const after: Person = { ...before, rev: before.rev + 1, feed: before.feed + 1 };
    const change = {
      people: [{ before, after }],
      audit: [audited(after.id, after.rev, ctx.clock.now(), ctx.actor, 'replaced calendar address')],
    };
    return committed(ctx, await ctx.store.commit(change), ok({ url: addressOf(ctx, after) }));
  });
}

/** The confirmed registrations of the person whose secret it is. */
export async function readFeed(ctx: Context, input: { readonly secret: string }): Promise<Result<string>> {
  const [letters, version, signed] = input.secret.split('.');
  const id = PersonId.safeParse(`per_${letters}`);
  if (!id.success || version === undefined || signed === undefined) return unknown('calendar');
  if (!ctx.ids.same(signatureOf(ctx, 'feed', id.data, version), signed)) return unknown('calendar');
  const person = await ctx.store.person(id.data);
  if (!person || String(person.feed) !== version) return unknown('calendar');
  const registrations = await ctx.store.registrationsOf(person.id);
  const objects = await Promise.all(
    registrations.filter((one) => one.status === 'confirmed').map((one) => objectsFor(ctx, one)),
  );
  return ok(ctx.calendars.feed(objects.flat()));
}

/** The calendar entries of one registration, to download; the same UIDs as the invitation's. */
export async function calendarOfRegistration(
  ctx: Context,
  input: { readonly id: RegistrationId },
): Promise<Result<string>> {
  const person = ownerOf(ctx, input.id);
  if (!person.ok) return person;
  const parts = partsOfRegistrationId(input.id);
  const held = await ctx.store.registration(parts.event, parts.person);
  if (!held || held.attempt !== parts.attempt) return unknown('registration');
  if (held.status !== 'confirmed') return conflict('The calendar entry comes with a seat');
  return ok(ctx.calendars.feed(await objectsFor(ctx, held)));
}

async function objectsFor(ctx: Context, registration: Registration): Promise<CalendarEntry[]> {
  const event = await ctx.store.event(registration.event);
  const program = event && (await ctx.store.program(event.programId));
  if (event?.status !== 'published' || !program) return [];
  return objectsOf(registration, event).map((object) => ({
    registration,
    event,
    program,
    object,
    links: linksOf(ctx, registration, event, object),
    uid: uidOf(ctx, registration, object.object),
    sequence: registration.sequence,
    changedAt: event.updatedAt > registration.appliedAt ? event.updatedAt : registration.appliedAt,
  }));
}
