import { noteOf, type Facts, type RegistrationLetter } from '../facts.ts';
import type { Section, Words } from '../message.ts';
import { goneRows, onDay, ticket, when } from './ticket.ts';

/** Who is turned away may not know more of the event than its title and time, so no page of it is linked. */
const wrong = (contact: string): Section[] => [
  { heading: 'If we got this wrong', paragraphs: [{ words: `Write to ${contact}, and a person reads it.` }] },
];

const over = (facts: Facts, label: string) => ticket(facts, 'over', goneRows(facts, label));

export const denied = (letter: RegistrationLetter, facts: Facts, contact: string): Words => ({
  subject: `We can’t give you a seat on ${onDay(facts)}: ${facts.title}`,
  heading: `We can’t give you a seat on ${onDay(facts)}`,
  intro: noteOf(letter),
  ticket: over(facts, 'No seat'),
  sections: wrong(contact),
});

export const ineligible = (_letter: RegistrationLetter, facts: Facts, contact: string): Words => ({
  subject: `You left the waitlist: ${when(facts)}, ${facts.title}`,
  heading: `We can’t give you a seat on ${onDay(facts)}`,
  intro: [
    'Your turn on the waitlist came, but what we knew of your agency is out of date, so we could not confirm that you may attend. The next person has the seat.',
  ],
  ticket: over(facts, 'No seat'),
  sections: wrong(contact),
});

export const eventCancelled = (letter: RegistrationLetter, facts: Facts): Words => ({
  subject: `Canceled: ${when(facts)}, ${facts.title}`,
  heading: `We canceled the training on ${onDay(facts)}`,
  intro: [
    ['We are sorry.', ...noteOf(letter)].join(' '),
    letter.owed.calendar
      ? 'You don’t need to do anything, and your calendar clears itself.'
      : 'You don’t need to do anything.',
  ],
  ticket: over(facts, 'Canceled'),
  sections: [],
});

export const cancelledByPerson = (letter: RegistrationLetter, facts: Facts): Words => {
  const hadSeat = letter.owed.calendar !== null;
  return {
    subject: `${hadSeat ? 'You gave your seat back' : 'You withdrew'}: ${when(facts)}, ${facts.title}`,
    heading: hadSeat ? 'You gave your seat back' : 'You withdrew your registration',
    intro: [
      hadSeat
        ? 'The next person waiting has it at once. Your calendar clears itself.'
        : 'You no longer wait for a seat.',
    ],
    ticket: over(facts, hadSeat ? 'Given back' : 'Withdrawn'),
    sections: [
      {
        heading: 'If you changed your mind',
        paragraphs: [
          {
            words: 'You can register again while registration is open.',
            link: { words: 'See the training', url: letter.links.event },
          },
        ],
      },
    ],
  };
};

export const cancelledByStaff = (letter: RegistrationLetter, facts: Facts, contact: string): Words => ({
  subject: `We ended your registration: ${when(facts)}, ${facts.title}`,
  heading: `We ended your registration for ${onDay(facts)}`,
  intro: [...noteOf(letter), ...(letter.owed.calendar ? ['Your calendar clears itself.'] : [])],
  ticket: over(facts, 'Ended'),
  sections: wrong(contact),
});
