import type { ReviewTimes } from '../../functions/domain/review-times.ts';
import { dateWithoutYear, ordinal, type TimeZone } from '../../functions/domain/time.ts';
import { Icon } from '../components/icon.tsx';
import { eventWord } from '../words/kind.ts';
import { waitingWords } from '../words/offer.ts';
import { reviewTimesWords, soonWords, STILL, whyReview, type Standing } from '../words/standing.ts';

interface StandingNoteProps {
  readonly standing: Standing;
  readonly event: Parameters<typeof eventWord>[0];
  readonly reviews: ReviewTimes | null;
  readonly zone: TimeZone;
}

/** Tells people whom staff review so, in the form, before they write anything. */
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

/** Tells people who can only wait so, in the form, before they write anything. */
export const FullNote = ({ word, waiting }: { word: string; waiting: number }) => (
  <div class="note full-note">
    <Icon name="people" size={20} />
    <p>
      <strong>The {word} is full.</strong> {waitingWords(waiting)}, you would be {ordinal(waiting + 1)}. If a seat frees
      up for you, it is yours at once and we email you.
    </p>
  </div>
);
