import type { Child } from 'hono/jsx';
import type { IconName } from '../components/icon.tsx';
import { zoneFor } from '../frame.ts';
import { workingDays } from '../words/standing.ts';
import { daysInShort } from '../words/when.ts';
import type { EventPageProps } from './event.tsx';

export interface AudienceLine {
  readonly icon: IconName;
  readonly who: string;
  readonly what: Child;
}

/** Who may attend, in lines: right away, after a check, and not. */
export function whoMayAttend({ event, instead, reviews, frame }: EventPageProps): AudienceLine[] {
  const { kind, others } = event.audience;
  const slowest = reviews ? ` In the last 30 days the slowest answer took ${workingDays(reviews.slowest)}.` : '';
  if (kind === 'anyone' && !event.needsApproval)
    return [
      { icon: 'check', who: 'Everyone.', what: 'You need an email address that you can read, and nothing else.' },
    ];
  if (kind !== 'hosts' || event.needsApproval)
    return [
      { icon: 'clock', who: `${WHO[event.group]}.`, what: `Apply. A person at the Center checks everyone.${slowest}` },
      ...notFor(),
    ];
  return [
    { icon: 'check', who: `${WHO[event.group]}.`, what: RIGHT_AWAY[event.group] },
    ...(others === 'review'
      ? [
          {
            icon: 'clock' as const,
            who: DOUBT[event.group],
            what: `Apply. A person at the Center checks it.${slowest}`,
          },
        ]
      : []),
    ...notFor(),
  ];

  function notFor(): AudienceLine[] {
    const who = NOT[event.group];
    if (!who) return [];
    return [
      {
        icon: 'block',
        who,
        what: instead ? (
          <>
            This training is not for you.{' '}
            <a href={instead.href}>
              {instead.title}, {daysInShort(instead.sessions, zoneFor(frame, instead.timeZone))}
            </a>{' '}
            is.
          </>
        ) : (
          'This training is not for you. Others on this site are open to everyone.'
        ),
      },
    ];
  }
}

type Group = EventPageProps['event']['group'];
const WHO: Readonly<Record<Group, string>> = {
  public: 'Everyone',
  'law-enforcement': 'Local, state, tribal, territorial and federal law enforcement',
  dhs: 'DHS employees',
  hsi: 'HSI special agents',
};
const RIGHT_AWAY: Readonly<Record<Group, string>> = {
  public: 'You are in right away.',
  'law-enforcement': 'If only your agency uses your email address’s domain and we know it, you are in right away.',
  dhs: 'With your component’s email address you are in right away.',
  hsi: 'With your HSI email address you are in right away.',
};
const DOUBT: Readonly<Record<Group, string>> = {
  public: 'Not sure?',
  'law-enforcement': 'Your domain is new to us, or a city or county shares it?',
  dhs: 'A contractor, on detail, or with another address?',
  hsi: 'A task force officer, or with another address?',
};
const NOT: Readonly<Record<Group, string | null>> = {
  public: null,
  'law-enforcement': 'Not in law enforcement?',
  dhs: 'Not with DHS?',
  hsi: null,
};
