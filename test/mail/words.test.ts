import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Letter } from '../../functions/usecases/context.ts';
import {
  aCode,
  aLetter,
  anEvent,
  aSeminar,
  aSession,
  DENVER,
  EVERY_LETTER,
  MEETING,
  NEW_YORK,
  sessionId,
  SETTINGS,
} from '../fixtures/letters.ts';
import { badLineEnds, post } from '../fixtures/received.ts';
import { addressesIn, hrefsOf, lettersOf, visibleText } from '../fixtures/same-words.ts';

let mailbox: Awaited<ReturnType<typeof post>>;
beforeAll(async () => {
  mailbox = await post();
});
afterAll(() => mailbox.close());

const subjectOf = async (letter: Letter) => (await mailbox.deliver(letter)).parsed.subject;

describe.each(EVERY_LETTER)('the message "%s"', (_name, letter) => {
  it('says the same in text and in HTML, in the same order', async () => {
    const { text, html } = await mailbox.deliver(letter);
    expect(lettersOf(visibleText(html))).toBe(`Trainingdesk${lettersOf(text)}`);
    expect(lettersOf(text).length).toBeGreaterThan(100);
  });

  it('leads to the same addresses from both, all of them ours', async () => {
    const { text, html } = await mailbox.deliver(letter);
    expect(hrefsOf(html)).toEqual(addressesIn(text));
    for (const url of hrefsOf(html)) expect(new URL(url).origin).toBe('https://training-desk.example.gov');
  });

  it('has no link of the meeting, no image, and nothing that the product does not have', async () => {
    const { raw, text, html } = await mailbox.deliver(letter);
    for (const part of [raw, text, html]) {
      expect(part).not.toContain(MEETING);
      expect(part).not.toContain('teams.example.com');
    }
    expect(html).not.toMatch(/<img|<script|url\(|<link/i);
    expect(text).not.toMatch(/hand|certificate|remind|phone|when it opens|materials before the start/i);
  });

  it('says who gets it and where to write, and not to reply', async () => {
    const { text } = await mailbox.deliver(letter);
    expect(text).toContain(letter.to);
    expect(text).toContain(`Don’t reply to this address. Write to ${SETTINGS.contact}.`);
  });

  it('is marked as made by a machine, and offers no way to unsubscribe from what was asked for', async () => {
    const { parsed, raw } = await mailbox.deliver(letter);
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(raw).not.toMatch(/^(List-|Precedence|X-Mailer|Reply-To|Bcc|Cc)/im);
    expect(raw.match(/^Message-ID:/gim)).toHaveLength(1);
    expect(parsed.messageId).toMatch(/^<[0-9a-f]{40}@ccht\.example\.org>$/);
  });

  it('is safe on the way: CRLF, short lines, ASCII', async () => {
    const { raw } = await mailbox.deliver(letter);
    expect(badLineEnds(raw)).toBe(0);
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(Buffer.from(raw).every((octet) => octet < 128)).toBe(true);
  });
});

describe('subjects', () => {
  const at = 'Wed, March 10, 1:00 PM MT, Continued Presence: quarterly webinar for law enforcement';
  it.each<readonly [string, Letter]>([
    ['482 913 is your sign-in code', aCode()],
    [`You have a seat: ${at}`, aLetter()],
    [`You are 3rd on the waitlist: ${at}`, aLetter({ kind: 'waitlisted', method: null, more: { place: 3 } })],
    [`You are on the waitlist: ${at}`, aLetter({ kind: 'waitlisted', method: null })],
    [`Changed: ${at}`, aLetter({ kind: 'event-changed' })],
    [`New time: ${at}`, aLetter({ kind: 'event-changed', note: '2027-03-10T19:00:00Z/2027-03-10T20:30:00Z' })],
    [`Canceled: ${at}`, aLetter({ kind: 'event-cancelled', method: 'CANCEL' })],
    [`You gave your seat back: ${at}`, aLetter({ kind: 'cancelled-by-person', method: 'CANCEL' })],
    [`You withdrew: ${at}`, aLetter({ kind: 'cancelled-by-person', method: null })],
    [`You still have a seat: ${at}`, aLetter({ kind: 'restored' })],
    [
      `You are still on the waitlist: ${at}`,
      aLetter({ kind: 'restored', method: 'CANCEL', registration: { status: 'waitlisted' } }),
    ],
    [
      `We are still checking that you may attend: ${at}`,
      aLetter({ kind: 'restored', method: 'CANCEL', registration: { status: 'pending' } }),
    ],
  ])('%s', async (subject, letter) => {
    expect(await subjectOf(letter)).toBe(subject);
  });
});

describe('a sign-in code', () => {
  it('says how long it works, in the zone given', async () => {
    const { text } = await mailbox.deliver(aCode());
    expect(text).toContain('482 913');
    expect(text).toContain('It works for 30 minutes, until 9:42 AM MT.');
  });

  it('is in no header but the subject', async () => {
    const { raw } = await mailbox.deliver(aCode());
    const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/^Subject:.*$/im, '');
    expect(head).not.toMatch(/482\s?913/);
  });
});

describe('after a restore', () => {
  it('says what is lost, and what to do again', async () => {
    const { text } = await mailbox.deliver(aLetter({ kind: 'restored', note: '2027-02-02T08:00:00Z' }));
    expect(text).toContain(
      'Our records were set back to 1:00 AM MT on February 2, and what was done after that is lost.',
    );
    expect(text).toContain('If you changed or gave up anything later, do it again.');
    expect(text).toContain('Give my seat back:');
  });

  it('says to whoever waits that an entry they may have goes', async () => {
    const waiting = aLetter({ kind: 'restored', method: 'CANCEL', registration: { status: 'waitlisted' } });
    const { text } = await mailbox.deliver(waiting);
    expect(text).toContain('If your calendar has an entry for this, it goes by itself.');
    expect(text).not.toContain('join page');
  });
});

describe('a seat', () => {
  it('says the time in the person’s zone, the event’s behind it', async () => {
    const { text } = await mailbox.deliver(aLetter());
    expect(text).toContain('Your time: 1:00 to 2:30 PM MT (3:00 to 4:30 PM ET)');
    expect(text).toContain('Date: Wednesday, March 10, 2027');
  });

  it('says one time where both zones are one, and the event’s where the person gave none', async () => {
    const registration = { profile: { name: 'D', agency: 'A', timeZone: NEW_YORK } };
    expect((await mailbox.deliver(aLetter({ registration }))).text).toContain('Your time: 3:00 to 4:30 PM ET\n');
    const unnamed = await mailbox.deliver(aLetter({ registration: { profile: null } }));
    expect(unnamed.text).toContain('Your time: 3:00 to 4:30 PM ET\n');
    expect(unnamed.text).toContain('Here is everything you need.');
  });

  it('says when the join page shows its button, and that declining gives nothing back', async () => {
    const { text } = await mailbox.deliver(aLetter());
    expect(text).toContain('It shows one button from 12:45 PM MT on March 10. Opening it earlier changes nothing.');
    expect(text).toContain(
      'Declining in your calendar does not give up your seat. Give my seat back:\nhttps://training-desk.example.gov/registrations/reg_1/give-back',
    );
  });

  it('says that a sensitive event’s join page asks to sign in', async () => {
    const open = await mailbox.deliver(aLetter());
    const closed = await mailbox.deliver(aLetter({ program: { sensitivity: 'law-enforcement-sensitive' } }));
    expect(open.text).toContain('This link works without signing in');
    expect(closed.text).not.toContain('without signing in');
    expect(closed.text).toContain('asks you to sign in');
  });

  it('in several invitations says which this is: a day, or a part where a day has two', async () => {
    const days = aSeminar({ sessionChoice: 'all', sessions: aSeminar().sessions.slice(1) });
    expect((await mailbox.deliver(aLetter({ event: days, object: 1 }))).text).toContain('This is day 2 of 3,');
    const parts = await mailbox.deliver(aLetter({ event: aSeminar({ sessionChoice: 'all' }), object: 1 }));
    expect(parts.text).toContain('This is part 2 of 4,');
    expect((await mailbox.deliver(aLetter())).text).not.toContain('This is');
  });

  it('lists the needs that were asked for', async () => {
    const accommodations = { needs: ['live-captions', 'large-print'] as const, other: '' };
    const { text } = await mailbox.deliver(
      aLetter({ more: { accommodations: { ...accommodations, needs: [...accommodations.needs] } } }),
    );
    expect(text).toContain('Asked for: Live captions by a person, Large print');
  });
});

describe('somebody whom another registered', () => {
  const RUTH = { role: 'coordinator', name: 'Ruth Castellan' } as const;
  const DESK = { role: 'staff', name: '' } as const;
  it.each([
    ['confirmed', RUTH, 'Ruth Castellan registered you, as your agency’s training coordinator.'],
    ['confirmed', DESK, 'The training desk registered you from a list.'],
    ['waitlisted', RUTH, 'Ruth Castellan registered you, as your agency’s training coordinator.'],
    ['waitlisted', DESK, 'The training desk registered you from a list.'],
    ['pending', RUTH, 'Ruth Castellan asked for a seat for you, as your agency’s training coordinator.'],
    ['pending', DESK, 'The training desk asked for a seat for you from a list.'],
  ] as const)('reads by whom, %s', async (status, registeredBy, words) => {
    const method = status === 'confirmed' ? 'REQUEST' : null;
    const letter = aLetter({ kind: status, method, registration: { status, registeredBy } });
    expect((await mailbox.deliver(letter)).text.replace(/\s+/g, ' ')).toContain(words);
  });
  it('reads nothing of it who registered themselves', async () => {
    expect((await mailbox.deliver(aLetter())).text).not.toMatch(/registered you|from a list/);
  });
});

it.each(['seat-offered', 'sponsor-asked'] as const)(
  'a stranger reads plain words of who names them, whatever those call themselves: %s',
  async (kind) => {
    const profile = { name: 'Win $500 at www.evil.example, call 800 555 0100', agency: 'x', timeZone: DENVER };
    const { parsed, text, html } = await mailbox.deliver(aLetter({ kind, method: null, registration: { profile } }));
    for (const part of [parsed.subject, text, html]) expect(part).not.toMatch(/evil\.example|555|\$/);
    expect(parsed.subject).toContain('Win at www. evil. example, call');
  },
);

describe('a change', () => {
  const moved = (note: string) => mailbox.deliver(aLetter({ kind: 'event-changed', sequence: 1, note }));

  it('of the time says by how much, what it was and that the seat stands', async () => {
    const { text } = await moved('2027-03-10T19:00:00Z/2027-03-10T20:30:00Z');
    expect(text).toContain('The training is one hour later');
    expect(text).toContain(
      'Now: 1:00 to 2:30 PM MT (3:00 to 4:30 PM ET)\nWas: noon to 1:30 PM MT (2:00 to 3:30 PM ET)',
    );
    expect(text).toContain('Date: Wednesday, March 10, 2027, as before');
    expect(text).toContain('You still have your seat. Your calendar moves by itself.');
  });

  it('of the day says both days', async () => {
    const { text } = await moved('2027-03-09T20:00:00Z/2027-03-09T21:30:00Z');
    expect(text).toContain('The training moved to Wednesday, March 10, 2027');
    expect(text).toContain('Old date: Tuesday, March 9, 2027');
  });

  it('of the end alone says so', async () => {
    const { text } = await moved('2027-03-10T20:00:00Z/2027-03-10T21:00:00Z');
    expect(text).toContain('The training now ends later');
  });

  it('of something else says that it changed, and what staff wrote', async () => {
    const { text } = await moved('The trainer is another');
    expect(text).toContain('The training changed');
    expect(text).toContain('The trainer is another.');
    expect(text).not.toContain('Was:');
  });

  it('for who waits or is being checked says that this goes on, and invites nobody', async () => {
    const waiting = await mailbox.deliver(
      aLetter({ kind: 'event-changed', method: null, registration: { status: 'waitlisted' } }),
    );
    expect(waiting.text).toContain('You keep your place on the waitlist.');
    expect(waiting.text).not.toContain('/join/');
    const checked = await mailbox.deliver(
      aLetter({ kind: 'event-changed', method: null, registration: { status: 'pending' } }),
    );
    expect(checked.text).toContain('We are still checking that you may attend.');
  });
});

describe('who has no seat', () => {
  const without = (kind: 'denied' | 'ineligible' | 'pending' | 'waitlisted') =>
    aLetter({
      kind,
      method: null,
      note: 'It is for law enforcement only',
      event: anEvent({
        sessions: [aSession(0, '2027-03-10T20:00:00Z', '2027-03-10T21:30:00Z', { location: 'Room 5' })],
      }),
    });

  it.each(['denied', 'ineligible', 'pending', 'waitlisted'] as const)(
    '%s: learns no place and gets no join page',
    async (kind) => {
      const { text, html } = await mailbox.deliver(without(kind));
      for (const part of [text, html]) expect(part).not.toMatch(/Room 5|\/join\//);
    },
  );

  it.each(['denied', 'ineligible'] as const)('%s: gets no link to a page that they may not see', async (kind) => {
    const { html } = await mailbox.deliver(without(kind));
    expect(hrefsOf(html)).toEqual(['https://training-desk.example.gov/privacy']);
  });

  it('denied: has the reason, and where to write if it is wrong', async () => {
    const { text } = await mailbox.deliver(without('denied'));
    expect(text).toContain('We can’t give you a seat on March 10');
    expect(text).toContain('It is for law enforcement only.');
    expect(text).toContain(`If we got this wrong\nWrite to ${SETTINGS.contact}`);
  });
});

it('a course of several days that somebody waits for is said by its first and last day', async () => {
  const event = aSeminar({ sessionChoice: 'all' });
  const { text, html } = await mailbox.deliver(
    aLetter({ kind: 'waitlisted', method: null, event, registration: { status: 'waitlisted' } }),
  );
  expect(text).toContain('From: Tuesday, May 11, 2027\nTo: Thursday, May 13, 2027');
  expect(html).toContain('Tue–Thu');
  expect(html).toContain('11–13');
});

it('the day of a message is the reader’s own', async () => {
  const event = anEvent({
    timeZone: NEW_YORK,
    sessions: [aSession(0, '2027-03-11T04:30:00Z', '2027-03-11T05:30:00Z')],
  });
  const registration = { profile: { name: 'D', agency: 'A', timeZone: DENVER } };
  expect(await subjectOf(aLetter({ event, registration }))).toContain('Wed, March 10, 9:30 PM MT');
  const abroad = { profile: { name: 'D', agency: 'A', timeZone: anEvent().timeZone } };
  const early = anEvent({ timeZone: DENVER, sessions: [aSession(0, '2027-03-11T05:30:00Z', '2027-03-11T06:30:00Z')] });
  const { text } = await mailbox.deliver(aLetter({ event: early, registration: abroad }));
  expect(text).toContain('Date: Thursday, March 11, 2027');
  expect(text).toContain('(Wed, March 10, 10:30 to 11:30 PM MT)');
});

it('a seminar’s day names no session that is another day’s', async () => {
  const letter = aLetter({ event: aSeminar(), registration: { sessions: [0, 1, 2].map(sessionId) } });
  const { text } = await mailbox.deliver(letter);
  expect(text).toContain('Opening\n7:00 to 8:00 AM MT (9:00 to 10:00 AM ET). Online. Join page of Opening:');
  expect(text).toContain('It shows one button from 15 minutes before the start.');
  expect(text).not.toContain('Labor trafficking');
});
