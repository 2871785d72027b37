import * as z from 'zod';
import type { Change } from './change.ts';
import type { TrainingEvent } from './event.ts';
import { EventId, type PersonId, type PoolId } from './ids.ts';
import type { Registration } from './registration.ts';
import type { Place, Seats } from './seats.ts';
import { InstantNumber, type Instant } from './time.ts';

/** How a finding is mended on a person's word: by a change of its own, or by letting the promoter run. */
export type Mend =
  | {
      readonly by: 'change';
      readonly change: Omit<Change, 'audit'>;
      readonly entity: string;
      /** The entity's `rev` after it; null where nothing of the entity itself changes. */
      readonly rev: number | null;
    }
  | { readonly by: 'promoter'; readonly pool: PoolId };

/** One thing that is not as the seat rules leave it. Names ids and figures, never a person's name or address. */
export interface Finding {
  /** Short and stable, for alarms: `count-off`. */
  readonly kind: string;
  /** What it is about: an event, a pool, or a registration as the audit names it. */
  readonly subject: string;
  /** What is wrong, in a sentence. */
  readonly words: string;
  /** How it came about, in a sentence. */
  readonly cause: string;
  /** What to do about it, in a sentence. */
  readonly remedy: string;
  /** Null: only a person can decide. */
  readonly mend: Mend | null;
}

/** A finding as it is kept and reported: how to mend it is worked out again when it is mended. */
export const tellFinding = ({ kind, subject, words, cause, remedy }: Finding) => ({
  kind,
  subject,
  words,
  cause,
  remedy,
});

/** The night's look at the desk, as it is kept until the next. */
export const Checkup = z.lazy(() =>
  z.object({
    at: InstantNumber,
    /** How many events were looked at, and how many things were found. */
    events: z.int(),
    /** After which event its time was up; the next look begins with the one that follows. */
    stoppedAt: EventId.nullish(),
    found: z.int(),
    /** The first of them. */
    findings: z.array(
      z.object({
        kind: z.string(),
        subject: z.string(),
        words: z.string(),
        cause: z.string(),
        remedy: z.string(),
      }),
    ),
  }),
);
export type Checkup = z.infer<typeof Checkup>;

/**
 * One event as it was read for a check: its registrations twice, everything else in between. A registration that both
 * readings show at the same `rev` was so at the moment between them, whatever else went on; others say nothing yet.
 */
export interface EventRead {
  readonly event: TrainingEvent;
  /** Where the year's list has it; null where it has not. */
  readonly listed: { readonly start: Instant; readonly end: Instant } | null;
  readonly before: readonly Registration[];
  readonly seats: readonly Seats[];
  /** Of all its pools. */
  readonly line: readonly Place[];
  /** The trainers who find it among their events, and the start it is listed under there. */
  readonly trainers: ReadonlyMap<PersonId, Instant>;
  readonly after: readonly Registration[];
  /** A change to it is being carried to its people. */
  readonly carried: boolean;
}

export const FIX = 'Run the doctor with --fix';

/** Registrations that did not change while the event was read. */
export function steady({ before, after }: EventRead): Registration[] {
  const revs = new Map(before.map(({ person, rev }) => [person, rev]));
  return after.filter(({ person, rev }) => revs.get(person) === rev);
}
