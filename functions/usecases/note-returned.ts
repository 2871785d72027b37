import type { Email } from '../domain/person.ts';
import type { NotArrived, Returned } from '../domain/returned.ts';
import type { Instant } from '../domain/time.ts';
import type { Context } from './context.ts';

/** What the mail service reports of one message. */
export interface MailReport {
  readonly how: NotArrived['how'];
  readonly why: string;
  readonly at: Instant;
  readonly email: Email;
  /** The message, where it was about a registration; null for a code. */
  readonly message: Pick<Returned, 'event' | 'person' | 'rev' | 'part' | 'kind'> | null;
}

/**
 * Marks a message that came back, and its address where that takes no mail any more. Reports come at least once and in
 * any order: the same one changes nothing. Later messages are sent all the same: a mailbox may be mended, a calendar is
 * owed its cancel, and SES keeps from its own list whom it may not write to.
 * @returns `unknown` for a message that is not this desk's, or whose registration is gone: nothing is kept of it
 */
export async function noteReturned(ctx: Context, report: MailReport): Promise<NotArrived['how'] | 'unknown'> {
  const { how, why, at, email, message } = report;
  const known = message !== null && (await ctx.store.isRegistered(message.event, message.person));
  if (known) await ctx.store.keepReturned({ ...message, how, why, at, email });
  const marked = (how === 'bounced' || how === 'complained') && (await ctx.store.markAddress(email, { how, at }));
  return known || marked ? how : 'unknown';
}
