import type { ReviewTimes } from '../../functions/domain/review-times.ts';
import { dateWithoutYear, type TimeZone } from '../../functions/domain/time.ts';
import { Icon } from '../components/icon.tsx';
import { reviewTimesWords, whyReview, type Standing } from '../words/standing.ts';

/** Said in the form of whoever is checked by a person, before they write anything. */
export const StandingNote = ({
  standing,
  reviews,
  zone,
}: {
  standing: Standing;
  reviews: ReviewTimes | null;
  zone: TimeZone;
}) =>
  standing.kind === 'review' ? (
    <div class="note note-checked form-note">
      <Icon name="clock" size={20} />
      <p>
        <strong>A person checks this address first.</strong> {whyReview(standing)}{' '}
        {reviews ? `${reviewTimesWords(reviews)} ` : null}If you apply today, you hear from us by{' '}
        {dateWithoutYear(standing.answerBy, zone)}. Applying does not hold a seat.
      </p>
    </div>
  ) : null;
