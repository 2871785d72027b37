import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bothZones,
  clock,
  clockRange,
  durationWords,
  fiscalQuarter,
  fiscalYear,
  HOUR,
  instant,
  instantOf,
  isoOf,
  localDay,
  longDate,
  MINUTE,
  momentOf,
  ordinal,
  TimeZone,
  zoned,
  zoneShort,
} from '../../functions/domain/time.ts';

const zone = (name: string) => TimeZone.parse(name);
const [NEW_YORK, DENVER, PHOENIX, ROME] = [
  zone('America/New_York'),
  zone('America/Denver'),
  zone('America/Phoenix'),
  zone('Europe/Rome'),
];

describe('a local time', () => {
  test('is a moment', () => {
    expect(momentOf('2027-03-10', '15:00', NEW_YORK)).toEqual({ kind: 'at', at: instantOf('2027-03-10T20:00:00Z') });
  });
  test('does not exist when clocks go forward', () => {
    for (const time of ['02:00', '02:30', '02:59'])
      expect(momentOf('2027-03-14', time, NEW_YORK)).toEqual({ kind: 'missing' });
    expect(momentOf('2027-03-14', '03:00', NEW_YORK)).toMatchObject({ kind: 'at' });
    expect(momentOf('2027-03-14', '02:30', PHOENIX)).toMatchObject({ kind: 'at' });
  });
  test('exists twice when clocks go back', () => {
    for (const time of ['01:00', '01:30', '01:59'])
      expect(momentOf('2027-11-07', time, NEW_YORK)).toEqual({ kind: 'twice' });
    expect(momentOf('2027-11-07', '02:00', NEW_YORK)).toMatchObject({ kind: 'at' });
    expect(momentOf('2027-11-07', '00:59', NEW_YORK)).toMatchObject({ kind: 'at' });
  });
  test('goes back where half an hour is gained, too', () => {
    expect(momentOf('2027-04-04', '01:45', zone('Australia/Lord_Howe'))).toEqual({ kind: 'twice' });
    expect(momentOf('2027-10-03', '02:15', zone('Australia/Lord_Howe'))).toEqual({ kind: 'missing' });
  });
  test.each(['2027-02-29', '2027-13-01', 'tomorrow', ''])('of no day (%s) is none', (date) => {
    expect(momentOf(date, '10:00', NEW_YORK)).toBeNull();
  });
  test.each(['24:30', '10:61', 'ten', ''])('of no hour (%s) is none', (time) => {
    expect(momentOf('2027-03-10', time, NEW_YORK)).toBeNull();
  });
  test('reads back as it was typed, wherever it exists once', () => {
    const minutes = fc.integer({ min: 0, max: 3 * 366 * 24 * 60 });
    fc.assert(
      fc.property(minutes, fc.constantFrom(NEW_YORK, DENVER, PHOENIX, ROME), (minute, where) => {
        const at = instant(Date.UTC(2026, 0, 1) + minute * MINUTE);
        const [date = '', time = ''] = zoned(at, where).toPlainDateTime().toString().split('T');
        const found = momentOf(date, time, where);
        expect(found).toEqual(found?.kind === 'twice' ? { kind: 'twice' } : { kind: 'at', at });
      }),
    );
  });
});

test.each(['America/Nowhere', 'EST5EDT', '-05:00', 'Etc', '', 'US', 'america'])(
  '%s is no zone for an event',
  (name) => {
    expect(TimeZone.safeParse(name).success).toBe(false);
  },
);

test('a moment is written as it was read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
      expect(instantOf(isoOf(instant(at)))).toBe(at);
    }),
  );
});

describe('wording', () => {
  const at = instantOf('2027-03-10T20:00:00Z');
  test('of a date', () => expect(longDate(at, NEW_YORK)).toBe('Wednesday, March 10, 2027'));
  test('of a time', () => expect(clock(at, NEW_YORK)).toBe('3:00 PM'));
  test('of noon and midnight', () => {
    expect(clock(instantOf('2027-03-10T17:00:00Z'), NEW_YORK)).toBe('noon');
    expect(clock(instantOf('2027-03-10T05:00:00Z'), NEW_YORK)).toBe('midnight');
    expect(clock(instantOf('2027-03-10T05:30:00Z'), NEW_YORK)).toBe('12:30 AM');
    expect(clock(instantOf('2027-03-10T17:30:00Z'), NEW_YORK)).toBe('12:30 PM');
  });
  test('of a range, saying AM or PM once where it is the same', () => {
    const to = instantOf('2027-03-10T21:30:00Z');
    expect(clockRange(at, to, NEW_YORK)).toBe('3:00 to 4:30 PM');
    expect(clockRange(instantOf('2027-03-10T16:00:00Z'), at, NEW_YORK)).toBe('11:00 AM to 3:00 PM');
    expect(clockRange(instantOf('2027-03-10T16:00:00Z'), instantOf('2027-03-10T17:00:00Z'), NEW_YORK)).toBe(
      '11:00 AM to noon',
    );
  });
  test('in two zones: the reader’s, and the event’s behind it', () => {
    const to = instantOf('2027-03-10T21:30:00Z');
    expect(bothZones(at, to, DENVER, NEW_YORK)).toBe('1:00 to 2:30 PM MT (3:00 to 4:30 PM ET)');
    expect(bothZones(at, to, NEW_YORK, NEW_YORK)).toBe('3:00 to 4:30 PM ET');
  });
  test('in two zones where the day differs', () => {
    const from = instantOf('2027-03-11T04:30:00Z');
    expect(bothZones(from, instantOf('2027-03-11T05:30:00Z'), ROME, NEW_YORK)).toContain('Wed, March 10');
  });
  test('of a zone, the same in summer and winter', () => {
    expect(zoneShort(NEW_YORK, at)).toBe('ET');
    expect(zoneShort(NEW_YORK, instantOf('2027-07-10T20:00:00Z'))).toBe('ET');
    expect(zoneShort(PHOENIX, at)).toBe('MST');
  });
  test('of a length', () => {
    expect(durationWords(90 * MINUTE)).toBe('1 hour 30 minutes');
    expect(durationWords(2 * HOUR)).toBe('2 hours');
    expect(durationWords(MINUTE)).toBe('1 minute');
  });
  test('of an ordinal', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal)).toEqual(
      '1st 2nd 3rd 4th 11th 12th 13th 21st 102nd 111th'.split(' '),
    );
  });
});

test('a fiscal year begins on October 1, in Washington', () => {
  expect(fiscalYear(instantOf('2026-10-01T03:59:59Z'))).toBe(2026);
  expect(fiscalYear(instantOf('2026-10-01T04:00:00Z'))).toBe(2027);
  const quarters = ['2026-10-15', '2027-01-15', '2027-04-15', '2027-07-15', '2027-09-30'];
  expect(quarters.map((day) => fiscalQuarter(instantOf(`${day}T15:00:00Z`)))).toEqual([1, 2, 3, 4, 4]);
});

test('Vancouver is on UTC-7 in January 2027: the zone data are of 2026 or later', () => {
  expect(localDay(instantOf('2027-01-11T07:30:00Z'), zone('America/Vancouver'))).toBe('2027-01-11');
});
