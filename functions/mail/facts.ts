import type { CalendarObject, Session, TrainingEvent } from '../domain/event.ts';
import { endOf, joinWindow, startOf } from '../domain/event.ts';
import { firstName } from '../domain/person.ts';
import { objectsOf, sessionsOf } from '../domain/registration.ts';
import { localDay, longDate, type Instant, type TimeZone } from '../domain/time.ts';
import type { Letter } from '../usecases/context.ts';

export type RegistrationLetter = Extract<Letter, { about: 'registration' }>;
export type SignInLetter = Extract<Letter, { about: 'sign-in' }>;

/** What letters and the calendar feed have in common: a registration, and which part of it this is about. */
export type About = Pick<RegistrationLetter, 'registration' | 'event' | 'program' | 'object'> & {
  readonly links: Pick<RegistrationLetter['links'], 'registration' | 'giveBack' | 'join'>;
};

export interface SessionFacts {
  readonly title: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly place: string;
  /** The personal join page; null for who has none. */
  readonly join: string | null;
  readonly joinOpensAt: Instant;
}

/** What the words are made from: times in both zones, and text that is safe in a header, a page and a calendar. */
export interface Facts {
  readonly first: string;
  readonly title: string;
  readonly own: TimeZone;
  readonly zone: TimeZone;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** In the order of time; may be empty where what it is about is gone. */
  readonly sessions: readonly SessionFacts[];
  /** "day" where each invitation is a day of its own, else "part". */
  readonly unit: 'day' | 'part';
  /** Nobody joins a law-enforcement sensitive event without signing in. */
  readonly joinNeedsSignIn: boolean;
}

const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** One line without control or half characters: headers (RFC 5322 section 2.2) and iCalendar text (RFC 5545 section 3.1) allow none. */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(BIDI_CONTROLS, '')
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();

/** The same, with line breaks kept. */
const severalLines = (text: string): string =>
  text
    .split(/\r\n?|[\n\u0085\u2028\u2029]/)
    .map(oneLine)
    .join('\n')
    .trim();

/**
 * Takes the meeting's own link out of what staff typed: the one place that gives it away is the answer to a press on a
 * join page.
 */
function withoutMeetingLinks(text: string, event: Pick<TrainingEvent, 'sessions'>): string {
  const links = event.sessions
    .flatMap(({ joinUrl }) => (joinUrl === '' ? [] : [joinUrl, joinUrl.replace(/^https?:\/\//i, '')]))
    .toSorted((a, b) => b.length - a.length);
  return links.reduce((rest, link) => rest.replaceAll(link, 'your join page'), text);
}

/** What staff say with it, ended as a sentence; nothing where they said nothing. */
export function noteOf({ owed, event }: RegistrationLetter): string[] {
  const note = severalLines(withoutMeetingLinks(owed.note, event));
  if (note === '') return [];
  return [/[.!?]$/.test(note) ? note : `${note}.`];
}

/** Who registered them, where they did not do it themselves. */
export function registeredFor({ registration }: RegistrationLetter): string[] {
  const { registeredBy, status } = registration;
  if (!registeredBy) return [];
  const did = status === 'pending' ? 'asked for a seat for you' : 'registered you';
  return registeredBy.role === 'coordinator'
    ? [`${oneLine(registeredBy.name)} ${did}, as your agency’s training coordinator.`]
    : [`The training desk ${did} from a list.`];
}

/**
 * @param times what the calendar part says, where there is one: of an object that is gone, the old times
 */
export function factsOf(about: About, times?: { readonly startsAt: Instant; readonly endsAt: Instant }): Facts {
  const { registration, event, program, object, links } = about;
  const sessions = object?.sessions ?? takenSessions(about);
  const line = (text: string) => oneLine(withoutMeetingLinks(text, event));
  return {
    first: oneLine(firstName(registration.profile)),
    title: line(event.title),
    own: registration.profile?.timeZone ?? event.timeZone,
    zone: event.timeZone,
    startsAt: times?.startsAt ?? object?.startsAt ?? startOf({ sessions }),
    endsAt: times?.endsAt ?? object?.endsAt ?? endOf({ sessions }),
    sessions: sessions.map((session) => ({
      title: line(session.title),
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      place: line(session.location),
      join: links.join.find((link) => link.session === session.id)?.url ?? null,
      joinOpensAt: joinWindow(event, session, session.startsAt).opensAt,
    })),
    unit: eachOnItsOwnDay(objectsOf(registration, event), event.timeZone) ? 'day' : 'part',
    joinNeedsSignIn: program.sensitivity === 'law-enforcement-sensitive',
  };
}

function takenSessions({ registration, event }: About): readonly Session[] {
  const ids = sessionsOf(registration, event);
  const taken = event.sessions.filter((session) => ids.includes(session.id));
  return taken.length > 0 ? taken : event.sessions;
}

const eachOnItsOwnDay = (objects: readonly CalendarObject[], zone: TimeZone): boolean =>
  new Set(objects.map((object) => localDay(object.startsAt, zone))).size === objects.length;

/** Whether a session's title says more than the event's. */
export const ownTitle = (session: SessionFacts, facts: Facts): string | null =>
  session.title === '' || session.title === facts.title ? null : session.title;

/** The sessions under the days that they fall on for the reader, "Tuesday, May 11, 2027". */
export const byDay = ({ sessions, own }: Facts): { date: string; sessions: SessionFacts[] }[] =>
  [...Map.groupBy(sessions, (session) => longDate(session.startsAt, own))].map(([date, sessions]) => ({
    date,
    sessions,
  }));
