import type { CalendarObject, TrainingEvent } from '../domain/event.ts';
import { slugOf, type SessionId } from '../domain/ids.ts';
import { idOf, type Registration } from '../domain/registration.ts';
import type { Context, LetterLinks } from './context.ts';
import { joinAddress } from './join-session.ts';

/** Where a message or calendar entry about a registration leads. None of these changes anything when it is fetched. */
export function linksOf(
  ctx: Context,
  registration: Registration,
  event: TrainingEvent,
  object: CalendarObject | null,
): Omit<LetterLinks, 'sponsor'> {
  const { origin } = ctx.desk;
  const sessions: readonly SessionId[] = (object?.sessions ?? []).map((session) => session.id);
  return {
    event: `${origin}/trainings/${slugOf(event.title, event.id)}`,
    registration: `${origin}/registrations/${idOf(registration)}`,
    supervisor: `${origin}/registrations/${idOf(registration)}/supervisor`,
    giveBack: `${origin}/registrations/${idOf(registration)}/give-back`,
    takeOver: `${origin}/registrations/${idOf(registration)}/take-over`,
    registrations: `${origin}/registrations`,
    privacy: `${origin}/privacy`,
    join: sessions.map((session) => ({ session, url: joinAddress(ctx, registration, session) })),
  };
}
