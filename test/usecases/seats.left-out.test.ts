import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FOUL, plans, seeds, type Kind } from '../fixtures/seats/plans.ts';
import type { LeftOut } from '../fixtures/seats/left-out.ts';
import type { Plan } from '../fixtures/seats/plan.ts';
import { playSeats } from '../fixtures/seats/play.ts';
import { text, type Writing } from '../fixtures/table-double.ts';

/** So many schedules are tried for a rule that is left out. */
const BEFORE_GIVING_UP = Number(process.env['TRIES'] ?? 3_000);
/** The same tries each time: what is asked is whether the promises see it, not whether luck does. */
const SEED = 3;
const PATIENCE = { timeout: 400_000 };

/** A condition without one of its parts. */
const without = (pattern: RegExp) => (write: Writing) => {
  const { ConditionExpression: whole = '', ...rest } = write;
  const left = whole.replace(pattern, '').replace(/^ AND /, '');
  return left === '' ? rest : { ...rest, ConditionExpression: left };
};
const onSeats = (pattern: RegExp) => (write: Writing) =>
  text(write.Key?.['pk']).startsWith('SEATS#') && pattern.test(write.ConditionExpression ?? '')
    ? without(pattern)(write)
    : write;
/** A registration that moves so, whatever it has become meanwhile. */
const whateverItIs = (status: string) => (write: Writing) => {
  if (!text(write.Item?.['sk']).startsWith('REG#') || text(write.Item?.['status']) !== status) return write;
  const { ConditionExpression: _left, ...rest } = write;
  return rest;
};

/** A fan-out that is over after its first pass. */
function endedWithPassOne(write: Writing): Writing {
  const { pk, sk, pass } = write.Item ?? {};
  return text(pass) === '2' && pk && sk ? { kind: 'delete', Key: { pk, sk } } : write;
}

const at = (after: number) => ({ after, late: null });
/** Staff lower the capacity about when the first may be seated. */
const loweredMeanwhile: fc.Arbitrary<Plan> = fc.integer({ min: 2_000, max: 6_000 }).map((after) => ({
  sittings: 1,
  capacity: 3,
  mode: 'sealed',
  approval: 'automatic',
  people: [0, 10, 20, 30, 40].map((comes) => [{ does: 'register', ...at(comes) }]),
  verdicts: [],
  lists: [],
  capacities: [{ after, by: -2 }],
  cancelledAfter: null,
}));
/** Seats come free at once, each with a promoter of its own, while many wait. */
const manyPromoters: fc.Arbitrary<Plan> = fc.constant({
  sittings: 1,
  capacity: 4,
  mode: 'sealed',
  approval: 'automatic',
  people: Array.from({ length: 12 }, (_, n) => [
    { does: 'register', ...at(n) },
    ...(n < 3 ? [{ does: 'cancel' as const, ...at(6_000 + 5 * n) }] : []),
  ]),
  verdicts: [],
  lists: [],
  capacities: [],
  cancelledAfter: null,
});
/** Everybody presses "give up" twice. */
const doubleClicks: fc.Arbitrary<Plan> = fc.constant({
  sittings: 1,
  capacity: 3,
  mode: 'open',
  approval: 'automatic',
  people: Array.from({ length: 5 }, (_, n) => [
    { does: 'register', ...at(n) },
    { does: 'cancel', after: 500, late: 5 * n },
  ]),
  verdicts: [],
  lists: [],
  capacities: [],
  cancelledAfter: null,
});
/** The event is canceled while processes still have it in mind as it was, and people go on applying. */
const lateForTheCancellation: fc.Arbitrary<Plan> = fc.constant({
  sittings: 1,
  capacity: 3,
  mode: 'open',
  approval: 'manual',
  people: [0, 50, 100, 150, 2_500, 3_000, 3_500, 4_000, 4_200].map((after) => [{ does: 'register', ...at(after) }]),
  verdicts: [],
  lists: [],
  capacities: [],
  cancelledAfter: 500,
});

/** Colleagues say yes about when the event is canceled; every second person registers, and hands over to the next. */
const handedOverMeanwhile: fc.Arbitrary<Plan> = fc.integer({ min: 1_000, max: 3_000 }).map((cancelledAfter) => ({
  sittings: 1,
  capacity: 9,
  mode: 'open',
  approval: 'automatic',
  people: Array.from({ length: 12 }, (_, n) =>
    n % 2 === 1
      ? []
      : [
          { does: 'register', ...at(n) },
          { does: 'hand over', ...at(300) },
        ],
  ),
  verdicts: [],
  lists: [],
  capacities: [],
  cancelledAfter,
}));

const APPROVED: Kind = { approval: 'manual', mode: 'sealed', resized: true };
/** Nothing of an approval that joins the line moves the counter. */
const untouched = (write: Writing) =>
  write.UpdateExpression === 'SET #rev = #rev + :one, touched = :at' ? null : write;

const LEFT_OUT: readonly (readonly [string, Kind | fc.Arbitrary<Plan>, LeftOut])[] = [
  ['an attempt in the id of what is acted on (2)', {}, { lateActsOnCurrent: true }],
  ['a number on every request (2)', {}, { lateUnnumbered: true }],
  ['absolute capacity (10)', { resized: true }, { relativeCapacity: true }],
  ['the sweep (7)', {}, { noSweep: true }],
  ['promotion as the only way once sealed (6)', { resized: true }, { alter: onSeats(/ AND sealed = :no/) }],
  ['room in a claim (3)', { mode: 'open' }, { alter: onSeats(/ AND taken < #capacity/) }],
  ['capacity as read in a promotion (6)', loweredMeanwhile, { alter: onSeats(/ AND #capacity = :capacity/) }],
  ['room in a promotion (6)', manyPromoters, { lag: 0, alter: onSeats(/ AND taken <= :most/) }],
  ['rev of the counter in a promotion (11)', APPROVED, { alter: onSeats(/ AND #rev = :rev/) }],
  ['rev and touched in an approval (11)', APPROVED, { alter: untouched }],
  [
    'the place that a promotion takes away (6)',
    { mode: 'sealed' },
    { alter: (write) => (write.kind === 'delete' && text(write.Key?.['pk']).startsWith('LINE#') ? null : write) },
  ],
  ['reads that lag less than the settling time (6)', { mode: 'sealed' }, { lag: 15_000 }],
  ['rev in a cancellation (2)', doubleClicks, { alter: whateverItIs('cancelled') }],
  ['rev in a promotion (6)', {}, { alter: whateverItIs('confirmed') }],
  ['rev in a place in line (2)', {}, { alter: whateverItIs('waitlisted') }],
  ['state in the counter (1)', { cancelled: true }, { alter: onSeats(/#state = :open/) }],
  [
    'the seat that a cancellation gives back, in its transaction (9)',
    {},
    { alter: (write) => (write.UpdateExpression === 'SET taken = taken - :one' ? null : write) },
  ],
  [
    'the last pass of a cancellation, 30 s later (13)',
    lateForTheCancellation,
    {
      alter: (write) =>
        text(write.Item?.['pk']).startsWith('JOB#') && write.Item?.['pass'] ? endedWithPassOne(write) : write,
    },
  ],
  [
    'the message in the transaction of the change',
    {},
    {
      alter: (write) =>
        text(write.Item?.['pk']).startsWith('OUT#') && write.ConditionExpression === undefined ? null : write,
    },
  ],
  ['state in a hand-over (12)', handedOverMeanwhile, { alter: (write) => (write.kind === 'check' ? null : write) }],
  ['a look at the line before a hand-over (12)', { handedOver: true, mode: 'sealed' }, { nobodyLooksAtTheLine: true }],
  ['a read after an unknown outcome (14)', {}, { unknownIsDone: true }],
];

test.each(LEFT_OUT)('without %s, a promise is broken and that is seen', PATIENCE, async (_rule, kind, leftOut) => {
  const found = await fc.check(
    fc.asyncProperty(kind instanceof fc.Arbitrary ? kind : plans(kind), seeds, async (plan, seed) => {
      await playSeats(plan, seed, { faults: FOUL, leftOut });
    }),
    { numRuns: BEFORE_GIVING_UP, endOnFailure: true, seed: SEED },
  );
  expect(found.failed).toBe(true);
  expect(found.errorInstance).toMatchObject({ promise: expect.any(String) });
});
