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

/** To the applicant: staff would like somebody to confirm them. */
export const sponsorWanted = (letter: RegistrationLetter, facts: Facts): Words => ({
  subject: `Who can confirm you? ${when(facts)}, ${facts.title}`,
  heading: 'Who can confirm you?',
  intro: [
    `We are still checking that you may attend on ${onDay(facts)}, and our own records don’t say enough. A supervisor or colleague whose address we know can confirm you with one press. You don’t hold a seat yet.`,
  ],
  ticket: ticket(facts, 'open', whenRows(facts)),
  sections: [
    {
      heading: 'Name a supervisor or colleague',
      paragraphs: [
        {
          words: 'Sign in and enter their work address. We email them one button.',
          link: { words: 'Name somebody', url: letter.links.supervisor },
        },
      ],
    },
    {
      heading: 'If you have another work address',
      paragraphs: [
        {
          words: 'If only your agency uses it, you may be in right away. Sign in with it, and register there.',
          link: { words: 'See this training', url: letter.links.event },
        },
      ],
    },
    {
      heading: 'If you do nothing',
      paragraphs: [
        {
          words: 'The training desk decides without it.',
          link: { words: 'See my registration', url: letter.links.registration },
        },
      ],
    },
  ],
});
