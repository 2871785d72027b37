import type { Instant } from '../../../functions/domain/time.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Errors } from '../../components/field.tsx';
import type { DeskFrame } from '../../frame.ts';
import { counted } from '../../words/when.ts';
import { EventFrame, type StaffEvent } from './event-frame.tsx';
import type { HostValues } from './host-form.tsx';
import { ReviewGroup } from './review-group.tsx';
import { ReviewHosts, type HostToDecide } from './review-hosts.tsx';

/** What our own data says of an applicant; it informs, it never decides. */
export interface Signal {
  readonly tone: 'good' | 'warn' | 'bad';
  readonly icon: Extract<IconName, 'people' | 'mail' | 'help' | 'error' | 'history'>;
  readonly words: string;
}

export interface Applicant {
  readonly registrationId: string;
  readonly name: string;
  readonly title: string;
  readonly agency: string;
  readonly email: string;
  /** "Shared: more than one office", "Not decided", "Free mail". */
  readonly hostNote: string;
  readonly signals: readonly Signal[];
  readonly reason: string;
  /** "3:00 PM", and where it is full, that an approval leads to its waitlist; empty where people take all. */
  readonly session: string;
  readonly sessionFull: boolean;
  readonly answerBy: Instant;
}

/** The panel that opens before anybody is denied: the reasons to choose from, and the email each leads to. */
export interface Denying {
  readonly registrationIds: readonly string[];
  readonly reasons: readonly {
    readonly value: string;
    readonly words: string;
    /** The email's paragraphs, as they will be sent. */
    readonly email: readonly string[];
  }[];
  readonly chosen: string;
  /** Typed where `chosen` is `other`. */
  readonly other: string;
  /** The training that is offered instead, or null where there is none. */
  readonly instead: { readonly words: string; readonly offered: boolean } | null;
  readonly errors: Errors;
}

export interface ReviewPageProps {
  readonly frame: DeskFrame;
  readonly event: StaffEvent;
  /** An approval counts for the program's other events too; not where everybody is reviewed. */
  readonly remembers: boolean;
  /** Confirmed by somebody, or with colleagues we know. Each group by the promised day. */
  readonly known: readonly Applicant[];
  /** Nothing known yet, or a warning. */
  readonly unknown: readonly Applicant[];
  readonly hosts: readonly HostToDecide[];
  /** The form of the first of them. */
  readonly hostForm: HostValues | null;
  /** Registration ids that stay ticked. */
  readonly picked: readonly string[];
  readonly denying: Denying | null;
  /** A button was pressed with nobody ticked. */
  readonly nobodyPicked: boolean;
}

/**
 * `/staff/events/:id/review`. Each group is a form that posts `registration` (ticked) and `do`: `approve`, or `deny`,
 * which answers with the panel, or `ask-for-sponsor`; the panel posts `registration`, `reason`, `other`, `offer` and `do` `deny-send`.
 */
export const ReviewPage = (props: ReviewPageProps) => {
  const { frame, event, known, unknown } = props;
  const [first] = [...known, ...unknown];
  const toTick = props.nobodyPicked ? first : undefined;
  return (
    <EventFrame
      frame={frame}
      event={event}
      at="review"
      title="To review"
      error={toTick !== undefined || (props.denying?.errors.length ?? 0) > 0}
    >
      {toTick ? (
        <div class="error-summary" role="alert" tabindex={-1} autofocus>
          <h2>Tick at least one person</h2>
          <p>
            Nobody was approved, denied or asked. <a href={`#pick-${toTick.registrationId}`}>Go to the first person</a>
          </p>
        </div>
      ) : null}
      {known.length === 0 && unknown.length === 0 ? (
        <p class="empty">
          Nobody waits for an answer. People whom a person must check will be here, with the day we promised.
        </p>
      ) : null}
      {known.length > 0 ? (
        <ReviewGroup
          {...props}
          id="known"
          heading={`Confirmed or with known colleagues: ${counted(known.length, 'person', 'people')}`}
          note={`Approving lets these people in, and only them${props.remembers ? ', for 12 months' : ''}. It never approves their email host: that is a second decision.`}
          people={known}
          filled
        />
      ) : null}
      {unknown.length > 0 ? (
        <ReviewGroup
          {...props}
          id="unknown"
          heading={`Nothing known yet, or a warning: ${counted(unknown.length, 'person', 'people')}`}
          note="Call the agency at its published number if you are not sure, and note the call."
          people={unknown}
          asks
          filled={known.length === 0}
        />
      ) : null}
      <ReviewHosts {...props} form={props.hostForm} />
    </EventFrame>
  );
};
