import type { Finding } from './finding.ts';
import { instantOf, TimeZone, zoned } from './time.ts';

/** British Columbia keeps UTC-7 all year from 2026 on (tz 2026b): older data say UTC-8 in January 2027. */
const KNOWN = { zone: 'America/Vancouver', at: '2027-01-15T12:00:00Z', offset: '-07:00' };

/**
 * Whether this runtime's time-zone data show events an hour off. Tested by what they say, since the version that the
 * runtime names may be wrong.
 */
export function zoneFindings(): Finding[] {
  // here and not above: the first use of a zone takes a function that starts 12 ms
  const { offset } = zoned(instantOf(KNOWN.at), TimeZone.parse(KNOWN.zone));
  if (offset === KNOWN.offset) return [];
  return [
    {
      kind: 'old-zones',
      subject: KNOWN.zone,
      words: `The time-zone data of this runtime (${process.versions['tz'] ?? 'of no version'}) have Vancouver at ${offset} in January 2027, and it is at ${KNOWN.offset}`,
      cause: `They are older than 2026b: they came with Node ${process.versions.node}`,
      remedy: 'Run the desk on Node 24.21 or newer; on AWS, docs/deploy.md, "doctor-findings"',
      mend: null,
    },
  ];
}
