import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { unitRows } from '../../bench/unit-rows.ts';
import { startEngine } from '../../functions/local/engine.ts';
import { freePort } from '../../functions/local/ports.ts';

const text = readFileSync('docs/capacity.md', 'utf8');
const written = [...text.matchAll(/^\| (.+?) \| ([\d.]+) \| ([\d.]+) \|$/gm)].map(([, what, writes, reads]) => ({
  what,
  writes: Number(writes),
  reads: Number(reads),
}));

/** Long enough on two cores that other tests keep busy. */
const PATIENCE = { timeout: 180_000 };

test('what things cost is as docs/capacity.md says', PATIENCE, async () => {
  const engine = await startEngine({ port: await freePort() });
  onTestFinished(() => engine.stop());
  const rows = await unitRows(engine.endpoint);
  expect(written.map(({ what }) => what)).toEqual(rows.map(({ what }) => what));
  for (const [n, { what, writes, reads }] of rows.entries()) {
    expect(written[n]?.writes, what).toBeCloseTo(writes, 0);
    // how many shards of the outbox the messages of a crowd fall into is by chance
    expect(Math.abs((written[n]?.reads ?? 0) - reads), what).toBeLessThanOrEqual(1);
  }
});
