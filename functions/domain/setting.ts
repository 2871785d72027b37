import * as z from 'zod';
import { EventId, PersonId } from './ids.ts';
import { InstantNumber } from './time.ts';

const rev = z.int().min(1);

/** All mail but sign-in codes is held, or was released. Codes must go out: holding them would lock everybody out. */
export const MailHold = z.lazy(() =>
  z.object({
    name: z.literal('mail'),
    rev,
    held: z.boolean(),
    /** When it was held or released, and by whom, as the audit names them. */
    since: InstantNumber,
    by: z.string(),
    /** Put into a restored table: nothing may go before what follows a restore has begun, which takes this away. */
    restored: z.literal(true).optional(),
  }),
);
export type MailHold = z.infer<typeof MailHold>;

/** The first staff member was made, and a second is never made that way. */
export const FirstStaff = z.lazy(() =>
  z.object({
    name: z.literal('first-staff'),
    rev,
    person: PersonId,
    at: InstantNumber,
  }),
);
export type FirstStaff = z.infer<typeof FirstStaff>;

/** What was done after the table had been restored, and how far that is. Its lists are done from the front. */
export const Restore = z.lazy(() =>
  z.object({
    name: z.literal('restore'),
    rev,
    /** The moment whose state the table has. */
    restoredTo: InstantNumber,
    /** The earliest that any restore went back to: this one's own moment where there was none before it. */
    since: InstantNumber,
    /** What is sent from now on has this SEQUENCE or a higher one, and nothing that was sent before. */
    sequence: z.int().min(0),
    startedAt: InstantNumber,
    /** Events whose new registrations are yet to begin at that SEQUENCE. */
    below: z.array(EventId),
    /** The shard of the outbox that is to be cleared of what is about events that are over; null: all are. */
    shard: z.int().nullable(),
    /** Rosters are not gone over before: by then, every new registration begins at that SEQUENCE. */
    rostersFrom: InstantNumber,
    /** Events whose rosters are left, the one at work first. */
    events: z.array(EventId),
    /** Where its roster goes on; null at its beginning. */
    cursor: z.string().nullable(),
    /** Registrations raised so far, messages settled, and people told again how they stand. */
    raised: z.int(),
    settled: z.int(),
    told: z.int(),
    finishedAt: InstantNumber.nullable(),
  }),
);
export type Restore = z.infer<typeof Restore>;

/** A setting of the whole desk; each write is conditional on its `rev`. */
export type Setting = MailHold | FirstStaff | Restore;
