import { dateWithoutYear, type TimeZone } from '../../functions/domain/time.ts';
import { Icon } from '../components/icon.tsx';
import { whyReview, type Standing } from '../words/standing.ts';

/** Said in the form of whoever is checked by a person, before they write anything. */
export const StandingNote = ({ standing, zone }: { standing: Standing; zone: TimeZone }) =>
  standing.kind === 'review' ? (
    <div class="note note-checked form-note">
      <Icon name="clock" size={20} />
      <p>
        <strong>A person checks this address first.</strong> {whyReview(standing)} If you apply today, you hear from us
        by {dateWithoutYear(standing.answerBy, zone)}. Applying does not hold a seat.
      </p>
    </div>
  ) : null;
