import type { Timed } from './when.ts';

/** Pairs of sessions that overlap, in the order of time. Ending when another starts is no overlap. */
export function overlapsOf<S extends Timed>(sessions: readonly S[]): [S, S][] {
  const sorted = sessions.toSorted((a, b) => a.startsAt - b.startsAt || a.endsAt - b.endsAt);
  return sorted.flatMap((first, index) =>
    sorted
      .slice(index + 1)
      .filter((second) => second.startsAt < first.endsAt)
      .map((second): [S, S] => [first, second]),
  );
}
