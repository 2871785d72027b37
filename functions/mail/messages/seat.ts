import { objectsOf } from '../../domain/registration.ts';
import { durationWords, instantOf, localDay, longDate, type Instant } from '../../domain/time.ts';
import { noteOf, registeredFor, type Facts, type RegistrationLetter } from '../facts.ts';
import type { Paragraph, Row, Section, Words } from '../message.ts';
import { agenda, goneRows, joinAction, moreRows, onDay, ticket, timeRow, when, whenRows } from './ticket.ts';

/** A seat: who has it, has everything here that they need. */
export const confirmed = (letter: RegistrationLetter, facts: Facts): Words => ({
  subject: `You have a seat: ${when(facts)}, ${facts.title}`,
  heading: 'You have a seat',
  intro: [
    `${facts.first === '' ? 'Here' : `${facts.first}, here`} is everything you need. The invitation is attached, so your calendar follows if the time changes.`,
    ...registeredFor(letter),
    ...ofSeveral(letter, facts),
  ],
  ...seat(letter, facts, whenRows(facts), ''),
});

/** A seat, and staff removed every session that was chosen for it: nothing is in their calendar yet. */
export const toChoose = ({ links }: RegistrationLetter, facts: Facts): Words => ({
  subject: `You have a seat, and sessions to choose: ${facts.title}`,
  heading: 'You have a seat',
  intro: ['The sessions that you chose are no longer held. Choose others, and their invitation follows.'],
  ticket: ticket(facts, 'open', whenRows(facts)),
  sections: [
    {
      heading: 'Choose your sessions',
      paragraphs: [{ words: '', link: { words: 'See or change my registration', url: links.registration } }],
    },
    {
      heading: 'If you can’t come',
      paragraphs: [{ words: 'One press is enough.', link: { words: 'Give my seat back', url: links.giveBack } }],
    },
  ],
});

/** Somebody chose otherwise: this day is another now, or the sitting is. */
export function otherSessions(letter: RegistrationLetter, facts: Facts): Words {
  const sitting = letter.event.sessionChoice === 'one';
  return {
    subject: `${sitting ? 'Your new session' : 'Your sessions'}: ${when(facts)}, ${facts.title}`,
    heading: sitting ? 'You changed your session' : `Your sessions on ${onDay(facts)}`,
    intro: [
      sitting
        ? 'You have a seat in this session. Your calendar follows by itself.'
        : 'Here is the day as you chose it. Your calendar follows by itself.',
      ...ofSeveral(letter, facts),
    ],
    ...seat(letter, facts, whenRows(facts), ''),
  };
}

/** A calendar entry is taken back, by the person's choice or ours, and the registration stands. */
export const entryGone = (letter: RegistrationLetter, facts: Facts): Words => {
  const chosen = letter.owed.kind === 'changed-answers';
  const ofMany = letter.event.sessionChoice === 'any';
  const sitting = chosen && letter.event.sessionChoice === 'one';
  const left = objectsOf(letter.registration, letter.event).length;
  return {
    subject: `${chosen ? 'Given up' : 'Canceled'}: ${when(facts)}, ${facts.title}`,
    heading: chosen
      ? `You gave up your ${sitting ? 'session' : 'sessions'} on ${onDay(facts)}`
      : ofMany
        ? `Your sessions on ${onDay(facts)} were moved or canceled`
        : `We canceled the session on ${onDay(facts)}`,
    intro: ['You don’t need to do anything, and your calendar clears that entry by itself.', ...noteOf(letter)],
    ticket: ticket(facts, 'over', [...goneRows(facts, chosen ? 'Given up' : 'Canceled'), ...moreRows(facts, null)]),
    sections:
      left === 0
        ? [
            {
              heading: 'Choose other sessions',
              paragraphs: [
                {
                  words: 'You keep your seat at the training.',
                  link: { words: 'See or change my registration', url: letter.links.registration },
                },
              ],
            },
          ]
        : [
            {
              heading: sitting ? 'Your other session' : 'What you still have',
              paragraphs: [
                {
                  words: sitting ? 'You chose another one.' : 'You keep your seat for the rest.',
                  link: { words: 'See my registration', url: letter.links.registration },
                },
              ],
            },
          ],
  };
};

/** The event changed. With the old time in the note, `from/to` in ISO 8601, the heading says what moved. */
export function changed(letter: RegistrationLetter, facts: Facts): Words {
  const was = oldTimes(letter.owed.note);
  const moved = was !== null && (was.startsAt !== facts.startsAt || was.endsAt !== facts.endsAt) ? was : null;
  return {
    subject: `${moved ? 'New time' : 'Changed'}: ${when(facts)}, ${facts.title}`,
    heading: moved ? movedWords(facts, moved) : 'The training changed',
    intro: [
      `You still have your seat. Your calendar ${moved ? 'moves' : 'follows'} by itself.`,
      ...(was === null ? noteOf(letter) : []),
      ...ofSeveral(letter, facts),
    ],
    ...seat(letter, facts, moved ? movedRows(facts, moved) : whenRows(facts), 'The same link as before.'),
  };
}

interface Times {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

const ISO = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z`;
const TIMES = new RegExp(`^(${ISO})/(${ISO})$`);

function oldTimes(note: string): Times | null {
  const [, from, to] = TIMES.exec(note) ?? [];
  return from && to ? { startsAt: instantOf(from), endsAt: instantOf(to) } : null;
}

const sameDay = ({ own }: Facts, a: Instant, b: Instant): boolean => localDay(a, own) === localDay(b, own);

function movedWords(facts: Facts, was: Times): string {
  const by = facts.startsAt - was.startsAt;
  if (by === 0) return `The training now ends ${facts.endsAt > was.endsAt ? 'later' : 'earlier'}`;
  if (!sameDay(facts, facts.startsAt, was.startsAt))
    return `The training moved to ${longDate(facts.startsAt, facts.own)}`;
  return `The training is ${durationWords(Math.abs(by)).replace(/^1 hour$/, 'one hour')} ${by > 0 ? 'later' : 'earlier'}`;
}

function movedRows(facts: Facts, was: Times): Row[] {
  const { own, zone } = facts;
  const now = { ...timeRow('Now', facts.startsAt, facts.endsAt, own, zone), strong: true };
  const then = { ...timeRow('Was', was.startsAt, was.endsAt, own, zone), gone: true };
  const date = longDate(facts.startsAt, own);
  return sameDay(facts, facts.startsAt, was.startsAt)
    ? [now, then, { label: 'Date', value: `${date}, as before` }]
    : [
        now,
        { label: 'Date', value: date, strong: true },
        then,
        { label: 'Old date', value: longDate(was.startsAt, own), gone: true },
      ];
}

/** The ticket of a standing seat and what one can do with it. */
export function seat(letter: RegistrationLetter, facts: Facts, rows: readonly Row[], lead: string) {
  const { links } = letter;
  const action = joinAction(facts, lead);
  const plain: Paragraph[] = action ? [{ words: action.plain, link: { words: action.url, url: action.url } }] : [];
  const sections: Section[] = [
    ...(plain.length === 0 ? [] : [{ heading: '', paragraphs: plain }]),
    ...agenda(facts),
    {
      heading: 'If you can’t come',
      paragraphs: [
        {
          words: 'Declining in your calendar does not give up your seat.',
          link: { words: 'Give my seat back', url: links.giveBack },
        },
        { words: 'It takes one press, until the start. The next person waiting has the seat at once.' },
      ],
    },
    {
      heading: 'Also',
      paragraphs: [
        { words: '', link: { words: 'See or change my registration', url: links.registration } },
        { words: '', link: { words: 'All my registrations', url: links.registrations } },
      ],
    },
  ];
  return { ticket: ticket(facts, 'sure', [...rows, ...moreRows(facts, letter.accommodations)], action), sections };
}

/** "This is day 2 of 3, and each has its own invitation." */
export function ofSeveral({ part }: RegistrationLetter, { unit }: Facts): string[] {
  return part.of > 1 ? [`This is ${unit} ${part.number} of ${part.of}, and each has its own invitation.`] : [];
}
