import { describe, expect, test } from 'vitest';
import { concernsAnybody, seatsEffects } from '../../functions/domain/capacity.ts';
import { newSeats, type TrainingEvent } from '../../functions/domain/event.ts';
import { EventId, ProgramId, SessionId } from '../../functions/domain/ids.ts';
import type { Seats } from '../../functions/domain/seats.ts';
import { DAY, HOUR, instantOf, plus, TimeZone } from '../../functions/domain/time.ts';

const NOW = instantOf('2027-01-11T14:00:00Z');
const session = (n: number, capacity: number | null = null) => ({
  id: SessionId.parse(`ses_${'abc'[n]?.repeat(16)}`),
  title: `Session ${n}`,
  startsAt: plus(NOW, (n + 1) * DAY),
  endsAt: plus(NOW, (n + 1) * DAY + HOUR),
  joinUrl: '',
  location: '',
  track: null,
  capacity,
});
const event: TrainingEvent = {
  id: EventId.parse(`evt_${'e'.repeat(16)}`),
  programId: ProgramId.parse(`prg_${'p'.repeat(16)}`),
  rev: 2,
  status: 'published',
  title: 'A webinar',
  description: '',
  outcomes: [],
  timeZone: TimeZone.parse('America/New_York'),
  sessions: [session(0)],
  sessionChoice: 'all',
  capacity: 40,
  mode: 'open',
  audience: { kind: 'anyone', hosts: [], others: 'review' },
  approval: 'automatic',
  opensAt: plus(NOW, -DAY),
  closesAt: plus(NOW, DAY),
  joinOpensMinutes: 15,
  trainers: [],
  questions: [],
  updatedAt: NOW,
  updatedBy: '',
  cancelReason: null,
  madeBy: '',
};
const seats: Seats = { ...newSeats(event, event.id, 40, plus(NOW, DAY)), taken: 40, sealed: true };

describe('what another number of seats does', () => {
  test.each([
    ['more', 45, { waiting: 12, confirms: 5, taken: 40, capacity: 45 }, true],
    ['more than wait', 80, { waiting: 12, confirms: 12 }, true],
    ['no limit', null, { waiting: 12, confirms: 12, capacity: null }, true],
    ['fewer than are taken', 30, { waiting: 12, confirms: 0, taken: 40, capacity: 30 }, true],
  ])('%s', (_what, capacity, expected, concerns) => {
    const [effect, ...others] = seatsEffects(event, { capacity }, [{ seats, waiting: 12 }], NOW);
    expect(effect).toMatchObject(expected);
    expect(others).toEqual([]);
    expect(effect && concernsAnybody(effect)).toBe(concerns);
  });

  test('nothing, where it stays', () => {
    expect(seatsEffects(event, { capacity: 40 }, [{ seats, waiting: 12 }], NOW)).toEqual([]);
  });

  test('nobody moves up after the start, nor in a canceled event', () => {
    const started = { ...seats, startsAt: NOW };
    const over = { ...seats, state: 'cancelled' as const };
    for (const pool of [started, over])
      expect(seatsEffects(event, { capacity: 80 }, [{ seats: pool, waiting: 12 }], NOW)).toMatchObject([
        { confirms: 0 },
      ]);
  });

  test('of sittings, those with seats of their own are left alone', () => {
    const sittings: TrainingEvent = { ...event, sessionChoice: 'one', sessions: [session(0), session(1, 10)] };
    const pools = sittings.sessions.map(({ id, startsAt, capacity }) => ({
      seats: { ...newSeats(sittings, id, capacity ?? 40, startsAt), sealed: true, taken: 5 },
      waiting: 0,
    }));
    const effects = seatsEffects(sittings, { capacity: 45 }, pools, NOW);
    expect(effects).toMatchObject([{ pool: sittings.sessions[0]?.id, capacity: 45 }]);
    expect(effects.some(concernsAnybody)).toBe(false);
    const own = sittings.sessions.map(({ id }, at) => ({ id, capacity: at === 0 ? 12 : null }));
    expect(seatsEffects(sittings, { capacity: 45, sessions: own }, pools, NOW)).toMatchObject([
      { pool: sittings.sessions[0]?.id, capacity: 12 },
      { pool: sittings.sessions[1]?.id, capacity: 45 },
    ]);
  });
});
