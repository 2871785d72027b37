import { EmailText } from '../components/email-text.tsx';
import { Icon } from '../components/icon.tsx';
import type { RegistrationParts } from './registration.tsx';

/** Says that mail does not reach somebody, and what they can do. Their registration is not affected. */
export const MailNote = ({ mailTrouble, registration }: RegistrationParts) => {
  if (mailTrouble === null) return null;
  const sponsor = mailTrouble === 'sponsor' ? registration.sponsor : null;
  const email = <EmailText email={sponsor?.email ?? registration.email} strong />;
  return (
    <div class="note note-soon mail-note" role="status">
      <Icon name="warning" size={20} />
      {sponsor ? (
        <p>
          <strong>Our email to your supervisor came back.</strong> {email} did not take it.{' '}
          <a href={`${registration.href}/supervisor`}>Ask somebody else</a>, or we decide without their word.
        </p>
      ) : mailTrouble === 'address' ? (
        <p>
          <strong>Our email does not reach you.</strong> {email} sends it back. Nothing is lost: this page always has
          what we wrote. Ask whoever runs your mail to let ours in. With another address, sign in, register there, and
          give this place back.
        </p>
      ) : (
        <p>
          <strong>One of our emails did not reach you.</strong> {email} did not take it. Nothing is lost: this page has
          what it said.
        </p>
      )}
    </div>
  );
};

/** A calendar's no is an answer to its organizer; the seat is given back by a press. */
export const DeclinedNote = ({ declined, phase, registration }: RegistrationParts) =>
  declined && phase === 'confirmed' ? (
    <div class="note note-soon mail-note">
      <Icon name="warning" size={20} />
      <p>
        <strong>You declined in your calendar.</strong> Declining in your calendar does not give up your seat. If you
        can’t come, <a href={`${registration.href}/give-back`}>give your seat back</a> and the next person has it at
        once.
      </p>
    </div>
  ) : null;
