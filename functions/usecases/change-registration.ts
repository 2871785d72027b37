import { changeSitting } from '../domain/change-sitting.ts';
import type { Change } from '../domain/change.ts';
import { chooseOther } from '../domain/decide.ts';
import type { TrainingEvent } from '../domain/event.ts';
import type { PoolId, RegistrationId, SessionId } from '../domain/ids.ts';
import { checkAnswers, type Accommodations, type Answers } from '../domain/questions.ts';
import { chooseSessions, poolFor } from '../domain/register.ts';
import { actAudit, isStanding, Registration, startFor, type RegistrationDetails } from '../domain/registration.ts';
import { conflict, invalid, ok, refuse, unknown, type Result } from '../domain/result.ts';
import type { Seats } from '../domain/seats.ts';
import { ownerOf } from './access.ts';
import type { Context } from './context.ts';
import { findRegistration } from './on-registration.ts';
import { promoteSoon } from './promote-waiting.ts';
import { positionOf, seatedSoon } from './register-for-event.ts';
import { committed, settle } from './settle.ts';

export interface RegistrationPatch {
  readonly sessions?: readonly SessionId[] | undefined;
  readonly answers?: Answers | undefined;
  readonly accommodations?: Accommodations | undefined;
  /** Where people pick one sitting: gives a seat up for a place in the other's line. */
  readonly waitIfFull?: boolean | undefined;
}

/** A registration as a change left it. */
export interface Changed {
  readonly registration: Registration;
  /** The place in line, from 1; null when not waiting. */
  readonly position: number | null;
}

/**
 * Other sessions, answers or needs, until the start. Another sitting gives the old seat or place back in the same
 * transaction, and the next in its line is seated.
 */
export async function changeRegistration(
  ctx: Context,
  input: { readonly id: RegistrationId; readonly version: number | null; readonly patch: RegistrationPatch },
): Promise<Result<Changed>> {
  const person = ownerOf(ctx, input.id);
  if (!person.ok) return person;
  let tried: Written | null = null;
  const result = await settle(ctx, async (tries) => {
    const found = await findRegistration(ctx, input.id);
    if (!found.ok) return found;
    const { registration: held, event } = found.value;
    // the try before this one was written, though its answer never came
    if (tried && sameWrite(held, tried.registration)) return ok(tried);
    if (input.version === null) return refuse({ kind: 'version-missing' });
    if (held.rev !== input.version)
      return tries > 0 && isThere(held, event, input.patch)
        ? ok({ registration: held, left: null, seats: null })
        : refuse({ kind: 'version-stale' });
    if (!isStanding(held.status)) return conflict(`This registration is ${held.status}, so it can’t be changed`);
    if (startFor(held, event) <= ctx.clock.now()) return refuse({ kind: 'closed', because: 'past' });
    const decision = await decide(ctx, held, event, input.patch);
    if (!decision.ok) return decision;
    const { kind, registration, change, seats } = decision.value;
    if (kind === 'seal') {
      await ctx.store.commit(change);
      return 'again';
    }
    const details = await otherDetails(ctx, event, held, input.patch);
    if (!details.ok) return details;
    const left = held.status === 'confirmed' && held.pool !== registration.pool ? held.pool : null;
    const written: Written = { registration, left, seats };
    tried = written;
    const outcome = await ctx.store.commit({ ...change, details: [{ of: registration, details: details.value }] });
    return committed(ctx, outcome, ok(written));
  });
  return result.ok ? ok(await afterwards(ctx, result.value)) : result;
}

/** What a change left behind: the registration, the pool whose seat came free, and the pool they came to. */
interface Written {
  readonly registration: Registration;
  readonly left: PoolId | null;
  readonly seats: Seats | null;
}

/** Whether a registration is kept just as it was tried: nobody can tell whose write that was, and nobody need. */
const sameWrite = (kept: Registration, tried: Registration): boolean =>
  JSON.stringify(kept) === JSON.stringify(Registration.parse(tried));

/** An outcome that was not known was ours: they are where they asked to be. */
const isThere = (held: Registration, event: TrainingEvent, { sessions }: RegistrationPatch): boolean =>
  event.sessionChoice === 'one' && sessions?.length === 1 && isStanding(held.status) && held.pool === sessions[0];

interface Decided {
  readonly kind: 'seal' | 'commit';
  readonly registration: Registration;
  readonly change: Change;
  /** The pool that they came to; null where they stayed in theirs. */
  readonly seats: Seats | null;
}

async function decide(
  ctx: Context,
  held: Registration,
  event: TrainingEvent,
  patch: RegistrationPatch,
): Promise<Result<Decided>> {
  const { actor } = ctx;
  const now = ctx.clock.now();
  const sessions = otherSessions(event, held, patch.sessions);
  if (!sessions.ok) return sessions;
  if (sessions.value && event.sessionChoice === 'one') {
    const [seen] = await ctx.store.pools([poolFor(event, sessions.value)]);
    if (!seen) return unknown('event');
    const waitIfFull = patch.waitIfFull ?? false;
    const decision = changeSitting({ held, event, sessions: sessions.value, ...seen, waitIfFull, actor, now });
    return decision.ok ? ok({ registration: held, ...decision.value, seats: seen.seats }) : decision;
  }
  const after = { ...held, rev: held.rev + 1 };
  const change: Change = sessions.value
    ? chooseOther(held, event, sessions.value, actor, now)
    : { registrations: [{ before: held, after }], audit: [actAudit(after, 'changed answers', actor, now)] };
  return ok({ kind: 'commit', registration: change.registrations?.[0]?.after ?? held, change, seats: null });
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
  return ok(same ? null : chosen.value);
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

/** The seat that was left goes to the next in its line, and a place in the new one is served where seats are free. */
async function afterwards(
  ctx: Context,
  changed: { readonly registration: Registration; readonly left: PoolId | null; readonly seats: Seats | null },
): Promise<Changed> {
  if (changed.left) await promoteSoon(ctx, changed.left);
  const registration = changed.seats
    ? await seatedSoon(ctx, changed.registration, changed.seats)
    : changed.registration;
  return { registration, position: await positionOf(ctx, registration) };
}
