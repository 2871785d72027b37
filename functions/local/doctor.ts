import { parseArgs } from 'node:util';
import type { LocalSystem } from '../compose/local.ts';
import type { Finding } from '../domain/finding.ts';
import { ok } from '../domain/result.ts';
import { runCommand, runningDesk } from './command.ts';
import { Refused } from './refused.ts';

const USAGE = 'npm run --silent doctor -- [--data .data] [--fix]';

await runCommand(report);

/** One line for each thing that is not as it should be; with `--fix`, what was mended first, then what is left. */
async function report(args: string[]): Promise<{ lines: string[]; well: boolean }> {
  const { data, fix } = asked(args);
  const system = await runningDesk(data);
  const result = fix ? await system.mend() : await examined(system);
  if (!result.ok) throw new Refused(`The doctor may not look (${result.refusal.kind}).`);
  const { mended, left } = result.value;
  const well = left.findings.length === 0;
  const nothing = well && mended.length === 0 ? [`Nothing to mend: ${left.events} events looked at.`] : [];
  return {
    lines: [...mended.map((one) => `Mended: ${lineOf(one)}`), ...left.findings.map(lineOf), ...nothing],
    well,
  };
}

async function examined(system: LocalSystem) {
  const left = await system.examine();
  return left.ok ? ok({ mended: [], left: left.value }) : left;
}

function asked(args: string[]): { data: string; fix: boolean } {
  try {
    const options = { data: { type: 'string', default: '.data' }, fix: { type: 'boolean', default: false } } as const;
    return parseArgs({ args, options }).values;
  } catch {
    throw new Refused(USAGE);
  }
}

/** `count-off evt_…: The counter says … Cause: … Remedy: …` */
function lineOf({ kind, subject, words, cause, remedy }: Finding): string {
  return `${kind} ${subject}: ${words}. Cause: ${cause}. Remedy: ${remedy}.`.replace(/\s+/g, ' ');
}
