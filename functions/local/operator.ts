import { parseArgs } from 'node:util';
import type { LocalSystem } from '../compose/local.ts';
import { instantOf, InstantText } from '../domain/time.ts';
import type { Result } from '../domain/result.ts';
import { runCommand, runningDesk } from './command.ts';
import { Refused } from './refused.ts';

const USAGE =
  'npm run --silent operator -- <hold|release|after-restore> [--to 2027-02-01T08:00:00Z [--since …]] [--data .data]';

/** As they were typed. */
interface Moments {
  readonly to: string;
  readonly since: string | undefined;
}

/** What the function `operator` does on AWS, for the desk that runs on this machine. */
const TASKS = new Map<string, (system: LocalSystem, moments: Moments) => Promise<Result<unknown>>>([
  ['hold', (system) => system.hold()],
  ['release', (system) => system.release()],
  [
    'after-restore',
    (system, { to, since }) => {
      const [moment, earliest] = [InstantText.safeParse(to), InstantText.safeParse(since ?? to)];
      if (!moment.success || !earliest.success)
        throw new Refused('Give the moment that the data were restored to: --to 2027-02-01T08:00:00Z');
      return system.afterRestore(instantOf(moment.data), instantOf(earliest.data));
    },
  ],
]);

await runCommand(done);

async function done(args: string[]): Promise<{ lines: string[]; well: boolean }> {
  const { name, data, moments } = asked(args);
  const task = TASKS.get(name);
  if (!task) throw new Refused(USAGE);
  const result = await task(await runningDesk(data), moments);
  if (!result.ok) throw new Refused(`${'detail' in result.refusal ? result.refusal.detail : result.refusal.kind}.`);
  return { lines: [`Done: ${name}.`], well: true };
}

function asked(args: string[]): { name: string; data: string; moments: Moments } {
  try {
    const options = {
      data: { type: 'string', default: '.data' },
      to: { type: 'string', default: '' },
      since: { type: 'string' },
    } as const;
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
    const { data, to, since } = values;
    return { name: positionals.join(' '), data, moments: { to, since } };
  } catch {
    throw new Refused(USAGE);
  }
}
