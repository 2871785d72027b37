import { SideItems, type SideItem } from '../components/steps.tsx';
import { whyChecked } from '../words/standing.ts';
import type { RegistrationParts } from './registration.tsx';

/** What the reader can do with the registration. */
export const RegistrationSide = (parts: RegistrationParts) => {
  const items = itemsOf(parts);
  return items.length === 0 ? null : (
    <section>
      <h2>{HEADINGS[parts.phase] ?? 'Good to know'}</h2>
      <SideItems items={items} />
    </section>
  );
};

const HEADINGS: Readonly<Partial<Record<RegistrationParts['phase'], string>>> = {
  confirmed: 'If your plans change',
  waitlisted: 'While you wait',
};

function itemsOf({ phase, registration, event, frame, check }: RegistrationParts): SideItem[] {
  const giveBack = `${registration.href}/give-back`;
  const agenda: SideItem[] =
    event.sessionChoice === 'any'
      ? [
          {
            title: 'Change your sessions',
            text: 'The whole agenda, with what you chose.',
            link: { href: `${event.href}/agenda`, words: 'Change my sessions' },
          },
        ]
      : event.hasOtherSittings
        ? [
            {
              title: 'Change your session',
              text:
                phase === 'confirmed' ? 'You keep your seat until you have the other.' : 'Another time may suit you.',
              link: { href: `${registration.href}/session`, words: 'Change my session' },
            },
          ]
        : [];
  switch (phase) {
    case 'confirmed':
      return [
        ...agenda,
        {
          title: 'Change your answers',
          text: 'Accommodation, or what we asked you.',
          link: { href: `${registration.href}/answers`, words: 'Change my answers' },
        },
        registration.offeredTo
          ? {
              title: 'You offered your seat to a colleague',
              text: `${registration.offeredTo} has not said yes. Until then the seat is yours.`,
              link: { href: `${registration.href}/hand-over`, words: 'See or take back the offer' },
            }
          : {
              title: 'Hand your seat to a colleague',
              text: 'To somebody who may attend, while nobody waits. It is yours until they say yes.',
              link: { href: `${registration.href}/hand-over`, words: 'Hand my seat over' },
            },
        {
          title: 'Give your seat back',
          text: 'One press, until the start. The next person waiting has it at once.',
          link: { href: giveBack, words: 'Give my seat back' },
        },
      ];
    case 'waitlisted':
      return [
        ...agenda,
        {
          title: 'You no longer want to wait',
          text: 'If you come back later, you start at the end.',
          link: { href: giveBack, words: 'Leave the waitlist' },
        },
      ];
    case 'pending':
      return [
        ...(check ? [{ title: 'Why a person checks', text: whyChecked({ ...registration, ...check }) }] : []),
        ...agenda,
        {
          title: 'You have another work address',
          text: 'If only your agency uses it, you may be in right away.',
          link: { href: `/sign-in?return=${encodeURIComponent(event.href)}`, words: 'Change address' },
        },
        {
          title: 'Change your answers',
          text: 'Answers or accommodation.',
          link: { href: `${registration.href}/answers`, words: 'Change my answers' },
        },
        {
          title: 'You no longer want to come',
          text: 'Nobody is told except the training desk.',
          link: { href: giveBack, words: 'Withdraw my application' },
        },
      ];
    case 'denied':
      return [
        {
          title: 'Did we get this wrong?',
          text: `Write to ${frame.site.email}. A person reads it.`,
        },
      ];
    case 'ineligible':
      return [
        {
          title: 'Why not any more',
          text: 'What we know of an address holds for a time. For yours it had ended when your turn came.',
        },
      ];
    case 'cancelled':
    case 'event-canceled':
    case 'over':
      return [];
  }
}
