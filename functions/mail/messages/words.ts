import { clockWithZone, durationWords } from '../../domain/time.ts';
import type { Letter } from '../../usecases/context.ts';
import { factsOf, type RegistrationLetter, type SignInLetter } from '../facts.ts';
import type { Message, Words } from '../message.ts';
import type { MailSettings } from '../settings.ts';
import { cancelledByPerson, cancelledByStaff, denied, eventCancelled, ineligible } from './ended.ts';
import { calledBack, declined } from './answered.ts';
import { changed, confirmed, entryGone, otherSessions, toChoose } from './seat.ts';
import { giverOf, seatHandedOver, seatOffered } from './hand-over.ts';
import { restored } from './restored.ts';
import { sponsorAsked, sponsorWanted } from './sponsor.ts';
import { changedWhileWaiting, pending, waitlisted } from './waiting.ts';

const OFFICE = 'DHS Center for Countering Human Trafficking.';

/** The words of a letter. */
export function messageOf(letter: Letter, settings: MailSettings): Message {
  return letter.about === 'sign-in' ? signIn(letter, settings) : aboutRegistration(letter, settings);
}

function aboutRegistration(letter: RegistrationLetter, { contact }: MailSettings): Message {
  return {
    ...wordsOf(letter, contact),
    footer: [
      {
        words: `You get this because ${because(letter)}. Don’t reply to this address. Write to ${contact}.`,
      },
      { words: OFFICE, link: { words: 'Privacy Act notice', url: letter.links.privacy } },
    ],
  };
}

function because(letter: RegistrationLetter): string {
  const { kind } = letter.owed;
  if (kind === 'seat-offered') return `${giverOf(letter)} gave us ${letter.to} to offer you a seat`;
  if (kind === 'sponsor-asked') return `${letter.registration.email} named ${letter.to} as somebody who knows them`;
  return `you ${letter.registration.registeredBy ? 'were registered' : 'registered'} with ${letter.to}`;
}

function wordsOf(letter: RegistrationLetter, contact: string): Words {
  const { kind, calendar } = letter.owed;
  const facts = factsOf(letter, calendar ?? undefined);
  const gone = calendar?.method === 'CANCEL';
  switch (kind) {
    case 'confirmed':
      return calendar ? confirmed(letter, facts) : toChoose(letter, facts);
    case 'waitlisted':
      return waitlisted(letter, facts);
    case 'pending':
      return pending(letter, facts);
    case 'denied':
      return denied(letter, facts, contact);
    case 'changed-answers':
      return gone ? entryGone(letter, facts) : otherSessions(letter, facts);
    case 'event-changed':
      if (calendar === null) return changedWhileWaiting(letter, facts);
      return gone ? entryGone(letter, facts) : changed(letter, facts);
    case 'event-cancelled':
      return eventCancelled(letter, facts);
    case 'cancelled-by-person':
      return cancelledByPerson(letter, facts);
    case 'cancelled-by-staff':
      return cancelledByStaff(letter, facts, contact);
    case 'seat-offered':
      return seatOffered(letter, facts);
    case 'seat-handed-over':
      return seatHandedOver(letter, facts);
    case 'sponsor-asked':
      return sponsorAsked(letter, facts);
    case 'sponsor-wanted':
      return sponsorWanted(letter, facts);
    case 'declined':
      return declined(letter, facts);
    case 'called-back':
      return calledBack(letter, facts);
    case 'ineligible':
      return ineligible(letter, facts, contact);
    case 'restored':
      return restored(letter, facts);
  }
}

function signIn(letter: SignInLetter, { contact }: MailSettings): Message {
  const code = `${letter.code.slice(0, 3)} ${letter.code.slice(3)}`;
  const lasts = durationWords(letter.validUntil - letter.stamp);
  return {
    subject: `${code} is your sign-in code`,
    heading: 'Your sign-in code',
    code,
    intro: [`It works for ${lasts}, until ${clockWithZone(letter.validUntil, letter.zone)}.`],
    sections: [
      {
        heading: 'If you didn’t ask for it',
        paragraphs: [
          {
            words:
              'You don’t need to do anything. Nobody gets in without the code, and nobody from the desk asks you for it.',
          },
        ],
      },
    ],
    footer: [
      {
        words: `You get this because somebody entered ${letter.to} on our sign-in page. Don’t reply to this address. Write to ${contact}.`,
      },
      { words: OFFICE },
    ],
  };
}
