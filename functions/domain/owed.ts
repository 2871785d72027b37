import * as z from 'zod';
import { EventId, PersonId } from './ids.ts';
import { Email } from './person.ts';
import { InstantNumber } from './time.ts';

/** What a message about a registration says. */
export const MessageKind = z.enum([
  'confirmed',
  'waitlisted',
  'pending',
  'denied',
  'changed-answers',
  'event-changed',
  'event-cancelled',
  'cancelled-by-person',
  'cancelled-by-staff',
  'ineligible',
  'seat-offered',
  'seat-handed-over',
  'sponsor-asked',
  'sponsor-wanted',
  'declined',
  'called-back',
  'restored',
]);
export type MessageKind = z.infer<typeof MessageKind>;

/** The calendar part of a message: one object, with the sequence that was stored before it is sent (RFC 5546 section 2.1.4). */
export const CalendarPart = z.object({
  method: z.enum(['REQUEST', 'CANCEL']),
  /** Which of the registration's calendar objects: a session's id, or `day20270511`. */
  object: z.string(),
  sequence: z.int().min(0),
  startsAt: InstantNumber,
  endsAt: InstantNumber,
});
export type CalendarPart = z.infer<typeof CalendarPart>;

/** Delivery of an outbox entry so far. */
const Delivery = {
  email: Email,
  /** When the change was made; the calendar's DTSTAMP, so that a message sent twice is the same message. */
  stamp: InstantNumber,
  dueAt: InstantNumber,
  tries: z.int().min(0),
};

/**
 * An outbox entry: a message that a committed change owes somebody. Its key says what it announces, so it exists once;
 * its words are made when it is sent.
 */
export const OwedAboutRegistration = z.lazy(() =>
  z.object({
    about: z.literal('registration'),
    event: EventId,
    person: PersonId,
    /** The registration's `rev` after the change. */
    rev: z.int().min(1),
    /** The calendar object, or `-`. */
    part: z.string(),
    attempt: z.int().min(1),
    kind: MessageKind,
    calendar: CalendarPart.nullable(),
    /** Staff's reason, or the old time of what moved; empty where there is none. */
    note: z.string(),
    ...Delivery,
  }),
);
export type OwedAboutRegistration = z.infer<typeof OwedAboutRegistration>;

/** The code itself is nowhere: it follows from the challenge and the desk's secret. */
export const OwedCode = z.lazy(() =>
  z.object({
    about: z.literal('sign-in'),
    challenge: z.string(),
    ...Delivery,
  }),
);
export type OwedCode = z.infer<typeof OwedCode>;

// unwrapped: zod holds a schema with a lazy one in it for one that may go round in circles, and looks at each parse
export const Owed = z.lazy(() => z.discriminatedUnion('about', [OwedAboutRegistration.unwrap(), OwedCode.unwrap()]));
export type Owed = z.infer<typeof Owed>;

/** What became of a message. */
export const Sent = z.lazy(() =>
  z.object({
    owed: Owed.unwrap(),
    at: InstantNumber,
    /** `given-up`: after its tries; staff see it. `needless`: there was nothing to tell, or nobody to tell it to. */
    how: z.enum(['sent', 'given-up', 'needless']),
    /** The mail server's name for it, its reason, or ours. */
    outcome: z.string(),
  }),
);
export type Sent = z.infer<typeof Sent>;

/**
 * Unsent entries of one registration go in order, so that a CANCEL never overtakes its REQUEST. What goes to somebody
 * else is alone: a supervisor whose mail server is slow to take it must not hold up the applicant's invitation.
 */
export function queueOf(owed: Owed): string {
  if (owed.about !== 'registration') return `code#${owed.challenge}`;
  const queue = `${owed.event}#${owed.person}`;
  return TO_ANOTHER.has(owed.kind) ? `${queue}#${owed.rev}` : queue;
}
const TO_ANOTHER: ReadonlySet<MessageKind> = new Set(['seat-offered', 'sponsor-asked']);

/** Asks somebody for something, and says nothing about how a registration stands. */
export const isAsking = (kind: MessageKind): boolean =>
  TO_ANOTHER.has(kind) || kind === 'sponsor-wanted' || kind === 'declined';

/** After this many tries a message is given up and shown to staff: a little over a day with the waits below. */
export const MOST_TRIES = 12;
/** Seconds to the next try: 15 s, doubling to four hours. */
export const backoffSeconds = (tries: number): number => Math.min(4 * 3600, 15 * 2 ** Math.max(0, tries - 1));
