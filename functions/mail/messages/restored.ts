import { clockWithZone, instantOf, InstantText, monthDay } from '../../domain/time.ts';
import type { Facts, RegistrationLetter } from '../facts.ts';
import type { Words } from '../message.ts';
import { ofSeveral, seat } from './seat.ts';
import { onDay, ticket, when, whenRows } from './ticket.ts';
import { leave } from './waiting.ts';

/**
 * The desk lost what happened after the moment in the note, and says how the registration stands. A person who waits
 * is sent a cancellation, since they may have been given a seat in the lost time.
 */
export function restored(letter: RegistrationLetter, facts: Facts): Words {
  const lost = `Our records were set back to ${momentOf(letter, facts)}, and what was done after that is lost.`;
  const again = 'If you changed or gave up anything later, do it again.';
  if (letter.owed.calendar?.method !== 'CANCEL')
    return {
      subject: `You still have a seat: ${when(facts)}, ${facts.title}`,
      heading: 'You still have a seat',
      intro: [
        `${lost} By our records you have this seat. Your calendar follows by itself.`,
        `${again} If your calendar shows this training twice, delete the other entry.`,
        ...ofSeveral(letter, facts),
      ],
      ...seat(letter, facts, whenRows(facts), 'The same link as before.'),
    };
  const checked = letter.registration.status === 'pending';
  const stands = checked ? 'we are still checking that you may attend' : 'you are on the waitlist';
  return {
    subject: `${checked ? 'We are still checking that you may attend' : 'You are still on the waitlist'}: ${when(facts)}, ${facts.title}`,
    heading: checked
      ? 'We are still checking that you may attend'
      : `You are still on the waitlist for ${onDay(facts)}`,
    intro: [
      `${lost} By our records ${stands}, and you don’t hold a seat yet. If your calendar has an entry for this, it goes by itself.`,
      again,
    ],
    ticket: ticket(facts, 'open', whenRows(facts)),
    sections: leave(letter, checked ? 'Withdraw my application' : 'Leave the waitlist'),
  };
}

function momentOf({ owed }: RegistrationLetter, { own }: Facts): string {
  const at = InstantText.safeParse(owed.note);
  if (!at.success) return 'an earlier time';
  return `${clockWithZone(instantOf(at.data), own)} on ${monthDay(instantOf(at.data), own)}`;
}
