import ICAL from 'ical.js';
import { simpleParser, type HeaderLines } from 'mailparser';
import { CalendarAnswer, type CalendarReply } from '../domain/calendar-answer.ts';
import { instant } from '../domain/time.ts';

/** A reply has one event and no description of note; more than this is none. */
const LONGEST_CALENDAR = 64 * 1024;
const CALENDAR = /^(text\/calendar|application\/ics)$/;

/**
 * Reads the calendar's answer out of a message (RFC 6047). Thunderbird sends it twice in one message, as a part and as a
 * file: the first that can be read is taken.
 * @returns null for any other mail: without a calendar, broken, with none or several events or attendees
 */
export async function replyOf(source: Uint8Array): Promise<CalendarReply | null> {
  const mail = await simpleParser(Buffer.from(source), {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
  }).catch(() => null);
  const parts = (mail?.attachments ?? []).filter(
    ({ contentType, size }) => CALENDAR.test(contentType) && size <= LONGEST_CALENDAR,
  );
  for (const { content } of parts) {
    const reply = readReply(content.toString('utf8'));
    if (reply) return { ...reply, byMachine: isByMachine(mail?.headerLines ?? []) };
  }
  return null;
}

const PRECEDENCE = /^(bulk|junk|list|auto_reply)\b/i;
/** RFC 3834 section 2 for the first; the others are what responders wrote before it. */
const isByMachine = (headers: HeaderLines): boolean =>
  headers.some(({ key, line }) => {
    const said = line.slice(line.indexOf(':') + 1).trim();
    return (key === 'auto-submitted' && !/^no\b/i.test(said)) || (key === 'precedence' && PRECEDENCE.test(said));
  });

function readReply(calendar: string): Omit<CalendarReply, 'byMachine'> | null {
  try {
    const root = ICAL.Component.fromString(calendar.replace(/^\uFEFF/, ''));
    const [event, ...otherEvents] = root.getAllSubcomponents('vevent');
    const [attendee, ...others] = event?.getAllProperties('attendee') ?? [];
    if (!event || !attendee || otherEvents.length > 0 || others.length > 0) return null;
    if (textOf(root, 'method').toUpperCase() !== 'REPLY') return null;
    const stamp = event.getFirstPropertyValue('dtstamp');
    const answer = CalendarAnswer.safeParse(attendee.getFirstParameter('partstat').toLowerCase());
    // in UTC (RFC 5545 section 3.8.7.2): in a zone that the mail brings, one rule can be worked out for hours
    if (!answer.success || !(stamp instanceof ICAL.Time) || stamp.zone !== ICAL.Timezone.utcTimezone) return null;
    return {
      uid: textOf(event, 'uid'),
      attendee: String(attendee.getFirstValue())
        .replace(/^mailto:/i, '')
        .toLowerCase(),
      answer: answer.data,
      stamp: instant(stamp.toJSDate().getTime()),
    };
  } catch {
    return null;
  }
}

const textOf = (component: ICAL.Component, property: string): string =>
  String(component.getFirstPropertyValue(property) ?? '');
