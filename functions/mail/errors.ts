import { oneLine } from './facts.ts';

/** What went wrong, in one line for the desk's staff. */
export const wordsOfError = (error: unknown): string =>
  oneLine(error instanceof Error ? error.message : 'The message could not be sent').slice(0, 500);
