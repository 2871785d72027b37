import { CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterAll, describe, inject, test } from 'vitest';
import { tableDefinition } from '../../functions/store/dynamo/schema.ts';
import { FAILING, KINDS, PATIENCE, plans, schedules, seeds } from '../fixtures/seats/plans.ts';
import { playSeats } from '../fixtures/seats/play.ts';
import { engineClient } from '../fixtures/table.ts';
import { openWire } from '../fixtures/wire.ts';

const EACH = schedules(125);

const client = engineClient();
const wire = openWire(inject('endpoint'));
afterAll(() => {
  client.destroy();
  wire.close();
});
let tables = 0;

/** Each schedule has a table of its own: what one leaves never meets the next. */
async function inTableOfItsOwn(play: (table: string) => Promise<unknown>): Promise<void> {
  tables += 1;
  const table = `seats-${tables}`;
  await client.send(new CreateTableCommand(tableDefinition(table)));
  try {
    await play(table);
  } finally {
    await client.send(new DeleteTableCommand({ TableName: table }));
  }
}

describe('on the engine, with the double of the table held against it, the four promises hold after every step', () => {
  test.each(KINDS)(`%s: ${EACH} schedules`, PATIENCE, async (_name, kind, faults) => {
    await fc.assert(
      fc.asyncProperty(plans(kind), seeds, (plan, seed) =>
        inTableOfItsOwn((table) => playSeats(plan, seed, { faults, engine: { wire, table } })),
      ),
      { numRuns: EACH, ...FAILING },
    );
  });
});
