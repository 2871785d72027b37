import type { Answered } from '../domain/calendar-answer.ts';
import { audited } from '../domain/change.ts';
import type { TrainingEvent } from '../domain/event.ts';
import type { RegistrationId } from '../domain/ids.ts';
import type { Sent } from '../domain/owed.ts';
import type { Program } from '../domain/program.ts';
import { entityOf, type Registration, type RegistrationDetails } from '../domain/registration.ts';
import type { Returned } from '../domain/returned.ts';
import { ok, unknown, type Result } from '../domain/result.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { findRegistration } from './on-registration.ts';
import { readHistory, type HistoryEntry } from './read-audit.ts';
import { positionOf } from './register-for-event.ts';

/** One person at one event, with everything that was done and sent. */
export interface PersonAtEvent {
  readonly registration: Registration;
  readonly event: TrainingEvent;
  readonly program: Program;
  readonly details: RegistrationDetails | null;
  readonly position: number | null;
  readonly history: readonly HistoryEntry[];
  readonly messages: readonly Sent[];
  /** Of these, and of any that were sent and not marked so, those that came back. */
  readonly returned: readonly Returned[];
  /** What their calendar answered. */
  readonly answers: readonly Answered[];
}

/** What staff see of one registration; the look is on record. */
export async function viewPersonAtEvent(
  ctx: Context,
  input: { readonly id: RegistrationId },
): Promise<Result<PersonAtEvent>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const found = await findRegistration(ctx, input.id);
  if (!found.ok) return found;
  const { registration, event } = found.value;
  const { person } = registration;
  const [program, details, position, history, messages, returned, answers] = await Promise.all([
    ctx.store.program(event.programId),
    ctx.store.details(event.id, person),
    positionOf(ctx, registration),
    readHistory(ctx, { entity: entityOf(registration), after: null }),
    ctx.store.messagesOf(event.id, person),
    ctx.store.returnedOf(event.id, person),
    ctx.store.answersOf(event.id, person),
    ctx.store.note(audited(event.id, null, ctx.clock.now(), ctx.actor, 'viewed a registration')),
  ]);
  if (!program) return unknown('registration');
  if (!history.ok) return history;
  return ok({
    registration,
    event,
    program,
    details,
    position,
    history: history.value.items,
    messages,
    returned,
    answers,
  });
}
