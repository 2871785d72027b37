import { HOUR, SECOND } from '../domain/time.ts';
import type { CalendarEntry } from '../usecases/context.ts';
import { addEntry, newCalendar, textOf } from './calendar.ts';
import { factsOf } from './facts.ts';
import { DESK_NAME } from './settings.ts';

/** At least so long between two fetches (RFC 7986 section 5.7). */
const REFRESH = HOUR;

/**
 * A person's calendar feed: no METHOD and no ATTENDEE (RFC 5545 sections 3.7.2 and 3.8.4.1), and the same bytes for
 * the same entries in whatever order, so that an ETag of them holds.
 */
export const feedText = (entries: readonly CalendarEntry[]): string => {
  const calendar = newCalendar()
    .name(DESK_NAME)
    .ttl(REFRESH / SECOND);
  for (const entry of entries.toSorted(byTime)) {
    const { uid, sequence, changedAt: stamp } = entry;
    addEntry(calendar, entry, factsOf(entry), { uid, sequence, stamp });
  }
  return textOf(calendar);
};

const byTime = (a: CalendarEntry, b: CalendarEntry): number =>
  a.object.startsAt - b.object.startsAt || (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0);
