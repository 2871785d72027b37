import { readFile } from 'node:fs/promises';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { holidaysOf } from '../../functions/domain/holidays.ts';
import { HOSTS } from '../../functions/seed/hosts.ts';
import { PROGRAMS } from '../../functions/seed/programs.ts';
import { seedDesk } from '../../functions/usecases/seed-desk.ts';
import { aProcess, testClock, testMailer } from '../fixtures/desk.ts';
import { freshTable } from '../fixtures/table.ts';

/** An empty table, and what begins every item's key once it was seeded as on AWS, twice. */
async function seeded() {
  const table = await freshTable();
  onTestFinished(() => table.drop());
  const ctx = aProcess({ documents: table.documents, table: table.name, clock: testClock(), mailer: testMailer() });
  await seedDesk(ctx, { programs: PROGRAMS, hosts: HOSTS });
  await seedDesk(ctx, { programs: PROGRAMS, hosts: HOSTS });
  const { Items = [] } = await table.documents.send(new ScanCommand({ TableName: table.name }));
  return { ctx, kinds: Map.groupBy(Items, (item) => String(item['pk']).split('#')[0]) };
}

test('the seed of every desk brings programs and hosts, and nobody', async () => {
  const { ctx, kinds } = await seeded();
  expect(new Set(kinds.keys())).toEqual(new Set(['AUDIT', 'HOST', 'PROGRAMS']));
  expect(kinds.get('PROGRAMS')).toHaveLength(PROGRAMS.length);
  expect(kinds.get('HOST')).toHaveLength(HOSTS.length);
  expect((await ctx.store.programs()).map(({ key }) => key).toSorted()).toEqual(
    PROGRAMS.map(({ key }) => key).toSorted(),
  );
});

test('what is put together for AWS knows nothing of the demonstration', async () => {
  const operator = await readFile('functions/lambda/operator.ts', 'utf8');
  expect(operator).toContain('seed-desk.ts');
  expect(operator).not.toMatch(/seed\/demo/);
});

test('holidays follow from the law, whatever is seeded', () => {
  expect(holidaysOf(2027).map(({ legal, observed }) => [legal, observed])).toContainEqual(['2027-06-19', '2027-06-18']);
  expect(holidaysOf(2027).map(({ observed }) => observed)).toContain('2027-12-31');
  expect(holidaysOf(2032).map(({ observed }) => observed)).toContain('2032-12-31');
});
