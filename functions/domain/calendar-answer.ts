import * as z from 'zod';
import { EventId, PersonId } from './ids.ts';
import type { Registration } from './registration.ts';
import { InstantNumber, type Instant } from './time.ts';

/** What somebody answered in their calendar (RFC 5545 section 3.2.12). It informs; it changes no seat: docs/adr/0044. */
export const CalendarAnswer = z.enum(['accepted', 'tentative', 'declined']);
export type CalendarAnswer = z.infer<typeof CalendarAnswer>;

/** An answer to an invitation, as a calendar mailed it. */
export interface CalendarReply {
  readonly uid: string;
  /** Who answers, in small letters, as the calendar says. */
  readonly attendee: string;
  readonly answer: CalendarAnswer;
  readonly stamp: Instant;
  /** The message says of itself that no person wrote it (RFC 3834): nothing is mailed because of it. */
  readonly byMachine: boolean;
}

/** The answer to one calendar object of a registration. */
export const Answered = z.lazy(() =>
  z.object({
    event: EventId,
    person: PersonId,
    attempt: z.int().min(1),
    object: z.string(),
    answer: CalendarAnswer,
    /** The answer's DTSTAMP, but never later than it arrived: the latest answer counts. */
    at: InstantNumber,
    /** It was to an invitation that no longer held. */
    over: z.literal(true).optional(),
    /** How often we wrote to the person because of an answer to this object, and when we last did. */
    mailed: z.object({ times: z.int().min(1), at: InstantNumber }).optional(),
  }),
);
export type Answered = z.infer<typeof Answered>;

/** Whether somebody with a seat said no to any of its invitations. */
export const hasDeclined = (
  { person, attempt, status }: Pick<Registration, 'person' | 'attempt' | 'status'>,
  answers: readonly Answered[],
): boolean =>
  status === 'confirmed' &&
  answers.some((one) => one.answer === 'declined' && !one.over && one.person === person && one.attempt === attempt);
