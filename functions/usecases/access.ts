import { isStaff, mayRunEvent, personOf } from '../domain/actor.ts';
import { hostOfEmail, judge, type HostRecord, type Verdict } from '../domain/audience.ts';
import type { TrainingEvent } from '../domain/event.ts';
import { partsOfRegistrationId, type EventId, type RegistrationId } from '../domain/ids.ts';
import type { Email, Person } from '../domain/person.ts';
import type { Program } from '../domain/program.ts';
import { isStanding, type Registration } from '../domain/registration.ts';
import { forbidden, ok, refuse, unknown, type Refused, type Result } from '../domain/result.ts';
import type { Context } from './context.ts';

/** How much of an event its reader may see. `limited`: without place and trainers. */
export type Sight = 'whole' | 'limited' | 'none';

/** A refusal for everybody but staff. */
export function staffOnly(ctx: Context): Refused | null {
  if (isStaff(ctx.actor)) return null;
  return ctx.actor.role === 'nobody'
    ? refuse({ kind: 'signed-out' })
    : forbidden('Only the staff of the training desk may do this');
}

/** The signed-in person, whatever their role. */
export function signedIn(ctx: Context): Result<Person> {
  const person = personOf(ctx.actor);
  return person ? ok(person) : refuse({ kind: 'signed-out' });
}

/** The signed-in person, where the registration is their own; another's is unknown, staff or not. */
export function ownerOf(ctx: Context, id: RegistrationId): Result<Person> {
  const person = signedIn(ctx);
  return person.ok && partsOfRegistrationId(id).person !== person.value.id ? unknown('registration') : person;
}

/** What staff know of the host of somebody's address. */
export const hostRecordOf = (ctx: Context, { email }: Pick<Person, 'email'>): Promise<HostRecord | null> =>
  ctx.store.host(hostOfEmail(email));

export const verdictOn = (
  ctx: Context,
  event: Pick<TrainingEvent, 'audience' | 'approval' | 'programId'>,
  person: Pick<Person, 'email' | 'approvals'>,
  record: HostRecord | null,
): Verdict =>
  judge(
    event.audience,
    event.approval,
    hostOfEmail(person.email),
    record,
    ctx.clock.now(),
    person.approvals[event.programId] ?? null,
  );

/** Whether somebody may attend; an event open to everyone needs no look at their host. */
export async function verdictFor(
  ctx: Context,
  event: TrainingEvent,
  person: Pick<Person, 'email' | 'approvals'>,
): Promise<Verdict> {
  return verdictOn(ctx, event, person, event.audience.kind === 'hosts' ? await hostRecordOf(ctx, person) : null);
}

/** The same for an address, without regard to who was approved with it. */
export const addressVerdict = (ctx: Context, event: TrainingEvent, email: Email): Promise<Verdict> =>
  verdictFor(ctx, event, { email, approvals: {} });

/** How much of an event the actor sees, by the program's visibility and what is known of them. */
export function sightOf(
  ctx: Context,
  event: TrainingEvent,
  program: Program,
  verdict: Verdict | null,
  registration: Registration | null,
): Sight {
  if (mayRunEvent(ctx.actor, event)) return 'whole';
  if (event.status === 'draft') return 'none';
  if (registration && (registration.status === 'confirmed' || registration.status === 'waitlisted')) return 'whole';
  const within = verdict !== null && verdict.verdict !== 'not';
  switch (program.visibility) {
    case 'public':
      return 'whole';
    case 'limited':
      return verdict?.verdict === 'qualifies' ? 'whole' : 'limited';
    case 'qualified':
      if (registration && isStanding(registration.status)) return 'limited';
      return within ? (verdict.verdict === 'qualifies' ? 'whole' : 'limited') : 'none';
  }
}

/** An event with everything that decides what its reader may see and do. */
export interface Seen {
  readonly event: TrainingEvent;
  readonly program: Program;
  readonly sight: Exclude<Sight, 'none'>;
  readonly verdict: Verdict | null;
  readonly registration: Registration | null;
}

/** Looks at an event as the actor may; an event that is hidden from them is unknown. */
export async function seeEvent(ctx: Context, id: EventId): Promise<Result<Seen>> {
  const person = personOf(ctx.actor);
  const [event, registration] = await Promise.all([
    ctx.store.event(id),
    person ? ctx.store.registration(id, person.id) : null,
  ]);
  if (!event) return unknown('event');
  const program = await ctx.store.program(event.programId);
  if (!program) return unknown('event');
  const verdict = person ? await verdictFor(ctx, event, person) : null;
  const sight = sightOf(ctx, event, program, verdict, registration);
  return sight === 'none' ? unknown('event') : ok({ event, program, sight, verdict, registration });
}

/** An event for those who run it: staff, and its own trainers. To others it is unknown, or not theirs to run. */
export async function runEvent(ctx: Context, id: EventId): Promise<Result<TrainingEvent>> {
  if (ctx.actor.role === 'nobody') return refuse({ kind: 'signed-out' });
  const event = await ctx.store.event(id);
  if (event && mayRunEvent(ctx.actor, event)) return ok(event);
  if (!event) return unknown('event');
  const seen = await seeEvent(ctx, id);
  return seen.ok ? forbidden('Only the trainers of this event and the training desk may do this') : seen;
}
