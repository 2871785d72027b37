import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

/** A moment: whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & z.$brand<'Instant'>;
/** An IANA zone name that this runtime knows, such as `America/Denver`. */
export type TimeZone = string & z.$brand<'TimeZone'>;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** As it is kept. */
export const InstantNumber = z.int().brand<'Instant'>();
export const instant = (milliseconds: number): Instant => InstantNumber.parse(milliseconds);
export const plus = (at: Instant, milliseconds: number): Instant => instant(at + milliseconds);

/** No moment: where a form gave none, and its error is said elsewhere. */
export const NO_TIME: Instant = instant(0);

/** `2027-01-14T18:00:00Z`: how a moment is written in JSON; parts of a second only where there are any. */
export const isoOf = (at: Instant): string => Temporal.Instant.fromEpochMilliseconds(at).toString();

/** An ISO 8601 moment with `Z` or an offset. */
export const InstantText = z.iso
  .datetime({ offset: true, error: 'Give a time such as 2027-01-14T18:00:00Z' })
  // the pattern takes any number of digits of a second, Temporal at most nine
  .refine((text) => !/\.\d{10}/.test(text), 'Give at most nine digits of a second');

/** Reads what {@link InstantText} let through. */
export const instantOf = (text: string): Instant => instant(Temporal.Instant.from(text).epochMilliseconds);

const isZone = (name: string): boolean => {
  if (!/^[A-Za-z]+(\/[A-Za-z0-9_+-]+)+$|^UTC$/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
};
export const TimeZone = z
  .string()
  .refine(isZone, 'Give a time zone from the IANA list, such as America/New_York')
  .transform((name) => name as TimeZone);

/** The zone of the desk itself; programs are held in it unless an event says otherwise. */
export const EASTERN = 'America/New_York' as TimeZone;

export const zoned = (at: Instant, zone: TimeZone): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** What people call the zones that most of them are in; others get their city and the short name of the runtime. */
const ZONES: readonly { zone: string; short: string; name: string; city: string }[] = [
  { zone: 'America/New_York', short: 'ET', name: 'Eastern', city: 'New York' },
  { zone: 'America/Chicago', short: 'CT', name: 'Central', city: 'Chicago' },
  { zone: 'America/Denver', short: 'MT', name: 'Mountain', city: 'Denver' },
  { zone: 'America/Phoenix', short: 'MST', name: 'Arizona', city: 'Phoenix' },
  { zone: 'America/Los_Angeles', short: 'PT', name: 'Pacific', city: 'Los Angeles' },
  { zone: 'America/Anchorage', short: 'AKT', name: 'Alaska', city: 'Anchorage' },
  { zone: 'Pacific/Honolulu', short: 'HST', name: 'Hawaii', city: 'Honolulu' },
  { zone: 'America/Puerto_Rico', short: 'AST', name: 'Atlantic', city: 'Puerto Rico' },
  { zone: 'Pacific/Guam', short: 'ChST', name: 'Chamorro', city: 'Guam' },
  { zone: 'Pacific/Pago_Pago', short: 'SST', name: 'Samoa', city: 'Pago Pago' },
];
/** The zones offered in forms, those of the United States and its territories first. */
export const OFFERED_ZONES: readonly { readonly zone: TimeZone; readonly label: string }[] = ZONES.map((z) => ({
  zone: z.zone as TimeZone,
  label: `${z.name} (${z.short}), ${z.city}`,
}));

/** "ET", never "EST": the generic short name, or the runtime's own for a zone elsewhere ("CEST"). */
export function zoneShort(zone: TimeZone, at: Instant): string {
  const known = ZONES.find((z) => z.zone === zone);
  if (known) return known.short;
  const part = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' })
    .formatToParts(at)
    .find((p) => p.type === 'timeZoneName');
  return part?.value ?? zone;
}

/** "Mountain (Denver)"; a zone elsewhere by its city: "Rome". */
export function zoneName(zone: TimeZone): string {
  const known = ZONES.find((z) => z.zone === zone);
  return known ? `${known.name} (${known.city})` : (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export interface DayWords {
  readonly weekday: string;
  readonly month: string;
  readonly day: number;
  readonly year: number;
}
export function dayWords(at: Instant, zone: TimeZone): DayWords {
  const local = zoned(at, zone);
  return {
    weekday: WEEKDAYS[local.dayOfWeek - 1] ?? '',
    month: MONTHS[local.month - 1] ?? '',
    day: local.day,
    year: local.year,
  };
}

/** "Wednesday, March 10, 2027" */
export function longDate(at: Instant, zone: TimeZone): string {
  const { weekday, month, day, year } = dayWords(at, zone);
  return `${weekday}, ${month} ${day}, ${year}`;
}
/** "Wednesday, March 10" */
export function dateWithoutYear(at: Instant, zone: TimeZone): string {
  const { weekday, month, day } = dayWords(at, zone);
  return `${weekday}, ${month} ${day}`;
}
/** "Wed, March 10" */
export function shortDate(at: Instant, zone: TimeZone): string {
  const { weekday, month, day } = dayWords(at, zone);
  return `${weekday.slice(0, 3)}, ${month} ${day}`;
}
/** "March 2027" */
export const monthAndYear = (at: Instant, zone: TimeZone): string =>
  zoned(at, zone).toLocaleString('en-US', { month: 'long', year: 'numeric' });
/** "March 10" */
export function monthDay(at: Instant, zone: TimeZone): string {
  const { month, day } = dayWords(at, zone);
  return `${month} ${day}`;
}

const clockParts = (at: Instant, zone: TimeZone): { words: string; half: '' | ' AM' | ' PM' } => {
  const { hour, minute } = zoned(at, zone);
  if (minute === 0 && hour === 12) return { words: 'noon', half: '' };
  if (minute === 0 && hour === 0) return { words: 'midnight', half: '' };
  return {
    words: `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute).padStart(2, '0')}`,
    half: hour < 12 ? ' AM' : ' PM',
  };
};

/** "1:00 PM", "noon", "midnight" */
export function clock(at: Instant, zone: TimeZone): string {
  const { words, half } = clockParts(at, zone);
  return words + half;
}
/** "1:00 PM MT" */
export const clockWithZone = (at: Instant, zone: TimeZone): string => `${clock(at, zone)} ${zoneShort(zone, at)}`;

/** "1:00 to 2:30 PM", "11:00 AM to noon" (no zone) */
export function clockRange(from: Instant, to: Instant, zone: TimeZone): string {
  const a = clockParts(from, zone);
  const b = clockParts(to, zone);
  return `${a.words}${a.half === b.half ? '' : a.half} to ${b.words}${b.half}`;
}

/** A range in the reader's zone, with the event's behind it: quiet text, empty where both read the same. */
export interface TwoZones {
  /** "1:00 to 2:30 PM MT" */
  readonly own: string;
  /** "3:00 to 4:30 PM ET", with the day in front where it differs; null where the zones agree. */
  readonly event: string | null;
}
export function inTwoZones(from: Instant, to: Instant, own: TimeZone, event: TimeZone): TwoZones {
  const mine = `${clockRange(from, to, own)} ${zoneShort(own, from)}`;
  const theirs = `${clockRange(from, to, event)} ${zoneShort(event, from)}`;
  if (mine === theirs) return { own: mine, event: null };
  const sameDay = zoned(from, own).toPlainDate().equals(zoned(from, event).toPlainDate());
  return { own: mine, event: sameDay ? theirs : `${shortDate(from, event)}, ${theirs}` };
}
/** "1:00 to 2:30 PM MT (3:00 to 4:30 PM ET)" */
export function bothZones(from: Instant, to: Instant, own: TimeZone, event: TimeZone): string {
  const times = inTwoZones(from, to, own, event);
  return times.event ? `${times.own} (${times.event})` : times.own;
}

/** "1 hour 30 minutes", "45 minutes", "1 hour" */
export function durationWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / MINUTE);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts: string[] = [];
  if (hours) parts.push(`${hours} ${hours === 1 ? 'hour' : 'hours'}`);
  if (rest || !hours) parts.push(`${rest} ${rest === 1 ? 'minute' : 'minutes'}`);
  return parts.join(' ');
}

/** The local day, `2027-05-11`, that a moment falls on. */
export const localDay = (at: Instant, zone: TimeZone): string => zoned(at, zone).toPlainDate().toString();

/** A federal fiscal year begins on October 1 and is named by the year it ends in (31 U.S.C. 1102). */
export function fiscalYear(at: Instant): number {
  const local = zoned(at, EASTERN);
  return local.month >= 10 ? local.year + 1 : local.year;
}
/** Quarter 1 is October to December. */
export const fiscalQuarter = (at: Instant): number => (Math.floor(((zoned(at, EASTERN).month + 2) % 12) / 3) % 4) + 1;

/** What a local time typed into a form can be. */
export type LocalTime = { readonly kind: 'at'; readonly at: Instant } | { readonly kind: 'missing' | 'twice' };

/**
 * The moment of a local time (`2027-03-14` and `02:30`) in a zone. When clocks go forward some local times do not
 * exist, and when they go back some exist twice: both are said, never guessed.
 */
export function momentOf(date: string, time: string, zone: TimeZone): LocalTime | null {
  let local: Temporal.PlainDateTime;
  try {
    local = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  } catch {
    return null;
  }
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.equals(later)) return { kind: 'at', at: instant(earlier.epochMilliseconds) };
  return { kind: earlier.toPlainDateTime().equals(local) ? 'twice' : 'missing' };
}

/** "1st", "2nd", "3rd", "11th" */
export function ordinal(n: number): string {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}
