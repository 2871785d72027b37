import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MessageKind } from '../../functions/domain/owed.ts';
import { feedText } from '../../functions/mail/feed.ts';
import { aFeedEntry, aLetter, anEvent, aSession, DENVER } from '../fixtures/letters.ts';
import { badLineEnds, badLines, calendarOf, post, readCalendar, valueOf } from '../fixtures/received.ts';
import { lettersOf, visibleText } from '../fixtures/same-words.ts';

let mailbox: Awaited<ReturnType<typeof post>>;
beforeAll(async () => {
  mailbox = await post();
});
afterAll(() => mailbox.close());

/** Everything that a string can hold: half characters, controls, and what iCalendar, mail and HTML take apart. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        '\r\n',
        '\r',
        '\n',
        ' ',
        '\t',
        '"',
        '^',
        ';',
        ':',
        ',',
        '\\',
        '<b>',
        '&amp;',
        '=?utf-8?Q?x?=',
        '\0',
        '\u2028',
        '\u202E',
        'BEGIN:VEVENT',
        '👩‍🏫',
        'é',
        'a',
        '\uD800',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
);

/** What is left of a text that everything readable was asked of. */
const readable = (text: string): string => lettersOf(text.toWellFormed());

const letters = fc
  .record({
    title: anyText,
    name: anyText,
    session: anyText,
    place: anyText,
    note: anyText,
    kind: fc.constantFrom(...MessageKind.options),
    cancel: fc.boolean(),
  })
  .map(({ title, name, session, place, note, kind, cancel }) =>
    aLetter({
      kind,
      method: cancel ? 'CANCEL' : 'REQUEST',
      note,
      event: anEvent({
        title,
        sessions: [aSession(0, '2027-03-10T20:00:00Z', '2027-03-10T21:30:00Z', { title: session, location: place })],
      }),
      registration: { profile: { name, givenName: name, agency: 'A', timeZone: DENVER } },
    }),
  );

it('whatever people typed, the invitation is one event for one person, with all that they typed', async () => {
  await fc.assert(
    fc.asyncProperty(letters, async (letter) => {
      const received = await mailbox.deliver(letter);
      const { root, vevent, text, bytes, params } = calendarOf(received);
      expect(badLineEnds(text)).toBe(0);
      expect(badLines(bytes)).toEqual([]);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/\p{Cc}/u);
      expect(root.getAllSubcomponents()).toHaveLength(1);
      expect(text.match(/^ATTENDEE/gm)).toHaveLength(1);
      expect(params['method']).toBe(valueOf(root, 'method'));
      expect(valueOf(vevent, 'attendee')?.toLowerCase()).toBe(`mailto:${letter.to}`);
      expect(valueOf(vevent, 'uid')).toBe(letter.uid);
      expect(lettersOf(valueOf(vevent, 'summary') ?? '')).toContain(readable(letter.event.title));
      expect(received.types).toEqual(['multipart/alternative', 'text/plain', 'text/html', 'text/calendar']);
    }),
    { numRuns: 150 },
  );
});

it('whatever people typed, text and HTML say the same, and no header is theirs', async () => {
  await fc.assert(
    fc.asyncProperty(letters, async (letter) => {
      const { text, html, raw, parsed } = await mailbox.deliver(letter);
      expect(lettersOf(visibleText(html))).toBe(`Trainingdesk${lettersOf(text)}`);
      expect(badLineEnds(raw)).toBe(0);
      expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
      expect([...parsed.headers.keys()].sort()).toEqual(
        ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'].sort(),
      );
      expect(lettersOf(parsed.subject ?? '')).toContain(readable(letter.event.title));
    }),
    { numRuns: 150 },
  );
});

it('whatever people typed, the feed reads back', () => {
  fc.assert(
    fc.property(
      letters.filter((letter) => letter.object !== null),
      (letter) => {
        const text = feedText([aFeedEntry(letter)]);
        expect(badLineEnds(text)).toBe(0);
        expect(badLines(Buffer.from(text))).toEqual([]);
        expect(valueOf(readCalendar(text).vevent, 'uid')).toBe(letter.uid);
      },
    ),
    { numRuns: 300 },
  );
});
