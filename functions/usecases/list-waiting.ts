import { poolsOf, type TrainingEvent } from '../domain/event.ts';
import type { PoolId } from '../domain/ids.ts';
import type { Context } from './context.ts';
import type { RosterRow } from './roster.ts';

/** The most of a line that a page shows. */
const MOST = 500;

/** Who waits in each pool of an event, in the order in which they get seats; from rows that were read already. */
export async function listWaiting(
  ctx: Context,
  input: { readonly event: TrainingEvent; readonly rows: readonly RosterRow[] },
): Promise<readonly { readonly pool: PoolId; readonly waiting: readonly RosterRow[] }[]> {
  const byPerson = new Map(input.rows.map((row) => [row.registration.person, row]));
  return Promise.all(
    poolsOf(input.event).map(async ({ pool }) => {
      const line = await ctx.store.lineHead(pool, MOST);
      return { pool, waiting: line.flatMap(({ person }) => byPerson.get(person) ?? []) };
    }),
  );
}
