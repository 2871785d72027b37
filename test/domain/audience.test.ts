import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Audience, Host, hostOfEmail, judge, type HostRecord } from '../../functions/domain/audience.ts';
import { Email } from '../../functions/domain/person.ts';
import { instantOf, plus, SECOND } from '../../functions/domain/time.ts';

const NOW = instantOf('2027-01-11T14:00:00Z');
const record = (host: string, more: Partial<HostRecord> = {}): HostRecord => ({
  host: Host.parse(host),
  rev: 1,
  agency: 'An agency',
  class: 'exclusive',
  lists: ['dhs'],
  evidence: 'A letter',
  verifiedBy: 'staff',
  verifiedAt: NOW,
  expiresAt: plus(NOW, SECOND),
  ...more,
});
const dhs = Audience.parse({ kind: 'hosts', hosts: ['dhs', 'ice.dhs.gov', 'tsa.gov'], others: 'refuse' });
const verdictOf = (address: string, audience = dhs, known: HostRecord | null = null) =>
  judge(audience, 'automatic', hostOfEmail(Email.parse(address)), known, NOW).verdict;

describe('hosts are matched whole', () => {
  test.each(['ana@ice.dhs.gov', 'ANA@ICE.DHS.GOV', ' ana+news@ice.dhs.gov '])('%s qualifies', (address) => {
    expect(verdictOf(address)).toBe('qualifies');
  });

  test.each([
    'ana@acnjpolice.gov',
    'ana@nhtsa.gov',
    'ana@azdhs.gov',
    'ana@okdhs.gov',
    'ana@notice.dhs.gov',
    'ana@mail.ice.dhs.gov',
    'ana@associates.ice.dhs.gov',
    'ana@dhs.gov.example.com',
    'ana@ice.dhs.gov.example.com',
    'ana@ice-dhs.gov',
    'ana@dhs.gov',
    'ana@dhs',
    'ice.dhs.gov@example.com',
  ])('%s does not', (address) => {
    const email = Email.safeParse(address);
    expect(email.success ? verdictOf(address) : 'not').toBe('not');
  });

  test.each([
    'ana@ісе.dhs.gov',
    'ana@ice.dhs.gov.',
    'ana@ice。dhs.gov',
    'ana@ice.dhs.gov@example.com',
    'ana@example.com\u0000ice.dhs.gov',
    'ana@ice .dhs.gov',
  ])('%s is no address', (address) => {
    expect(Email.safeParse(address).success).toBe(false);
  });

  test('whatever stands before or behind a host makes another of it', () => {
    const label = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    fc.assert(
      fc.property(label, fc.constantFrom('', '.', '-'), fc.boolean(), (word, mark, before) => {
        const host = before ? `${word}${mark}ice.dhs.gov` : `ice.dhs.gov.${word}`;
        expect(verdictOf(`ana@${host}`)).toBe('not');
      }),
    );
  });
});

describe('what is known of a host decides', () => {
  test.each([
    ['exclusive', 'qualifies'],
    ['shared', 'review'],
    ['contractor', 'review'],
  ] as const)('%s: %s', (kind, verdict) => {
    const known = record('agency.example.gov', { class: kind });
    expect(verdictOf('ana@agency.example.gov', dhs, known)).toBe(verdict);
  });

  test('a verification that has ended is reviewed', () => {
    const known = record('agency.example.gov', { expiresAt: NOW });
    expect(verdictOf('ana@agency.example.gov', dhs, known)).toBe('review');
  });

  test('a host of another list is like an unknown one', () => {
    const known = record('agency.example.gov', { lists: ['uscis'] });
    expect(verdictOf('ana@agency.example.gov', dhs, known)).toBe('not');
    expect(verdictOf('ana@agency.example.gov', { ...dhs, others: 'review' }, known)).toBe('review');
  });

  test('a yes by a host holds as long as its verification', () => {
    const known = record('agency.example.gov');
    const { until } = judge(dhs, 'automatic', known.host, known, NOW);
    expect(until).toBe(known.expiresAt);
  });
});

test('manual approval lets nobody in unreviewed, and refuses whom the audience refuses', () => {
  const anyone = Audience.parse({ kind: 'anyone' });
  const host = Host.parse('ice.dhs.gov');
  expect(judge(anyone, 'manual', host, null, NOW).verdict).toBe('review');
  expect(judge(dhs, 'manual', host, null, NOW).verdict).toBe('review');
  expect(judge(dhs, 'manual', Host.parse('example.com'), null, NOW).verdict).toBe('not');
});
