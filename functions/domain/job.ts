import * as z from 'zod';
import { EventId } from './ids.ts';
import { InstantNumber, SECOND } from './time.ts';

/**
 * A change to an event on its way to everybody registered, a page of the roster at a time. It goes over the roster
 * twice, the second time {@link LATE} later, so that somebody who was being registered in the meantime is told too.
 */
export const Job = z.lazy(() =>
  z.object({
    event: EventId,
    /** The event's `rev` after the change; a registration told of that or a later one is passed over. */
    eventRev: z.int(),
    kind: z.enum(['event-changed', 'event-cancelled']),
    pass: z.union([z.literal(1), z.literal(2)]),
    /** Where the pass goes on; null at its beginning. */
    cursor: z.string().nullable(),
    dueAt: InstantNumber,
  }),
);
export type Job = z.infer<typeof Job>;

/** Longer than any request lives. */
export const LATE = 30 * SECOND;
