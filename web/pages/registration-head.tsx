import { dateWithoutYear, clock, ordinal } from '../../functions/domain/time.ts';
import { EmailText } from '../components/email-text.tsx';
import { Outcome } from '../components/outcome.tsx';
import { eventWord } from '../words/kind.ts';
import type { RegistrationParts } from './registration.tsx';

export function headTitle({ phase, registration, event, seatsFree }: RegistrationParts): string {
  switch (phase) {
    case 'confirmed':
      return 'You have a seat';
    case 'waitlisted':
      return registration.place?.position && !seatsFree
        ? `You are ${ordinal(registration.place.position)} on the waitlist`
        : 'You are in line';
    case 'pending':
      return 'We are checking that you may attend';
    case 'denied':
      return 'We can’t give you a seat';
    case 'ineligible':
      return 'You can’t attend this one any more';
    case 'cancelled':
      return registration.endedBy === 'staff' ? 'Your registration was canceled' : 'You gave up your place';
    case 'event-canceled':
      return `We canceled this ${eventWord(event)}`;
    case 'over':
      return `This ${eventWord(event)} is over`;
  }
}

/** The head of a registration's page. */
export const RegistrationHead = (parts: RegistrationParts) => {
  const { phase, registration, zone, filledMeanwhile, event, frame } = parts;
  const title = headTitle(parts);
  const email = <EmailText email={registration.email} strong />;
  const [session] = registration.sessions;
  switch (phase) {
    case 'confirmed':
      return (
        <Outcome tone="good" icon="check" title={title}>
          We sent a confirmation and a calendar invitation to {email}.
        </Outcome>
      );
    case 'waitlisted':
      return (
        <Outcome tone="waiting" icon="people" title={title}>
          {parts.seatsFree ? (
            <>
              There are free seats. They are given out in the order in which people asked, and we email {email} when one
              is yours. <LooksAgain {...parts} />
            </>
          ) : filledMeanwhile && session ? (
            <>
              {event.sessionChoice === 'one'
                ? `The ${clock(session.startsAt, zone)} session`
                : `The ${eventWord(event)}`}{' '}
              filled a moment ago, while you were typing. If a seat frees up for you, it is yours at once and we email
              you.
            </>
          ) : (
            <>You don’t have a seat yet. If one frees up for you, it is yours at once and we email {email}.</>
          )}
        </Outcome>
      );
    case 'pending':
      return (
        <Outcome tone="checked" icon="clock" title={title}>
          A person at the Center does this.{' '}
          {registration.answerBy ? (
            <>
              You hear from us by <strong>{dateWithoutYear(registration.answerBy, zone)}</strong>, at {email}.
            </>
          ) : (
            <>You hear from us at {email}.</>
          )}
        </Outcome>
      );
    case 'denied':
      return (
        <Outcome tone="quiet" icon="block" title={title}>
          {registration.reason}
        </Outcome>
      );
    case 'ineligible':
      return (
        <Outcome tone="quiet" icon="block" title={title}>
          You were on the waitlist, and your address no longer qualifies for this {eventWord(event)}. If we got this
          wrong, email <a href={`mailto:${frame.site.email}`}>{frame.site.email}</a>.
        </Outcome>
      );
    case 'cancelled':
      return (
        <Outcome tone="quiet" icon="block" title={title}>
          {registration.endedBy === 'staff'
            ? (registration.reason ?? 'The training desk canceled it.')
            : 'Your calendar clears itself. You can register again while there is room.'}
        </Outcome>
      );
    case 'event-canceled':
      return (
        <Outcome tone="quiet" icon="block" title={title}>
          We are sorry. {event.cancelReason ? `${event.cancelReason} ` : null}You don’t need to do anything, and your
          calendar clears itself.
        </Outcome>
      );
    case 'over':
      return (
        <Outcome tone="quiet" icon="history" title={title}>
          {registration.status === 'confirmed' ? 'You had a seat.' : 'You were not given a seat before it started.'}
        </Outcome>
      );
  }
};

/** A page that moves by itself can be told to stand still (WCAG 2.2.2). */
const LooksAgain = ({ registration, looksAgainAfter }: RegistrationParts) =>
  looksAgainAfter === null ? (
    <a href={registration.href}>Look again</a>
  ) : (
    <>
      This page looks again every {looksAgainAfter} seconds.{' '}
      <a href={`${registration.href}?still=1`}>Stop looking again</a>
    </>
  );
