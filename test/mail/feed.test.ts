import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plus, SECOND } from '../../functions/domain/time.ts';
import { feedText } from '../../functions/mail/feed.ts';
import { aFeedEntry, aLetter, aSeminar, MEETING, sessionId, STAMP } from '../fixtures/letters.ts';
import { badLineEnds, badLines, calendarOf, post, readCalendar, valueOf } from '../fixtures/received.ts';

let mailbox: Awaited<ReturnType<typeof post>>;
beforeAll(async () => {
  mailbox = await post();
});
afterAll(() => mailbox.close());

const webinar = aLetter({ sequence: 2 });
const day = aLetter({
  event: aSeminar(),
  registration: { sessions: [0, 1].map(sessionId) },
  more: { uid: 'other@example.gov' },
});
const entries = [aFeedEntry(day), aFeedEntry(webinar)];

describe.each([
  ['the feed', feedText(entries)],
  ['an empty feed', feedText([])],
  ['a feed of one entry', feedText([aFeedEntry(webinar)])],
])('%s', (_name, text) => {
  it('has no METHOD, no ATTENDEE, no ORGANIZER and no meeting link', () => {
    expect(text).not.toMatch(/METHOD|ATTENDEE|ORGANIZER/);
    expect(text.replaceAll('\r\n ', '')).not.toContain(MEETING);
  });

  it('is lines of at most 75 octets that all end with CRLF', () => {
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(badLineEnds(text)).toBe(0);
    expect(badLines(Buffer.from(text))).toEqual([]);
  });

  it('has no zone: its times are UTC', () => {
    expect(text).not.toMatch(/TZID|VTIMEZONE|TIMEZONE/);
    expect(text).not.toMatch(/^DT\w+:\d{8}T\d{6}\r/m);
  });
});

it('says the same of an entry as the mail: UID, SEQUENCE, times, words, join page', async () => {
  const mailed = calendarOf(await mailbox.deliver(webinar)).vevent;
  const fed = readCalendar(feedText([aFeedEntry(webinar)])).vevent;
  for (const name of [
    'uid',
    'sequence',
    'dtstart',
    'dtend',
    'summary',
    'location',
    'url',
    'description',
    'status',
    'transp',
  ])
    expect(valueOf(fed, name), name).toBe(valueOf(mailed, name));
  expect(valueOf(fed, 'sequence')).toBe('2');
});

it('asks to be fetched every hour at most, as RFC 7986 and as Outlook have it', () => {
  const text = feedText(entries);
  expect(text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n');
  expect(text).toContain('X-PUBLISHED-TTL:PT1H\r\n');
});

it('is the same bytes for the same entries, in whatever order they come', () => {
  expect(feedText(entries.toReversed())).toBe(feedText(entries));
  const { root } = readCalendar(feedText(entries));
  expect(root.getAllSubcomponents('vevent').map((event) => valueOf(event, 'summary'))).toEqual([
    webinar.event.title,
    'Annual DHS seminar',
  ]);
});

it('is other bytes after a change, with the change as DTSTAMP', () => {
  const later = aFeedEntry(webinar, { changedAt: plus(STAMP, 90 * SECOND) });
  expect(feedText([later])).not.toBe(feedText([aFeedEntry(webinar)]));
  expect(valueOf(readCalendar(feedText([later])).vevent, 'dtstamp')).toBe('2027-02-02T16:15:30Z');
});
