import type { Checkup } from '../domain/finding.ts';
import { ok, type Result } from '../domain/result.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { examineDesk, type Diagnosis } from './doctor.ts';

/** So many findings are kept; of more, the number is. */
const MOST_KEPT = 50;

/** The night's look at the desk: what it found is kept, so that staff see it in the morning. */
export async function checkNightly(ctx: Context): Promise<Result<Diagnosis>> {
  const at = ctx.clock.now();
  const result = await examineDesk(ctx);
  if (!result.ok) return result;
  const { events, findings } = result.value;
  await ctx.store.keepCheckup({
    at,
    events,
    found: findings.length,
    findings: findings
      .slice(0, MOST_KEPT)
      .map(({ kind, subject, words, cause, remedy }) => ({ kind, subject, words, cause, remedy })),
  });
  return result;
}

/** What the last night's look found; null before the first. */
export async function viewCheckup(ctx: Context): Promise<Result<Checkup | null>> {
  const refused = staffOnly(ctx);
  return refused ?? ok(await ctx.store.lastCheckup());
}
