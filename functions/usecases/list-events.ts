import { isStaff, personOf } from '../domain/actor.ts';
import type { Verdict } from '../domain/audience.ts';
import { endOf, type TrainingEvent } from '../domain/event.ts';
import type { EventId } from '../domain/ids.ts';
import type { Program } from '../domain/program.ts';
import { isStanding, type Registration } from '../domain/registration.ts';
import { forbidden, invalid, ok, refuse, type Refused, type Result } from '../domain/result.ts';
import { DAY, plus, type Instant } from '../domain/time.ts';
import { hostRecordOf, seeEvent, sightOf, staffOnly, verdictOn, type Seen } from './access.ts';
import type { Context } from './context.ts';
import type { EventWithSeats, PoolSeen } from './store-port.ts';

/** One event as its reader may see it, with its seats. */
export interface EventSeen extends Seen {
  readonly pools: readonly PoolSeen[];
  /** Which registration would be theirs next; null to nobody. */
  readonly nextAttempt: number | null;
}

/** How far ahead a list looks unless told. */
const A_YEAR = 366 * DAY;
/** A list is read by fiscal years: how many of them somebody may ask for. */
const LONGEST_RANGE = 10 * A_YEAR;

const tooLong = (from: Instant, to: Instant): Refused | null =>
  to - from > LONGEST_RANGE ? invalid({ path: 'to', message: 'Ask for at most ten years at a time' }) : null;

/** Published events that the actor may see, soonest first. */
export async function listEvents(
  ctx: Context,
  input: { readonly from?: Instant | undefined; readonly to?: Instant | undefined },
): Promise<Result<readonly EventSeen[]>> {
  const from = input.from ?? ctx.clock.now();
  const to = input.to ?? plus(from, A_YEAR);
  const refused = tooLong(from, to);
  if (refused) return refused;
  const [events, programs, known] = await Promise.all([
    ctx.store.events(from, to),
    ctx.store.programs(),
    whatIsKnown(ctx),
  ]);
  const seen = events
    .filter(({ event }) => event.status === 'published')
    .flatMap(({ event, pools }): EventSeen[] => {
      const program = programs.find((one) => one.id === event.programId);
      if (!program) return [];
      const verdict = known.verdictOn(event);
      const registration = known.registrations.get(event.id) ?? null;
      const sight = sightOf(ctx, event, program, verdict, registration);
      return sight === 'none' ? [] : [{ ...asSeen(event, program, sight, verdict, registration), pools }];
    });
  return ok(seen);
}

/** One event as the actor may see it, with its seats as they are now. */
export async function viewEvent(ctx: Context, input: { readonly id: EventId }): Promise<Result<EventSeen>> {
  const seen = await seeEvent(ctx, input.id);
  if (!seen.ok) return seen;
  const { event, program, sight, verdict, registration } = seen.value;
  const pools = event.status === 'draft' ? [] : await ctx.store.pools(poolIds(event));
  return ok({ ...asSeen(event, program, sight, verdict, registration), pools });
}

const poolIds = (event: TrainingEvent) =>
  event.sessionChoice === 'one' ? event.sessions.map((session) => session.id) : [event.id];

const asSeen = (
  event: TrainingEvent,
  program: Program,
  sight: 'whole' | 'limited',
  verdict: Verdict | null,
  registration: Registration | null,
): Omit<EventSeen, 'pools'> => ({
  event,
  program,
  sight,
  verdict,
  registration,
  nextAttempt: nextAttempt(registration),
});

/** The number of the registration that a page would ask for: the standing one's, or one more than the last. */
export const nextAttempt = (registration: Registration | null): number =>
  registration === null ? 1 : isStanding(registration.status) ? registration.attempt : registration.attempt + 1;

/** What decides on many events at once: the actor's host and their registrations, each read once. */
async function whatIsKnown(ctx: Context) {
  const person = personOf(ctx.actor);
  if (!person)
    return {
      registrations: new Map<EventId, Registration>(),
      verdictOn: (_event: TrainingEvent): Verdict | null => null,
    };
  const [record, registrations] = await Promise.all([hostRecordOf(ctx, person), ctx.store.registrationsOf(person.id)]);
  return {
    registrations: new Map(registrations.map((one) => [one.event, one])),
    verdictOn: (event: TrainingEvent): Verdict | null => verdictOn(ctx, event, person, record),
  };
}

/** An event for those who run it, with its program. */
export interface EventRun extends EventWithSeats {
  readonly program: Program;
}

async function withPrograms(ctx: Context, events: readonly EventWithSeats[]): Promise<EventRun[]> {
  const programs = new Map((await ctx.store.programs()).map((program) => [program.id, program]));
  return events.flatMap((one) => {
    const program = programs.get(one.event.programId);
    return program ? [{ ...one, program }] : [];
  });
}

/** All events for staff, drafts and canceled ones too. */
export async function listStaffEvents(
  ctx: Context,
  input: { readonly from: Instant; readonly to: Instant },
): Promise<Result<readonly EventRun[]>> {
  const refused = staffOnly(ctx) ?? tooLong(input.from, input.to);
  return refused ?? ok(await withPrograms(ctx, await ctx.store.events(input.from, input.to)));
}

/** The events that the actor teaches; not over for longer than `since`. */
export async function listTrainerEvents(
  ctx: Context,
  input: { readonly since: Instant },
): Promise<Result<readonly EventRun[]>> {
  const person = personOf(ctx.actor);
  if (!person) return refuse({ kind: 'signed-out' });
  if (ctx.actor.role !== 'trainer' && !isStaff(ctx.actor))
    return forbidden('Sign in with the account that you teach with');
  const events = await ctx.store.eventsOfTrainer(person.id, input.since);
  const theirs = events.filter(({ event }) => event.status !== 'draft' && endOf(event) >= input.since);
  return ok(await withPrograms(ctx, theirs));
}
