import {
  ProvisionedThroughputExceededException,
  RequestLimitExceeded,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { idOf } from '../domain/registration.ts';
import type { Mailer } from '../usecases/context.ts';
import type { Store } from '../usecases/store-port.ts';
import { log, measure } from './log.ts';

/** Why DynamoDB refused one part of a call. */
interface Refused {
  readonly number: 'Throttles' | 'Conflicts';
  readonly reason: string;
}

/** Counts what DynamoDB refuses, each try by itself: most are tried again by the SDK, and nobody else hears of them. */
export function countRefusals({ middlewareStack }: Pick<DynamoDBClient, 'middlewareStack'>): void {
  middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        for (const { number, reason } of refusedBy(error)) measure({ [number]: [1, 'Count'] }, { Reason: reason });
        throw error;
      }
    },
    // within the SDK's tries, and around what makes errors of answers
    { step: 'deserialize', priority: 'high', name: 'countRefusals' },
  );
}

const throttled = (reason: string): Refused => ({ number: 'Throttles', reason });
const conflict = (reason: string): Refused => ({ number: 'Conflicts', reason });

/** By the service's own words: `TableWriteKeyRangeThroughputExceeded`, `TransactionConflict`. */
function refusedBy(error: unknown): Refused[] {
  if (error instanceof TransactionCanceledException)
    return (error.CancellationReasons ?? []).flatMap(({ Code: code = 'None' }) =>
      code === 'TransactionConflict' || code === 'ConditionalCheckFailed'
        ? [conflict(code)]
        : code === 'ThrottlingError' || code === 'ProvisionedThroughputExceeded'
          ? [throttled(code)]
          : [],
    );
  if (error instanceof TransactionConflictException) return [conflict('TransactionConflict')];
  const reasons =
    error instanceof ThrottlingException
      ? (error.throttlingReasons ?? [])
      : error instanceof ProvisionedThroughputExceededException || error instanceof RequestLimitExceeded
        ? (error.ThrottlingReasons ?? [])
        : null;
  if (reasons === null || !(error instanceof Error)) return [];
  return reasons.length > 0 ? reasons.map(({ reason }) => throttled(reason ?? error.name)) : [throttled(error.name)];
}

/** A store that logs which registrations each change was about, and whether it was made. */
export const recorded = (store: Store): Store => ({
  ...store,
  commit: async (change) => {
    const outcome = await store.commit(change);
    const moved = (change.registrations ?? []).map(({ after }) => ({ id: idOf(after), status: after.status }));
    if (moved.length > 0) log({ what: 'commit', outcome, registrations: moved });
    return outcome;
  },
});

/** A mailer that logs what became of each message, without its recipient, and counts failures. */
export const recordedMail = (mailer: Mailer): Mailer => ({
  send: async (letter) => {
    const delivery = await mailer.send(letter);
    const about =
      letter.about === 'registration'
        ? { kind: letter.owed.kind, registrations: [{ id: idOf(letter.registration) }] }
        : { kind: letter.about };
    log({ what: 'mail', outcome: delivery.outcome, ...about });
    if (delivery.outcome !== 'sent') measure({ MailFailures: [1, 'Count'] }, { Reason: delivery.outcome });
    return delivery;
  },
});
