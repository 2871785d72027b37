import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterRestore } from '../../functions/usecases/after-restore.ts';
import { granted } from '../fixtures/desk.ts';
import { releaseMail } from '../../functions/usecases/hold-mail.ts';
import { HOUR, instant, MINUTE, type Instant } from '../../functions/domain/time.ts';
import { deliverOutbox } from '../../functions/usecases/deliver-outbox.ts';
import { asOperator, over, past, recovered, type Past } from '../fixtures/restored.ts';
import {
  compare,
  deeds,
  kinds,
  doDeed,
  knownIn,
  offersLost,
  openStory,
  settleDown,
  tellings,
  type Compared,
  type Deed,
  type Story,
} from '../fixtures/restore-story.ts';
import { FAILING, PATIENCE, schedules } from '../fixtures/seats/plans.ts';
import { freshTable, type FreshTable } from '../fixtures/table.ts';

/** A restore, and what people do around it. */
interface Plan {
  /** To which moment, of those that there were: modulo how many. */
  readonly to: number;
  /** Whether the hour of the brief training is over by then. */
  readonly late: boolean;
  /** What people do on the restored table before the operator comes, and between the operator's runs. */
  readonly before: readonly Deed[];
  readonly meanwhile: readonly Deed[];
  /** At which of its transactions each of the operator's runs dies. */
  readonly deaths: readonly { readonly at: number; readonly done: boolean }[];
  /** What people do once mail went out again. */
  readonly afterwards: readonly Deed[];
}
const plan = (quiet: boolean): fc.Arbitrary<Plan> =>
  fc.record({
    to: fc.nat(100),
    late: fc.boolean(),
    before: deeds(quiet ? 0 : 3),
    meanwhile: deeds(quiet ? 0 : 4),
    deaths: fc.array(fc.record({ at: fc.integer({ min: 1, max: 12 }), done: fc.boolean() }), { maxLength: 3 }),
    afterwards: deeds(10),
  });

/** Does deeds, and keeps the table as it was before some of them. */
async function live(story: Story, table: FreshTable, some: readonly Deed[], pasts: Past[]): Promise<void> {
  const ctx = over(story, table);
  for (const [n, deed] of some.entries()) {
    if (n % 4 === 3) pasts.push(await past(table, story.clock.now()));
    await doDeed(story, ctx, deed);
  }
  pasts.push(await past(table, story.clock.now()));
}

/** A restore by the book, and what it leaves in calendars held against the table. */
async function restore(
  story: Story,
  pasts: Past[],
  earliest: Instant[],
  plan: Plan,
  compared: Compared,
  quiet: boolean,
): Promise<FreshTable> {
  const to = pasts[plan.to % pasts.length];
  if (!to) throw new Error('there are moments to go back to');
  const mark = story.mailer.letters.length;
  story.clock.pass(plan.late ? 2 * HOUR : MINUTE);
  const table = await recovered(to);
  const ctx = over(story, table);
  const known = await knownIn(story, ctx);
  for (const deed of plan.before) await doDeed(story, ctx, deed);
  const restoredAt = story.clock.now();
  earliest.push(to.at);
  const input = { restoredTo: to.at, since: instant(Math.min(...earliest)) };
  for (const death of plan.deaths) {
    await asOperator(story, table, death, (operator) => afterRestore(operator, input));
    for (const deed of plan.meanwhile.slice(0, 2)) await doDeed(story, ctx, deed);
  }
  for (const deed of plan.meanwhile.slice(2)) await doDeed(story, ctx, deed);
  await asOperator(story, table, null, async (operator) => {
    const done = granted(await afterRestore(operator, input));
    expect(done.finishedAt).not.toBeNull();
    expect(granted(await afterRestore(operator, input))).toEqual(done);
    expect(story.mailer.letters.length).toBe(mark);
    granted(await releaseMail(operator));
  });
  story.clock.pass(6_000);
  story.refusing.clear();
  await deliverOutbox(ctx);
  const sent = story.mailer.letters.slice(mark);
  if (quiet) expect(await tellings(story, ctx, sent, restoredAt)).toEqual([]);
  await settleDown(story, ctx);
  expect(await compare(story, ctx, known, mark, restoredAt, compared)).toEqual([]);
  expect(await offersLost(ctx, known, story.mailer.letters.slice(mark))).toEqual([]);
  await live(story, table, plan.afterwards, pasts);
  await settleDown(story, ctx);
  expect(await compare(story, ctx, known, mark, restoredAt, compared)).toEqual([]);
  return table;
}

test.each([
  ['nobody acting meanwhile', true],
  ['people acting all the while', false],
])(
  'after any history, any restore and a second one, every calendar ends as the table says: %s',
  PATIENCE,
  async (_name, quiet) => {
    const compared: Compared = { entries: 0, gone: 0, unknown: 0 };
    await fc.assert(
      fc.asyncProperty(kinds, deeds(30, 16), plan(quiet), plan(quiet), async (of, history, first, second) => {
        const tables = [await freshTable()];
        const [table] = tables;
        if (!table) return;
        try {
          const story = await openStory(table, of);
          const pasts: Past[] = [];
          const moments: Instant[] = [];
          await live(story, table, history, pasts);
          for (const one of [first, second]) tables.push(await restore(story, pasts, moments, one, compared, quiet));
        } finally {
          for (const one of tables) await one.drop();
        }
      }),
      { numRuns: schedules(15), ...FAILING },
    );
    expect(Math.min(compared.entries, compared.gone)).toBeGreaterThan(40);
  },
);
