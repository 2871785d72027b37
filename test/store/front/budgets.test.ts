import { expect, test } from 'vitest';
import { Budgets, type Use } from '../../../bench/front/budgets.ts';
import { instant } from '../../../functions/domain/time.ts';

const START = instant(1_800_000_000_000);
const after = (milliseconds: number) => instant(START + milliseconds);
const write = (partition: string, units = 1, resource = 'table'): Use => ({
  resource,
  partition,
  kind: 'write',
  units,
});
const read = (partition: string, units = 1): Use => ({ resource: 'table', partition, kind: 'read', units });

/** How many of so many writes of a unit each are let in at a moment. */
const letIn = (budgets: Budgets, use: Use, tries: number, at = START): number => {
  let count = 0;
  for (let n = 0; n < tries; n += 1) {
    if (budgets.over([use], at).length > 0) continue;
    budgets.spend([use], at);
    count += 1;
  }
  return count;
};

test('a partition key takes a thousand write units in a second, and as many in the next', () => {
  const budgets = new Budgets();
  expect(letIn(budgets, write('SEATS#a'), 1_500)).toBe(1_000);
  expect(letIn(budgets, write('SEATS#a'), 1_500, after(500))).toBe(500);
  expect(letIn(budgets, write('SEATS#a'), 1_500, after(10_000)), 'idle seconds are not saved up').toBe(1_000);
});

test('it gives three thousand read units beside them', () => {
  const budgets = new Budgets();
  expect(letIn(budgets, write('LINE#a'), 1_000)).toBe(1_000);
  expect(letIn(budgets, read('LINE#a'), 4_000)).toBe(3_000);
});

test('other keys, and the same key of an index, have their own', () => {
  const budgets = new Budgets();
  letIn(budgets, write('a'), 1_000);
  expect(budgets.over([write('a'), write('b'), write('a', 1, 'gsi1')], START)).toEqual([write('a')]);
});

test('one large request is let in, and paid off before the next', () => {
  const budgets = new Budgets();
  expect(letIn(budgets, write('a', 1_900), 2)).toBe(1);
  expect(budgets.over([write('a')], after(900))).toHaveLength(1);
  expect(budgets.over([write('a')], after(901))).toEqual([]);
});

test('the whole table takes four thousand, however they are spread', () => {
  const budgets = new Budgets();
  let count = 0;
  for (let n = 0; n < 5_000; n += 1) count += letIn(budgets, write(`AUDIT#${n}`), 1);
  expect(count).toBe(4_000);
});

test('it tells the most that a key of each kind was asked for in one second', () => {
  const budgets = new Budgets();
  for (const [key, units, at] of [
    ['SEATS#a', 2, 0],
    ['SEATS#a', 2, 900],
    ['SEATS#b', 3, 900],
    ['SEATS#a', 2, 1_000],
  ] as const)
    budgets.spend([write(key, units)], after(at));
  expect(Object.fromEntries(budgets.peaks)).toEqual({ 'SEATS write': 4 });
});
