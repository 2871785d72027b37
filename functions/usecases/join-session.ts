import { personOf } from '../domain/actor.ts';
import { joinWindow, type Session, type TrainingEvent } from '../domain/event.ts';
import { type EventId, partsOfRegistrationId, type PersonId, RegistrationId, SessionId } from '../domain/ids.ts';
import type { Program } from '../domain/program.ts';
import { idOf, sessionsOf, type Registration } from '../domain/registration.ts';
import { conflict, ok, refuse, unknown, type Result } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import type { Context } from './context.ts';
import { signatureOf } from './signature.ts';

/** The personal join address of a confirmed person for one session. It dies with the attempt or the seat. */
export function joinAddress(
  ctx: Context,
  registration: Pick<Registration, 'event' | 'person' | 'attempt'>,
  session: SessionId,
): string {
  const id = idOf(registration);
  const signed = signatureOf(ctx, 'join', id, session);
  return `${ctx.desk.origin}/join/${id.slice('reg_'.length)}.${session.slice('ses_'.length)}.${signed}`;
}

/** What a join page shows: the person's first name and the session, never the meeting's own link. */
export interface Joining {
  readonly registration: Registration;
  readonly event: TrainingEvent;
  readonly program: Program;
  readonly session: Session;
  readonly state: 'early' | 'open' | 'over';
  readonly opensAt: Instant;
  /** When they came by this link before; null: not yet. */
  readonly joinedAt: Instant | null;
}

/**
 * Reads a join address; changes nothing, however often it is fetched. Law-enforcement sensitive events ask for the
 * person's own sign-in.
 */
export async function viewJoin(ctx: Context, input: { readonly secret: string }): Promise<Result<Joining>> {
  const parts = read(ctx, input.secret);
  if (!parts) return unknown('join page');
  const [registration, event] = await Promise.all([
    ctx.store.registration(parts.event, parts.person),
    ctx.store.event(parts.event),
  ]);
  const program = event && (await ctx.store.program(event.programId));
  const session = event?.sessions.find((one) => one.id === parts.session);
  if (!registration || !event || !program || !session) return unknown('join page');
  const stands = registration.status === 'confirmed' && registration.attempt === parts.attempt;
  if (!stands || event.status !== 'published' || !sessionsOf(registration, event).includes(session.id))
    return unknown('join page');
  if (program.sensitivity === 'law-enforcement-sensitive') {
    const person = personOf(ctx.actor);
    if (!person) return refuse({ kind: 'signed-out' });
    if (person.id !== registration.person) return unknown('join page');
  }
  const before = await ctx.store.arrival(event.id, session.id, registration.person);
  const { state, opensAt } = joinWindow(event, session, ctx.clock.now());
  return ok({ registration, event, program, session, state, opensAt, joinedAt: before?.at ?? null });
}

/** Records the arrival and gives the meeting's own link: the one place where it leaves the product. */
export async function joinSession(ctx: Context, input: { readonly secret: string }): Promise<Result<{ to: string }>> {
  const joining = await viewJoin(ctx, input);
  if (!joining.ok) return joining;
  const { registration, event, session, state, opensAt } = joining.value;
  if (state === 'early') return refuse({ kind: 'too-early', opensAt });
  if (state === 'over') return refuse({ kind: 'over', endedAt: session.endsAt });
  if (session.joinUrl === '') return conflict('The training desk has not added the meeting yet. Try again in a minute');
  await ctx.store.recordArrival({
    event: event.id,
    session: session.id,
    person: registration.person,
    at: ctx.clock.now(),
  });
  return ok({ to: session.joinUrl });
}

function read(
  ctx: Context,
  secret: string,
): { event: EventId; person: PersonId; attempt: number; session: SessionId } | null {
  const [reg, ses, signed] = secret.split('.');
  const id = RegistrationId.safeParse(`reg_${reg}`);
  const session = SessionId.safeParse(`ses_${ses}`);
  if (!id.success || !session.success || signed === undefined) return null;
  const right = signatureOf(ctx, 'join', id.data, session.data);
  return ctx.ids.same(right, signed) ? { ...partsOfRegistrationId(id.data), session: session.data } : null;
}
