import * as fc from 'fast-check';
import { describe, inject, test } from 'vitest';
import type { Faults } from '../fixtures/faulty-client.ts';
import { FAIR, FOUL, plans, seeds, type Kind } from '../fixtures/seat-plans.ts';
import { playSeats } from '../fixtures/seat-world.ts';
import { freshTable } from '../fixtures/table.ts';

/** Schedules of each kind on the double, and on the engine and the double beside each other. More by hand: SCHEDULES=20. */
const TIMES = Number(process.env['SCHEDULES'] ?? 1);
const ON_THE_DOUBLE = Math.ceil(300 * TIMES);
const ON_THE_ENGINE = Math.ceil(20 * TIMES);
/** What fails is printed with its seed at once; made smaller, which takes long, on demand: SHRINK=1. */
const FAILING = { endOnFailure: process.env['SHRINK'] === undefined };
const PATIENCE = { timeout: 400_000 * Math.max(1, TIMES) };

const KINDS: readonly (readonly [string, Kind, Faults])[] = [
  ['without faults', { resized: true }, FAIR],
  ['an open pool', { mode: 'open' }, FOUL],
  ['a pool born sealed', { mode: 'sealed' }, FOUL],
  ['capacity up and down', { resized: true }, FOUL],
  ['approvals and denials', { approval: 'manual', resized: true }, FOUL],
  ['two sittings, and people who change theirs', { sittings: 2, resized: true }, FOUL],
  ['everybody at once', { crowded: true, resized: true }, FOUL],
  ['the event canceled meanwhile', { cancelled: true, resized: true }, FOUL],
];

describe('the four promises hold after every step', () => {
  test.each(KINDS)(`%s: ${ON_THE_DOUBLE} schedules`, PATIENCE, async (_name, kind, faults) => {
    await fc.assert(
      fc.asyncProperty(plans(kind), seeds, async (plan, seed) => {
        await playSeats(plan, seed, { faults });
      }),
      { numRuns: ON_THE_DOUBLE, ...FAILING },
    );
  });

  test.each(KINDS)(`on the engine, %s: ${ON_THE_ENGINE} schedules`, PATIENCE, async (_name, kind, faults) => {
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
