import type { Actor } from './actor.ts';
import type { Answered } from './calendar-answer.ts';
import { audited, type Change } from './change.ts';
import type { TrainingEvent } from './event.ts';
import type { CalendarPart, OwedAboutRegistration } from './owed.ts';
import { actAudit, entityOf, objectsOf, owe, startFor, type Registration } from './registration.ts';
import { DAY, type Instant } from './time.ts';

/** To one calendar object, whatever it answers: machines that answer each other end here. */
const MOST_MAILS = 3;

/** An answer with the one to the same object that is kept already. */
export interface Heard {
  readonly answered: Pick<Answered, 'event' | 'person' | 'attempt' | 'object' | 'answer' | 'at'>;
  readonly before: Answered | null;
  readonly byMachine: boolean;
}

/** Whether the invitation that was answered stands: its registration has the seat, and the object is one of its own. */
export const stands = (held: Registration, event: TrainingEvent, { answered }: Pick<Heard, 'answered'>): boolean =>
  held.status === 'confirmed' &&
  held.attempt === answered.attempt &&
  objectsOf(held, event).some(({ object }) => object === answered.object);

/** The calendar part that was last sent of an object of a registration; null while another is still owed. */
export function lastPart(
  { sent, owed }: Readonly<Record<'sent' | 'owed', readonly OwedAboutRegistration[]>>,
  { answered: { attempt, object } }: Pick<Heard, 'answered'>,
): CalendarPart | null {
  const partsOf = (messages: readonly OwedAboutRegistration[]) =>
    messages.flatMap((one) => (one.attempt === attempt && one.calendar?.object === object ? [one.calendar] : []));
  if (partsOf(owed).length > 0) return null;
  return partsOf(sent).toSorted((one, other) => other.sequence - one.sequence)[0] ?? null;
}

/** Names the message to somebody who declined one calendar object, so that it does not take the place of that object's own. */
export const declinedPart = (object: string): string => `declined-${object}`;

/** Keeps the answer. A person who declines gets one message: they still have the seat, and how to give it back. */
export function answerStanding(
  held: Registration,
  event: TrainingEvent,
  heard: Heard,
  actor: Actor,
  now: Instant,
): Change {
  const { answered, before } = heard;
  const no = answered.answer === 'declined' && before?.answer !== 'declined';
  const asks = no && startFor(held, event) > now && mayMail(heard, now);
  const owed = { ...owe(held, 'declined', now), part: declinedPart(answered.object) };
  return {
    answers: [{ before, after: kept(heard, asks ? now : null) }],
    ...(asks ? { owed: [owed] } : {}),
    audit: asks ? [audited(entityOf(held), null, now, actor, 'declined in their calendar')] : [],
  };
}

/**
 * Keeps an answer to an invitation that no longer holds. A calendar may have put the entry back by answering, so it is called back
 * again, with a SEQUENCE above every one that was sent of it (RFC 5546 section 2.1.5), after a restore too.
 * @param last what was last sent of the object; a cancellation that is still on its way needs no other
 */
export function answerOver(
  held: Registration,
  event: TrainingEvent,
  heard: Heard,
  last: CalendarPart | null,
  actor: Actor,
  now: Instant,
): Change {
  const { answered, before } = heard;
  if (last?.method !== 'CANCEL' || last.endsAt <= now || !mayMail(heard, now))
    return { answers: [{ before, after: { ...kept(heard, null), over: true } }], audit: [] };
  const sequence = Math.max(held.sequence, last.sequence, event.firstSequence ?? 0) + 1;
  const after: Registration = { ...held, rev: held.rev + 1, sequence };
  return {
    registrations: [{ before: held, after }],
    answers: [{ before, after: { ...kept(heard, now), over: true } }],
    owed: [{ ...owe(after, 'called-back', now, { ...last, sequence }), attempt: answered.attempt }],
    audit: [actAudit(after, 'called back again', actor, now)],
  };
}

const mayMail = ({ before, byMachine }: Heard, now: Instant): boolean =>
  !byMachine && (!before?.mailed || (before.mailed.times < MOST_MAILS && now - before.mailed.at >= DAY));

function kept({ answered, before }: Heard, mailedAt: Instant | null): Answered {
  const mailed = mailedAt === null ? before?.mailed : { times: (before?.mailed?.times ?? 0) + 1, at: mailedAt };
  return { ...answered, ...(mailed ? { mailed } : {}) };
}
