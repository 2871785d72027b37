import { expect, test } from 'vitest';
import { LIMITS } from '../../bench/front/budgets.ts';
import { runRush, type Rush } from '../../bench/scale-run.ts';

/** A small rush, twice as fast as the clock, through a front with the service's limits: promises, and no speed. */
const rush = (more: Partial<Rush>): Rush => ({
  people: 60,
  seats: 45,
  mode: 'open',
  rate: 30,
  slow: 0.5,
  limits: LIMITS,
  warmUp: 0,
  ...more,
});

test('open: claims meet each other on the one counter, and every one is told rightly', async () => {
  const figures = await runRush(rush({}));
  expect(figures.broken).toEqual([]);
  expect(figures.failed).toBe(0);
  expect(figures.conflicts['SEATS']).toBeGreaterThan(0);
});

test('sealed, with four appends a second as the most that a key takes: throttled, slower, and as right', async () => {
  const partition = { ...LIMITS.partition, write: 8 };
  const figures = await runRush(rush({ mode: 'sealed', people: 40, seats: 25, limits: { ...LIMITS, partition } }));
  expect(figures.throttled).not.toEqual({});
  expect(figures.conflicts['LINE'] ?? 0, 'appends meet nobody').toBe(0);
  expect(figures.broken).toEqual([]);
  expect(figures.failed).toBe(0);
});
