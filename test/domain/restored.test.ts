import { describe, expect, it } from 'vitest';
import { answerOver } from '../../functions/domain/answer-calendar.ts';
import type { OwedAboutRegistration } from '../../functions/domain/owed.ts';
import {
  objectsOf,
  owe,
  oweCancellations,
  oweInvitations,
  type Registration,
} from '../../functions/domain/registration.ts';
import { aftermath, sequenceAt, type Found } from '../../functions/domain/restored.ts';
import { DAY, HOUR, instantOf, plus } from '../../functions/domain/time.ts';
import { anEvent, aRegistration, aSeminar, sessionId, STAMP } from '../fixtures/letters.ts';

const NOW = plus(STAMP, DAY);
const SEQUENCE = sequenceAt(NOW);
const SYSTEM = { role: 'system', name: 'operator' } as const;

const under = { restoredTo: STAMP, since: STAMP, sequence: SEQUENCE, actor: SYSTEM, now: NOW };
const found = (more: Partial<Found> = {}): Found => ({
  held: aRegistration(),
  event: anEvent({ rev: 3 }),
  owed: [],
  parked: [],
  sent: [],
  ...more,
});

/** All that is owed in the end: `CANCEL +0 day20270511`, by how much its SEQUENCE is above. */
const owedBy = (one: Found): string[] => {
  const after = aftermath(one, under);
  return [...(after?.chores ?? []).flatMap((chore) => chore.owed), ...(after?.rest.owed ?? [])].map(inShort);
};
const inShort = ({ kind, calendar }: OwedAboutRegistration): string =>
  calendar ? `${calendar.method} +${calendar.sequence - SEQUENCE} ${calendar.object} ${kind}` : kind;

describe('the SEQUENCE after a restore', () => {
  it('rises by one each second, and fits into 31 bits for sixty years', () => {
    const at = instantOf('2026-11-25T08:00:00Z');
    expect(sequenceAt(plus(at, 1000)) - sequenceAt(at)).toBe(1);
    expect(sequenceAt(instantOf('2087-12-31T00:00:00Z'))).toBeLessThan(2 ** 31);
    expect(sequenceAt(instantOf('2019-01-01T00:00:00Z'))).toBe(0);
  });
});

describe('what follows a restore for a registration', () => {
  const event = aSeminar({ rev: 3 });
  const held: Registration = aRegistration({ sessions: [sessionId(0), sessionId(2)], rev: 7, sequence: 4 });

  it('says where they stand, a message for each entry, and knows that it told them', () => {
    expect(owedBy(found({ held, event }))).toEqual([
      'REQUEST +1 day20270511 restored',
      'REQUEST +1 day20270512 restored',
    ]);
    expect(aftermath(found({ held, event }), under)?.rest.registrations).toMatchObject([
      { after: { rev: 8, sequence: SEQUENCE + 1, told: 3 } },
    ]);
  });

  it('is nothing where it was done, or where the registration began since', () => {
    expect(aftermath(found({ held: { ...held, sequence: SEQUENCE + 1 }, event }), under)).toBeNull();
    expect(aftermath(found({ held: { ...held, sequence: SEQUENCE }, event }), under)).toBeNull();
  });

  it('is nothing where it ended and all was sent', () => {
    for (const status of ['cancelled', 'denied', 'ineligible'] as const)
      expect(aftermath(found({ held: { ...held, status }, event }), under)).toBeNull();
  });

  it('leaves how it ended, where that was owed, and settles what was owed before that', () => {
    const ended: Registration = { ...held, status: 'denied' };
    const owed = [owe({ ...held, rev: 6 }, 'pending', STAMP), owe(ended, 'denied', STAMP, null, 'No.')];
    expect(aftermath(found({ held: ended, event, owed }), under)?.chores).toEqual([
      { settled: owed.slice(0, 1), unparked: [], owed: [] },
    ]);
    expect(aftermath(found({ held: ended, event, owed: owed.slice(1) }), under)).toBeNull();
  });

  it('calls nothing back that they have: a day that was given up and chosen again', () => {
    const [day] = objectsOf(held, event);
    const owed = day ? oweCancellations({ ...held, rev: 5 }, [day], 'changed-answers', STAMP) : [];
    expect(owedBy(found({ held, event, owed }))).toHaveLength(2);
    const other = { ...held, sessions: [sessionId(2)] };
    expect(owedBy(found({ held: other, event, owed }))).toEqual([
      'CANCEL +0 day20270511 changed-answers',
      'REQUEST +1 day20270512 restored',
    ]);
  });

  it('settles what was owed to an earlier registration but its cancellations', () => {
    const first = { ...held, attempt: 1, rev: 2 };
    const owed = [
      ...oweInvitations(first, event, 'confirmed', STAMP),
      ...oweCancellations({ ...first, rev: 3 }, objectsOf(first, event), 'cancelled-by-person', STAMP),
    ];
    expect(
      owedBy(found({ held: { ...held, attempt: 2, status: 'pending', sessions: [sessionId(3)] }, event, owed })),
    ).toEqual([
      'CANCEL +0 day20270511 cancelled-by-person',
      'CANCEL +0 day20270512 cancelled-by-person',
      'CANCEL +0 day20270513 restored',
    ]);
  });

  it('tells of what is still to come alone', () => {
    const later = { ...under, now: plus(instantOf('2027-05-11T16:00:00Z'), HOUR) };
    expect(aftermath(found({ held, event }), later)?.rest.owed.map(({ part }) => part)).toEqual(['day20270512']);
  });

  it('leaves to its own job to tell of an event that was canceled', () => {
    const off = aSeminar({ rev: 3, status: 'cancelled' });
    const after = aftermath(found({ held, event: off, owed: oweInvitations(held, off, 'confirmed', STAMP) }), under);
    expect(after?.rest.owed).toEqual([]);
    expect(after?.rest.registrations).toMatchObject([{ after: { sequence: SEQUENCE + 1, told: held.told } }]);
    expect(after?.chores.map(({ settled }) => settled.length)).toEqual([1, 1]);
  });
});

describe('an answer to what ended before a restore', () => {
  it('is called back above what was sent of it, and lost', () => {
    const event = anEvent({ firstSequence: SEQUENCE });
    const held = aRegistration({ status: 'cancelled', sequence: 1 });
    const [object] = objectsOf(held, event);
    const [sent] = object ? oweCancellations(held, [object], 'cancelled-by-person', STAMP) : [];
    const answered = { event: held.event, person: held.person, attempt: 1, object: sent?.part ?? '', at: NOW };
    const heard = { answered: { ...answered, answer: 'accepted' as const }, before: null, byMachine: false };
    const { owed } = answerOver(held, event, heard, sent?.calendar ?? null, SYSTEM, NOW);
    expect(owed).toMatchObject([{ calendar: { method: 'CANCEL', sequence: SEQUENCE + 1 } }]);
  });
});
