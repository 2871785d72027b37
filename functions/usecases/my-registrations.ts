import { isStaff, personOf } from '../domain/actor.ts';
import type { Verdict } from '../domain/audience.ts';
import { audited } from '../domain/change.ts';
import { joinWindow, type Session, type TrainingEvent } from '../domain/event.ts';
import { partsOfRegistrationId, type RegistrationId } from '../domain/ids.ts';
import type { Program } from '../domain/program.ts';
import { sessionsOf, startFor, type Registration, type RegistrationDetails } from '../domain/registration.ts';
import { hasDeclined } from '../domain/calendar-answer.ts';
import type { MailTrouble } from '../domain/returned.ts';
import { ok, refuse, unknown, type Result } from '../domain/result.ts';
import { roomFor } from '../domain/seats.ts';
import type { Instant } from '../domain/time.ts';
import { addressVerdict, signedIn } from './access.ts';
import type { Context } from './context.ts';
import { joinAddress } from './join-session.ts';
import { findRegistration } from './on-registration.ts';
import { IN_A_RUSH, promoteSoon } from './promote-waiting.ts';
import type { PoolSeen } from './store-port.ts';
import { lineAround, positionOf } from './register-for-event.ts';

/** A registration as its person sees it. */
export interface MyRegistration {
  readonly registration: Registration;
  readonly event: TrainingEvent;
  readonly program: Program;
  /** The place in line, from 1; null when not waiting, and far back in line. */
  readonly position: number | null;
  /**
   * How many wait in the same line, themselves among them; null when not waiting, where they are more than are counted,
   * and while seats are given out.
   */
  readonly waiting: number | null;
  /** They wait, and seats are free: these are given out in line, a moment apart. */
  readonly seatsFree: boolean;
  /** The sessions taken, each with the personal join page of a confirmed person. */
  readonly sessions: readonly MySession[];
}

/** One of them, with its answers and whether mail about it came back. */
export interface MyRegistrationInFull extends MyRegistration {
  readonly details: RegistrationDetails | null;
  readonly mailTrouble: MailTrouble | null;
  /** They declined in their calendar, and still have the seat. */
  readonly declined: boolean;
  /** Pending: what their address says as it is known now, by which a person checks them; else null. */
  readonly verdict: Verdict | null;
  /** Pending: the seats that they would be given one of; else null. */
  readonly pool: PoolSeen | null;
}

export interface MySession {
  readonly session: Session;
  readonly joinUrl: string | null;
  readonly join: { readonly state: 'early' | 'open' | 'over'; readonly opensAt: Instant };
}

/** Everything the signed-in person registered for, soonest first. */
export async function listMyRegistrations(ctx: Context): Promise<Result<readonly MyRegistration[]>> {
  const person = signedIn(ctx);
  if (!person.ok) return person;
  const registrations = await ctx.store.registrationsOf(person.value.id);
  const mine = await Promise.all(
    registrations.map(async (registration) => {
      const event = await ctx.store.event(registration.event);
      return event ? mineOf(ctx, registration, event) : null;
    }),
  );
  return ok(
    mine
      .filter((one) => one !== null)
      .toSorted((a, b) => startFor(a.registration, a.event) - startFor(b.registration, b.event)),
  );
}

/** One registration, to its person and to staff, with its answers; that staff look is on record. */
export async function viewRegistration(
  ctx: Context,
  input: { readonly id: RegistrationId },
): Promise<Result<MyRegistrationInFull>> {
  const person = personOf(ctx.actor);
  if (!person) return refuse({ kind: 'signed-out' });
  const parts = partsOfRegistrationId(input.id);
  if (parts.person !== person.id && !isStaff(ctx.actor)) return unknown('registration');
  const seen = await mineById(ctx, input.id);
  if (seen.ok && parts.person !== person.id)
    await ctx.store.note(audited(parts.event, null, ctx.clock.now(), ctx.actor, 'viewed a registration'));
  // a page that looks again serves the line as an append does: after the last append the sweep comes once a minute
  const moved = seen.ok && seen.value.seatsFree ? await promoteSoon(ctx, seen.value.registration.pool, IN_A_RUSH) : 0;
  return moved > 0 ? mineById(ctx, input.id) : seen;
}

async function mineById(ctx: Context, id: RegistrationId): Promise<Result<MyRegistrationInFull>> {
  const found = await findRegistration(ctx, id);
  if (!found.ok) return found;
  const { registration, event, past } = found.value;
  const [mine, details, mailTrouble, answers, verdict, pool] = await Promise.all([
    mineOf(ctx, registration, event),
    past ? null : ctx.store.details(registration.event, registration.person),
    past ? null : mailTroubleOf(ctx, registration),
    past || registration.status !== 'confirmed' ? [] : ctx.store.answersOf(registration.event, registration.person),
    registration.status === 'pending' ? addressVerdict(ctx, event, registration.email) : null,
    registration.status === 'pending' ? ctx.store.pools([registration.pool]).then(([one]) => one ?? null) : null,
  ]);
  return mine
    ? ok({ ...mine, details, mailTrouble, declined: hasDeclined(registration, answers), verdict, pool })
    : unknown('registration');
}

async function mailTroubleOf(ctx: Context, registration: Registration): Promise<MailTrouble | null> {
  const { event, person, email, sponsor, status } = registration;
  const [address, returned] = await Promise.all([
    ctx.store.returnedAddress(email),
    ctx.store.returnedOf(event, person),
  ]);
  if (address) return 'address';
  if (status === 'pending' && returned.some((one) => one.email === sponsor?.email)) return 'sponsor';
  return returned.some((one) => one.email === email) ? 'message' : null;
}

async function mineOf(ctx: Context, registration: Registration, event: TrainingEvent): Promise<MyRegistration | null> {
  const waits = registration.status === 'waitlisted';
  const [seats] = waits ? await ctx.store.seats([registration.pool]) : [];
  const seatsFree = seats !== undefined && roomFor(seats, ctx.clock.now()) > 0;
  const [program, position] = await Promise.all([
    ctx.store.program(event.programId),
    positionOf(ctx, registration, seatsFree),
  ]);
  const waiting = seatsFree ? null : await lineAround(ctx, registration, position);
  if (!program) return null;
  const taken = sessionsOf(registration, event);
  // opening it records the arrival of that person, so staff who look at a registration are not given it
  const mayJoin = registration.status === 'confirmed' && personOf(ctx.actor)?.id === registration.person;
  const sessions = event.sessions
    .filter((session) => taken.includes(session.id))
    .map((session) => ({
      session,
      joinUrl: mayJoin ? joinAddress(ctx, registration, session.id) : null,
      join: joinWindow(event, session, ctx.clock.now()),
    }));
  return { registration, event, program, position, waiting, seatsFree, sessions };
}
