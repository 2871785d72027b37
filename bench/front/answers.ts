import { TABLE, type Use } from './budgets.ts';

/** An answer of the service over HTTP; the body is JSON. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

const refusal = (type: string, more: Readonly<Record<string, unknown>>): Answer => ({
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, ...more }),
});

const reasonOf = (table: string, { resource, kind }: Use) => {
  const what = resource === TABLE ? 'Table' : 'Index';
  const arn = `arn:aws:dynamodb:local:000000000000:table/${table}`;
  return {
    reason: `${what}${kind === 'read' ? 'Read' : 'Write'}KeyRangeThroughputExceeded`,
    resource: resource === TABLE ? arn : `${arn}/index/${resource}`,
  };
};

const THROTTLED = 'Throughput exceeds what one partition gives.';

export const throttled = (table: string, over: readonly Use[]): Answer =>
  refusal('ThrottlingException', { message: THROTTLED, throttlingReasons: over.map((use) => reasonOf(table, use)) });

export const conflict = (): Answer =>
  refusal('TransactionConflictException', { message: 'Transaction is ongoing for the item' });

/** Why each action of a transaction was refused, in their order; null: not because of this one. */
export type Reason = 'TransactionConflict' | 'ThrottlingError' | null;

export const cancelled = (reasons: readonly Reason[]): Answer =>
  refusal('TransactionCanceledException', {
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map((reason) => reason ?? 'None').join(', ')}]`,
    CancellationReasons: reasons.map((reason) =>
      reason === null ? { Code: 'None' } : { Code: reason, Message: 'Refused by the front' },
    ),
  });
