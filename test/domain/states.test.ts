import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { MOVES } from '../../functions/domain/moves.ts';
import { RegistrationStatus } from '../../functions/domain/registration.ts';
import { STATES_PAGE, statesPage } from '../fixtures/states-page.ts';

test('the drawing of the states is that of the data; when it is stale: npm run docs:states', async () => {
  expect(await readFile(STATES_PAGE, 'utf8')).toBe(statesPage());
});

test('each state is drawn, and each move with who makes it', () => {
  for (const state of RegistrationStatus.options) expect(statesPage()).toContain(`- \`${state}\`: `);
  for (const { to, act } of MOVES) expect(statesPage()).toMatch(new RegExp(`- ${act}: .* to \`${to}\``));
});

test('a move is told by where it comes from, where it goes and who makes it', () => {
  const names = MOVES.map(({ from, to, by }) => `${from} ${to} ${by}`);
  expect(new Set(names).size).toBe(names.length);
});
