import { SECOND, type Instant } from '../../domain/time.ts';

/** How old what is kept in memory may be. */
const RECENT = 5 * SECOND;

/** Anybody may ask for what is not there, by as many names as they like. */
const MOST = 10_000;

/** Keeps what was read for five seconds, or until this process writes it. */
export function keeping<K, V>(now: () => Instant) {
  const kept = new Map<K, { at: Instant; value: Promise<V> }>();
  return {
    of(key: K, read: () => Promise<V>): Promise<V> {
      const found = kept.get(key);
      const age = found ? now() - found.at : RECENT;
      // a clock that was set back must not make it last until it has caught up
      if (found && age >= 0 && age < RECENT) return found.value;
      const value = read();
      if (kept.size >= MOST) kept.clear();
      kept.set(key, { at: now(), value });
      value.catch(() => kept.delete(key));
      return value;
    },
    forget: (key?: K) => (key === undefined ? kept.clear() : kept.delete(key)),
  };
}
