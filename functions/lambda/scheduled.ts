import type { Context } from 'aws-lambda';
import { logError, workingOn } from '../compose/log.ts';

/**
 * A handler whose errors are on record as ours are. What Lambda is told has no words of theirs: it writes an error's
 * message into the log, and that may name a person.
 */
export const scheduled =
  <T>(work: (event: unknown, context: Context) => Promise<T>) =>
  (event: unknown, context: Context): Promise<T> => {
    workingOn(context.awsRequestId);
    return work(event, context).catch((error: unknown) => {
      logError(error);
      throw new Error('It failed: the line of the log before this one says where');
    });
  };
