import * as fc from 'fast-check';
import { describe, test } from 'vitest';
import { FAILING, KINDS, PATIENCE, plans, schedules, seeds } from '../fixtures/seats/plans.ts';
import { playSeats } from '../fixtures/seats/play.ts';

const ON_THE_DOUBLE = schedules(130);

describe('the four promises hold after every step', () => {
  test.each(KINDS)(`%s: ${ON_THE_DOUBLE} schedules`, PATIENCE, async (_name, kind, faults) => {
    await fc.assert(
      fc.asyncProperty(plans(kind), seeds, async (plan, seed) => {
        await playSeats(plan, seed, { faults });
      }),
      { numRuns: ON_THE_DOUBLE, ...FAILING },
    );
  });
});
