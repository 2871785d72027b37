import type { StandingStatus } from '../../functions/domain/registration.ts';
import type { AudienceGroup } from '../../functions/domain/program.ts';
import { dayWords, type Instant, type TimeZone } from '../../functions/domain/time.ts';
import { Layout } from '../components/layout.tsx';
import { ZoneForm } from '../components/zone-form.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { GROUP_WORDS } from '../words/kind.ts';
import { offerOf, type Offer, type Offered } from '../words/offer.ts';
import { firstStart } from '../words/when.ts';
import { ClosedRow, EventRow } from './home-rows.tsx';

/** An event in the catalog, as much of it as the reader may see. */
export interface HomeEvent extends Offered {
  readonly title: string;
  /** The event's page; `/register` behind it is the form. */
  readonly href: string;
  readonly group: AudienceGroup;
  /** Everybody is checked by a person, whatever their address. */
  readonly needsApproval: boolean;
  /** This reader is signed in and a person will check them. */
  readonly readerIsChecked: boolean;
  /** This reader's standing registration. */
  readonly mine: { readonly href: string; readonly status: StandingStatus } | null;
}

export interface HomePageProps {
  readonly frame: Frame;
  /** Those of the chosen filter, soonest first. */
  readonly events: readonly HomeEvent[];
  /** The filters that have anything in them; "All" comes first by itself. */
  readonly filters: readonly { readonly group: AudienceGroup; readonly count: number }[];
  readonly total: number;
  readonly chosen: AudienceGroup | null;
}

/** `/`: what can I attend, and when. */
export const HomePage = (props: HomePageProps) => (
  <Layout
    frame={props.frame}
    title={props.chosen ? `Trainings for ${inSentence(props.chosen)}` : 'Upcoming trainings'}
    at="trainings"
  >
    <div class="hero">
      <div class="wrap">
        <h1>Upcoming trainings</h1>
        <p class="lead">
          Online trainings on countering human trafficking, taught by the DHS Center for Countering Human Trafficking.
          Registering takes about two minutes.
        </p>
        <div class="hero-tools">
          <Filters {...props} />
          <ZoneForm frame={props.frame} />
        </div>
      </div>
    </div>
    <div class="wrap catalog">
      {props.events.length === 0 ? <NothingHere chosen={props.chosen} /> : <Months {...props} />}
      {props.frame.viewer ? null : (
        <p class="catalog-note">
          <strong>HSI special agent?</strong> Trainings for special agents are listed after you{' '}
          <a href={`/sign-in?return=${encodeURIComponent(props.frame.path)}`}>sign in</a>.
        </p>
      )}
    </div>
  </Layout>
);

const inSentence = (group: AudienceGroup): string =>
  group === 'public' || group === 'law-enforcement' ? GROUP_WORDS[group].toLowerCase() : GROUP_WORDS[group];

const Filters = ({ filters, total, chosen }: HomePageProps) => (
  <nav class="filters" aria-labelledby="filters">
    <p id="filters">Show trainings for</p>
    <ul>
      <li>
        <a href="/" aria-current={chosen === null ? 'true' : undefined}>
          All <span class="count">{total}</span>
        </a>
      </li>
      {filters.map(({ group, count }) => (
        <li>
          <a href={`/?for=${group}`} aria-current={chosen === group ? 'true' : undefined}>
            {GROUP_WORDS[group]} <span class="count">{count}</span>
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const NothingHere = ({ chosen }: { chosen: AudienceGroup | null }) => (
  <p class="empty">
    {chosen ? (
      <>
        The next trainings for {inSentence(chosen)} will be here once they have a date.{' '}
        <a href="/">See all trainings</a>
      </>
    ) : (
      'Trainings will be here once they have a date. Look again in a few days.'
    )}
  </p>
);

interface Row {
  readonly event: HomeEvent;
  readonly offer: Offer;
  readonly zone: TimeZone;
}
const isQuiet = ({ offer }: Row): boolean => offer.kind === 'closed' || offer.kind === 'cancelled';

/**
 * The rows of each month. What comes before the first training that can be had stands at the end of that training's
 * month, so that the first thing seen is one to act on; its line has the whole date.
 */
function monthsOf({ frame, events }: HomePageProps): [string, Row[]][] {
  const rows = events.map((event): Row => {
    const zone = zoneFor(frame, event.timeZone);
    return { event, zone, offer: offerOf(event, frame.now, zone) };
  });
  const first = rows.find((row) => !isQuiet(row));
  const before = first ? rows.slice(0, rows.indexOf(first)) : [];
  const shown = first ? [first, ...before] : [];
  return [
    ...Map.groupBy([...shown, ...rows.slice(shown.length)], (row) => {
      const { event, zone } = first && before.includes(row) ? first : row;
      return monthOf(firstStart(event.sessions), zone);
    }),
  ];
}

const Months = (props: HomePageProps) => (
  <>
    {monthsOf(props).map(([month, rows]) => {
      const [name, year] = month.split(' ');
      return (
        <section class="month" aria-label={month}>
          <h2>
            {name} <span>{year}</span>
          </h2>
          <ul class="rows">
            {rows
              .filter((row) => !isQuiet(row))
              .map((row) => (
                <EventRow {...row} />
              ))}
            {rows.filter(isQuiet).map((row) => (
              <ClosedRow {...row} />
            ))}
          </ul>
        </section>
      );
    })}
  </>
);

function monthOf(at: Instant, zone: TimeZone): string {
  const { month, year } = dayWords(at, zone);
  return `${month} ${year}`;
}
