import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { systemClock } from '../functions/compose/clock.ts';
import { instant, type Instant } from '../functions/domain/time.ts';
import type { Clock } from '../functions/usecases/context.ts';

/**
 * A clock that goes so many times slower than the machine's since `start`. All waits of the model go by it, so that two
 * cores play what takes more: figures are in its time, and what the machine adds counts less.
 */
export const slowClock = (start: Instant, slow: number): Clock => ({
  now: () => instant(Math.floor(start + (systemClock.now() - start) / slow)),
  wait: (milliseconds) => systemClock.wait(milliseconds * slow),
});

/** A client of the table as a function has one, whose waits between its own tries go by the same clock. */
export function slowClient(endpoint: string, slow: number): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { retryStrategy } = client.config;
  client.config.retryStrategy = async () => {
    const usual = await retryStrategy();
    if (!('refreshRetryTokenForRetry' in usual)) throw new Error('The client retries in a way that is not known here');
    return {
      acquireInitialRetryToken: (scope) => usual.acquireInitialRetryToken(scope),
      recordSuccess: (token) => usual.recordSuccess(token),
      refreshRetryTokenForRetry: async (token, error) => {
        const next = await usual.refreshRetryTokenForRetry(token, error);
        const delay = next.getRetryDelay() * slow;
        return Object.assign(next, { getRetryDelay: () => delay });
      },
    };
  };
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
