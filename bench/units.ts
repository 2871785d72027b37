import { startEngine } from '../functions/local/engine.ts';
import { freePort } from '../functions/local/ports.ts';
import { asTable, unitRows } from './unit-rows.ts';

/** Prints what everything costs in capacity units, as docs/capacity.md has it. */
const engine = await startEngine({ port: await freePort() });
try {
  console.log(asTable(await unitRows(engine.endpoint)));
} finally {
  await engine.stop();
}
