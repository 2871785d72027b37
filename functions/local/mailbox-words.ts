import { instantOf, type Instant } from '../domain/time.ts';

/** An address of the mailbox with the parts of its query that have a value. */
export function addressOf(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return given.length ? `${path}?${new URLSearchParams(given).toString()}` : path;
}

/** When a message came; kept as text and shown as every time of the desk is. */
export const arrival = (time: string): Instant => instantOf(time);
