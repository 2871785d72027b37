import type { EventId } from '../domain/ids.ts';
import type { Registration } from '../domain/registration.ts';
import type { Context } from './context.ts';
import type { RosterPage } from './store-port.ts';

/** Read at a time: a query's page ends at 1 MB anyway. */
const PAGE = 500;

/** The pages of an event's roster as they are read, consistently and in the order of their keys. */
export async function* rosterPages(ctx: Context, event: EventId): AsyncGenerator<RosterPage> {
  let after: string | null = null;
  do {
    const page: RosterPage = await ctx.store.rosterPage(event, PAGE, after);
    yield page;
    after = page.next;
  } while (after !== null);
}

/** Everybody who ever registered for an event. */
export const rosterOf = async (ctx: Context, event: EventId): Promise<readonly Registration[]> =>
  (await Array.fromAsync(rosterPages(ctx, event))).flatMap(({ items }) => items);
