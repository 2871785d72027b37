import { Temporal } from 'temporal-polyfill';
import { EASTERN, instant, zoned, type Instant, type TimeZone } from './time.ts';

/** A federal holiday (5 U.S.C. 6103(a)) with the day that people who work Monday to Friday have off. */
export interface Holiday {
  readonly name: string;
  /** `2027-06-19` */
  readonly legal: string;
  /** Saturday: the Friday before. Sunday: the Monday after (5 U.S.C. 6103(b), E.O. 11582). */
  readonly observed: string;
}

const [MONDAY, THURSDAY, SATURDAY, SUNDAY] = [1, 4, 6, 7] as const;

const fixed = (year: number, month: number, day: number): Temporal.PlainDate =>
  Temporal.PlainDate.from({ year, month, day });

/** The nth such weekday of a month; -1 is the last. */
function nth(year: number, month: number, weekday: number, n: number): Temporal.PlainDate {
  const first = fixed(year, month, 1);
  if (n > 0) return first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + 7 * (n - 1) });
  const last = fixed(year, month, first.daysInMonth);
  return last.subtract({ days: (last.dayOfWeek - weekday + 7) % 7 });
}

const RULES: readonly { readonly name: string; readonly on: (year: number) => Temporal.PlainDate }[] = [
  { name: 'New Year’s Day', on: (year) => fixed(year, 1, 1) },
  { name: 'Birthday of Martin Luther King, Jr.', on: (year) => nth(year, 1, MONDAY, 3) },
  { name: 'Washington’s Birthday', on: (year) => nth(year, 2, MONDAY, 3) },
  { name: 'Memorial Day', on: (year) => nth(year, 5, MONDAY, -1) },
  { name: 'Juneteenth', on: (year) => fixed(year, 6, 19) },
  { name: 'Independence Day', on: (year) => fixed(year, 7, 4) },
  { name: 'Labor Day', on: (year) => nth(year, 9, MONDAY, 1) },
  { name: 'Columbus Day', on: (year) => nth(year, 10, MONDAY, 2) },
  { name: 'Veterans Day', on: (year) => fixed(year, 11, 11) },
  { name: 'Thanksgiving Day', on: (year) => nth(year, 11, THURSDAY, 4) },
  { name: 'Christmas Day', on: (year) => fixed(year, 12, 25) },
];

function observed(legal: Temporal.PlainDate): Temporal.PlainDate {
  if (legal.dayOfWeek === SATURDAY) return legal.subtract({ days: 1 });
  return legal.dayOfWeek === SUNDAY ? legal.add({ days: 1 }) : legal;
}

/** Holidays that fall in a year or are observed in it: New Year's Day of the next may be observed on December 31. */
export function holidaysOf(year: number): Holiday[] {
  return [year, year + 1]
    .flatMap((of) => RULES.map(({ name, on }) => ({ name, legal: on(of) })))
    .map(({ name, legal }) => ({ name, legal: legal.toString(), observed: observed(legal).toString() }))
    .filter(({ legal, observed: day }) => [legal, day].some((date) => date.startsWith(`${year}-`)))
    .toSorted((a, b) => a.observed.localeCompare(b.observed));
}

/** The holiday that falls on a local day, or is observed on it. */
export const holidayOn = (day: string): Holiday | null =>
  holidaysOf(Number(day.slice(0, 4))).find(({ legal, observed: off }) => legal === day || off === day) ?? null;

const isWorkingDay = (date: Temporal.PlainDate): boolean =>
  date.dayOfWeek < SATURDAY && !holidaysOf(date.year).some(({ observed: off }) => off === date.toString());

/** The end of the working day (5 PM) a number of working days after a moment; the day itself does not count. */
function afterWorkingDays(from: Instant, days: number, zone: TimeZone): Instant {
  let date = zoned(from, zone).toPlainDate();
  for (let left = days; left > 0;) {
    date = date.add({ days: 1 });
    if (isWorkingDay(date)) left -= 1;
  }
  return instant(date.toZonedDateTime({ timeZone: zone, plainTime: '17:00' }).epochMilliseconds);
}

/** Working days within which a person who is checked gets an answer. */
export const ANSWERS_WITHIN = 3;
export const answerBy = (appliedAt: Instant): Instant => afterWorkingDays(appliedAt, ANSWERS_WITHIN, EASTERN);

/** Whole working days between now and a moment: those that begin after today and before its day. */
export function workingDaysUntil(now: Instant, at: Instant, zone: TimeZone): number {
  const end = zoned(at, zone).toPlainDate();
  let date = zoned(now, zone).toPlainDate();
  let days = 0;
  while (Temporal.PlainDate.compare(date, end) < 0 && days < 400) {
    date = date.add({ days: 1 });
    if (isWorkingDay(date)) days += 1;
  }
  return days;
}
