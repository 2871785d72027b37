import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { LocalSystem } from '../compose/local.ts';
import { Email } from '../domain/person.ts';
import { runCommand, runningDesk } from './command.ts';
import { Refused } from './refused.ts';

const USAGE = 'npm run --silent token -- <participant|trainer|staff> <email>... [--data .data]; `-` reads addresses';
const AT_ONCE = 50;
type Role = Parameters<LocalSystem['issueToken']>[0];

await runCommand(tokens);

/** One bearer token a line, in the order of the addresses. */
async function tokens(args: string[]): Promise<{ lines: string[]; well: boolean }> {
  const { role, emails, data } = await asked(args);
  const system = await runningDesk(data);
  const wrong = emails.find((email) => !Email.safeParse(email).success);
  if (wrong !== undefined) throw new Refused(`${wrong} is not an email address: ${USAGE}`);
  const lines: string[] = [];
  for (let from = 0; from < emails.length; from += AT_ONCE) {
    const some = emails.slice(from, from + AT_ONCE);
    lines.push(...(await Promise.all(some.map((email) => system.issueToken(role, email)))));
  }
  return { lines, well: true };
}

async function asked(args: string[]): Promise<{ role: Role; emails: string[]; data: string }> {
  const { positionals, data } = parsed(args);
  const [role, ...given] = positionals;
  if (!isRole(role) || given.length === 0) throw new Refused(USAGE);
  const emails = await Promise.all(
    given.map(async (one) => (one === '-' ? addressesIn(await text(process.stdin)) : [one])),
  );
  return { role, emails: emails.flat(), data };
}

function parsed(args: string[]): { positionals: string[]; data: string } {
  try {
    const options = { data: { type: 'string', default: '.data' } } as const;
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
    return { positionals, data: values.data };
  } catch {
    throw new Refused(USAGE);
  }
}

function isRole(word: string | undefined): word is Role {
  return word === 'participant' || word === 'trainer' || word === 'staff';
}

function addressesIn(lines: string): string[] {
  return lines.split(/\s+/).filter((line) => line !== '');
}
