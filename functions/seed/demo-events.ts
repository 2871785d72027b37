import type { Temporal } from 'temporal-polyfill';
import type { SessionChoice } from '../domain/event.ts';
import { holidayOn } from '../domain/holidays.ts';
import { EASTERN, fiscalYear, instant, zoned, type Instant } from '../domain/time.ts';
import { SEMINAR } from './seminar.ts';

/** An event of the demonstration, by its distance from today or its place in the fiscal year. */
export interface DemoEvent {
  readonly key: string;
  readonly program: string;
  readonly title: string;
  readonly description: string;
  readonly outcomes: readonly string[];
  readonly sessions: readonly DemoSession[];
  readonly sessionChoice: SessionChoice;
  readonly capacity: number | null;
  readonly approval: 'automatic' | 'manual';
  readonly trainers: readonly string[];
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly publish: boolean;
  readonly asks: boolean;
}
export interface DemoSession {
  readonly title: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly location: string;
  readonly track: string | null;
}

const RUTH = 'ruth.castellan@ccht.example';
const MARCUS = 'marcus.adeyemi-hale@ccht.example';
const INES = 'ines.novak@ccht.example';
const ONLINE = 'Online, in a browser or the app';

const CP = [
  'Recognize when someone in your case may qualify for Continued Presence',
  'Put together a request that can be decided without a second round of questions',
  'Explain to a victim, in plain words, what Continued Presence does and does not do',
  'Know when to bring in an HSI Victim Assistance Specialist or Forensic Interview Specialist',
];
const CP_PUBLIC = [
  'What Continued Presence gives a person you support',
  'How it fits with T and U visas, and who can ask for each',
  'How to raise it with the officer on the case',
  'Half the time is for your questions',
];

/** The same weekday nearest to so many days from now, moved off weekends and federal holidays. */
function workday(now: Instant, days: number): Temporal.PlainDate {
  let date = zoned(now, EASTERN).toPlainDate().add({ days });
  while (date.dayOfWeek > 5 || holidayOn(date.toString())) date = date.add({ days: 1 });
  return date;
}
/** A Tuesday, so that three days in a row stay within one week. */
function tuesday(now: Instant, days: number): Temporal.PlainDate {
  const date = zoned(now, EASTERN).toPlainDate().add({ days });
  return date.add({ days: (2 - date.dayOfWeek + 7) % 7 });
}
const at = (date: Temporal.PlainDate, time: string): Instant =>
  instant(date.toZonedDateTime({ timeZone: EASTERN, plainTime: time }).epochMilliseconds);
const minutesAfter = (from: Instant, minutes: number): Instant => instant(from + minutes * 60_000);

const session = (date: Temporal.PlainDate, time: string, minutes: number, title: string): DemoSession => {
  const startsAt = at(date, time);
  return { title, startsAt, endsAt: minutesAfter(startsAt, minutes), location: ONLINE, track: null };
};

interface Offering {
  readonly key: string;
  readonly program: string;
  readonly title: string;
  readonly description: string;
  readonly outcomes: readonly string[];
  readonly sessions: readonly DemoSession[];
  readonly capacity: number | null;
  readonly trainers: readonly string[];
  /** Days before the first session that registration opens; 120 unless told. */
  readonly opens?: number;
}
/** Registration closes two days before, or on the Friday before that, at 5 PM Eastern. */
function offering(given: Offering, more: Partial<DemoEvent> = {}): DemoEvent {
  const first = given.sessions.map((one) => one.startsAt).reduce((a, b) => (b < a ? b : a));
  const day = zoned(first, EASTERN).toPlainDate();
  let lastDay = day.subtract({ days: 2 });
  while (lastDay.dayOfWeek > 5) lastDay = lastDay.subtract({ days: 1 });
  return {
    ...given,
    sessionChoice: 'all',
    approval: 'automatic',
    opensAt: at(day.subtract({ days: given.opens ?? 120 }), '09:00'),
    closesAt: at(lastDay, '17:00'),
    publish: true,
    asks: false,
    ...more,
  };
}

const quarterly = (now: Instant, key: string, days: number, more: Partial<DemoEvent> = {}): DemoEvent => {
  const date = workday(now, days);
  return offering(
    {
      key,
      program: 'cp-webinar-law-enforcement',
      title: 'Continued Presence: quarterly webinar for law enforcement',
      description: 'When to ask for Continued Presence, what to send, and how to work with the person it protects.',
      outcomes: CP,
      sessions: [session(date, '10:00', 90, 'Morning session'), session(date, '15:00', 90, 'Afternoon session')],
      capacity: 150,
      trainers: [RUTH, MARCUS],
    },
    { sessionChoice: 'one', asks: true, ...more },
  );
};
const publicEdition = (now: Instant, key: string, days: number): DemoEvent =>
  offering({
    key,
    program: 'cp-webinar-public',
    title: 'Continued Presence: what the public and service providers should know',
    description:
      'What Continued Presence means for the people you support, and how to raise it with the officer on the case.',
    outcomes: CP_PUBLIC,
    sessions: [session(workday(now, days), '13:00', 60, 'Webinar')],
    capacity: 500,
    trainers: [RUTH],
  });
const portal = (now: Instant, key: string, days: number, capacity: number): DemoEvent =>
  offering({
    key,
    program: 'cp-webinar-law-enforcement',
    title: 'Submitting a Continued Presence request online',
    description: 'The request form from the first field to the last, with time for your questions.',
    outcomes: ['Fill in the request without being asked again', 'Know what to attach and what to leave out'],
    sessions: [session(workday(now, days), '11:00', 45, 'Webinar')],
    capacity,
    trainers: [MARCUS],
  });
const advanced = (now: Instant, key: string, days: number, more: Partial<DemoEvent> = {}): DemoEvent => {
  const first = tuesday(now, days);
  return offering(
    {
      key,
      program: 'hsi-advanced-training',
      title: 'Advanced human trafficking investigations',
      description: 'Three days for special agents who carry trafficking cases.',
      outcomes: [
        'Build a case that does not rest on one witness',
        'Plan interviews with victim assistance',
        'Trace money and documents',
      ],
      sessions: [0, 1, 2].map((day) => ({
        ...session(first.add({ days: day }), '09:00', 480, `Day ${day + 1}`),
        location: 'In person, Arlington, Virginia',
      })),
      capacity: 40,
      trainers: [RUTH, INES],
    },
    more,
  );
};

function seminar(now: Instant, key: string, days: number, more: Partial<DemoEvent> = {}): DemoEvent {
  const first = tuesday(now, days);
  return offering(
    {
      key,
      program: 'annual-seminar',
      title: 'Annual DHS seminar on countering human trafficking',
      description:
        'Three days online for everybody at DHS who meets trafficking victims at work. Choose the sessions you like.',
      outcomes: [
        'Recognize indicators in your own work',
        'Know whom to call, and when',
        'Protect victims from the first hour',
      ],
      sessions: SEMINAR.map(({ day, from, minutes, title, track }) => {
        const startsAt = minutesAfter(at(first.add({ days: day }), '10:00'), from);
        return { title, startsAt, endsAt: minutesAfter(startsAt, minutes), location: ONLINE, track };
      }),
      capacity: 1500,
      trainers: [RUTH, MARCUS, INES],
      opens: 160,
    },
    { sessionChoice: 'any', ...more },
  );
}

/**
 * Events of the current and the next fiscal year, dated from today, so that a newcomer sees open, full, closed and
 * coming ones whatever the day is.
 */
export function demoEvents(now: Instant): DemoEvent[] {
  const perhaps = (event: DemoEvent) => (fiscalYear(event.closesAt) <= fiscalYear(now) + 1 ? [event] : []);
  return [
    portal(now, 'portal-closed', 1, 60),
    quarterly(now, 'cp-next', 13),
    publicEdition(now, 'cp-public-next', 20),
    advanced(now, 'hsi-next', 48),
    portal(now, 'portal-full', 62, 12),
    offering({
      key: 'visas',
      program: 'fdns-learning',
      title: 'T visas, U visas and Continued Presence: how they fit together',
      description: 'For staff who interview or visit: what each does, who asks for it, and what you may say.',
      outcomes: ['Tell the three apart', 'Know who may ask for each', 'Answer the questions people put to you'],
      sessions: [session(workday(now, 76), '14:00', 75, 'Webinar')],
      capacity: 100,
      trainers: [INES],
      opens: 45,
    }),
    quarterly(now, 'cp-second', 98, { publish: true }),
    seminar(now, 'seminar-next', 132),
    quarterly(now, 'cp-third', 190, { publish: false }),
    publicEdition(now, 'cp-public-second', 204),
    advanced(now, 'hsi-second', 230),
    quarterly(now, 'cp-fourth', 280, { publish: false }),
    ...perhaps(seminar(now, 'seminar-after', 497, { publish: false })),
    ...perhaps(quarterly(now, 'cp-year-after', 378, { publish: false })),
  ];
}
