import type { SessionChoice } from '../../functions/domain/event.ts';
import {
  clock,
  clockRange,
  clockWithZone,
  dayWords,
  durationWords,
  localDay,
  longDate,
  monthDay,
  shortDate,
  zoneShort,
  type Instant,
  type TimeZone,
} from '../../functions/domain/time.ts';

/** Something with a start and an end. */
export interface Timed {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** How a row says when: "3 days, " + "8:00 AM to 2:00 PM MT" + "10:00 AM to 4:00 PM ET" + ", 1 hour". */
export interface When {
  readonly lead: string;
  readonly own: string;
  /** The same in the event's zone; null where both read the same. */
  readonly event: string | null;
  readonly tail: string;
}

export const firstStart = (sessions: readonly Timed[]): Instant =>
  sessions.map((session) => session.startsAt).reduce((a, b) => (b < a ? b : a));
export const lastEnd = (sessions: readonly Timed[]): Instant =>
  sessions.map((session) => session.endsAt).reduce((a, b) => (b > a ? b : a));

/** The sessions of each local day, in the order of time. */
export function byDay<S extends Timed>(sessions: readonly S[], zone: TimeZone): [string, S[]][] {
  const sorted = sessions.toSorted((a, b) => a.startsAt - b.startsAt);
  return [...Map.groupBy(sorted, (session) => localDay(session.startsAt, zone))];
}

/** When an event takes place, in the reader's zone with the event's beside it. */
export function whenOf(sessions: readonly Timed[], choice: SessionChoice, own: TimeZone, eventZone: TimeZone): When {
  const mine = phrase(sessions, choice, own);
  const theirs = phrase(sessions, choice, eventZone);
  const start = firstStart(sessions);
  const sameDay = localDay(start, own) === localDay(start, eventZone);
  const days = byDay(sessions, eventZone).length;
  const lengths = new Set(sessions.map((session) => session.endsAt - session.startsAt));
  const [length] = lengths;
  return {
    lead: choice !== 'one' && days > 1 ? `${days} days, ` : '',
    own: mine,
    event: mine === theirs ? null : sameDay ? theirs : `${shortDate(start, eventZone)}, ${theirs}`,
    tail:
      (choice === 'one' || sessions.length === 1) && lengths.size === 1 && length ? `, ${durationWords(length)}` : '',
  };
}

function phrase(sessions: readonly Timed[], choice: SessionChoice, zone: TimeZone): string {
  const start = firstStart(sessions);
  if (sessions.length === 1) return clockWithZone(start, zone);
  const days = byDay(sessions, zone);
  const starts = days.flatMap(([, ofDay]) => ofDay.map((session) => session.startsAt));
  if (choice === 'one' && days.length === 1)
    return `${listed(
      starts.map((at) => clock(at, zone)),
      'or',
    )} ${zoneShort(zone, start)}`;
  if (choice === 'one')
    return `${listed(
      starts.map((at) => `${monthDay(at, zone)} at ${clock(at, zone)}`),
      'or',
    )} ${zoneShort(zone, start)}`;
  const hours = new Set(days.map(([, ofDay]) => clockRange(firstStart(ofDay), lastEnd(ofDay), zone)));
  const [same] = hours;
  return hours.size === 1 && same ? `${same} ${zoneShort(zone, start)}` : `from ${clockWithZone(start, zone)}`;
}

/** "a", "a or b", "a, b or c" */
export function listed(words: readonly string[], and: 'and' | 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`;
}

/** The days an event covers: "Wednesday, March 10, 2027", "May 11 to 13, 2027", "May 30 to June 2, 2027". */
export function daysInWords(sessions: readonly Timed[], zone: TimeZone): string {
  const from = firstStart(sessions);
  const last = sessions.map((session) => session.startsAt).reduce((a, b) => (b > a ? b : a));
  if (localDay(from, zone) === localDay(last, zone)) return longDate(from, zone);
  const a = dayWords(from, zone);
  const b = dayWords(last, zone);
  const year = a.year === b.year ? '' : `, ${a.year}`;
  return `${a.month} ${a.day}${year} to ${a.month === b.month && !year ? '' : `${b.month} `}${b.day}, ${b.year}`;
}

/** The same, short, for hidden text and narrow columns: "March 10, 2027", "May 11–13, 2027". */
export function daysInShort(sessions: readonly Timed[], zone: TimeZone): string {
  const from = firstStart(sessions);
  const last = sessions.map((session) => session.startsAt).reduce((a, b) => (b > a ? b : a));
  const a = dayWords(from, zone);
  const b = dayWords(last, zone);
  if (localDay(from, zone) === localDay(last, zone)) return `${a.month} ${a.day}, ${a.year}`;
  const year = a.year === b.year ? '' : `, ${a.year}`;
  return `${a.month} ${a.day}${year}–${a.month === b.month && !year ? '' : `${b.month} `}${b.day}, ${b.year}`;
}

/** "today", "in 2 days, on", "in 3 weeks, on": how far off a day is. */
export function daysAway(at: Instant, now: Instant, zone: TimeZone): string {
  const days = Math.round((Date.parse(localDay(at, zone)) - Date.parse(localDay(now, zone))) / 86_400_000);
  if (days <= 0) return 'today';
  return `in ${days === 1 ? '1 day' : `${days} days`}`;
}

/** "3:00 PM" that never breaks before its half of the day. */
export const unbroken = (words: string): string => words.replaceAll(/ (AM|PM)\b/g, '\u00a0$1');

/** "1 person", "9 people" */
export const people = (count: number): string => (count === 1 ? '1 person' : `${grouped(count)} people`);
/** "1 seat", "12 seats" */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;
/** "1,500" */
export const grouped = (count: number): string => count.toLocaleString('en-US');
