import type { Frame } from '../frame.ts';
import { OFFERED_ZONES, TimeZone, zoneName } from '../../functions/domain/time.ts';

/** The zones a form offers, the reader's own among them though it be elsewhere. */
export function zoneOptions(own: string | null): { value: string; label: string }[] {
  const offered = OFFERED_ZONES.map(({ zone, label }) => ({ value: String(zone), label }));
  const zone = TimeZone.safeParse(own);
  return !zone.success || offered.some(({ value }) => value === own)
    ? offered
    : [...offered, { value: zone.data, label: zoneName(zone.data) }];
}

/** No zone of one's own: not for a profile, which always has one. */
export const noZone = ({ zone, viewer }: Pick<Frame, 'zone' | 'viewer'>): { value: string; label: string }[] =>
  zone === null || viewer === null ? [{ value: '', label: 'Each training’s own' }] : [];

/** Sets the zone of a visitor or a profile, and returns to the page that it is on. */
export const ZoneForm = ({ frame }: { frame: Frame }) => (
  <form class="zone-form" method="post" action="/time-zone">
    <input type="hidden" name="return" value={frame.path} />
    <label for="zone">Your time zone</label>
    <div>
      <select class="usa-select" id="zone" name="zone" autocomplete="off">
        {[...noZone(frame), ...zoneOptions(frame.zone)].map((option) => (
          <option value={option.value} selected={option.value === (frame.zone ?? '')}>
            {option.label}
          </option>
        ))}
      </select>
      <button class="usa-button usa-button--outline usa-button--inverse" type="submit">
        Change<span class="usa-sr-only"> time zone</span>
      </button>
    </div>
  </form>
);
