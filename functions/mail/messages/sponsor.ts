import { plainly } from '../../domain/text.ts';
import type { Facts, RegistrationLetter } from '../facts.ts';
import type { Words } from '../message.ts';
import { onDay, ticket, when, whenRows } from './ticket.ts';

/** To a supervisor: who asks, for what, and one page with one button. */
export function sponsorAsked(letter: RegistrationLetter, facts: Facts): Words {
  const { profile, email } = letter.registration;
  const name = plainly(profile?.name ?? '') || email;
  const agency = plainly(profile?.agency ?? '');
  return {
    subject: `Do you know ${name}? ${when(facts)}, ${facts.title}`,
    heading: `Do you know ${name}?`,
    intro: [
      `${name} (${email}) asked to come to a training of ours on ${onDay(facts)} and named you as a supervisor or colleague who knows them.${agency ? ` They gave “${agency}” as their agency.` : ''}`,
    ],
    ticket: ticket(facts, 'open', whenRows(facts)),
    sections: [
      {
        heading: 'If you know them',
        paragraphs: [
          {
            words: 'Say so with one press. You don’t sign in, and opening the page changes nothing.',
            link: { words: 'Answer for them', url: letter.links.sponsor ?? letter.links.event },
          },
          { words: 'It helps the training desk, which decides.' },
        ],
      },
      {
        heading: 'If not',
        paragraphs: [{ words: 'The same page lets you say that, too. If you do nothing, nothing happens.' }],
      },
    ],
  };
}
