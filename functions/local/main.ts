import { ACCOUNTS } from './accounts.ts';
import { readStartOptions, type StartOptions } from './options.ts';
import { sentenceFor } from './refused.ts';
import { startEverything, type Running } from './system.ts';

const STOPS_WITHIN_MS = 4_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

try {
  const options = readStartOptions(process.argv.slice(2));
  endWith(await startEverything(options, say), options);
} catch (error) {
  console.error(sentenceFor(error));
  process.exit(1);
}

function say(line: string): void {
  console.log(line);
}

function endWith(running: Running, options: StartOptions): void {
  let ending = false;
  const end = (code: number): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), STOPS_WITHIN_MS).unref();
    running.stop().then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  for (const signal of SIGNALS) process.on(signal, () => end(0));
  endWithParent(() => end(0));
  void running.lost.then((sentence) => {
    console.error(sentence);
    end(1);
  });
  greet(running, options);
}

/** npm does not pass on a SIGTERM, and a SIGKILL of npm reaches nobody: look whether it is still there. */
function endWithParent(end: () => void): void {
  if (!process.env['npm_lifecycle_event']) return;
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || end(), 500).unref();
}

function greet({ settings }: Running, options: StartOptions): void {
  const people = ACCOUNTS.map(({ name, email, role }) => `  ${role.padEnd(8)} ${name} <${email}>`);
  say(
    [
      '',
      `Site     ${settings.origin}`,
      `Mailbox  ${settings.mailboxUrl}   every message that the desk sends; none leaves this machine`,
      `Data     ${options.data}`,
      '',
      'Sign in at the site',
      '  as a participant with any email address: the code is in the mailbox',
      `  as staff or trainer at ${settings.origin}/staff, choosing one of these (no password):`,
      ...people,
      '',
      `ready: ${settings.origin}`,
    ].join('\n'),
  );
}
