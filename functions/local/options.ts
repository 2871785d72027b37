import { parseArgs } from 'node:util';
import { Refused } from './refused.ts';

/** What `npm start` was asked for. */
export interface StartOptions {
  readonly port: number;
  readonly data: string;
  readonly fresh: boolean;
  readonly seed: 'demo' | 'none';
}

const USAGE = 'npm start -- [--port 3000] [--data .data] [--fresh] [--seed demo|none]';
const LAST_FIRST_PORT = 65_535 - 4;

/** Reads the command line; refuses what it does not know, with the usage. */
export function readStartOptions(args: readonly string[]): StartOptions {
  const values = parsed(args);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > LAST_FIRST_PORT) {
    throw new Refused(`--port ${values.port} is not a number from 1 to ${LAST_FIRST_PORT}: ${USAGE}`);
  }
  if (values.seed !== 'demo' && values.seed !== 'none') {
    throw new Refused(`--seed ${values.seed} is neither demo nor none: ${USAGE}`);
  }
  return { port, data: values.data, fresh: values.fresh, seed: values.seed };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '3000' },
        data: { type: 'string', default: '.data' },
        fresh: { type: 'boolean', default: false },
        seed: { type: 'string', default: 'demo' },
      },
    }).values;
  } catch (error) {
    throw new Refused(`${error instanceof Error ? error.message : 'Unknown option'}: ${USAGE}`);
  }
}
