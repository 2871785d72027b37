import { composeLocal, type LocalSystem } from '../compose/local.ts';
import { clientSecretFrom, currentRun } from './data-folder.ts';
import { sentenceFor } from './refused.ts';

/** Runs a command to its end: prints its lines, or in one sentence why it could not. Not `well`: it ends with 1. */
export async function runCommand(
  command: (args: string[]) => Promise<{ readonly lines: readonly string[]; readonly well: boolean }>,
): Promise<void> {
  try {
    const { lines, well } = await command(process.argv.slice(2));
    // a pipe takes a long text bit by bit, and what it has not taken when we end is lost
    await new Promise((resolve) => process.stdout.write(lines.map((line) => `${line}\n`).join(''), resolve));
    process.exit(well ? 0 : 1);
  } catch (error) {
    console.error(sentenceFor(error));
    process.exit(1);
  }
}

/** The desk that runs on a data folder. Refuses when there is none. */
export async function runningDesk(data: string): Promise<LocalSystem> {
  const { run, secret } = await currentRun(data);
  return composeLocal({ ...run, secret, clientSecret: clientSecretFrom(secret) });
}
