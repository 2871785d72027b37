import { instantOf, TimeZone, zoned } from '../domain/time.ts';

/** British Columbia keeps UTC-7 all year from 2026 on: zone data older than 2026b say UTC-8 here. */
const KNOWN = { zone: TimeZone.parse('America/Vancouver'), at: instantOf('2027-01-15T12:00:00Z'), offset: '-07:00' };

/**
 * Refuses zone data that would put events an hour wrong.
 * @throws when this runtime's are older than 2026b
 */
export function requireZones(offset = zoned(KNOWN.at, KNOWN.zone).offset): void {
  if (offset !== KNOWN.offset) throw new StaleZonesError(process.versions['tz'] ?? 'unknown');
}

/** The runtime's time-zone data are too old to tell anybody when something begins. */
export class StaleZonesError extends Error {
  override readonly name = 'StaleZonesError';
  constructor(version: string) {
    super(`This runtime's time-zone data (${version}) are older than 2026b: use Node 24.21 or newer`);
  }
}
