import type { CalendarObject } from '../domain/event.ts';
import { HOUR, SECOND, type Instant } from '../domain/time.ts';
import { addEntry, newCalendar, textOf } from './calendar.ts';
import { factsOf, type About } from './facts.ts';
import { DESK_NAME } from './settings.ts';

/** One calendar entry of a confirmed registration, with what a letter about it would carry. */
export type FeedEntry = About & {
  readonly object: CalendarObject;
  /** The same as in the mail, or the entry doubles. */
  readonly uid: string;
  /** The registration's: Google keeps an old date until it rises. */
  readonly sequence: number;
  /** The last change of what the entry says; its DTSTAMP, so that unchanged entries are unchanged bytes. */
  readonly changedAt: Instant;
};

/** At least so long between two fetches (RFC 7986 section 5.7). */
const REFRESH = HOUR;

/**
 * A person's calendar feed: no METHOD and no ATTENDEE (RFC 5545 sections 3.7.2 and 3.8.4.1), and the same bytes for
 * the same entries in whatever order, so that an ETag of them holds.
 */
export const feedText = (entries: readonly FeedEntry[]): string => {
  const calendar = newCalendar()
    .name(DESK_NAME)
    .ttl(REFRESH / SECOND);
  for (const entry of entries.toSorted(byTime)) add(calendar, entry);
  return textOf(calendar);
};

/** One entry to download. */
export const entryText = (entry: FeedEntry): string => {
  const calendar = newCalendar();
  add(calendar, entry);
  return textOf(calendar);
};

const byTime = (a: FeedEntry, b: FeedEntry): number =>
  a.object.startsAt - b.object.startsAt || (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0);

const add = (calendar: ReturnType<typeof newCalendar>, entry: FeedEntry): void => {
  addEntry(calendar, entry, factsOf(entry), { uid: entry.uid, sequence: entry.sequence, stamp: entry.changedAt });
};
