import { hostOfEmail, type HostRecord } from '../domain/audience.ts';
import type { EventId } from '../domain/ids.ts';
import { signalsOf, type Signal } from '../domain/signals.ts';
import { ok, type Result } from '../domain/result.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { searchRoster, type RosterFound, type RosterRow } from './roster.ts';

/** Somebody who waits to be checked, with what our own records say. */
export interface Applicant extends RosterRow {
  readonly host: HostRecord | null;
  readonly signals: readonly Signal[];
}

/** Everybody of an event who waits for an answer, the longest first; what is known of them is our own data alone. */
export async function reviewPeople(
  ctx: Context,
  input: { readonly event: EventId },
): Promise<Result<{ readonly found: RosterFound; readonly applicants: readonly Applicant[] }>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const found = await searchRoster(ctx, { event: input.event, sort: 'applied' });
  if (!found.ok) return found;
  const pending = found.value.rows.filter(({ registration }) => registration.status === 'pending');
  if (pending.length === 0) return ok({ found: found.value, applicants: [] });
  const known = await ctx.store.hosts();
  const people = found.value.rows.map(({ registration }) => registration);
  const applicants = await Promise.all(
    pending.map(async (row) => {
      const host = await ctx.store.host(hostOfEmail(row.registration.email));
      return { ...row, host, signals: signalsOf(row.registration, people, host, known) };
    }),
  );
  return ok({ found: found.value, applicants });
}
