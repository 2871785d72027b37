import { parseArgs } from 'node:util';
import { composeLocal } from '../compose/local.ts';
import type { Finding } from '../domain/finding.ts';
import { clientSecretFrom, currentRun } from './data-folder.ts';
import { Refused, sentenceFor } from './refused.ts';

const USAGE = 'npm run --silent doctor -- [--data .data] [--fix]';

try {
  const { lines, healthy } = await report(process.argv.slice(2));
  // A pipe takes a long text bit by bit, and what it has not taken when we end is lost.
  await new Promise((resolve) => process.stdout.write(lines.map((line) => `${line}\n`).join(''), resolve));
  process.exit(healthy ? 0 : 1);
} catch (error) {
  console.error(sentenceFor(error));
  process.exit(1);
}

/** One line for each thing that is not as it should be; with `--fix`, what was mended first, then what is left. */
async function report(args: readonly string[]): Promise<{ lines: string[]; healthy: boolean }> {
  const { data, fix } = asked(args);
  const { run, secret } = await currentRun(data);
  const system = await composeLocal({ ...run, secret, clientSecret: clientSecretFrom(secret) });
  const result = fix ? await system.mend() : await examined(system);
  if (!result.ok) throw new Refused(`The doctor may not look (${result.refusal.kind}).`);
  const { mended, left } = result.value;
  const healthy = left.findings.length === 0;
  const nothing = healthy && mended.length === 0 ? [`Nothing to mend: ${left.events} events looked at.`] : [];
  return {
    lines: [...mended.map((one) => `Mended: ${lineOf(one)}`), ...left.findings.map(lineOf), ...nothing],
    healthy,
  };
}

async function examined(system: Awaited<ReturnType<typeof composeLocal>>) {
  const left = await system.examine();
  return left.ok ? { ok: true as const, value: { mended: [], left: left.value } } : left;
}

function asked(args: readonly string[]): { data: string; fix: boolean } {
  try {
    const options = { data: { type: 'string', default: '.data' }, fix: { type: 'boolean', default: false } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new Refused(USAGE);
  }
}

/** `count-off evt_…: The counter says … Cause: … Remedy: …` */
function lineOf({ kind, subject, words, cause, remedy }: Finding): string {
  return `${kind} ${subject}: ${words}. Cause: ${cause}. Remedy: ${remedy}.`.replace(/\s+/g, ' ');
}
