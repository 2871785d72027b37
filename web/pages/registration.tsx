import type { SessionChoice } from '../../functions/domain/event.ts';
import type { Because } from '../../functions/domain/audience.ts';
import { isStanding, type RegistrationStatus, type Sponsor } from '../../functions/domain/registration.ts';
import type { MailTrouble } from '../../functions/domain/returned.ts';
import type { ReviewTimes } from '../../functions/domain/review-times.ts';
import type { SeatsTold } from '../../functions/domain/seats.ts';
import type { Instant, TimeZone } from '../../functions/domain/time.ts';
import { Layout } from '../components/layout.tsx';
import { Steps } from '../components/steps.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { lastEnd, type Timed } from '../words/when.ts';
import { InsteadTicket } from './event-instead.tsx';
import type { Instead } from './event.tsx';
import { RegistrationHead, headTitle } from './registration-head.tsx';
import { RegistrationSide } from './registration-side.tsx';
import { stepsOf } from './registration-steps.tsx';
import { DeclinedNote, MailNote } from './registration-mail.tsx';
import { RegistrationTicket } from './registration-ticket.tsx';

/** A session of a registration, with the state of its join page. */
export interface PlaceAtSession extends Timed {
  readonly id: string;
  readonly title: string;
  readonly joinOpensAt: Instant;
  /** The personal `/join/…` address; null unless confirmed. */
  readonly joinHref: string | null;
}

export interface PlaceInLine {
  /** 1 is next; null far back in line. */
  readonly position: number | null;
  /** Everybody in that line; null where they are too many to count. */
  readonly waiting: number | null;
}

export interface RegistrationView {
  /** `/registrations/:id`; `/answers`, `/session`, `/hand-over` and `/give-back` stand behind it. */
  readonly href: string;
  readonly status: RegistrationStatus;
  readonly email: string;
  readonly name: string;
  readonly agency: string;
  readonly sessions: readonly PlaceAtSession[];
  /** In words: "Large print". */
  readonly needs: readonly string[];
  readonly askedAt: Instant;
  /** Waitlisted beside no free seat. */
  readonly place: PlaceInLine | null;
  /** Pending: the day by which they hear. */
  readonly answerBy: Instant | null;
  /** Denied, canceled by staff: what the desk wrote. */
  readonly reason: string | null;
  /** The colleague to whom the seat is offered. */
  readonly offeredTo: string | null;
  /** Pending: the supervisor who was asked to confirm them. */
  readonly sponsor: Sponsor | null;
  /** Pending: the seats that they would be given one of. */
  readonly seats: SeatsTold | null;
  /** Pending: staff asked them to name one, and they have not since. */
  readonly sponsorWanted: boolean;
  /** Canceled: by whom. */
  readonly endedBy: 'person' | 'staff' | null;
}

export interface RegistrationEvent {
  readonly title: string;
  readonly href: string;
  readonly status: 'published' | 'cancelled';
  readonly cancelReason: string | null;
  readonly timeZone: TimeZone;
  readonly sessionChoice: SessionChoice;
  readonly sessions: readonly Timed[];
  readonly closesAt: Instant;
  readonly joinOpensMinutes: number;
  /** Another sitting can be chosen, at `/registrations/:id/session`. */
  readonly hasOtherSittings: boolean;
}

export interface RegistrationPageProps {
  readonly frame: Frame;
  readonly event: RegistrationEvent;
  readonly registration: RegistrationView;
  /** They wait, and seats are free: these are given out in line, a moment apart. */
  readonly seatsFree: boolean;
  /** Seconds after which the page looks again by itself; null: it does not. */
  readonly looksAgainAfter: number | null;
  /** The chosen session filled while the form was open. */
  readonly filledMeanwhile: boolean;
  /** The invitation was sent once more just now. */
  readonly sentAgain: boolean;
  /** What of the desk's mail came back. */
  readonly mailTrouble: MailTrouble | null;
  /** They declined in their calendar. */
  readonly declined: boolean;
  /** The same calendar entry as a file, or null where there is none. */
  readonly calendarHref: string | null;
  readonly instead: Instead | null;
  /** How long checks took of late; null where nobody was checked. */
  readonly reviews: ReviewTimes | null;
  /** Pending: why a person checks, and whether whoever they approve is known to the program's other events. */
  readonly check: { readonly because: Because; readonly agency: string | null; readonly remembers: boolean } | null;
}

/** What the parts of the page are given. */
export type RegistrationParts = RegistrationPageProps & { readonly zone: TimeZone; readonly phase: Phase };
/** The state, told as a person meets it: what is over or canceled comes before what it was. */
export type Phase = RegistrationStatus | 'event-canceled' | 'over';

export function phaseOf({ event, registration, frame }: RegistrationPageProps): Phase {
  const stands = isStanding(registration.status);
  if (event.status === 'cancelled' && (stands || registration.endedBy === null)) return 'event-canceled';
  return stands && lastEnd(registration.sessions.length > 0 ? registration.sessions : event.sessions) <= frame.now
    ? 'over'
    : registration.status;
}

/** `/registrations/:id`: the one fact, the ticket, what happens next. */
export const RegistrationPage = (props: RegistrationPageProps) => {
  const zone = zoneFor(props.frame, props.event.timeZone);
  const phase = phaseOf(props);
  const parts: RegistrationParts = { ...props, zone, phase };
  const steps = stepsOf(parts);
  return (
    <Layout frame={props.frame} title={`${headTitle(parts)}: ${props.event.title}`} at="registrations">
      <RegistrationHead {...parts} />
      <div class="wrap">
        <RegistrationTicket {...parts} />
        <MailNote {...parts} />
        <DeclinedNote {...parts} />
        {props.instead && (phase === 'denied' || phase === 'ineligible') ? (
          <InsteadTicket frame={props.frame} instead={props.instead} />
        ) : null}
        <div class="columns">
          <div>
            {steps.length > 0 ? (
              <section class="section">
                <h2>What happens next</h2>
                <Steps steps={steps} />
              </section>
            ) : (
              <RegistrationSide {...parts} />
            )}
          </div>
          {steps.length > 0 ? <RegistrationSide {...parts} /> : null}
        </div>
      </div>
    </Layout>
  );
};
