import { deskOnAws } from '../compose/aws.ts';
import { measure } from '../compose/log.ts';
import { tellFinding } from '../domain/finding.ts';
import type { Instant } from '../domain/time.ts';
import { checkNightly, mendNow } from '../usecases/nightly-checkup.ts';
import { asSystem } from '../usecases/system.ts';
import { DoctorTask } from './asked.ts';
import { stopBefore } from './deadline.ts';
import { scheduled } from './scheduled.ts';

const desk = asSystem(await deskOnAws(process.env, { signs: false }), 'doctor');

/** A roster of ten thousand is read twice. */
const ONE_EVENT_MS = 60_000;

/**
 * Every night: holds what the desk keeps against itself, counts what is not as it should be, and keeps it for staff to
 * see in the morning. By hand also mends, `{"fix": true}`. Where its time is up it says so, and the next run begins with
 * what is left. Findings name ids and figures, never a person.
 */
export const handler = scheduled(async (event, context) => {
  const { fix } = DoctorTask.parse(event);
  const until = stopBefore(context, ONE_EVENT_MS);
  const { mended, left } = fix ? await mend(until) : { mended: [], left: await examine(until) };
  measure({ Findings: [left.findings.length, 'Count'] });
  return { events: left.events, mended: mended.map(tellFinding), findings: left.findings.map(tellFinding) };
});

async function examine(until: Instant) {
  const result = await checkNightly(desk, until);
  if (!result.ok) throw new Error(`The doctor may not look: ${result.refusal.kind}`);
  return result.value;
}

async function mend(until: Instant) {
  const result = await mendNow(desk, until);
  if (!result.ok) throw new Error(`The doctor may not mend: ${result.refusal.kind}`);
  return result.value;
}
