import { answerBy } from '../../domain/holidays.ts';
import { dateWithoutYear, ordinal } from '../../domain/time.ts';
import { noteOf, registeredFor, type Facts, type RegistrationLetter } from '../facts.ts';
import type { Section, Words } from '../message.ts';
import { onDay, ticket, when, whenRows } from './ticket.ts';

export function waitlisted(letter: RegistrationLetter, facts: Facts): Words {
  const place = letter.place === null ? 'on the waitlist' : `${ordinal(letter.place)} on the waitlist`;
  return {
    subject: `You are ${place}: ${when(facts)}, ${facts.title}`,
    heading: `You are ${place}`,
    intro: [
      'If a seat frees up for you, it is yours at once and we email you. Until then you don’t hold a seat.',
      ...registeredFor(letter),
    ],
    ticket: ticket(facts, 'open', whenRows(facts)),
    sections: leave(letter, 'Leave the waitlist'),
  };
}

export const pending = (letter: RegistrationLetter, facts: Facts): Words => ({
  subject: `We are checking that you may attend on ${onDay(facts)}: ${facts.title}`,
  heading: 'We are checking that you may attend',
  intro: [
    `A person does this. You hear from us by ${dateWithoutYear(answerBy(letter.registration.appliedAt), facts.own)}. You don’t hold a seat yet.`,
    ...registeredFor(letter),
  ],
  ticket: ticket(facts, 'open', whenRows(facts)),
  sections: leave(letter, 'Withdraw my application'),
});

/** The event changed for somebody who has no seat, so nothing is in their calendar. */
export const changedWhileWaiting = (letter: RegistrationLetter, facts: Facts): Words => {
  const waits = letter.registration.status === 'waitlisted';
  return {
    subject: `Changed: ${when(facts)}, ${facts.title}`,
    heading: 'The training changed',
    intro: [
      waits
        ? 'You keep your place on the waitlist. Here is how the training stands now.'
        : 'We are still checking that you may attend. Here is how the training stands now.',
      ...noteOf(letter),
    ],
    ticket: ticket(facts, 'open', whenRows(facts)),
    sections: leave(letter, waits ? 'Leave the waitlist' : 'Withdraw my application'),
  };
};

/** What a person who waits can do. */
export const leave = ({ links }: RegistrationLetter, words: string): Section[] => [
  {
    heading: 'If you can’t come',
    paragraphs: [{ words: 'One press is enough.', link: { words, url: links.giveBack } }],
  },
  {
    heading: 'Also',
    paragraphs: [
      { words: '', link: { words: 'See my registration', url: links.registration } },
      { words: '', link: { words: 'All my registrations', url: links.registrations } },
    ],
  },
];
