import { OFFERED_ZONES, TimeZone, zoneName } from '../../functions/domain/time.ts';

/** The zones a form offers, the reader's own among them though it be elsewhere. */
export function zoneOptions(own: string | null): { value: string; label: string }[] {
  const offered = OFFERED_ZONES.map(({ zone, label }) => ({ value: String(zone), label }));
  const zone = TimeZone.safeParse(own);
  return !zone.success || offered.some(({ value }) => value === own)
    ? offered
    : [...offered, { value: zone.data, label: zoneName(zone.data) }];
}

/** Sets the zone of a visitor or a profile, and comes back to `back`. */
export const ZoneForm = ({ zone, back }: { zone: TimeZone | null; back: string }) => (
  <form class="zone-form" method="post" action="/time-zone">
    <input type="hidden" name="return" value={back} />
    <label for="zone">Your time zone</label>
    <div>
      <select class="usa-select" id="zone" name="zone" autocomplete="off">
        {zone === null ? (
          <option value="" selected>
            Each training’s own
          </option>
        ) : null}
        {zoneOptions(zone).map((option) => (
          <option value={option.value} selected={option.value === zone}>
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
