import { SECOND, type Instant } from '../../domain/time.ts';

/** How old what is kept in memory may be. */
const RECENT = 5 * SECOND;

/** Keeps what was read for five seconds, or until this process writes it. */
export function keeping<K, V>(now: () => Instant) {
  const kept = new Map<K, { at: Instant; value: Promise<V> }>();
  return {
    of(key: K, read: () => Promise<V>): Promise<V> {
      const found = kept.get(key);
      if (found && now() - found.at < RECENT) return found.value;
      const value = read();
      kept.set(key, { at: now(), value });
      value.catch(() => kept.delete(key));
      return value;
    },
    forget: (key?: K) => (key === undefined ? kept.clear() : kept.delete(key)),
  };
}
