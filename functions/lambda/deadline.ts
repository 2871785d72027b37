import type { Context } from 'aws-lambda';
import { instant, plus, type Instant } from '../domain/time.ts';

/** Long enough to finish what was begun: a message that a mail server answers slowly. */
const TO_FINISH_MS = 10_000;

/**
 * When to begin nothing new, so that Lambda's own end comes in the middle of nothing.
 * @param toFinish milliseconds that the longest thing that was begun before may take
 */
export const stopBefore = (
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  toFinish: number = TO_FINISH_MS,
): Instant => plus(instant(Date.now()), context.getRemainingTimeInMillis() - toFinish);
