import { inTwoZones, type Instant, type TimeZone } from '../../functions/domain/time.ts';

/** "1:00 to 2:30 PM MT (3:00 to 4:30 PM ET)": the reader's time, the event's in quiet text behind it. */
export const TwoTimes = ({ from, to, own, event }: { from: Instant; to: Instant; own: TimeZone; event: TimeZone }) => {
  const times = inTwoZones(from, to, own, event);
  return (
    <>
      <strong>{times.own}</strong>
      {times.event ? <span class="quiet"> ({times.event})</span> : null}
    </>
  );
};
