import { registrationId, type RegistrationId } from '../domain/ids.ts';
import type { NotArrived } from '../domain/returned.ts';
import { ok, type Result } from '../domain/result.ts';
import { DAY, plus } from '../domain/time.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';

/** How far back staff look. */
export const RETURNED_DAYS = 30;
const ON_A_PAGE = 25;
/** What is counted of them; more is "500 and more". */
export const MOST_COUNTED = 500;
/** A mail service tries for 14 hours at most, and says if it gives up. */
const LATE_FOR = DAY;

/** A page of the messages that came back. */
export interface ReturnedMessages {
  readonly items: readonly { readonly message: NotArrived; readonly registration: RegistrationId | null }[];
  /** All of the last 30 days, and no more than {@link MOST_COUNTED}. */
  readonly count: number;
  readonly next: string | null;
}

/** Messages that came back in the last 30 days, or are late since yesterday, the newest first, whatever event. */
export async function listReturned(
  ctx: Context,
  input: { readonly after: string | null },
): Promise<Result<ReturnedMessages>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const now = ctx.clock.now();
  const since = plus(now, -RETURNED_DAYS * DAY);
  const [page, count] = await Promise.all([
    ctx.store.returnedPage(since, ON_A_PAGE, input.after),
    ctx.store.returnedSince(since, MOST_COUNTED),
  ]);
  const current = page.items.filter(({ how, at }) => how !== 'delayed' || at > now - LATE_FOR);
  const items = await Promise.all(
    current.map(async (message) => {
      const held = await ctx.store.registration(message.event, message.person);
      return { message, registration: held && registrationId(held.event, held.person, held.attempt) };
    }),
  );
  return ok({ items, count, next: page.next });
}
