import { dayWords, localDay, type Instant, type TimeZone } from '../../functions/domain/time.ts';
import { firstStart, type Timed } from '../words/when.ts';

export type DateTone = 'sure' | 'unsure' | 'quiet';

interface DateBlockProps {
  sessions: readonly Timed[];
  zone: TimeZone;
  size?: 'row' | 'card' | 'ticket' | 'side';
  /** Pale where the place is not certain; gray where it is closed, canceled, past or not for the reader. */
  tone?: DateTone;
  /** Left out where rows are grouped by month. */
  month?: boolean;
}

/** The navy block with the day. The date is beside it in words, so it is hidden from assistive technology. */
export const DateBlock = ({ sessions, zone, size = 'row', tone = 'sure', month = true }: DateBlockProps) => {
  const first = firstStart(sessions);
  const last = sessions.map((session): Instant => session.startsAt).reduce((a, b) => (b > a ? b : a));
  const a = dayWords(first, zone);
  const b = dayWords(last, zone);
  const range = localDay(first, zone) !== localDay(last, zone);
  const name = (words: string) => (size === 'ticket' && !range ? words : words.slice(0, 3));
  return (
    <div class={`date-block date-${size} date-${tone}${range ? ' date-range' : ''}`} aria-hidden="true">
      <span class="date-weekday">
        {range ? `${a.weekday.slice(0, 3)}–${b.weekday.slice(0, 3)}` : a.weekday.slice(0, 3)}
      </span>
      <span class="date-day">{range ? `${a.day}–${b.day}` : a.day}</span>
      {month ? (
        <span class="date-month">
          {a.month === b.month ? name(a.month) : `${a.month.slice(0, 3)}–${b.month.slice(0, 3)}`}
        </span>
      ) : null}
    </div>
  );
};
