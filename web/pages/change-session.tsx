import type { StandingStatus } from '../../functions/domain/registration.ts';
import { clockWithZone, ordinal, type TimeZone } from '../../functions/domain/time.ts';
import { Button, LinkButton } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import type { Errors } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { daysInShort, people, type Timed } from '../words/when.ts';
import { Sittings, type SessionOption } from './session-fields.tsx';

interface Common {
  readonly frame: Frame;
  readonly event: { readonly title: string; readonly href: string; readonly timeZone: TimeZone };
  readonly registration: {
    /** `/registrations/:id` */
    readonly href: string;
    readonly status: StandingStatus;
    readonly session: Timed;
  };
  /** The ETag that was read; sent back as `rev`. */
  readonly rev: string;
}

export interface ChangeSessionPageProps extends Common {
  /** The other sittings that are still to come. */
  readonly others: readonly SessionOption[];
  readonly chosen: readonly string[];
  readonly errors: Errors;
}

const UNDER = {
  confirmed: 'You keep your seat until you have one in the other session. If that one is full, we ask you first.',
  waitlisted: 'Your place in this line ends. If the other session is full, you start at the end of its line.',
  pending: 'We go on checking that you may attend. You don’t hold a seat yet.',
} as const;

/** `/registrations/:id/session`: another sitting. Posts `sessions` and `rev` to itself. */
export const ChangeSessionPage = (props: ChangeSessionPageProps) => {
  const { frame, event, registration, errors } = props;
  const zone = zoneFor(frame, event.timeZone);
  return (
    <Layout frame={frame} title={`Change your session: ${event.title}`} error={errors.length > 0} at="registrations">
      <div class="wrap">
        <a class="back" href={registration.href}>
          <Icon name="back" /> My registration
        </a>
        <h1>Change your session</h1>
        <p class="lead">
          {event.title}, {daysInShort([registration.session], zone)}. You are in the{' '}
          {clockWithZone(registration.session.startsAt, zone)} session now.
        </p>
        <div class="narrow change-answers">
          <ErrorSummary errors={errors} to="change your session" />
          <form method="post" action={`${registration.href}/session`} novalidate>
            <input type="hidden" name="rev" value={props.rev} />
            <section class="form-section">
              <Sittings
                event={{ timeZone: event.timeZone, sessions: props.others }}
                zone={zone}
                chosen={props.chosen}
                errors={errors}
                under={UNDER[registration.status]}
              />
            </section>
            <div class="button-row">
              <Button big>Change my session</Button>
              <LinkButton href={registration.href} look="text">
                Leave without changing
              </LinkButton>
            </div>
          </form>
        </div>
      </div>
    </Layout>
  );
};

export interface WaitInsteadPageProps extends Common {
  readonly wanted: Timed & { readonly id: string };
  /** How many wait there. */
  readonly waiting: number;
  /** Seats are free there, and given out in line. */
  readonly room: boolean;
}

/** Asks a person who has a seat and could only wait in the other sitting. Posts `wait` to the same address. */
export const WaitInsteadPage = (props: WaitInsteadPageProps) => {
  const { frame, event, registration, wanted } = props;
  const zone = zoneFor(frame, event.timeZone);
  const there = `the ${clockWithZone(wanted.startsAt, zone)} session`;
  const title = 'Give up your seat and wait?';
  return (
    <Layout frame={frame} title={title} at="registrations">
      <div class="wrap">
        <a class="back" href={registration.href}>
          <Icon name="back" /> My registration
        </a>
        <h1>{title}</h1>
        <p class="lead">
          {event.title}, {daysInShort([wanted], zone)}
        </p>
        <p class="confirm-means">
          {props.room
            ? `In ${there} everybody waits in line a moment, and seats are given out in that order.`
            : `There is no seat in ${there} now.`}{' '}
          You would be {ordinal(props.waiting + 1)} in its line
          {props.waiting > 0 ? `, behind ${people(props.waiting)}` : ''}. You have a seat in the{' '}
          {clockWithZone(registration.session.startsAt, zone)} session. It is yours until you decide.
        </p>
        <form class="button-row" method="post" action={`${registration.href}/session`}>
          <input type="hidden" name="rev" value={props.rev} />
          <input type="hidden" name="sessions" value={wanted.id} />
          <LinkButton href={registration.href} look="outline">
            Keep my seat
          </LinkButton>
          <Button look="danger" name="wait" value="yes">
            Give up my seat and wait
          </Button>
        </form>
      </div>
    </Layout>
  );
};
