import { Button } from '../components/button.tsx';
import { SelectField, type Errors } from '../components/field.tsx';
import { Layout } from '../components/layout.tsx';
import { noZone, zoneOptions } from '../components/zone-form.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import type { Frame } from '../frame.ts';

export interface TimeZonePageProps {
  readonly frame: Frame;
  /** A path of ours to go back to. Sent as `return`. */
  readonly returnTo: string;
  readonly errors: Errors;
}

/** `/time-zone`: one field, `zone`; empty means each training's own. Posts to itself and goes back. */
export const TimeZonePage = ({ frame, returnTo, errors }: TimeZonePageProps) => (
  <Layout frame={frame} title="Change time zone" error={errors.length > 0}>
    <div class="wrap">
      <div class="narrow plain-page">
        <ErrorSummary errors={errors} to="save" />
        <h1>Change time zone</h1>
        <p class="lead">We show every time in this zone, with the training’s own beside it.</p>
        <form method="post" action="/time-zone" novalidate>
          <input type="hidden" name="return" value={returnTo} />
          <SelectField
            path="zone"
            label="Your time zone"
            value={frame.zone ?? ''}
            options={[...noZone(frame), ...zoneOptions(frame.zone)]}
            errors={errors}
          />
          <div class="button-row">
            <Button big>Save and go back</Button>
          </div>
        </form>
      </div>
    </div>
  </Layout>
);
