import * as fc from 'fast-check';
import { describe, inject, test } from 'vitest';
import { FAILING, KINDS, PATIENCE, plans, schedules, seeds } from '../fixtures/seat-plans.ts';
import { playSeats } from '../fixtures/seat-world.ts';
import { freshTable } from '../fixtures/table.ts';

const ON_THE_ENGINE = schedules(36);

describe('on the engine, with the double of the table held against it, the four promises hold', () => {
  test.each(KINDS)(`%s: ${ON_THE_ENGINE} schedules`, PATIENCE, async (_name, kind, faults) => {
    await fc.assert(
      fc.asyncProperty(plans(kind), seeds, async (plan, seed) => {
        const table = await freshTable();
        try {
          await playSeats(plan, seed, { faults, engine: { endpoint: inject('endpoint'), table: table.name } });
        } finally {
          await table.drop();
        }
      }),
      { numRuns: ON_THE_ENGINE, ...FAILING },
    );
  });
});
