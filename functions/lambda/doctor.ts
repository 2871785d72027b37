import { z } from 'zod';
import { deskOnAws } from '../compose/aws.ts';
import { measure } from '../compose/log.ts';
import type { Finding } from '../domain/finding.ts';
import { mendDesk } from '../usecases/doctor.ts';
import { checkNightly } from '../usecases/nightly-checkup.ts';
import { asSystem } from '../usecases/system.ts';
import { scheduled } from './scheduled.ts';

const desk = asSystem(await deskOnAws(process.env), 'doctor');

/** The schedule sends its own fields, and never `fix`. */
const Asked = z.object({ fix: z.boolean().default(false) });

type Said = Pick<Finding, 'kind' | 'subject' | 'words' | 'cause' | 'remedy'>;
interface Told {
  readonly events: number;
  readonly mended: readonly Said[];
  readonly findings: readonly Said[];
}
const said = ({ kind, subject, words, cause, remedy }: Finding): Said => ({ kind, subject, words, cause, remedy });

/**
 * Every night: holds what the desk keeps against itself, counts what is not as it should be, and keeps it for staff to
 * see in the morning. By hand also mends, `{"fix": true}`. Findings name ids and figures, never a person.
 */
export const handler = scheduled(async (event): Promise<Told> => {
  const { fix } = Asked.parse(event);
  const { mended, left } = fix ? await mend() : { mended: [], left: await examine() };
  measure({ Findings: [left.findings.length, 'Count'] });
  return { events: left.events, mended: mended.map(said), findings: left.findings.map(said) };
});

async function examine() {
  const result = await checkNightly(desk);
  if (!result.ok) throw new Error(`The doctor may not look: ${result.refusal.kind}`);
  return result.value;
}

async function mend() {
  const result = await mendDesk(desk);
  if (!result.ok) throw new Error(`The doctor may not mend: ${result.refusal.kind}`);
  return result.value;
}
