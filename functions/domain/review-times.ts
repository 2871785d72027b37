import { workingDaysUntil } from './holidays.ts';
import type { Registration } from './registration.ts';
import { DAY, EASTERN, type Instant } from './time.ts';

/** A yes or a no that a person gave, and how many working days it took. */
export interface Reviewed {
  readonly of: Registration;
  readonly at: Instant;
  readonly workingDays: number;
}

/** How long recent reviews took, in working days. */
export interface ReviewTimes {
  readonly halfWithin: number;
  readonly slowest: number;
}

/** How far back "recent" goes, for what the event page says. */
export const OF_LATE = 30 * DAY;

export const reviewed = (held: Registration, now: Instant): Reviewed => ({
  of: held,
  at: now,
  workingDays: Math.max(1, workingDaysUntil(held.appliedAt, now, EASTERN)),
});

/** Null where nobody was answered recently. */
export function reviewTimes(took: readonly number[]): ReviewTimes | null {
  const sorted = took.toSorted((a, b) => a - b);
  const [half, slowest] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted.at(-1)];
  return half === undefined || slowest === undefined ? null : { halfWithin: half, slowest };
}
