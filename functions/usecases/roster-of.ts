import type { EventId } from '../domain/ids.ts';
import type { Registration } from '../domain/registration.ts';
import type { Context } from './context.ts';
import type { Page } from './store-port.ts';

/** Registrations of one read. */
const PAGE = 500;

/** Everybody who ever registered for an event, read consistently, whole. */
export async function rosterOf(ctx: Context, event: EventId): Promise<readonly Registration[]> {
  const found: Registration[] = [];
  let after: string | null = null;
  do {
    const page: Page<Registration> = await ctx.store.rosterPage(event, PAGE, after);
    found.push(...page.items);
    after = page.next;
  } while (after !== null);
  return found;
}
