import * as z from 'zod';
import { EventId, PersonId } from './ids.ts';
import { MessageKind } from './owed.ts';
import { Email } from './person.ts';
import { InstantNumber } from './time.ts';

/**
 * What the mail service said later about a message that it had accepted. `bounced`: the address takes no mail, for good;
 * `undelivered`: the other server did not take it in time; `refused`: the service itself would not send it;
 * `complained`: the recipient called it spam.
 */
export const ReturnedHow = z.enum(['bounced', 'undelivered', 'refused', 'complained']);
export type ReturnedHow = z.infer<typeof ReturnedHow>;

const aboutMessage = () =>
  z.object({
    event: EventId,
    person: PersonId,
    /** Which message: as its outbox entry was named. */
    rev: z.int().min(1),
    part: z.string().min(1).max(100),
    kind: MessageKind,
    /** Where it went: a colleague's or a supervisor's address for some kinds. */
    email: Email,
    how: ReturnedHow,
    /** The other server's words; empty where it gave none. */
    why: z.string().max(300),
    at: InstantNumber,
  });

/** One message about a registration that came back. */
export const Returned = z.lazy(aboutMessage);
export type Returned = z.infer<typeof Returned>;

/** The same, or one that the other server does not take yet: staff find it in a list, and it marks nobody. */
export const NotArrived = z.lazy(() => aboutMessage().extend({ how: z.enum([...ReturnedHow.options, 'delayed']) }));
export type NotArrived = z.infer<typeof NotArrived>;

/** An address that mail no longer reaches. */
export const ReturnedAddress = z.object({ how: z.enum(['bounced', 'complained']), at: InstantNumber });
export type ReturnedAddress = z.infer<typeof ReturnedAddress>;

/** `address`: no mail reaches the person; `message`: one did not; `sponsor`: what went to their supervisor did not. */
export type MailTrouble = 'address' | 'message' | 'sponsor';
