import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FOUL, plans, seeds, type Kind } from '../fixtures/seats/plans.ts';
import type { LeftOut } from '../fixtures/seats/left-out.ts';
import { QUIET, type Plan } from '../fixtures/seats/plan.ts';
import { playSeats } from '../fixtures/seats/play.ts';
import { text, type Attributes, type TableDouble, type Writing } from '../fixtures/table-double.ts';
import { z } from 'zod';
import { NOW } from '../fixtures/desk.ts';

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

/** The same with a lease for whoever asks: it saves the losers their units, and nothing rests on it. */
const unleased = (alter: (write: Writing) => Writing | null) => (write: Writing) =>
  text(write.Key?.['pk']).startsWith('LEASE#') ? without(/^.*$/)(write) : alter(write);

const at = (after: number) => ({ after, late: null });
/** So many register, the n-th so much later than the one before. */
const comers = (count: number, apart: number): Plan['people'] =>
  Array.from({ length: count }, (_, n) => [{ does: 'register', ...at(n * apart) }]);

/** Staff lower the capacity, and raise it again, about when the first may be seated. */
const loweredMeanwhile: fc.Arbitrary<Plan> = fc.integer({ min: 2_000, max: 6_000 }).map((after) => ({
  ...QUIET,
  mode: 'sealed',
  people: comers(5, 10),
  capacities: [0, 1, 2, 3, 4, 5].map((n) => ({ after: after + 300 * n, by: n % 2 === 0 ? -2 : 2 })),
}));
/** Seats come free at once, each with a promoter of its own, while many wait. */
const manyPromoters: fc.Arbitrary<Plan> = fc.constant({
  ...QUIET,
  capacity: 6,
  mode: 'sealed',
  people: comers(18, 1).map((deeds, n) =>
    n < 6 ? [...deeds, { does: 'cancel' as const, ...at(6_000 + 5 * n) }] : deeds,
  ),
});
/** Everybody presses "give up" twice. */
const doubleClicks: fc.Arbitrary<Plan> = fc.constant({
  ...QUIET,
  people: comers(5, 1).map((deeds, n) => [...deeds, { does: 'cancel', after: 500, late: 5 * n }]),
});
/** The event is canceled between what some of a crowd read of its counter and what they write. */
const lateForTheCancellation: fc.Arbitrary<Plan> = fc.integer({ min: 1_000, max: 9_000 }).map((cancelledAfter) => ({
  ...QUIET,
  mode: 'sealed',
  people: Array.from({ length: 20 }, (_, n) => [{ does: 'register', ...at(cancelledAfter - 30 + 2 * n) }]),
  cancelledAfter,
}));
/** Colleagues say yes about when the event is canceled; every second person registers, and hands over to the next. */
const handedOverMeanwhile: fc.Arbitrary<Plan> = fc.integer({ min: 1_000, max: 3_000 }).map((cancelledAfter) => ({
  ...QUIET,
  capacity: 9,
  people: comers(12, 1).map((deeds, n) => (n % 2 === 1 ? [] : [...deeds, { does: 'hand over', ...at(300) }])),
  cancelledAfter,
}));
/** Whoever applied last is approved first; those before them about when seats come free. */
const approvedBackwards: fc.Arbitrary<Plan> = fc.integer({ min: 5_000, max: 8_000 }).map((after) => ({
  ...QUIET,
  capacity: 1,
  mode: 'sealed',
  approval: 'manual',
  people: comers(8, 100),
  verdicts: [0, 7, 6, 5, 4, 3].map((who, n) => ({ who, does: 'approve', ...at(n < 2 ? 1_000 + n : after + 400 * n) })),
  capacities: [2, 3, 4, 5].map((n) => ({ after: after + 400 * n + 30, by: 1 })),
}));
/** Staff close the window while processes still have it in mind as it was, and people go on registering. */
const lateForTheWindow: fc.Arbitrary<Plan> = fc.constant({
  ...QUIET,
  capacity: 9,
  people: comers(9, 300),
  edits: [{ does: 'close', after: 500 }],
});
/** Two of the staff change the event at once. */
const editedTogether: fc.Arbitrary<Plan> = fc.constant({
  ...QUIET,
  people: comers(2, 10),
  edits: [0, 5, 10, 15].map((after) => ({ does: 'add a session', after })),
});

/** Nothing of an approval that joins the line moves the counter. */
const untouched = (write: Writing) =>
  write.UpdateExpression === 'SET #rev = #rev + :one, touched = :at' ? null : write;

/** The ticket of a place, and of the registration that it stands for, turned about the beginning: last come, first served. */
function backwards(write: Writing): Writing {
  const { Item } = write;
  const turned = (ticket: unknown) => 2 * NOW - Number(ticket);
  if (Item && text(Item['sk']).startsWith('REG#') && text(Item['status']) === 'waitlisted')
    return { ...write, Item: { ...Item, ...plain({ ticket: turned(Item['ticket']) }) } };
  const [, ticket, person] = /^(\d{13})#(.*)$/.exec(text((Item ?? write.Key)?.['sk'])) ?? [];
  if (!Item || ticket === undefined || !text(Item['pk']).startsWith('LINE#')) return write;
  return { ...write, Item: { ...Item, ...plain({ sk: `${turned(ticket)}#${person}` }) } };
}
/** Plain values as attributes of the double. */
const plain = (values: Record<string, unknown>): Attributes =>
  z.record(z.string(), z.custom<AttributeValue>()).parse(values);
/** An item whose partition begins so, with these values instead of its own, or without it. */
const onItem = (partition: string, values: Record<string, unknown> | null) => (write: Writing) => {
  if (!text(write.Item?.['pk']).startsWith(partition)) return write;
  return values && { ...write, Item: { ...write.Item, ...plain(values) } };
};

/** Whether a write is to the first of several counters. */
const isFirst = (write: Writing, table: TableDouble): boolean =>
  [...table.items('SEATS#')].findIndex(({ pk }) => pk === write.Key?.['pk']) === 0;

/**
 * What is left out, with the number of its seat rule: docs/adr/0042-what-each-seat-rule-holds.md goes through the rules one
 * by one, and says of what is not here why nothing breaks without it. Random schedules of a kind, or where it takes a
 * coincidence, a plan of its own in many orders.
 */
const LEFT_OUT: readonly (readonly [string, Kind | fc.Arbitrary<Plan>, LeftOut])[] = [
  ['state in the counter (1)', { cancelled: true }, { alter: onSeats(/#state = :open/) }],
  ['the window in a claim (1, 3)', lateForTheWindow, { alter: onSeats(/ AND opensAt <= :at AND closesAt > :at/) }],
  ['an attempt in the id of what is acted on (2)', {}, { lateActsOnCurrent: true }],
  ['an attempt in what is asked for (2)', {}, { lateUnnumbered: true }],
  ['rev in a cancellation (2)', doubleClicks, { alter: whateverItIs('cancelled') }],
  ['rev in a place in line (2)', {}, { alter: whateverItIs('waitlisted') }],
  ['room in a claim (3)', { mode: 'open' }, { alter: onSeats(/ AND taken < #capacity/) }],
  [
    'sealing for ever (4)',
    { mode: 'open' },
    {
      alter: (write) =>
        write.UpdateExpression === 'SET taken = taken - :one'
          ? {
              ...write,
              UpdateExpression: 'SET taken = taken - :one, sealed = :no',
              ExpressionAttributeValues: { ...write.ExpressionAttributeValues, ...plain({ ':no': false }) },
            }
          : write,
    },
  ],
  ['tickets in the order of asking (5)', { mode: 'sealed' }, { alter: backwards }],
  ['promotion as the only way once sealed (6)', { resized: true }, { alter: onSeats(/ AND sealed = :no/) }],
  ['capacity as read in a promotion (6)', loweredMeanwhile, { alter: unleased(onSeats(/ AND #capacity = :capacity/)) }],
  ['room in a promotion (6)', manyPromoters, { lag: 0, alter: unleased(onSeats(/ AND taken <= :most/)) }],
  [
    'the place that a promotion takes away (6)',
    { mode: 'sealed' },
    { alter: (write) => (write.kind === 'delete' && text(write.Key?.['pk']).startsWith('LINE#') ? null : write) },
  ],
  ['reads that lag less than the settling time (6)', { mode: 'sealed' }, { lag: 15_000 }],
  ['rev in a promotion (6)', {}, { alter: whateverItIs('confirmed') }],
  ['a consistent look before a place is called stray (6)', { mode: 'sealed' }, { noSecondLook: true }],
  ['the sweep (7)', {}, { noSweep: true }],
  [
    'until when somebody in line is fit (8)',
    { unfit: true, mode: 'sealed' },
    { alter: onItem('LINE#', { fitUntil: null }) },
  ],
  [
    'a message to whoever is passed over (8)',
    { unfit: true, mode: 'sealed' },
    { alter: (write) => (text(write.Item?.['kind']) === 'ineligible' ? null : write) },
  ],
  [
    'the start in the counter (8)',
    { begins: true, mode: 'sealed', resized: true },
    { alter: onItem('SEATS#', { startsAt: NOW + 86_400_000 }) },
  ],
  [
    'the seat that a cancellation gives back, in its transaction (9)',
    {},
    { alter: (write) => (write.UpdateExpression === 'SET taken = taken - :one' ? null : write) },
  ],
  [
    'the refusal of whom staff turned away (9)',
    { approval: 'manual' },
    {
      alter: (write) =>
        text(write.Item?.['status']) === 'denied'
          ? { ...write, Item: { ...write.Item, ...plain({ reopened: true }) } }
          : write,
    },
  ],
  ['absolute capacity (10)', { resized: true }, { relativeCapacity: true }],
  [
    'the version of the event in its change (10)',
    editedTogether,
    {
      alter: (write) =>
        text(write.Item?.['pk']).startsWith('EVENT#') && write.ConditionExpression === 'rev = :rev'
          ? without(/^rev = :rev$/)(write)
          : write,
    },
  ],
  ['rev of the counter in a promotion (11)', approvedBackwards, { alter: unleased(onSeats(/ AND #rev = :rev/)) }],
  ['rev and touched in an approval (11)', approvedBackwards, { alter: untouched }],
  [
    'touched in an approval (11)',
    approvedBackwards,
    {
      alter: (write) =>
        write.UpdateExpression === 'SET #rev = #rev + :one, touched = :at'
          ? { ...write, UpdateExpression: 'SET #rev = #rev + :one' }
          : write,
    },
  ],
  ['state in a hand-over (12)', handedOverMeanwhile, { alter: (write) => (write.kind === 'check' ? null : write) }],
  ['a look at the line before a hand-over (12)', { handedOver: true, mode: 'sealed' }, { nobodyLooksAtTheLine: true }],
  [
    'the last pass of a cancellation, 30 s later (13)',
    lateForTheCancellation,
    {
      alter: (write) =>
        text(write.Item?.['pk']).startsWith('JOB#') && write.Item?.['pass'] ? endedWithPassOne(write) : write,
    },
  ],
  [
    'all the counters in a cancellation (13)',
    { cancelled: true, choice: 'one' },
    {
      alter: (write, table) =>
        write.UpdateExpression === 'SET #state = :cancelled' && isFirst(write, table) ? null : write,
    },
  ],
  ['the first pass of a change (13)', { edited: 'sessions' }, { alter: onItem('JOB#evt', null) }],
  ['a read after an unknown outcome (14)', {}, { unknownIsDone: true }],
  [
    'the message in the transaction of a change',
    {},
    {
      alter: (write) =>
        text(write.Item?.['pk']).startsWith('OUT#') && write.ConditionExpression === undefined ? null : write,
    },
  ],
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

test(
  'without the seat that a cancellation gives back, the count of the night mends what is broken (9, 15)',
  PATIENCE,
  async () => {
    const alter: LeftOut['alter'] = (write) => (write.UpdateExpression === 'SET taken = taken - :one' ? null : write);
    await fc.assert(
      fc.asyncProperty(plans({}), seeds, async (plan, seed) => {
        await playSeats(plan, seed, { faults: FOUL, leftOut: { alter, mended: true } });
      }),
      { numRuns: 40, endOnFailure: true, seed: SEED },
    );
  },
);
