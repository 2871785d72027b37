import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
  type ICalCalendar,
  type ICalEvent,
} from 'ical-generator';
import { bothZones, clockWithZone, longDate, monthDay, type Instant } from '../domain/time.ts';
import { byDay, factsOf, oneLine, ownTitle, type About, type Facts, type RegistrationLetter } from './facts.ts';
import type { MailSettings } from './settings.ts';
import { DESK_NAME } from './settings.ts';

/** What tells one version of a calendar entry from another (RFC 5546 section 2.1.5). */
export interface EntryVersion {
  readonly uid: string;
  readonly sequence: number;
  /** DTSTAMP: when the change was made, so that the same version is always the same bytes. */
  readonly stamp: Instant;
}

/** UTC and no calendar zone: with one, ical-generator prints the server's clock and drops the Z of stamps. */
export const newCalendar = (): ICalCalendar =>
  ical({ prodId: { company: 'DHS CCHT', product: 'Training desk', language: 'EN' } });

/** The stream as RFC 5545 section 3.1 has it; ical-generator leaves the last line open. */
export const textOf = (calendar: ICalCalendar): string => `${calendar.toString()}\r\n`;

/**
 * The calendar part of a letter: one VEVENT with one ATTENDEE, so that no attendee learns of another
 * (RFC 5546 sections 3.2.2 and 3.2.5).
 * @returns null for a letter without one
 */
export function invitationOf(
  letter: RegistrationLetter,
  settings: MailSettings,
): { readonly method: 'REQUEST' | 'CANCEL'; readonly text: string } | null {
  const part = letter.owed.calendar;
  if (!part || letter.uid === null) return null;
  const cancel = part.method === 'CANCEL';
  const calendar = newCalendar().method(cancel ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST);
  const facts = factsOf(letter, part);
  const version = { uid: letter.uid, sequence: part.sequence, stamp: letter.owed.stamp };
  const event = cancel ? addGone(calendar, facts, version) : addEntry(calendar, letter, facts, version);
  // a backslash escapes nothing in a parameter (RFC 6868 section 2), but ical.js, which Thunderbird reads with, thinks so
  const name = oneLine(letter.registration.profile?.name ?? '').replaceAll('\\', '/');
  event.organizer({ name: DESK_NAME, email: settings.from }).createAttendee({
    email: letter.to,
    ...(name === '' ? {} : { name }),
    role: ICalAttendeeRole.REQ,
    type: ICalAttendeeType.INDIVIDUAL,
    status: ICalAttendeeStatus.NEEDSACTION,
    rsvp: !cancel,
  });
  return { method: part.method, text: textOf(calendar) };
}

/** A standing entry, the same in a letter, the feed and a download. */
export function addEntry(calendar: ICalCalendar, about: About, facts: Facts, version: EntryVersion): ICalEvent {
  const [only, ...others] = facts.sessions;
  const single = others.length === 0 ? only : undefined;
  const place = single ? [single.place, single.join ?? ''].filter((part) => part !== '').join(': ') : SEVERAL_PLACES;
  return bare(calendar, facts, version)
    .status(ICalEventStatus.CONFIRMED)
    .busystatus(ICalEventBusyStatus.BUSY)
    .location(place === '' ? null : place)
    .url(unescapable(single?.join ?? about.links.registration))
    .description([...entryWords(facts), '', GIVE_BACK, about.links.giveBack].join('\n'));
}

/** What is taken back still says when and what it was, for clients that show it; its join page is dead, so not there. */
const addGone = (calendar: ICalCalendar, facts: Facts, version: EntryVersion): ICalEvent =>
  bare(calendar, facts, version).status(ICalEventStatus.CANCELLED).busystatus(ICalEventBusyStatus.FREE);

const SEVERAL_PLACES = 'Each session has its own join page, see the notes';
const GIVE_BACK = 'Declining in your calendar does not give up your seat. Give my seat back:';

function bare(calendar: ICalCalendar, facts: Facts, version: EntryVersion): ICalEvent {
  const [only, ...others] = facts.sessions;
  const more = only && others.length === 0 ? ownTitle(only, facts) : null;
  return calendar.createEvent({
    // ical-generator prints the UID as it is: a line break in it would be a property of somebody's choosing
    id: oneLine(version.uid),
    sequence: version.sequence,
    stamp: new Date(version.stamp),
    lastModified: new Date(version.stamp),
    start: new Date(facts.startsAt),
    end: new Date(facts.endsAt),
    summary: more === null ? facts.title : `${facts.title}: ${more}`,
    transparency: ICalEventTransparency.OPAQUE,
    class: ICalEventClass.PUBLIC,
  });
}

/** Join pages first: a phone shows the first lines of the notes. */
function entryWords(facts: Facts): string[] {
  const { own, zone } = facts;
  const [only, ...others] = facts.sessions;
  if (!only || others.length > 0)
    return byDay(facts).flatMap(({ date, sessions }) => [
      date,
      ...sessions.flatMap((session) => [
        '',
        bothZones(session.startsAt, session.endsAt, own, zone),
        session.title,
        ...(session.place === '' ? [] : [session.place]),
        ...(session.join === null ? [] : [session.join]),
      ]),
    ]);
  const opens = `${clockWithZone(only.joinOpensAt, own)} on ${monthDay(only.joinOpensAt, own)}`;
  return [
    ...(only.join === null ? [] : [`Your own join page. It shows one button from ${opens}:`, only.join, '']),
    longDate(facts.startsAt, own),
    bothZones(facts.startsAt, facts.endsAt, own, zone),
    ...(only.place === '' ? [] : [`Where: ${only.place}`]),
  ];
}

/**
 * ical-generator puts TEXT escapes into URL, which RFC 5545 section 3.3.13 has not; percent-encoded there is nothing
 * to escape.
 */
const unescapable = (url: string): string => url.replaceAll('\\', '%5C').replaceAll(';', '%3B').replaceAll(',', '%2C');
