import { plainly } from '../../domain/text.ts';
import type { Facts, RegistrationLetter } from '../facts.ts';
import type { Words } from '../message.ts';
import { goneRows, onDay, ticket, when, whenRows } from './ticket.ts';

/** Who hands a seat over. Anybody can be offered one, so the name reaches strangers: it is reduced to plain words. */
export const giverOf = ({ registration }: RegistrationLetter): string =>
  plainly(registration.profile?.name ?? '') || registration.email;

/** To the colleague: one page with one button, after signing in. */
export const seatOffered = (letter: RegistrationLetter, facts: Facts): Words => ({
  subject: `${giverOf(letter)} offers you a seat: ${when(facts)}, ${facts.title}`,
  heading: `${giverOf(letter)} offers you a seat`,
  intro: [
    'They can’t come, and would like you to have their place. It is theirs until you say yes, and they can take the offer back.',
  ],
  ticket: ticket(facts, 'open', whenRows(facts)),
  sections: [
    {
      heading: 'If you would like to come',
      paragraphs: [
        {
          words: 'Sign in with this address and say yes. Opening the page changes nothing.',
          link: { words: 'See the offer', url: letter.links.takeOver },
        },
      ],
    },
    {
      heading: 'If not',
      paragraphs: [{ words: 'You don’t need to do anything.' }],
    },
  ],
});

/** To the person who handed it over. */
export const seatHandedOver = (_letter: RegistrationLetter, facts: Facts): Words => ({
  subject: `You handed your seat over: ${when(facts)}, ${facts.title}`,
  heading: `You handed over your seat on ${onDay(facts)}`,
  intro: ['Your colleague has it. You don’t need to do anything, and your calendar clears itself.'],
  ticket: ticket(facts, 'over', goneRows(facts, 'Handed over')),
  sections: [],
});
