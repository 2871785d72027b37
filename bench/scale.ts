import { parseArgs } from 'node:util';
import { LIMITS, type Rate } from './front/budgets.ts';
import { runRush, type Figures, type Rush } from './scale-run.ts';

/**
 * Rushes before limits such as DynamoDB's, one after the other; a line of JSON for each. Without flags the two that
 * issue 4 sets targets for; with `--rate 20,40,60` one for each rate. Ends with 1 when a promise or a target is missed.
 */
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '2000' },
    seats: { type: 'string' },
    rate: { type: 'string' },
    mode: { type: 'string' },
    slow: { type: 'string', default: '1' },
    warm: { type: 'boolean', default: false },
  },
});

const TARGETS: readonly Partial<Rush>[] = [
  { mode: 'sealed', people: 2_000, seats: 1_500, rate: 100 },
  { mode: 'open', people: 1_200, seats: 1_200, rate: 40 },
];

/** A table that was warmed ahead, as far as an account lets it without being asked. */
const WARMED: Rate = { read: 40_000, write: 40_000 };

function rushes(): Rush[] {
  const people = Number(values.people);
  const usual: Rush = {
    people,
    seats: Number(values.seats ?? Math.round(people * 0.75)),
    mode: values.mode === 'open' ? 'open' : 'sealed',
    rate: 100,
    slow: Number(values.slow),
    limits: values.warm ? { ...LIMITS, whole: WARMED } : LIMITS,
    warmUp: 60,
  };
  if (values.rate === undefined && values.mode === undefined) return TARGETS.map((target) => ({ ...usual, ...target }));
  return (values.rate ?? '100').split(',').map((rate) => ({ ...usual, rate: Number(rate) }));
}

/** Sealed: no answer over five seconds; open, up to 40 a second: one in a hundred over three. */
function missed({ mode, rate, answerMs }: Figures): string[] {
  if (mode === 'sealed' && rate <= 100 && answerMs.longest > 5_000) return ['an answer took over 5 s'];
  if (mode === 'open' && rate <= 40 && answerMs.p99 > 3_000) return ['p99 is over 3 s'];
  return [];
}

for (const rush of rushes()) {
  const figures = await runRush(rush);
  const wrong = [...figures.broken, ...missed(figures)];
  console.log(JSON.stringify({ ...figures, missed: missed(figures) }));
  if (wrong.length > 0) process.exitCode = 1;
}
