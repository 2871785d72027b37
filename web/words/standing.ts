import type { Because } from '../../functions/domain/audience.ts';
import type { ReviewTimes } from '../../functions/domain/review-times.ts';
import type { Instant } from '../../functions/domain/time.ts';

/** In how many working days it starts, and how many a check can take: as promised, or as long as one took of late. */
export interface Soon {
  readonly startsIn: number;
  readonly checkTakes: number;
}

/** How the reader stands to an event, told before they fill in anything. */
export type Standing =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'qualifies'; readonly email: string; readonly because: Because; readonly agency: string | null }
  | {
      readonly kind: 'review';
      readonly email: string;
      readonly because: Because;
      readonly agency: string | null;
      /** The day by which they hear, if they apply now. */
      readonly answerBy: Instant;
      /** Set where the start may come before the answer. In whole working days. */
      readonly soon: Soon | null;
    }
  | { readonly kind: 'not'; readonly email: string; readonly because: Because; readonly agency: string | null };

const hostOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);

/** Why this address can attend. */
export function whyQualifies(standing: { email: string; because: Because; agency: string | null }): string {
  const host = hostOf(standing.email);
  if (standing.because === 'open-to-everyone') return 'This training is open to everyone.';
  if (standing.because === 'approved-by-staff') return 'A person at the Center has checked this address.';
  return standing.agency
    ? `Only the ${withoutArticle(standing.agency)} uses ${host}.`
    : `${host} is on the list for this training.`;
}

/** Why a person checks this address first. */
export function whyReview(standing: { email: string; because: Because; agency: string | null }): string {
  const host = hostOf(standing.email);
  switch (standing.because) {
    case 'shared-host':
      return `More than one office uses ${host}, so we check each person once. After that you are known for 12 months.`;
    case 'contractor-host':
      return `Contractors use ${host}, so a person checks each one.`;
    case 'expired-host':
      return `Our last check of who uses ${host} has ended, so a person looks again.`;
    case 'everyone-is-checked':
      return 'A person checks everyone who asks to come to this training.';
    case 'open-to-everyone':
    case 'named-host':
    case 'exclusive-host':
    case 'approved-by-staff':
    case 'unknown-host':
      return `We don’t know ${host} yet. After the check you are known for 12 months.`;
  }
}

/** The same to somebody who has applied. What is known of a host may have changed since. */
export function whyChecked(standing: { email: string; because: Because; agency: string | null }): string {
  const host = hostOf(standing.email);
  switch (standing.because) {
    case 'shared-host':
      return `More than one office uses ${host}. It doesn’t tell us who works where.`;
    case 'unknown-host':
      return `We don’t know ${host} yet, so it doesn’t tell us whom you work for.`;
    case 'contractor-host':
    case 'expired-host':
    case 'everyone-is-checked':
      return whyReview(standing);
    case 'open-to-everyone':
    case 'named-host':
    case 'exclusive-host':
    case 'approved-by-staff':
      return `You applied before we knew ${host}, so a person still decides.`;
  }
}

const withoutArticle = (agency: string): string => agency.replace(/^the /i, '');

/** "1 working day", "3 working days" */
export const workingDays = (days: number): string => (days === 1 ? '1 working day' : `${days} working days`);

/** "In the last 30 days, half had an answer within 1 working day and the slowest took 3." */
export const reviewTimesWords = (times: ReviewTimes): string =>
  `In the last 30 days, half had an answer within ${workingDays(times.halfWithin)} and the slowest took ${times.slowest}.`;

/** "The webinar is in 2 working days. A check can take 3, so you may not have an answer before it starts." */
export const soonWords = (word: string, { startsIn, checkTakes }: Soon): string =>
  `The ${word} ${startsIn === 0 ? 'starts before the next working day' : `is in ${workingDays(startsIn)}`}. A check can take ${startsIn === 0 ? workingDays(checkTakes) : checkTakes}, so you may not have an answer before it starts.`;

/** What helps then. */
export const STILL = 'You can still apply. It is faster if somebody whose address we know confirms you right after.';
