import type { Facts, RegistrationLetter } from '../facts.ts';
import type { Words } from '../message.ts';
import { goneRows, onDay, ticket, when, whenRows } from './ticket.ts';

/** Their calendar said no. The seat is theirs until they press the other button. */
export const declined = ({ links }: RegistrationLetter, facts: Facts): Words => ({
  subject: `You still have your seat: ${when(facts)}, ${facts.title}`,
  heading: 'You declined in your calendar, and still have your seat',
  intro: [
    'Declining tells us, but it gives nothing back: a seat that is given back may go to the next person at once.',
  ],
  ticket: ticket(facts, 'open', whenRows(facts)),
  sections: [
    {
      heading: 'If you can’t come',
      paragraphs: [
        { words: 'Somebody else can have it.', link: { words: 'Give my seat back', url: links.giveBack } },
        { words: 'It takes one press, until the start.' },
      ],
    },
    {
      heading: 'If you come after all',
      paragraphs: [
        {
          words: 'You don’t need to do anything. If the entry is gone from your calendar, have it sent again.',
          link: { words: 'See my registration', url: links.registration },
        },
      ],
    },
  ],
});

/** Their calendar answered an invitation that no longer holds, and may have put the entry back. */
export const calledBack = ({ links }: RegistrationLetter, facts: Facts): Words => ({
  subject: `No seat any more: ${when(facts)}, ${facts.title}`,
  heading: `You have no seat on ${onDay(facts)}`,
  intro: [
    'Your calendar answered an invitation that we had called back before. Answering it gives you no seat.',
    'We call it back once more, and your calendar clears itself.',
  ],
  ticket: ticket(facts, 'over', goneRows(facts, 'Called back')),
  sections: [
    {
      heading: 'What you are registered for',
      paragraphs: [{ words: '', link: { words: 'All my registrations', url: links.registrations } }],
    },
  ],
});
