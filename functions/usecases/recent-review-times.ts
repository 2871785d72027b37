import type { TrainingEvent } from '../domain/event.ts';
import { OF_LATE, reviewTimes, type ReviewTimes } from '../domain/review-times.ts';
import { plus } from '../domain/time.ts';
import type { Context } from './context.ts';

/** How long answers took in the last 30 days; null where there were none, and for events that check nobody. */
export async function recentReviewTimes(
  ctx: Context,
  event: Pick<TrainingEvent, 'audience' | 'approval'>,
): Promise<ReviewTimes | null> {
  if (event.audience.kind === 'anyone' && event.approval === 'automatic') return null;
  return reviewTimes(await ctx.store.reviewedSince(plus(ctx.clock.now(), -OF_LATE)));
}
