import type { ReviewTimes } from '../../functions/domain/review-times.ts';
import { dateWithoutYear, type TimeZone } from '../../functions/domain/time.ts';
import { Icon } from '../components/icon.tsx';
import { eventWord } from '../words/kind.ts';
import { reviewTimesWords, soonWords, STILL, whyReview, type Standing } from '../words/standing.ts';

interface StandingNoteProps {
  readonly standing: Standing;
  readonly event: Parameters<typeof eventWord>[0];
  readonly reviews: ReviewTimes | null;
  readonly zone: TimeZone;
}

/** Said in the form of whoever is checked by a person, before they write anything. */
export const StandingNote = ({ standing, event, reviews, zone }: StandingNoteProps) =>
  standing.kind === 'review' ? (
    <>
      <div class="note note-checked form-note">
        <Icon name="clock" size={20} />
        <p>
          <strong>A person checks this address first.</strong> {whyReview(standing)}{' '}
          {standing.soon === null ? (
            <>
              {reviews ? `${reviewTimesWords(reviews)} ` : null}If you apply today, you hear from us by{' '}
              {dateWithoutYear(standing.answerBy, zone)}.{' '}
            </>
          ) : null}
          Applying does not hold a seat.
        </p>
      </div>
      {standing.soon === null ? null : (
        <div class="note note-soon form-note">
          <Icon name="warning" size={20} />
          <p>
            <strong>{soonWords(eventWord(event), standing.soon)}</strong> {STILL}
          </p>
        </div>
      )}
    </>
  ) : null;
