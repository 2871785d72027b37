import type { SessionChoice } from '../../functions/domain/event.ts';
import type { RegistrationStatus, StandingStatus } from '../../functions/domain/registration.ts';
import type { Instant, TimeZone } from '../../functions/domain/time.ts';
import { clockWithZone, dateWithoutYear, dayWords, zoneName } from '../../functions/domain/time.ts';
import { EmailText } from '../components/email-text.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { DataTable } from '../components/table.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { daysAway, firstStart } from '../words/when.ts';
import { MyCard } from './my-registration-card.tsx';
import type { PlaceAtSession } from './registration.tsx';

/** A registration that stands, as its card shows it. */
export interface MyItem {
  readonly href: string;
  readonly eventHref: string;
  readonly title: string;
  readonly status: StandingStatus;
  readonly timeZone: TimeZone;
  readonly sessionChoice: SessionChoice;
  /** Another sitting can be chosen now. */
  readonly hasOtherSittings: boolean;
  readonly sessions: readonly PlaceAtSession[];
  readonly position: number | null;
  readonly answerBy: Instant | null;
}

/** A registration that is over, by time or because it ended. */
export interface PastItem {
  readonly href: string;
  readonly title: string;
  readonly timeZone: TimeZone;
  readonly startsAt: Instant;
  readonly status: RegistrationStatus;
  /** Who canceled it; null: nobody did. */
  readonly endedBy: 'person' | 'staff' | 'event' | null;
}

export interface MyRegistrationsPageProps {
  readonly frame: Frame;
  /** Each soonest first. */
  readonly standing: readonly MyItem[];
  readonly past: readonly PastItem[];
  /** The private feed; `https://…/calendar/….ics`. */
  readonly feedUrl: string;
  /** A new address was made just now. */
  readonly feedRotated: boolean;
  readonly details: { readonly name: string; readonly agency: string; readonly email: string };
}

const GROUPS = [
  { status: 'confirmed', heading: 'You have a seat' },
  { status: 'pending', heading: 'Being checked' },
  { status: 'waitlisted', heading: 'Waiting' },
] as const;

/** `/registrations`: the next by date first, then what waits, then the past. */
export const MyRegistrationsPage = (props: MyRegistrationsPageProps) => {
  const { frame, standing, past } = props;
  const next = standing.find((item) => item.status === 'confirmed');
  return (
    <Layout frame={frame} title="My registrations" at="registrations">
      <div class="page-head head-plain">
        <div class="wrap">
          <h1>My registrations</h1>
          <NextLine frame={frame} next={next} />
        </div>
      </div>
      <div class="wrap columns my-columns">
        <div>
          {GROUPS.map(({ status, heading }) => {
            const items = standing.filter((item) => item.status === status);
            return items.length === 0 ? null : (
              <section class="section">
                <h2>
                  {heading} <span class="count">{items.length}</span>
                </h2>
                {items.map((item) => (
                  <MyCard item={item} frame={frame} next={item === next} />
                ))}
              </section>
            );
          })}
          {past.length > 0 ? <Past items={past} frame={frame} /> : null}
        </div>
        <div class="boxes">
          <FeedBox {...props} />
          <DetailsBox {...props} />
        </div>
      </div>
    </Layout>
  );
};

const NextLine = ({ frame, next }: { frame: Frame; next: MyItem | undefined }) => {
  if (!next)
    return (
      <p class="lead">
        Trainings you register for are here. <a href="/">See upcoming trainings</a>
      </p>
    );
  const zone = zoneFor(frame, next.timeZone);
  const coming = next.sessions.filter((session) => session.endsAt > frame.now);
  const starts = firstStart(coming.length > 0 ? coming : next.sessions);
  return (
    <p class="lead">
      Your next training is {daysAway(starts, frame.now, zone)}, on{' '}
      <strong>
        {dateWithoutYear(starts, zone)}, at {clockWithZone(starts, zone)}
      </strong>
      .
    </p>
  );
};

const ENDS: Readonly<Record<RegistrationStatus, string>> = {
  confirmed: 'You had a seat',
  waitlisted: 'You were on the waitlist',
  pending: 'It started before we had an answer',
  ineligible: 'Your address no longer qualified',
  denied: 'We could not give you a seat',
  cancelled: 'You gave up your place',
};

function endOf({ endedBy, status }: PastItem): string {
  if (endedBy === 'event') return 'We canceled this session';
  return endedBy === 'staff' && status === 'cancelled' ? 'The training desk canceled it' : ENDS[status];
}

const Past = ({ items, frame }: { items: readonly PastItem[]; frame: Frame }) => (
  <section class="section">
    <h2>
      Past <span class="count">{items.length}</span>
    </h2>
    <DataTable
      caption="Past and ended registrations"
      rows={items}
      columns={[
        { head: 'Date', narrow: true, cell: (item) => shortDay(item.startsAt, zoneFor(frame, item.timeZone)) },
        {
          head: 'Training',
          cell: (item) => (
            <a class="plain-link strong-link" href={item.href}>
              {item.title}
            </a>
          ),
        },
        { head: 'How it ended', cell: endOf },
      ]}
    />
  </section>
);

/** "Nov 18, 2026" */
function shortDay(at: Instant, zone: TimeZone): string {
  const { month, day, year } = dayWords(at, zone);
  return `${month.slice(0, 3)} ${day}, ${year}`;
}

const FeedBox = ({ feedUrl, feedRotated }: MyRegistrationsPageProps) => (
  <section class="box">
    <h2>Calendar feed</h2>
    {feedRotated ? <p class="note note-good">This is your new address. The old one no longer works.</p> : null}
    <p>Subscribe once. Every registration appears in your calendar, and changes follow by themselves.</p>
    <p>
      <a class="usa-button usa-button--outline button-wide" href={feedUrl.replace(/^https?:/, 'webcal:')}>
        <Icon name="feed" /> Subscribe
      </a>
    </p>
    <label class="usa-label" for="feed">
      Or copy this address
    </label>
    <input class="usa-input feed-address" id="feed" type="text" value={feedUrl} readonly autocomplete="off" />
    <form class="small quiet" method="post" action="/registrations/calendar">
      <p>Anyone with this address can see your registrations. If you shared it by mistake, make a new one.</p>
      <button class="linkbutton" type="submit">
        Get a new address
      </button>
    </form>
  </section>
);

const DetailsBox = ({ details, frame }: MyRegistrationsPageProps) => (
  <section class="box">
    <h2>Your details</h2>
    <dl class="facts">
      {[
        ['Name', details.name || 'Not given yet'],
        ['Agency', details.agency || 'Not given yet'],
        ['Address', <EmailText email={details.email} />],
        ['Times in', frame.zone ? zoneName(frame.zone) : 'Each training’s own zone'],
      ].map(([term, value]) => (
        <div>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
    <p>
      <a href="/profile">Change details</a>
    </p>
  </section>
);
