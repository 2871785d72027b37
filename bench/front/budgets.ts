import type { Instant } from '../../functions/domain/time.ts';

/** What a request takes from one partition key of the table or of an index. */
export interface Use {
  /** The table, or the name of an index. */
  readonly resource: string;
  readonly partition: string;
  readonly kind: 'read' | 'write';
  readonly units: number;
}

/** Units a second. */
export interface Rate {
  readonly read: number;
  readonly write: number;
}
export interface Limits {
  /** Of one partition key. */
  readonly partition: Rate;
  /** Of the table, and of each index, over all its keys. */
  readonly whole: Rate;
}

export const TABLE = 'table';

/**
 * DynamoDB's: what one partition gives, and what a table on demand that nobody used before gives (developer guide, best
 * practices for partition keys, and on-demand capacity mode). The credit for idle seconds, which the service does not
 * promise, and splitting for heat are left out.
 */
export const LIMITS: Limits = { partition: { read: 3_000, write: 1_000 }, whole: { read: 12_000, write: 4_000 } };

interface Budget {
  left: number;
  at: Instant;
  /** Units taken in the current second. */
  second: number;
  taken: number;
}

/** Where the most was asked of one key of a kind: units in one second. */
export type Peaks = ReadonlyMap<string, number>;

/** `SEATS write`, `gsi1 PERSON write`: the kind of key, without the id in it. */
export const kindOfKey = ({ resource, partition, kind }: Use): string =>
  `${resource === TABLE ? '' : `${resource} `}${partition.split('#')[0] ?? ''} ${kind}`;

/**
 * The units that are left in this second, of each partition key and of each resource. A request is let in while there is
 * any left and may run up a debt, so that the rate holds on the whole and a large transaction is never starved.
 */
export class Budgets {
  readonly #limits: Limits;
  readonly #budgets = new Map<string, Budget>();
  readonly #peaks = new Map<string, number>();

  constructor(limits: Limits = LIMITS) {
    this.#limits = limits;
  }

  get peaks(): Peaks {
    return this.#peaks;
  }

  /** Those of the uses for which nothing is left now. */
  over(uses: readonly Use[], now: Instant): Use[] {
    return uses.filter((use) => this.#of(use, now).some(({ left }) => left <= 0));
  }

  spend(uses: readonly Use[], now: Instant): void {
    for (const use of uses) {
      for (const budget of this.#of(use, now)) {
        budget.left -= use.units;
        const second = Math.floor(now / 1_000);
        budget.taken = second === budget.second ? budget.taken + use.units : use.units;
        budget.second = second;
      }
      const [own] = this.#of(use, now);
      const kind = kindOfKey(use);
      this.#peaks.set(kind, Math.max(this.#peaks.get(kind) ?? 0, own?.taken ?? 0));
    }
  }

  #of(use: Use, now: Instant): Budget[] {
    const whole = `${use.resource} ${use.kind}`;
    return [
      this.#filled(`${whole} ${use.partition}`, this.#limits.partition[use.kind], now),
      this.#filled(whole, this.#limits.whole[use.kind], now),
    ];
  }

  #filled(name: string, rate: number, now: Instant): Budget {
    const budget = this.#budgets.get(name) ?? { left: rate, at: now, second: 0, taken: 0 };
    budget.left = Math.min(rate, budget.left + ((now - budget.at) * rate) / 1_000);
    budget.at = now;
    this.#budgets.set(name, budget);
    return budget;
  }
}
