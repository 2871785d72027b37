import { parseArgs } from 'node:util';

export type Mode = 'open' | 'sealed';

export interface Flags {
  readonly people: number;
  readonly seats: number;
  readonly mode: Mode;
  /** How many are registered before the rush begins. */
  readonly already: number;
  /** Requests under way at a time. */
  readonly connections: number;
  readonly rounds: number;
}

export function flagsFrom(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string', default: '600' },
      seats: { type: 'string' },
      mode: { type: 'string', default: 'open' },
      already: { type: 'string', default: '10' },
      connections: { type: 'string', default: '32' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const people = Number(values.people);
  return {
    people,
    seats: Number(values.seats ?? people),
    mode: values.mode === 'sealed' ? 'sealed' : 'open',
    already: Number(values.already),
    connections: Number(values.connections),
    rounds: Number(values.rounds),
  };
}
