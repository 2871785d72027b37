import { clockWithZone, dateWithoutYear, localDay } from '../../functions/domain/time.ts';
import type { Step } from '../components/steps.tsx';
import { eventWord } from '../words/kind.ts';
import { reviewTimesWords } from '../words/standing.ts';
import { firstStart } from '../words/when.ts';
import type { RegistrationParts } from './registration.tsx';

/** What happens next, with dates, while there is something to come. */
export function stepsOf(parts: RegistrationParts): Step[] {
  if (parts.phase === 'confirmed') return confirmed(parts);
  if (parts.phase === 'waitlisted') return waitlisted(parts);
  return parts.phase === 'pending' ? pending(parts) : [];
}

function confirmed({ registration, frame, zone }: RegistrationParts): Step[] {
  const next = registration.sessions.find((session) => session.endsAt > frame.now);
  return [
    {
      title: 'Today',
      text: 'The seat is yours. Check that the email arrived, and look in junk mail if it did not.',
      done: true,
    },
    ...(next
      ? [
          {
            title: `${dateWithoutYear(next.joinOpensAt, zone)}, ${clockWithZone(next.joinOpensAt, zone)}`,
            text: 'Open the link in any of our emails and select Join. No sign-in. The link is yours alone: whoever opens it joins as you.',
          },
        ]
      : []),
  ];
}

function waitlisted({ event, registration, frame, zone, seatsFree }: RegistrationParts): Step[] {
  const starts = firstStart(registration.sessions.length > 0 ? registration.sessions : event.sessions);
  return [
    {
      title: 'Today',
      text: seatsFree
        ? 'You have a place in line, and seats are free. It takes a moment.'
        : 'You have a place in line. We sent you an email with it.',
      done: true,
    },
    {
      title: 'If a seat frees up',
      text: 'It is yours at once. You do nothing: we email you the calendar invitation and your join link. If you can’t come any more, give it back with one press.',
    },
    ...(event.closesAt > frame.now
      ? [
          {
            title: `${dateWithoutYear(event.closesAt, zone)}, ${clockWithZone(event.closesAt, zone)}`,
            text: 'Registration closes. Seats can still free up until the start.',
          },
        ]
      : []),
    {
      title: `${dateWithoutYear(starts, zone)}, ${clockWithZone(starts, zone)}`,
      text: 'It starts. After that nobody moves up, and your place ends.',
    },
  ];
}

function pending({ registration, frame, zone, event, reviews, check }: RegistrationParts): Step[] {
  const today = localDay(registration.askedAt, zone) === localDay(frame.now, zone);
  return [
    {
      title: today ? 'Today' : dateWithoutYear(registration.askedAt, zone),
      text: 'You applied. We sent you an email that says so.',
      done: true,
    },
    {
      title: registration.answerBy ? `By ${dateWithoutYear(registration.answerBy, zone)}` : 'Within a few working days',
      text: `The training desk decides, not the trainers.${reviews ? ` ${reviewTimesWords(reviews)}` : ''}`,
    },
    {
      title: 'If the answer is yes',
      text: `You get a calendar invitation and your own join link, or a place on the waitlist where the ${eventWord(event)} is full.${check?.remembers ? ' Next time you are in right away, for 12 months.' : ''}`,
    },
    {
      title: 'If the answer is no',
      text: 'We say why and what is for you instead. You can write to us, and a person reads it.',
    },
  ];
}
