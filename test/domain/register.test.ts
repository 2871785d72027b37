import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../functions/domain/audience.ts';
import { newSeats, type TrainingEvent } from '../../functions/domain/event.ts';
import { SessionId } from '../../functions/domain/ids.ts';
import { Email } from '../../functions/domain/person.ts';
import { chooseSessions, register, type RegisterAsk } from '../../functions/domain/register.ts';
import { MOVES } from '../../functions/domain/moves.ts';
import { isStanding, RegistrationStatus, type Registration } from '../../functions/domain/registration.ts';
import { instant, plus, SECOND } from '../../functions/domain/time.ts';
import { aRegistration, anEvent, aSeminar, aSession, eventId, personId, STAMP } from '../fixtures/letters.ts';

const QUALIFIES: Verdict = { verdict: 'qualifies', because: 'open-to-everyone', agency: null, until: null };
const event = anEvent({ capacity: 2 });
const seats = { ...newSeats(event, eventId, 2, event.sessions[0]?.startsAt ?? STAMP), opensAt: instant(0) };
const person = {
  id: personId,
  rev: 1,
  email: Email.parse('ana@agency.example.gov'),
  profile: null,
  staff: false,
  approvals: {},
  coordinates: [],
  epoch: 0,
  feed: 1,
};

const ask = (more: Partial<RegisterAsk> = {}): RegisterAsk => ({
  event,
  person,
  held: null,
  seats,
  verdict: QUALIFIES,
  sessions: [],
  attempt: undefined,
  details: { answers: {}, accommodations: { needs: [], other: '' } },
  actor: { role: 'participant', person },
  requestKey: 'mine.body',
  now: STAMP,
  ...more,
});

/** What comes of it in a word: standing, seal, the new status, or why not. */
function outcome(more: Partial<RegisterAsk>): string {
  const decided = register(ask(more));
  if (!decided.ok) return decided.refusal.kind === 'closed' ? decided.refusal.because : decided.refusal.kind;
  return decided.value.kind === 'commit' ? decided.value.registration.status : decided.value.kind;
}
const ended = (more: Partial<Registration> = {}) =>
  aRegistration({ status: 'cancelled', endedBy: 'person', attempt: 1, rev: 4, requestKey: 'old.body', ...more });

describe('a request is decided by the pool', () => {
  test.each([
    ['with room: confirmed', { seats }, 'confirmed'],
    ['full: sealed first', { seats: { ...seats, taken: 2 } }, 'seal'],
    ['over full after a lowering: sealed', { seats: { ...seats, taken: 3 } }, 'seal'],
    ['sealed and full: waitlisted', { seats: { ...seats, sealed: true, taken: 2 } }, 'waitlisted'],
    [
      'sealed with room: waitlisted, since promotion is the only way',
      { seats: { ...seats, sealed: true } },
      'waitlisted',
    ],
    ['canceled', { seats: { ...seats, state: 'cancelled' } }, 'cancelled'],
    ['not open yet', { seats: { ...seats, opensAt: plus(STAMP, 1) } }, 'not-open-yet'],
    ['closing this instant', { seats: { ...seats, closesAt: STAMP } }, 'closed'],
    ['an instant before closing', { seats: { ...seats, closesAt: plus(STAMP, 1) } }, 'confirmed'],
  ] as const)('%s', (_what, more, expected) => {
    expect(outcome(more)).toBe(expected);
  });
});

describe('a request is decided by who asks', () => {
  test.each([
    ['who needs a review is pending', { verdict: { ...QUALIFIES, verdict: 'review' } }, 'pending'],
    ['who is not in the audience is refused', { verdict: { ...QUALIFIES, verdict: 'not' } }, 'not-in-audience'],
    [
      'a review holds no seat, so it needs none',
      { verdict: { ...QUALIFIES, verdict: 'review' }, seats: { ...seats, taken: 2 } },
      'pending',
    ],
    ['who was denied is refused', { held: ended({ status: 'denied', endedBy: 'staff' }) }, 'conflict'],
    ['whom staff removed is refused', { held: ended({ endedBy: 'staff' }) }, 'conflict'],
    ['whom staff let again may', { held: ended({ endedBy: 'staff', reopened: true }) }, 'confirmed'],
    ['who gave up may come back', { held: ended() }, 'confirmed'],
    ['who was passed over may come back', { held: ended({ status: 'ineligible', endedBy: null }) }, 'confirmed'],
  ] as const)('%s', (_what, more, expected) => {
    expect(outcome(more)).toBe(expected);
  });
});

describe('a request is known by its number', () => {
  test.each([1, 2, 3])('a number at or below the stored one (%i of 3) changes nothing', (attempt) => {
    expect(outcome({ held: ended({ attempt: 3 }), attempt })).toBe('standing');
  });
  test('the next one registers', () => expect(outcome({ held: ended({ attempt: 3 }), attempt: 4 })).toBe('confirmed'));
  test('one further on is invalid', () => expect(outcome({ held: ended({ attempt: 3 }), attempt: 5 })).toBe('invalid'));
  test('left out, it is the next', () => {
    const decided = register(ask({ held: ended({ attempt: 3 }) }));
    expect(decided).toMatchObject({ value: { registration: { attempt: 4, rev: 5 } } });
  });
});

test('whatever the pool is like, a standing registration is answered as it stands', () => {
  const anySeats = fc.record({
    taken: fc.integer({ min: 0, max: 4 }),
    capacity: fc.integer({ min: 0, max: 4 }),
    sealed: fc.boolean(),
    state: fc.constantFrom('open' as const, 'cancelled' as const),
  });
  const standing = RegistrationStatus.options.filter(isStanding);
  fc.assert(
    fc.property(anySeats, fc.constantFrom(...standing), fc.integer({ min: 0, max: 9 }), (pool, status, late) => {
      const held = aRegistration({ status, requestKey: 'another.body' });
      const answer = outcome({ held, seats: { ...seats, ...pool }, now: plus(STAMP, late * SECOND) });
      expect(answer).toBe('standing');
    }),
  );
});

test('a seat is claimed only in an open, unsealed pool with room, and every change names its move', () => {
  const anySeats = fc.record({
    taken: fc.integer({ min: 0, max: 4 }),
    capacity: fc.integer({ min: 0, max: 4 }),
    sealed: fc.boolean(),
    state: fc.constantFrom('open' as const, 'cancelled' as const),
  });
  const anyHeld = fc.option(
    fc.record({
      status: fc.constantFrom(...RegistrationStatus.options),
      endedBy: fc.constantFrom('person' as const, 'staff' as const, null),
      reopened: fc.boolean(),
      attempt: fc.integer({ min: 1, max: 3 }),
    }),
  );
  const anyVerdict = fc.constantFrom('qualifies' as const, 'review' as const, 'not' as const);
  fc.assert(
    fc.property(
      anySeats,
      anyHeld,
      anyVerdict,
      fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      (pool, was, verdict, attempt) => {
        const held = was ? aRegistration({ ...was, requestKey: 'another.body' }) : null;
        const decided = register(
          ask({ held, seats: { ...seats, ...pool }, verdict: { ...QUALIFIES, verdict }, attempt }),
        );
        if (!decided.ok || decided.value.kind !== 'commit') return;
        const { registration, change } = decided.value;
        const claims = (change.seats ?? []).filter(({ move }) => move === 'claim').length;
        expect(claims).toBe(registration.status === 'confirmed' ? 1 : 0);
        if (claims > 0) expect(pool).toMatchObject({ sealed: false, state: 'open' });
        if (claims > 0) expect(pool.taken).toBeLessThan(pool.capacity);
        expect(change.line?.length ?? 0).toBe(registration.status === 'waitlisted' ? 1 : 0);
        expect(registration.attempt).toBe((held?.attempt ?? 0) + 1);
        expect(registration.rev).toBe((held?.rev ?? 0) + 1);
        expect(MOVES.some((move) => move.from === (held?.status ?? 'none') && move.to === registration.status)).toBe(
          true,
        );
        expect(change.audit).toHaveLength(1);
      },
    ),
    { numRuns: 2000 },
  );
});

describe('the sessions of a registration', () => {
  const [first, second] = aSeminar().sessions;
  if (!first || !second) throw new Error('the seminar has sessions');
  const strange = SessionId.parse(`ses_${'z'.repeat(16)}`);
  const chosen = (sessionChoice: TrainingEvent['sessionChoice'], wanted?: readonly SessionId[]) => {
    const result = chooseSessions(aSeminar({ sessionChoice, sessions: [first, second] }), wanted);
    return result.ok ? result.value : result.refusal.kind;
  };
  test('all: taken together, and none need be named', () => {
    expect(chosen('all')).toEqual([]);
    expect(chosen('all', [second.id, first.id])).toEqual([]);
    expect(chosen('all', [first.id])).toBe('invalid');
  });
  test('one: exactly one', () => {
    expect(chosen('one', [second.id])).toEqual([second.id]);
    expect(chosen('one', [second.id, second.id])).toEqual([second.id]);
    expect(chosen('one', [first.id, second.id])).toBe('invalid');
    expect(chosen('one')).toBe('invalid');
  });
  test('any: at least one, each once', () => {
    expect(chosen('any', [second.id, second.id])).toEqual([second.id]);
    expect(chosen('any', [])).toBe('invalid');
  });
  test.each(['all', 'one', 'any'] as const)('%s: none of another event', (choice) => {
    expect(chosen(choice, [strange])).toBe('invalid');
  });
});

test('the messages of a seat are its invitations; of a place, one where no seat is free', () => {
  const course = anEvent({
    sessions: [
      aSession(0, '2027-03-10T20:00:00Z', '2027-03-10T21:00:00Z'),
      aSession(1, '2027-03-11T20:00:00Z', '2027-03-11T21:00:00Z'),
    ],
  });
  const owed = (more: Partial<RegisterAsk>) => {
    const decided = register(ask({ event: course, ...more }));
    return decided.ok && decided.value.kind === 'commit' ? (decided.value.change.owed ?? []).length : Number.NaN;
  };
  expect(owed({})).toBe(2);
  expect(owed({ seats: { ...seats, sealed: true, taken: 2 } })).toBe(1);
  expect(owed({ seats: { ...seats, sealed: true, taken: 1 } })).toBe(0);
});
