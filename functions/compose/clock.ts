import { setTimeout } from 'node:timers/promises';
import { instant } from '../domain/time.ts';
import type { Clock } from '../usecases/context.ts';

/** The machine's own. */
export const systemClock: Clock = {
  now: () => instant(Date.now()),
  wait: async (milliseconds) => {
    await setTimeout(milliseconds);
  },
};
