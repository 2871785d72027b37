import { isStaff, personOf } from '../domain/actor.ts';
import { chooseOther } from '../domain/decide.ts';
import { audited } from '../domain/change.ts';
import { joinWindow, type Session, type TrainingEvent } from '../domain/event.ts';
import { partsOfRegistrationId, type RegistrationId, type SessionId } from '../domain/ids.ts';
import type { Program } from '../domain/program.ts';
import { checkAnswers, type Accommodations, type Answers } from '../domain/questions.ts';
import { chooseSessions } from '../domain/register.ts';
import {
  isStanding,
  sessionsOf,
  startFor,
  type Registration,
  type RegistrationDetails,
} from '../domain/registration.ts';
import { conflict, invalid, ok, refuse, unknown, type Result } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import { signedIn } from './access.ts';
import type { Context } from './context.ts';
import { joinAddress } from './join-session.ts';
import { findRegistration } from './on-registration.ts';
import { positionOf } from './register-for-event.ts';
import { committed, settle } from './settle.ts';

/** A registration as its person sees it. */
export interface MyRegistration {
  readonly registration: Registration;
  readonly event: TrainingEvent;
  readonly program: Program;
  readonly position: number | null;
  /** How many wait in the same line, themselves among them; null when not waiting. */
  readonly waiting: number | null;
  /** The sessions taken, each with the personal join page of a confirmed person. */
  readonly sessions: readonly MySession[];
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

/** One registration, to its person and to staff, with its answers. */
export async function viewRegistration(
  ctx: Context,
  input: { readonly id: RegistrationId },
): Promise<Result<MyRegistration & { readonly details: RegistrationDetails | null }>> {
  const person = personOf(ctx.actor);
  if (!person) return refuse({ kind: 'signed-out' });
  const parts = partsOfRegistrationId(input.id);
  if (parts.person !== person.id && !isStaff(ctx.actor)) return unknown('registration');
  const found = await findRegistration(ctx, input.id);
  if (!found.ok) return found;
  const [mine, details] = await Promise.all([
    mineOf(ctx, found.value.registration, found.value.event),
    found.value.past ? null : ctx.store.details(parts.event, parts.person),
  ]);
  return mine ? ok({ ...mine, details }) : unknown('registration');
}

async function mineOf(ctx: Context, registration: Registration, event: TrainingEvent): Promise<MyRegistration | null> {
  const [program, position, waiting] = await Promise.all([
    ctx.store.program(event.programId),
    positionOf(ctx, registration),
    registration.status === 'waitlisted' ? ctx.store.lineLength(registration.pool) : null,
  ]);
  if (!program) return null;
  const taken = sessionsOf(registration, event);
  // whoever opens it arrives as that person, so staff who look at a registration are not given it
  const mayJoin = registration.status === 'confirmed' && personOf(ctx.actor)?.id === registration.person;
  const sessions = event.sessions
    .filter((session) => taken.includes(session.id))
    .map((session) => ({
      session,
      joinUrl: mayJoin ? joinAddress(ctx, registration, session.id) : null,
      join: joinWindow(event, session, ctx.clock.now()),
    }));
  return { registration, event, program, position, waiting, sessions };
}

export interface RegistrationPatch {
  readonly sessions?: readonly SessionId[] | undefined;
  readonly answers?: Answers | undefined;
  readonly accommodations?: Accommodations | undefined;
}

/** Other sessions, answers or needs, until the start. */
export async function changeRegistration(
  ctx: Context,
  input: { readonly id: RegistrationId; readonly version: number | null; readonly patch: RegistrationPatch },
): Promise<Result<Registration>> {
  const person = signedIn(ctx);
  if (!person.ok) return person;
  const parts = partsOfRegistrationId(input.id);
  if (parts.person !== person.value.id) return unknown('registration');
  return settle(ctx, async () => {
    const found = await findRegistration(ctx, input.id);
    if (!found.ok) return found;
    const { registration: held, event } = found.value;
    if (input.version === null) return refuse({ kind: 'version-missing' });
    if (held.rev !== input.version) return refuse({ kind: 'version-stale' });
    if (!isStanding(held.status)) return conflict(`This registration is ${held.status}, so it can’t be changed`);
    const now = ctx.clock.now();
    if (startFor(held, event) <= now) return refuse({ kind: 'closed', because: 'past' });
    const sessions = otherSessions(event, held, input.patch.sessions);
    if (!sessions.ok) return sessions;
    const details = await otherDetails(ctx, event, held, input.patch);
    if (!details.ok) return details;
    const change = sessions.value
      ? chooseOther(held, event, sessions.value, ctx.actor, now)
      : {
          registrations: [{ before: held, after: { ...held, rev: held.rev + 1 } }],
          audit: [audited(`${held.event}#${held.person}`, held.rev + 1, now, ctx.actor, 'changed answers')],
        };
    const after = change.registrations?.[0]?.after ?? held;
    const outcome = await ctx.store.commit({ ...change, details: [{ of: after, details: details.value }] });
    return committed(ctx, outcome, ok(after));
  });
}

/** Null where they stay as they are. */
function otherSessions(
  event: TrainingEvent,
  held: Registration,
  wanted: readonly SessionId[] | undefined,
): Result<readonly SessionId[] | null> {
  if (wanted === undefined) return ok(null);
  const chosen = chooseSessions(event, wanted);
  if (!chosen.ok) return chosen;
  const same = chosen.value.toSorted().join() === held.sessions.toSorted().join();
  if (same) return ok(null);
  return event.sessionChoice === 'any'
    ? chosen
    : invalid({ path: 'sessions', message: 'Give this place up and register again to take another session' });
}

async function otherDetails(
  ctx: Context,
  event: TrainingEvent,
  held: Registration,
  patch: RegistrationPatch,
): Promise<Result<RegistrationDetails>> {
  const before = await ctx.store.details(held.event, held.person);
  const answers = patch.answers ?? before?.answers ?? {};
  const wrong = patch.answers ? checkAnswers(event.questions, patch.answers) : [];
  if (wrong.length > 0) return invalid(...wrong);
  return ok({
    answers,
    accommodations: patch.accommodations ?? before?.accommodations ?? { needs: [], other: '' },
  });
}
