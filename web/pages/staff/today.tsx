import type { Checkup } from '../../../functions/domain/finding.ts';
import { clockWithZone, longDate, monthDay, type Instant } from '../../../functions/domain/time.ts';
import type { Child } from 'hono/jsx';
import { LinkButton } from '../../components/button.tsx';
import { DeskHead, DeskLayout } from '../../components/desk-layout.tsx';
import { Icon } from '../../components/icon.tsx';
import type { DeskFrame } from '../../frame.ts';
import { counted, grouped } from '../../words/when.ts';
import { EventsTable, type StaffEventRow } from './events-table.tsx';

export interface TodayPageProps {
  readonly frame: DeskFrame;
  readonly fiscal: { readonly year: number; readonly quarter: number; readonly daysLeft: number };
  readonly review: {
    readonly total: number;
    /** Answers promised for today, or for a day that has passed. */
    readonly dueToday: number;
    readonly late: number;
    /** The event to begin with: the one with the earliest promise. */
    readonly href: string;
    readonly events: readonly { readonly title: string; readonly count: number }[];
  };
  /** Messages that could not be delivered. */
  readonly parked: { readonly total: number; readonly lastError: string | null };
  /** Since when all mail is held; null while it goes out. */
  readonly held: Instant | null;
  /** What the last look at the counters found; null before the first. */
  readonly checkup: Checkup | null;
  /** What is next, soonest first. */
  readonly next: readonly StaffEventRow[];
}

/** `/staff`: what needs someone, ranked by the day on which a promise breaks, then what is next. */
export const TodayPage = ({ frame, fiscal, review, parked, held, checkup, next }: TodayPageProps) => (
  <DeskLayout frame={frame} desk="staff" title="Today" at="today">
    <DeskHead
      above={`Fiscal year ${fiscal.year}, quarter ${fiscal.quarter}. ${fiscal.daysLeft === 1 ? '1 day' : `${fiscal.daysLeft} days`} left in the quarter`}
      title={longDate(frame.now, frame.zone)}
    >
      <LinkButton href="/staff/people" look="outline">
        Find a person
      </LinkButton>
      <LinkButton href="/staff/events/new" look="outline">
        <Icon name="add" /> New event
      </LinkButton>
    </DeskHead>
    <section class="panel">
      <h2>Needs attention</h2>
      {review.total === 0 && parked.total === 0 && held === null ? (
        <p class="panel-empty">
          Nothing waits for you. People to review and messages that could not be delivered will be here.
        </p>
      ) : (
        <ul class="needs">
          {held === null ? null : (
            <li>
              <p class="need-words">
                <span>
                  <strong>All mail is held</strong>
                  <span class="need-note">
                    Since {monthDay(held, frame.zone)}, {clockWithZone(held, frame.zone)}. Only sign-in codes go out.
                  </span>
                </span>
              </p>
              <LinkButton href="/staff/messages" look="outline">
                See what waits
              </LinkButton>
            </li>
          )}
          {review.total > 0 ? (
            <Need
              count={review.total}
              title={review.total === 1 ? 'person to review' : 'people to review'}
              act={
                <LinkButton href={review.href}>
                  {review.total === 1 ? 'Review this person' : 'Review people'}
                </LinkButton>
              }
            >
              <Promises {...review} />
              {review.events.map((event) => `${event.count} for ${event.title}`).join(', ')}.
            </Need>
          ) : null}
          {parked.total > 0 ? (
            <Need
              count={parked.total}
              title={parked.total === 1 ? 'message not delivered' : 'messages not delivered'}
              act={
                <LinkButton href="/staff/messages" look="outline">
                  See messages
                </LinkButton>
              }
            >
              {parked.lastError ? `The last one: ${parked.lastError}` : 'We tried for a day and stopped.'}
            </Need>
          ) : null}
        </ul>
      )}
    </section>
    <section class="panel">
      <div class="panel-head">
        <h2>Next events</h2>
        <a href="/staff/events">All events</a>
      </div>
      {next.length === 0 ? (
        <p class="panel-empty">
          Events with a date will be here. <a href="/staff/events/new">Make the first</a>
        </p>
      ) : (
        <EventsTable caption="Next events" events={next} frame={frame} />
      )}
    </section>
    {checkup ? <Checked frame={frame} checkup={checkup} /> : null}
  </DeskLayout>
);

/** Seats and lines are held against the registrations every night: a quiet line, or what was found. */
const Checked = ({ frame, checkup }: { frame: DeskFrame; checkup: Checkup }) => {
  const when = `${monthDay(checkup.at, frame.zone)}, ${clockWithZone(checkup.at, frame.zone)}`;
  if (checkup.found === 0)
    return (
      <p class="quiet small">
        Counters of {counted(checkup.events, 'event')} checked {when}: nothing to mend.
      </p>
    );
  return (
    <section class="panel">
      <div class="panel-head">
        <h2>{counted(checkup.found, 'thing')} found by the check of counters</h2>
        <span class="quiet small">{when}</span>
      </div>
      <ul class="needs">
        {checkup.findings.slice(0, MOST_FINDINGS).map((finding) => (
          <li>
            <p class="need-words">
              <span>
                <strong>{finding.words}.</strong>
                <span class="need-note">
                  {finding.cause}. {finding.remedy}.
                </span>
              </span>
            </p>
          </li>
        ))}
      </ul>
      {checkup.found > MOST_FINDINGS ? <p class="panel-empty">The first {MOST_FINDINGS} are shown.</p> : null}
    </section>
  );
};
const MOST_FINDINGS = 10;

const Need = ({ count, title, act, children }: { count: number; title: string; act: Child; children: Child }) => (
  <li>
    <p class="need-words">
      <strong class="need-count">{grouped(count)}</strong>{' '}
      <span>
        <strong>{title}</strong>
        <span class="need-note">{children}</span>
      </span>
    </p>
    {act}
  </li>
);

const Promises = ({ dueToday, late }: { dueToday: number; late: number }) => (
  <>
    {late > 0 ? (
      <strong class="late">
        {late === 1 ? '1 is past its promised day. ' : `${late} are past their promised day. `}
      </strong>
    ) : null}
    {dueToday > 0 ? (
      <strong class="late">
        {dueToday === 1 ? '1 has the answer promised for today. ' : `${dueToday} have the answer promised for today. `}
      </strong>
    ) : null}
  </>
);
