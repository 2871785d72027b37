import type { RegistrationStatus } from '../../functions/domain/registration.ts';
import type { Audience } from '../../functions/domain/audience.ts';
import type { AudienceGroup } from '../../functions/domain/program.ts';
import type { Instant, TimeZone } from '../../functions/domain/time.ts';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { Tag } from '../components/tag.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { groupTag } from '../words/kind.ts';
import { offerOf, type Offered } from '../words/offer.ts';
import type { ReviewTimes } from '../../functions/domain/review-times.ts';
import type { Standing } from '../words/standing.ts';
import type { Timed } from '../words/when.ts';
import { EventAbout } from './event-about.tsx';
import { EventTicket } from './event-ticket.tsx';
import { InsteadTicket } from './event-instead.tsx';

export interface EventSession extends Timed {
  readonly id: string;
  readonly title: string;
  /** Null where this reader is not told. */
  readonly location: string | null;
  readonly track: string | null;
}

/** An event as its page shows it to this reader. */
export interface EventDetail extends Offered {
  readonly title: string;
  readonly description: string;
  readonly outcomes: readonly string[];
  readonly href: string;
  readonly group: AudienceGroup;
  readonly needsApproval: boolean;
  readonly audience: Pick<Audience, 'kind' | 'others'>;
  readonly sessions: readonly (EventSession & Offered['sessions'][number])[];
  readonly joinOpensMinutes: number;
  readonly cancelReason: string | null;
  /** Null where this reader is not told. */
  readonly trainers: readonly { readonly name: string }[] | null;
}

/** The event to offer to people who are not in the audience. */
export interface Instead extends Offered {
  readonly title: string;
  readonly href: string;
  readonly outcomes: readonly string[];
}

/** The reader's registration for this event, while it stands. */
export interface MyRegistration {
  readonly href: string;
  readonly status: Exclude<RegistrationStatus, 'cancelled'>;
  readonly position?: number;
  readonly answerBy?: Instant;
}

export interface EventPageProps {
  readonly frame: Frame;
  readonly event: EventDetail;
  readonly standing: Standing;
  readonly mine: MyRegistration | null;
  readonly instead: Instead | null;
  readonly reviews: ReviewTimes | null;
  /** Exclusive hosts whose people the reader registers; none for almost everybody. */
  readonly coordinates: readonly string[];
}

/** `/trainings/:slug`: decide, and act. */
export const EventPage = (props: EventPageProps) => {
  const { frame, event } = props;
  const zone: TimeZone = zoneFor(frame, event.timeZone);
  const offer = offerOf(event, frame.now, zone);
  const notForReader =
    props.standing.kind === 'not' && !props.mine && offer.kind !== 'cancelled' && offer.kind !== 'past';
  return (
    <Layout frame={frame} title={event.title} at="trainings">
      <div class="page-head head-under">
        <div class="wrap">
          <a class="back" href="/">
            <Icon name="back" /> All trainings
          </a>
          <h1 class="event-title">{event.title}</h1>
          {event.description ? <p class="lead">{event.description}</p> : null}
          <p class="tags event-tags">
            <Tag>{groupTag(event.group)}</Tag>
            {event.needsApproval ? <Tag>Needs approval</Tag> : null}
          </p>
        </div>
      </div>
      <div class="wrap">
        <EventTicket {...props} zone={zone} offer={offer} />
        {props.coordinates.length > 0 ? (
          <p class="note note-checked coordinator-note">
            <Icon name="people" size={20} />
            <span>
              You coordinate training for {props.coordinates.join(' and ')}.{' '}
              <a href={`${event.href}/list`}>Register a list of your people</a>
            </span>
          </p>
        ) : null}
        {notForReader && props.instead ? <InsteadTicket frame={frame} instead={props.instead} /> : null}
        <EventAbout {...props} zone={zone} offer={offer} notForReader={notForReader} />
      </div>
    </Layout>
  );
};
