import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf, TimeZone } from '../../functions/domain/time.ts';
import {
  aLetter,
  anEvent,
  aSeminar,
  aSession,
  DANA,
  EVERY_LETTER,
  MEETING,
  sessionId,
  SETTINGS,
  STAMP,
} from '../fixtures/letters.ts';
import { badLineEnds, badLines, calendarOf, post, valueOf } from '../fixtures/received.ts';

let mailbox: Awaited<ReturnType<typeof post>>;
beforeAll(async () => {
  mailbox = await post();
});
afterAll(() => mailbox.close());

const invitations = EVERY_LETTER.flatMap(([name, letter]) =>
  letter.about === 'registration' && letter.owed.calendar ? [[name, letter, letter.owed.calendar] as const] : [],
);

describe.each(invitations)('the invitation of "%s", as it arrives', (_name, letter, part) => {
  it('is the last of three alternatives, and there is no second copy', async () => {
    const received = await mailbox.deliver(letter);
    expect(received.types).toEqual(['multipart/alternative', 'text/plain', 'text/html', 'text/calendar']);
  });

  it('names in its Content-Type the METHOD that its body has (RFC 6047 section 2.4)', async () => {
    const { params, root } = calendarOf(await mailbox.deliver(letter));
    expect(params['method']).toBe(part.method);
    expect(valueOf(root, 'method')).toBe(part.method);
    expect(params['charset']?.toLowerCase()).toBe('utf-8');
  });

  it('is base64, with CRLF after every line and at most 75 octets before it (RFC 5545 section 3.1)', async () => {
    const { encoding, bytes, text } = calendarOf(await mailbox.deliver(letter));
    expect(encoding).toBe('base64');
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(badLineEnds(text)).toBe(0);
    expect(badLines(bytes)).toEqual([]);
  });

  it('has METHOD at the calendar, one event in it, and one attendee: who it is sent to', async () => {
    const received = await mailbox.deliver(letter);
    const { root, vevent, text } = calendarOf(received);
    expect(root.getAllSubcomponents().map(({ name }) => name)).toEqual(['vevent']);
    expect(valueOf(vevent, 'method')).toBeNull();
    expect(text.match(/^ATTENDEE/gm)).toHaveLength(1);
    expect(valueOf(vevent, 'attendee')?.toLowerCase()).toBe(`mailto:${DANA}`);
    expect(received.to).toEqual([DANA]);
    expect(received.parsed.to).toMatchObject({ value: [{ address: DANA }] });
  });

  it('has the address of From as ORGANIZER, with its scheme and without SENT-BY', async () => {
    const received = await mailbox.deliver(letter);
    const organizer = calendarOf(received).vevent.getFirstProperty('organizer');
    expect(organizer?.getFirstValue()).toBe(`mailto:${SETTINGS.from}`);
    expect(organizer?.getFirstParameter('sent-by')).toBeUndefined();
    expect(received.parsed.from?.value).toEqual([{ address: SETTINGS.from, name: 'Training desk' }]);
  });

  it('says all times in UTC, with no zone', async () => {
    const { vevent, text } = calendarOf(await mailbox.deliver(letter));
    for (const name of ['dtstamp', 'dtstart', 'dtend', 'last-modified'])
      expect(vevent.getFirstPropertyValue(name)?.toString(), name).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(text).not.toMatch(/VTIMEZONE|TZID|X-WR-TIMEZONE/);
    expect(instantOf(valueOf(vevent, 'dtstart') ?? '')).toBe(part.startsAt);
    expect(instantOf(valueOf(vevent, 'dtend') ?? '')).toBe(part.endsAt);
    expect(instantOf(valueOf(vevent, 'dtstamp') ?? '')).toBe(STAMP);
  });

  it('carries the UID and SEQUENCE that were stored', async () => {
    const { vevent } = calendarOf(await mailbox.deliver(letter));
    expect(valueOf(vevent, 'uid')).toBe(letter.uid);
    expect(vevent.getFirstPropertyValue('sequence')).toBe(part.sequence);
  });

  it('leaves out what breaks a client', async () => {
    const { text } = calendarOf(await mailbox.deliver(letter));
    expect(text).not.toMatch(
      /PUBLISH|X-MICROSOFT-CDO-APPT-SEQUENCE|RRULE|RDATE|RECURRENCE-ID|VALARM|X-WR-CALNAME|^NAME:|CONFERENCE|X-ALT-DESC/m,
    );
  });
});

describe('a request', () => {
  it('asks the one attendee to answer', async () => {
    const { vevent } = calendarOf(await mailbox.deliver(aLetter()));
    const attendee = vevent.getFirstProperty('attendee');
    expect(attendee?.getFirstParameter('rsvp')).toBe('TRUE');
    expect(attendee?.getFirstParameter('partstat')).toBe('NEEDS-ACTION');
    expect(attendee?.getFirstParameter('role')).toBe('REQ-PARTICIPANT');
    expect(attendee?.getFirstParameter('cutype')).toBe('INDIVIDUAL');
  });

  it('is confirmed, busy and public', async () => {
    const { vevent } = calendarOf(await mailbox.deliver(aLetter()));
    expect(valueOf(vevent, 'status')).toBe('CONFIRMED');
    expect(valueOf(vevent, 'transp')).toBe('OPAQUE');
    expect(valueOf(vevent, 'class')).toBe('PUBLIC');
    expect(valueOf(vevent, 'x-microsoft-cdo-busystatus')).toBe('BUSY');
  });

  it('has the personal join page as URL, in LOCATION, in DESCRIPTION and in both bodies', async () => {
    const received = await mailbox.deliver(aLetter());
    const { vevent } = calendarOf(received);
    const join = `https://training-desk.example.gov/join/secret-of-${sessionId(0)}`;
    expect(valueOf(vevent, 'url')).toBe(join);
    for (const text of [valueOf(vevent, 'location'), valueOf(vevent, 'description'), received.text, received.html])
      expect(text).toContain(join);
  });

  it('has no escapes in URL, whatever the address (RFC 5545 section 3.3.13)', async () => {
    const url = 'https://training-desk.example.gov/join/a?x=1,2;3';
    const letter = aLetter();
    const join = letter.links.join.map(({ session }) => ({ session, url }));
    const { text, vevent } = calendarOf(await mailbox.deliver({ ...letter, links: { ...letter.links, join } }));
    expect(text.replaceAll('\r\n ', '')).toMatch(/^URL[^\\\r]*:https:[^\\\r]*$/m);
    expect(decodeURIComponent(valueOf(vevent, 'url') ?? '')).toBe(url);
  });

  it('for a day of several sessions has the agenda, each with its time and its join page', async () => {
    const letter = aLetter({ event: aSeminar(), registration: { sessions: [0, 1, 2].map(sessionId) } });
    const { vevent } = calendarOf(await mailbox.deliver(letter));
    const words = valueOf(vevent, 'description') ?? '';
    expect(words).toContain('Tuesday, May 11, 2027');
    expect(words).toContain('7:00 to 8:00 AM MT (9:00 to 10:00 AM ET)\nOpening');
    expect(words).toContain('9:00 to 10:00 AM MT (11:00 AM to noon ET)\nInterviewing');
    expect(words).toContain(`/join/secret-of-${sessionId(0)}`);
    expect(words).toContain(`/join/secret-of-${sessionId(1)}`);
    expect(words).not.toContain(`/join/secret-of-${sessionId(2)}`);
    expect(valueOf(vevent, 'dtstart')).toBe('2027-05-11T13:00:00Z');
    expect(valueOf(vevent, 'dtend')).toBe('2027-05-11T16:00:00Z');
  });

  it('says what day a session falls on where the reader’s day turns within it', async () => {
    const event = aSeminar({
      timeZone: TimeZone.parse('America/Los_Angeles'),
      sessions: [
        aSession(0, '2027-05-12T05:00:00Z', '2027-05-12T05:30:00Z', { title: 'Late' }),
        aSession(1, '2027-05-12T06:15:00Z', '2027-05-12T06:45:00Z', { title: 'Later' }),
      ],
    });
    const letter = aLetter({ event, registration: { sessions: [0, 1].map(sessionId) } });
    const words = valueOf(calendarOf(await mailbox.deliver(letter)).vevent, 'description') ?? '';
    expect(words).toMatch(/^Tuesday, May 11, 2027\n[\s\S]*Late\n[\s\S]*Wednesday, May 12, 2027\n[\s\S]*Later\n/);
  });

  it('names the session of a course beside the course', async () => {
    const { vevent } = calendarOf(
      await mailbox.deliver(aLetter({ event: aSeminar({ sessionChoice: 'all' }), object: 2 })),
    );
    expect(valueOf(vevent, 'summary')).toBe('Annual DHS seminar: Labor trafficking');
  });
});

describe('a cancellation', () => {
  const request = aLetter({ sequence: 3 });
  const cancel = aLetter({ kind: 'cancelled-by-person', method: 'CANCEL', sequence: 4 });

  it('has the UID of the request, a higher SEQUENCE and STATUS:CANCELLED (RFC 5546 section 3.2.5)', async () => {
    const before = calendarOf(await mailbox.deliver(request)).vevent;
    const after = calendarOf(await mailbox.deliver(cancel)).vevent;
    expect(valueOf(after, 'uid')).toBe(valueOf(before, 'uid'));
    expect(Number(valueOf(after, 'sequence'))).toBeGreaterThan(Number(valueOf(before, 'sequence')));
    expect(valueOf(after, 'status')).toBe('CANCELLED');
    expect(valueOf(after, 'organizer')).toBe(valueOf(before, 'organizer'));
    expect(valueOf(after, 'attendee')).toBe(valueOf(before, 'attendee'));
  });

  it('repeats what it was, with its old times, and has no join page', async () => {
    const gone = aLetter({
      kind: 'event-changed',
      method: 'CANCEL',
      sequence: 4,
      times: { startsAt: '2027-03-09T20:00:00Z', endsAt: '2027-03-09T21:00:00Z' },
      more: {
        object: {
          object: sessionId(5),
          sessions: [],
          startsAt: instantOf('2027-03-09T20:00:00Z'),
          endsAt: instantOf('2027-03-09T21:00:00Z'),
        },
      },
    });
    const received = await mailbox.deliver(gone);
    const { vevent, text } = calendarOf(received);
    expect(valueOf(vevent, 'summary')).toBe(gone.event.title);
    expect(valueOf(vevent, 'dtstart')).toBe('2027-03-09T20:00:00Z');
    expect(text + received.text + received.html).not.toContain('/join/');
  });
});

describe('text that means harm or comes from elsewhere', () => {
  const injected = 'A\r\nMETHOD:PUBLISH\r\nATTENDEE:mailto:x@example.org\r\nB';

  it('in a title is text of one line, in the calendar and in the subject', async () => {
    const received = await mailbox.deliver(aLetter({ event: anEvent({ title: injected }) }));
    const { vevent, text } = calendarOf(received);
    expect(valueOf(vevent, 'summary')).toMatch(/^A METHOD:PUBLISH ATTENDEE:mailto:x@example.org B: /);
    expect(text.match(/^ATTENDEE/gm)).toHaveLength(1);
    expect(text.match(/^METHOD/gm)).toHaveLength(1);
    expect(received.parsed.subject).toContain('A METHOD:PUBLISH');
  });

  it('in a name stays a parameter, and in the UID a value', async () => {
    const profile = { name: injected, givenName: injected, agency: 'A', timeZone: anEvent().timeZone };
    const letter = aLetter({ registration: { profile }, more: { uid: `u\r\nX-EVIL:1\u0000@example.gov` } });
    const { vevent, text } = calendarOf(await mailbox.deliver(letter));
    expect(text).not.toMatch(/^X-EVIL/m);
    expect(text.match(/^ATTENDEE/gm)).toHaveLength(1);
    expect(valueOf(vevent, 'attendee')?.toLowerCase()).toBe(`mailto:${DANA}`);
  });

  it('keeps quotes, carets, colons and commas of a name (RFC 6868)', async () => {
    const name = 'Dana "Dee" ^ O\'Hara; Ph.D., x:y';
    const profile = { name, agency: 'A', timeZone: anEvent().timeZone };
    const { vevent } = calendarOf(await mailbox.deliver(aLetter({ registration: { profile } })));
    const attendee = vevent.getFirstProperty('attendee');
    expect(attendee?.getFirstParameter('cn')).toBe(name);
    expect(attendee?.getFirstParameter('partstat')).toBe('NEEDS-ACTION');
  });

  it('is told from the address, though a name has backslashes and ends with a colon', async () => {
    const profile = { name: 'Lee, Dana\\\\:', agency: 'A', timeZone: anEvent().timeZone };
    const { vevent } = calendarOf(await mailbox.deliver(aLetter({ registration: { profile } })));
    expect(valueOf(vevent, 'attendee')?.toLowerCase()).toBe(`mailto:${DANA}`);
    expect(vevent.getFirstProperty('attendee')?.getFirstParameter('cn')).toBe('Lee, Dana//:');
  });

  it('leaves out the name of somebody who gave none', async () => {
    const { vevent } = calendarOf(await mailbox.deliver(aLetter({ registration: { profile: null } })));
    expect(vevent.getFirstProperty('attendee')?.getFirstParameter('cn')).toBeUndefined();
  });

  it('keeps names and titles in any script', async () => {
    const title = 'Überführung: 人身取引 — déjà vu 👩‍🏫, “quoted”; back\\slash';
    const profile = { name: 'Žofia Łęcka-Nguyễn', agency: 'A', timeZone: anEvent().timeZone };
    const event = anEvent({
      title,
      sessions: [aSession(0, '2027-03-10T20:00:00Z', '2027-03-10T21:30:00Z', { title })],
    });
    const received = await mailbox.deliver(aLetter({ event, registration: { profile } }));
    const { vevent } = calendarOf(received);
    expect(valueOf(vevent, 'summary')).toBe(title);
    expect(vevent.getFirstProperty('attendee')?.getFirstParameter('cn')).toBe(profile.name);
    expect(received.parsed.subject).toContain(title);
    expect(received.text).toContain(title);
  });

  it('folds very long titles and never inside a character', async () => {
    for (let shift = 0; shift < 5; shift += 1) {
      const title = `${'x'.repeat(shift)}${'👍🏽é'.repeat(400)}`;
      const event = anEvent({
        title,
        sessions: [aSession(0, '2027-03-10T20:00:00Z', '2027-03-10T21:30:00Z', { title })],
      });
      const { vevent, bytes } = calendarOf(await mailbox.deliver(aLetter({ event })));
      expect(badLines(bytes)).toEqual([]);
      expect(valueOf(vevent, 'summary')).toBe(title);
    }
  });

  it('never gives away the meeting’s own link, wherever staff typed it', async () => {
    const typed = `Use ${MEETING}0 or ${MEETING.replace('https://', '')}0`;
    const event = anEvent({
      title: `Webinar ${typed}`,
      sessions: [aSession(0, '2027-03-10T20:00:00Z', '2027-03-10T21:30:00Z', { title: typed, location: typed })],
    });
    for (const kind of ['confirmed', 'event-changed', 'cancelled-by-staff'] as const) {
      const letter = aLetter({
        kind,
        event,
        note: typed,
        method: kind === 'cancelled-by-staff' ? 'CANCEL' : 'REQUEST',
      });
      const received = await mailbox.deliver(letter);
      const all =
        calendarOf(received).text.replaceAll('\r\n ', '') + received.text + received.html + received.parsed.subject;
      expect(all).not.toContain('teams.example.com');
      expect(all).not.toContain('meeting_secret');
    }
  });
});

it('says the times that were stored with its SEQUENCE, also where the event has moved on meanwhile', async () => {
  const times = { startsAt: '2027-03-10T18:00:00Z', endsAt: '2027-03-10T19:00:00Z' };
  const received = await mailbox.deliver(aLetter({ times }));
  expect(valueOf(calendarOf(received).vevent, 'dtstart')).toBe(times.startsAt);
  expect(received.text).toContain('Your time: 11:00 AM to noon MT');
});

describe('two mails of one letter', () => {
  it('have the date on which it was decided', async () => {
    expect((await mailbox.deliver(aLetter())).parsed.date?.getTime()).toBe(STAMP);
  });

  it('are the same bytes: a message sent twice is one message', async () => {
    const [one, two] = [await mailbox.deliver(aLetter()), await mailbox.deliver(aLetter())];
    expect(two.raw).toBe(one.raw);
  });

  it('of two changes are not the same message', async () => {
    const one = await mailbox.deliver(aLetter());
    const two = await mailbox.deliver(aLetter({ registration: { rev: 2 } }));
    const otherDay = await mailbox.deliver(aLetter({ event: aSeminar({ sessionChoice: 'all' }), object: 1 }));
    expect(new Set([one, two, otherDay].map(({ parsed }) => parsed.messageId)).size).toBe(3);
  });
});

describe('a letter without a calendar part', () => {
  it('is text and HTML alone', async () => {
    const received = await mailbox.deliver(aLetter({ kind: 'pending', method: null }));
    expect(received.types).toEqual(['multipart/alternative', 'text/plain', 'text/html']);
    expect(() => calendarOf(received)).toThrow();
  });
});
