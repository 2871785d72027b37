import { tellFinding, type Checkup, type Finding } from '../domain/finding.ts';
import { ok, type Result } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import { UnreadableItem } from '../domain/unreadable.ts';
import { staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { examineDesk, mendDesk, type Diagnosis, type Round } from './doctor.ts';

/** So many findings are kept; of more, the number is. */
const MOST_KEPT = 50;

/**
 * The night's look at the desk: what it found is kept, so that staff see it in the morning.
 * @param until begins with no event at or after this moment: the next look begins with those that are left
 */
export async function checkNightly(ctx: Context, until?: Instant): Promise<Result<Diagnosis>> {
  const at = ctx.clock.now();
  const result = await examineDesk(ctx, await nextRound(ctx, until));
  if (result.ok) await keep(ctx, at, result.value);
  return result;
}

/** The same on a person's word, mending what needs no judgment: staff then see what is left. */
export async function mendNow(
  ctx: Context,
  until?: Instant,
): Promise<Result<{ readonly mended: readonly Finding[]; readonly left: Diagnosis }>> {
  const at = ctx.clock.now();
  const result = await mendDesk(ctx, await nextRound(ctx, until));
  if (result.ok) await keep(ctx, at, result.value.left);
  return result;
}

/** What the last look left comes first; where it can't be read, there was none. */
async function nextRound({ store }: Context, until: Instant | undefined): Promise<Round> {
  const last = await store.lastCheckup().catch((error: unknown) => {
    if (error instanceof UnreadableItem) return null;
    throw error;
  });
  return { until, after: last?.stoppedAt };
}

const keep = (ctx: Context, at: Instant, { events, findings, stoppedAt }: Diagnosis): Promise<void> =>
  ctx.store.keepCheckup({
    at,
    events,
    stoppedAt,
    found: findings.length,
    findings: findings.slice(0, MOST_KEPT).map(tellFinding),
  });

/** What the last night's look found; null before the first. */
export async function viewCheckup(ctx: Context): Promise<Result<Checkup | null>> {
  const refused = staffOnly(ctx);
  return refused ?? ok(await ctx.store.lastCheckup());
}
