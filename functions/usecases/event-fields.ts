import { actorName } from '../domain/actor.ts';
import {
  checkDraft,
  inOrder,
  type EventDraft,
  type Session,
  type Trainer,
  type TrainingEvent,
} from '../domain/event.ts';
import { SessionId } from '../domain/ids.ts';
import type { Email } from '../domain/person.ts';
import type { Program } from '../domain/program.ts';
import { invalid, ok, type FieldError, type Result } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import type { Context } from './context.ts';
import { personOfAddress } from './person-of-address.ts';

/** TransactWriteItems takes 100 actions: sessions of *one* have a counter each, and trainers an item each. */
const MOST_SITTINGS = 40;

/** What must hold of a draft, its program among it. */
export async function checkedProgram(ctx: Context, draft: EventDraft): Promise<Result<Program>> {
  const errors: FieldError[] = checkDraft(draft);
  const program = await ctx.store.program(draft.programId);
  if (!program) errors.push({ path: 'programId', message: 'Choose one of the programs' });
  if (draft.sessionChoice === 'one' && draft.sessions.length > MOST_SITTINGS)
    errors.push({ path: 'sessions', message: `Use at most ${MOST_SITTINGS} sessions where people pick one` });
  return program && errors.length === 0 ? ok(program) : invalid(...errors);
}

type Fields = Omit<TrainingEvent, 'id' | 'rev' | 'status' | 'cancelReason' | 'madeBy'>;

/** What a draft says, as the fields of an event. */
export function fieldsOf(
  ctx: Context,
  draft: EventDraft,
  known: readonly Session[],
  trainers: Trainer[],
  program: Program,
  now: Instant,
): Fields {
  const sessions = draft.sessions.map((session): Session => {
    const before = known.find((old) => old.id === session.id);
    return {
      ...session,
      id: session.id ?? SessionId.parse(ctx.ids.random('ses')),
      joinUrl: session.joinUrl || (before?.joinUrl ?? ''),
    };
  });
  return {
    programId: draft.programId,
    title: draft.title,
    description: draft.description,
    outcomes: draft.outcomes,
    timeZone: draft.timeZone,
    sessions: inOrder(sessions),
    sessionChoice: draft.sessionChoice,
    capacity: draft.capacity,
    mode: draft.mode,
    audience: draft.audience ?? program.audience,
    approval: draft.approval,
    opensAt: draft.opensAt,
    closesAt: draft.closesAt,
    joinOpensMinutes: draft.joinOpensMinutes,
    trainers,
    questions: draft.questions,
    updatedAt: now,
    updatedBy: actorName(ctx.actor),
  };
}

/** The people of the trainers' addresses; one that is new to the desk is made. */
export async function findTrainers(ctx: Context, emails: readonly Email[]): Promise<Trainer[]> {
  return Promise.all(
    emails.map(async (email) => {
      const person = await personOfAddress(ctx, email);
      return { person: person.id, email, name: person.profile?.name ?? '' };
    }),
  );
}
