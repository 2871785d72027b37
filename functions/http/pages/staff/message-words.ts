import type { MessageKind } from '../../../domain/owed.ts';
import type { NotArrived } from '../../../domain/returned.ts';

/** What each kind of message is called on staff pages. */
export const MESSAGE_WORDS: Readonly<Record<MessageKind, string>> = {
  confirmed: 'Confirmation',
  waitlisted: 'Waitlist',
  pending: 'Being checked',
  denied: 'Denial',
  'changed-answers': 'Changed sessions',
  'event-changed': 'Change',
  'event-cancelled': 'Cancellation',
  'cancelled-by-person': 'Seat given back',
  'cancelled-by-staff': 'Canceled by the desk',
  'seat-offered': 'Seat offered to a colleague',
  'seat-handed-over': 'Seat handed over',
  'sponsor-asked': 'Supervisor asked to confirm',
  'sponsor-wanted': 'Asked for a sponsor or work email',
  declined: 'Declined in their calendar',
  'called-back': 'Called back again',
  ineligible: 'No longer qualifies',
  restored: 'How they stand after a restore',
};

/** What became of a message that came back or is late. */
export const RETURNED_WORDS: Readonly<Record<NotArrived['how'], string>> = {
  bounced: 'The address takes no mail',
  undelivered: 'The other server did not take it in time',
  refused: 'The mail service would not send it',
  complained: 'It was marked as spam',
  delayed: 'Late: the other server does not take it yet',
};
