/**
 * How long the service takes, in milliseconds: log-normal through the percentiles that were measured (Alex DeBrie's
 * dynamodb-performance-testing, 2020). A put p50 7.6, p99 16; a transaction of 5 items p50 25, p99 93, of 25 items
 * p50 32: each further item 0.35 more. Reads are taken to be like a put.
 */
export function latencyOf(actions: number, transaction: boolean, random: () => number): number {
  const median = transaction ? 25 + 0.35 * (actions - 5) : 7.6;
  const spread = transaction ? 0.565 : 0.32;
  return median * Math.exp(spread * normal(random));
}

/** How long an item that a transaction writes refuses others: an estimate, see the seat rules. */
export const holdOf = (random: () => number): number => 10 + 10 * random();

/** Box and Muller's. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
