import { describe, expect, it } from 'vitest';
import { actOf, offerOf, seatsInWords } from '../../web/words/offer.ts';
import { overlapsOf } from '../../web/words/overlaps.ts';
import { daysAway, daysInShort, daysInWords, whenOf } from '../../web/words/when.ts';
import { atFields } from '../../web/pages/staff/editor-values.ts';
import { at, ET, MT, NOW, onlineRequest, quarterly, ROME, seminarSessions } from '../fixtures/previews/samples.ts';

describe('seats in words', () => {
  it.each([
    [null, { kind: 'open' }],
    [{ capacity: null, remaining: null, waitlist: 0 }, { kind: 'open' }],
    [{ capacity: 150, remaining: 16, waitlist: 0 }, { kind: 'open' }],
    [
      { capacity: 150, remaining: 15, waitlist: 0 },
      { kind: 'few', left: 15, note: null },
    ],
    [{ capacity: 1500, remaining: 21, waitlist: 0 }, { kind: 'open' }],
    [
      { capacity: 1500, remaining: 20, waitlist: 0 },
      { kind: 'few', left: 20, note: null },
    ],
    [
      { capacity: 60, remaining: 0, waitlist: 5 },
      { kind: 'full', waiting: 5 },
    ],
  ])('%j', (seats, words) => {
    expect(seatsInWords(seats)).toEqual(words);
  });
});

describe('what an event offers', () => {
  it('names the one sitting that has few seats left, in the reader’s time', () => {
    expect(offerOf(quarterly, NOW, MT)).toEqual({ kind: 'few', left: 12, note: 'in the 1:00 PM session' });
  });

  it('names it by its day where sittings are on several', () => {
    const [first, last] = quarterly.sessions;
    if (!first || !last) throw new Error('it has two');
    const next = { ...last, startsAt: at('2027-03-11T20:00:00Z'), endsAt: at('2027-03-11T21:30:00Z') };
    expect(offerOf({ ...quarterly, sessions: [first, next] }, NOW, MT)).toMatchObject({
      note: 'in the March 11 session',
    });
  });

  it('is full where every sitting is, with everybody who waits', () => {
    const sessions = quarterly.sessions.map((session) => ({
      ...session,
      seats: { capacity: 150, remaining: 0, waitlist: 4 },
    }));
    expect(offerOf({ ...quarterly, sessions }, NOW, MT)).toEqual({ kind: 'full', waiting: 8 });
  });

  it.each([
    [{ opensAt: at('2027-03-01T14:00:00Z') }, 'not-open-yet'],
    [{ closesAt: NOW }, 'closed'],
    [{ status: 'cancelled' as const }, 'cancelled'],
    [{ sessions: quarterly.sessions.map((session) => ({ ...session, endsAt: NOW })) }, 'past'],
  ])('says first what rules the rest out: %j', (change, kind) => {
    expect(offerOf({ ...quarterly, ...change }, NOW, MT).kind).toBe(kind);
  });

  it('lets whoever is checked apply, and others wait, where it is full', () => {
    const full = offerOf(onlineRequest, NOW, MT);
    expect([actOf(full, true), actOf(full, false)]).toEqual(['apply', 'wait']);
  });
});

describe('when', () => {
  it('gives the sittings of a day, and what they have in common', () => {
    expect(whenOf(quarterly.sessions, 'one', MT, ET)).toEqual({
      lead: '',
      own: '8:00 AM or 1:00 PM MT',
      event: '10:00 AM or 3:00 PM ET',
      tail: ', 1 hour 30 minutes',
    });
  });

  it('gives the hours that every day has', () => {
    expect(whenOf(seminarSessions, 'any', MT, ET)).toEqual({
      lead: '3 days, ',
      own: '8:00 AM to 1:00 PM MT',
      event: '10:00 AM to 3:00 PM ET',
      tail: '',
    });
  });

  it('says the time once to whoever is in the event’s zone', () => {
    expect(whenOf(quarterly.sessions, 'one', ET, ET).event).toBeNull();
  });

  it('names the event’s day where it is another one', () => {
    const late = [{ startsAt: at('2027-03-11T00:30:00Z'), endsAt: at('2027-03-11T01:30:00Z') }];
    expect(whenOf(late, 'all', ROME, ET).event).toBe('Wed, March 10, 7:30 PM ET');
  });

  it('tells days and ranges', () => {
    expect(daysInWords(quarterly.sessions, MT)).toBe('Wednesday, March 10, 2027');
    expect(daysInWords(seminarSessions, MT)).toBe('May 11 to 13, 2027');
    expect(daysInShort(seminarSessions, MT)).toBe('May 11–13, 2027');
    const newYear = ['2026-12-30', '2027-01-02'].map((day) => ({
      startsAt: at(`${day}T18:00:00Z`),
      endsAt: at(`${day}T19:00:00Z`),
    }));
    expect(daysInShort(newYear, MT)).toBe('December 30, 2026–January 2, 2027');
    expect(daysInWords(newYear, MT)).toBe('December 30, 2026 to January 2, 2027');
    expect([NOW, at('2027-02-03T16:00:00Z'), at('2027-02-04T16:00:00Z')].map((day) => daysAway(day, NOW, MT))).toEqual([
      'today',
      'in 1 day',
      'in 2 days',
    ]);
  });
});

describe('overlaps', () => {
  const block = (from: number, to: number) => ({
    startsAt: at(`2027-05-11T${from}:00:00Z`),
    endsAt: at(`2027-05-11T${to}:00:00Z`),
  });

  it('finds each pair once, and none in a session that starts as another ends', () => {
    const [a, b, c] = [block(10, 12), block(11, 13), block(12, 14)];
    expect(overlapsOf([c, a, b])).toEqual([
      [a, b],
      [b, c],
    ]);
  });
});

describe('errors of the editor', () => {
  it('go to the field that mends them', () => {
    const paths = ['sessions.1.startsAt', 'sessions.0.endsAt', 'closesAt', 'trainers.3', 'audience.hosts.2', 'title'];
    expect(atFields(paths.map((path) => ({ path, message: '' }))).map((error) => error.path)).toEqual([
      'sessions.1.start',
      'sessions.0.length',
      'closes.date',
      'trainers',
      'audience.hosts',
      'title',
    ]);
  });
});
