import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../functions/domain/change.ts';
import {
  approve,
  cancel,
  cancelByStaff,
  chooseOther,
  deny,
  reopen,
  tellChange,
  type Decision,
} from '../../functions/domain/decide.ts';
import { checkDraft, newSeats, startOf, type EventDraft, type Session } from '../../functions/domain/event.ts';
import { PersonId, SessionId } from '../../functions/domain/ids.ts';
import { promote, type Waiting } from '../../functions/domain/promote.ts';
import type { Owed } from '../../functions/domain/owed.ts';
import { placeOf, RegistrationStatus, type Registration } from '../../functions/domain/registration.ts';
import { PROMOTED_AT_ONCE, ripe, SETTLING, type Place } from '../../functions/domain/seats.ts';
import { DAY, HOUR, instant, plus, SECOND, TimeZone } from '../../functions/domain/time.ts';
import { aRegistration, anEvent, aSeminar, aSession, eventId, STAMP } from '../fixtures/letters.ts';

const STAFF = { role: 'system', name: 'a test' } as const;
const event = anEvent({ rev: 5 });
const start = startOf(event);
const open = newSeats(event, eventId, 2, start);
const sealed = { ...open, sealed: true };

function changeOf(decision: Decision): Change {
  if (!decision.ok || !decision.value) throw new Error(`no change: ${JSON.stringify(decision)}`);
  return decision.value;
}
const calendarOf = (owed: Owed): string =>
  owed.about === 'registration' && owed.calendar ? `${owed.calendar.method} ${owed.calendar.sequence}` : '';
const movesOf = (change: Change) => ({
  to: change.registrations?.map(({ after }) => after.status),
  seats: change.seats?.map(({ move }) => move),
  line: change.line?.map((move) => ('enter' in move ? 'enter' : 'leave')),
  owed: change.owed?.map((owed) => (owed.about === 'registration' && !owed.calendar ? owed.kind : calendarOf(owed))),
});
const waiting = aRegistration({ status: 'waitlisted', ticket: STAMP });

describe('giving up', () => {
  test('a seat gives it back, and calls the invitation back with a higher sequence', () => {
    expect(movesOf(changeOf(cancel(aRegistration({ sequence: 3 }), event, STAFF, STAMP)))).toEqual({
      to: ['cancelled'],
      seats: ['release'],
      line: [],
      owed: ['CANCEL 4'],
    });
  });
  test('a place in line leaves the line, and touches no counter', () => {
    expect(movesOf(changeOf(cancel(waiting, event, STAFF, STAMP)))).toEqual({
      to: ['cancelled'],
      seats: [],
      line: ['leave'],
      owed: ['cancelled-by-person'],
    });
  });
  test('what waits for an answer holds neither', () => {
    const change = changeOf(cancel(aRegistration({ status: 'pending' }), event, STAFF, STAMP));
    expect(movesOf(change)).toMatchObject({ seats: [], line: [] });
  });
  test.each(RegistrationStatus.options.filter((status) => !['pending', 'waitlisted', 'confirmed'].includes(status)))(
    'what is %s stays so',
    (status) => {
      expect(cancel(aRegistration({ status }), event, STAFF, STAMP)).toEqual({ ok: true, value: null });
    },
  );
  test('is over at the start, but for staff', () => {
    expect(cancel(aRegistration(), event, STAFF, start)).toMatchObject({ refusal: { because: 'past' } });
    expect(cancelByStaff(aRegistration(), event, 'Asked by telephone', STAFF, start).ok).toBe(true);
  });
});

describe('a yes', () => {
  const pending = aRegistration({ status: 'pending' });
  const decided = (held: Registration, seats = open, at = STAMP) => {
    const result = approve(held, event, seats, null, STAFF, at);
    return result.ok ? (result.value.kind === 'commit' ? movesOf(result.value.change).to : result.value.kind) : 'no';
  };
  test.each([
    ['with room', open, ['confirmed']],
    ['in a full pool', { ...open, taken: 2 }, 'seal'],
    ['in a sealed pool', sealed, ['waitlisted']],
    ['in a canceled pool', { ...open, state: 'cancelled' as const }, 'no'],
    ['after registration closed', { ...open, closesAt: instant(0) }, ['confirmed']],
  ])('%s', (_what, seats, expected) => expect(decided(pending, seats)).toEqual(expected));
  test('puts them in line where they applied, and lets no promotion pass that did not see it', () => {
    const applied = aRegistration({ status: 'pending', appliedAt: plus(STAMP, -HOUR) });
    const result = approve(applied, event, sealed, null, STAFF, STAMP);
    expect(result).toMatchObject({
      value: {
        change: {
          seats: [{ move: 'overtake', at: STAMP }],
          line: [{ enter: { ticket: applied.appliedAt, entered: STAMP } }],
          registrations: [{ after: { ticket: applied.appliedAt } }],
        },
      },
    });
  });
  test('comes too late at the start', () => expect(decided(pending, open, start)).toBe('no'));
  test('to who is in already changes nothing', () => {
    expect(decided(aRegistration())).toBe('standing');
    expect(decided(waiting)).toBe('standing');
  });
  test('to who has ended is refused', () => {
    for (const status of ['denied', 'cancelled', 'ineligible'] as const)
      expect(decided(aRegistration({ status }))).toBe('no');
  });
});

describe('a no', () => {
  test('reaches the applicant with its reason', () => {
    const change = changeOf(deny(aRegistration({ status: 'pending' }), 'For law enforcement', STAFF, STAMP));
    expect(change.owed).toMatchObject([{ kind: 'denied', note: 'For law enforcement' }]);
  });
  test('to who is in is refused', () => expect(deny(aRegistration(), 'No', STAFF, STAMP).ok).toBe(false));
  test('twice is once', () => {
    expect(deny(aRegistration({ status: 'denied' }), 'No', STAFF, STAMP)).toEqual({ ok: true, value: null });
  });
  test('is taken back by reopening, and nothing else is', () => {
    const opened = (more: Partial<Registration>) => reopen(aRegistration(more), STAFF, STAMP);
    expect(opened({ status: 'denied' })).toMatchObject({ value: { registrations: [{ after: { reopened: true } }] } });
    expect(opened({ status: 'cancelled', endedBy: 'staff' }).ok).toBe(true);
    expect(opened({ status: 'cancelled', endedBy: 'person' }).ok).toBe(false);
    expect(opened({ status: 'confirmed' }).ok).toBe(false);
  });
});

const personOf = (n: number) =>
  PersonId.parse(`per_${'p'.repeat(14)}${String.fromCharCode(97 + (n % 26), 97 + Math.floor(n / 26))}`);
/** Somebody who waits: the n-th, who asked n seconds after the first. */
function waiter(n: number, more: Partial<Place> = {}, ticket = plus(STAMP, n * SECOND)): Waiting {
  const registration = aRegistration({ person: personOf(n), status: 'waitlisted', ticket });
  return { place: { ...placeOf(registration, ticket), ...more }, registration };
}
const later = plus(STAMP, HOUR);

describe('promotion', () => {
  const seated = (change: Change | null) => change?.registrations?.map(({ after }) => after.person) ?? [];

  test('takes as many as there is room, from the front, in one change with all that belongs to it', () => {
    const change = promote(sealed, [waiter(0), waiter(1), waiter(2)], event, STAFF, later);
    expect(seated(change)).toEqual([personOf(0), personOf(1)]);
    expect(change && movesOf(change)).toEqual({
      to: ['confirmed', 'confirmed'],
      seats: ['promote'],
      line: ['leave', 'leave'],
      owed: ['REQUEST 0', 'REQUEST 0'],
    });
    expect(change?.seats).toMatchObject([{ count: 2, read: sealed }]);
  });
  test.each([
    ['is not sealed', open],
    ['is full', { ...sealed, taken: 2 }],
    ['is over full', { ...sealed, taken: 3 }],
    ['is canceled', { ...sealed, state: 'cancelled' as const }],
    ['was just touched', { ...sealed, touched: plus(later, 1 - SETTLING) }],
  ])('seats nobody where the pool %s', (_what, seats) => {
    expect(promote(seats, [waiter(0)], event, STAFF, later)).toBeNull();
  });
  test('seats nobody from the start on', () => {
    expect(seated(promote(sealed, [waiter(0)], event, STAFF, plus(start, -1)))).toHaveLength(1);
    expect(promote(sealed, [waiter(0)], event, STAFF, start)).toBeNull();
  });
  test('seats nobody in a canceled event', () => {
    expect(promote(sealed, [waiter(0)], { ...event, status: 'cancelled' }, STAFF, later)).toBeNull();
  });
  test('waits until the front of the line is settled, and serves nobody before it', () => {
    const at = (now: number) =>
      seated(promote({ ...sealed, capacity: 9 }, [waiter(0), waiter(1)], event, STAFF, instant(now)));
    expect(at(STAMP + SETTLING - 1)).toEqual([]);
    expect(at(STAMP + SETTLING)).toEqual([personOf(0)]);
    expect(at(STAMP + SECOND + SETTLING)).toEqual([personOf(0), personOf(1)]);
  });
  test('moves aside whose verdict has ended before anybody behind is seated', () => {
    const unfit = waiter(0, { fitUntil: later });
    const change = promote(sealed, [unfit, waiter(1)], event, STAFF, later);
    expect(change && movesOf(change)).toMatchObject({ to: ['ineligible'], line: ['leave'], owed: ['ineligible'] });
    expect(change?.seats).toBeUndefined();
    expect(seated(promote(sealed, [waiter(0), waiter(1, { fitUntil: later })], event, STAFF, later))).toEqual([
      personOf(0),
    ]);
  });
  test.each([
    ['nobody', null],
    ['somebody who is seated', aRegistration({ person: personOf(0), ticket: STAMP })],
    ['another ticket', aRegistration({ person: personOf(0), status: 'waitlisted', ticket: plus(STAMP, 1) })],
  ])('takes away a place that stands for %s', (_what, registration) => {
    const change = promote(sealed, [{ ...waiter(0), registration }, waiter(1)], event, STAFF, later);
    expect(change).toEqual({ line: [{ leave: waiter(0).place }], audit: [] });
  });
  test('takes so many as fit one transaction, whatever an event has of sessions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 45 }), fc.integer({ min: 1, max: 40 }), (days, people) => {
        const course = anEvent({
          sessions: Array.from({ length: days }, (_, n) => ({
            ...aSession(0, '2027-05-11T13:00:00Z', '2027-05-11T14:00:00Z'),
            id: sessionIdOf(n),
          })),
        });
        const line = Array.from({ length: people }, (_, n) => waiter(n));
        const change = promote({ ...sealed, capacity: 99 }, line, course, STAFF, later);
        expect(seated(change).length).toBeGreaterThan(0);
        expect(seated(change).length).toBeLessThanOrEqual(PROMOTED_AT_ONCE);
        expect(change ? itemsOf(change) : 0).toBeLessThanOrEqual(100);
        expect(seated(change)).toEqual(line.slice(0, seated(change).length).map(({ place }) => place.person));
      }),
    );
  });
  test('is for the front alone, in any line, and never for more than there is room', () => {
    const anyLine = fc.uniqueArray(fc.record({ n: fc.nat(30), after: fc.nat(4000) }), {
      selector: ({ n }) => n,
      maxLength: 30,
    });
    const anyPool = fc.record({
      capacity: fc.nat(30),
      taken: fc.nat(30),
      touched: fc.nat(4000).map((ms) => plus(STAMP, ms)),
    });
    fc.assert(
      fc.property(anyLine, anyPool, fc.nat(8000), (entries, pool, passed) => {
        const line = entries
          .map(({ n, after }) => waiter(n, {}, plus(STAMP, after)))
          .toSorted((a, b) => a.place.ticket - b.place.ticket || a.place.person.localeCompare(b.place.person));
        const now = plus(STAMP, passed);
        const seats = { ...sealed, ...pool };
        const taken = seated(promote(seats, line, event, STAFF, now));
        expect(taken).toEqual(line.slice(0, taken.length).map(({ place }) => place.person));
        expect(taken.length).toBeLessThanOrEqual(Math.max(0, pool.capacity - pool.taken));
        for (const { place } of line.slice(0, taken.length))
          expect(now - place.ticket).toBeGreaterThanOrEqual(SETTLING);
      }),
    );
  });
  test('never serves a person twice', () => {
    const twice = [waiter(0), { ...waiter(1), place: { ...waiter(1).place, person: personOf(0) } }];
    expect(
      ripe(
        twice.map(({ place }) => place),
        sealed,
        later,
      ),
    ).toHaveLength(1);
  });
});

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const sessionIdOf = (n: number) =>
  SessionId.parse(`ses_${'s'.repeat(14)}${LETTERS[n % 26]}${LETTERS[Math.floor(n / 26)]}`);
/** Items that the store writes for a change of registrations. */
const itemsOf = (change: Change): number =>
  [change.seats, change.registrations, change.details, change.line, change.jobs, change.owed, change.audit].reduce(
    (sum, part) => sum + (part?.length ?? 0),
    0,
  );

describe('a change of the event', () => {
  const job = { eventRev: 5 };
  const wasThere = ({ id, startsAt, endsAt }: Session) => ({
    id,
    rev: 5,
    at: STAMP,
    was: { startsAt, endsAt },
  });
  test('is told to who knows an earlier one, once', () => {
    expect(tellChange(aRegistration({ told: 4 }), event, job, STAFF, STAMP)).not.toBeNull();
    expect(tellChange(aRegistration({ told: 5 }), event, job, STAFF, STAMP)).toBeNull();
    expect(tellChange(aRegistration({ told: 6 }), event, job, STAFF, STAMP)).toBeNull();
  });
  test.each(['denied', 'cancelled', 'ineligible'] as const)('is not told to who is %s', (status) => {
    expect(tellChange(aRegistration({ status, told: 1 }), event, job, STAFF, STAMP)).toBeNull();
  });
  test('raises the sequence of invitations, and of nothing else', () => {
    const told = (held: Registration) => tellChange(held, event, job, STAFF, STAMP)?.registrations?.[0]?.after.sequence;
    expect(told(aRegistration({ told: 1, sequence: 7 }))).toBe(8);
    expect(told(aRegistration({ told: 1, status: 'waitlisted', ticket: STAMP }))).toBe(0);
  });
  test('calls back the days that are gone from a choice of sessions, and sends those that stay', () => {
    const seminar = aSeminar({ rev: 5 });
    const [opening, interviewing, labor] = seminar.sessions;
    if (!opening || !interviewing || !labor) throw new Error('the seminar has sessions');
    const held = aRegistration({ told: 4, sessions: [opening.id, labor.id] });
    const moved = { ...seminar, sessions: [opening, interviewing], earlier: [wasThere(labor)] };
    const change = tellChange(held, moved, job, STAFF, STAMP);
    expect(change?.owed?.map((owed) => owed.about === 'registration' && [owed.calendar?.method, owed.part])).toEqual([
      ['REQUEST', 'day20270511'],
      ['CANCEL', 'day20270512'],
    ]);
  });
  test('fits one transaction, though every session were exchanged', () => {
    const all = (from: number) =>
      Array.from({ length: 45 }, (_, n) => ({
        ...aSession(0, '2027-05-11T13:00:00Z', '2027-05-11T14:00:00Z'),
        id: sessionIdOf(from + n),
      }));
    const added = all(0).map(({ id }) => ({ id, rev: 5, at: STAMP, was: null }));
    const earlier = [...added, ...all(100).map(wasThere)];
    const exchanged = anEvent({ rev: 5, sessions: all(0), earlier });
    const change = tellChange(aRegistration({ told: 1 }), exchanged, job, STAFF, STAMP);
    expect(change?.owed).toHaveLength(90);
    expect(change ? itemsOf(change) : 0).toBeLessThanOrEqual(100);
  });
});

describe('other sessions', () => {
  const seminar = aSeminar();
  const [opening, interviewing, labor, closing] = seminar.sessions;
  if (!opening || !interviewing || !labor || !closing) throw new Error('the seminar has sessions');
  const held = aRegistration({ sessions: [opening.id, labor.id] });
  const owed = (...sessions: (typeof opening)[]) =>
    chooseOther(
      held,
      seminar,
      sessions.map(({ id }) => id),
      STAFF,
      STAMP,
    ).owed?.map((one) => (one.about === 'registration' ? `${one.calendar?.method} ${one.part}` : ''));
  test('on a day that is in the calendar change that day', () => {
    expect(owed(opening, interviewing, labor)).toEqual(['REQUEST day20270511']);
  });
  test('on another day: one is sent, the other called back', () => {
    expect(owed(opening, closing)).toEqual(['REQUEST day20270513', 'CANCEL day20270512']);
  });
  test('of who waits are told when there is a seat', () => {
    const change = chooseOther({ ...held, status: 'waitlisted', ticket: STAMP }, seminar, [closing.id], STAFF, STAMP);
    expect(change.owed).toEqual([]);
  });
});

describe('a draft', () => {
  const draft: EventDraft = {
    ...event,
    timeZone: TimeZone.parse('America/New_York'),
    trainers: [],
    closesAt: plus(start, -DAY),
  };
  const paths = (more: Partial<EventDraft>) => checkDraft({ ...draft, ...more }).map(({ path }) => path);
  const [session] = event.sessions;
  if (!session) throw new Error('an event has a session');
  test('as it should be is right', () => expect(paths({})).toEqual([]));
  test('ends after it starts', () => {
    expect(paths({ sessions: [{ ...session, endsAt: session.startsAt }] })).toEqual(['sessions.0.endsAt']);
    expect(paths({ sessions: [{ ...session, endsAt: plus(session.startsAt, DAY + 1) }] })).toEqual([
      'sessions.0.endsAt',
    ]);
  });
  test('has seats for each session only where people pick one', () => {
    expect(paths({ sessions: [{ ...session, capacity: 3 }] })).toEqual(['sessions.0.capacity']);
    expect(paths({ sessions: [{ ...session, capacity: 3 }], sessionChoice: 'one' })).toEqual([]);
  });
  test('closes after it opens and before it ends', () => {
    expect(paths({ closesAt: draft.opensAt })).toEqual(['closesAt']);
    expect(paths({ closesAt: plus(session.endsAt, 1) })).toEqual(['closesAt']);
  });
  test('names whole hosts or lists', () => {
    const hosts = (...named: string[]) => paths({ audience: { kind: 'hosts', hosts: named, others: 'refuse' } });
    expect(hosts('ice.dhs.gov', 'dhs')).toEqual([]);
    expect(hosts('*.gov')).toEqual(['audience.hosts.0']);
    expect(hosts('.gov')).toEqual(['audience.hosts.0']);
    expect(hosts()).toEqual(['audience.hosts']);
  });
  test('has no more calendar entries than a change of all of them can send', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        ...session,
        id: undefined,
        startsAt: plus(session.startsAt, n * DAY),
        endsAt: plus(session.endsAt, n * DAY),
      }));
    expect(paths({ sessions: many(45) })).toEqual([]);
    expect(paths({ sessions: many(46) })).toEqual(['sessions']);
    expect(paths({ sessions: many(46), sessionChoice: 'any' })).toEqual(['sessions']);
    const oneDay = many(60).map((one) => ({ ...one, startsAt: session.startsAt, endsAt: session.endsAt }));
    expect(paths({ sessions: oneDay, sessionChoice: 'any' })).toEqual([]);
  });
});
