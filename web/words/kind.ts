import type { AudienceGroup } from '../../functions/domain/program.ts';
import type { SessionChoice } from '../../functions/domain/event.ts';

/** What to call an event in a sentence: "webinar", "seminar", "course". */
export function eventWord(event: {
  readonly sessionChoice: SessionChoice;
  readonly sessions: readonly unknown[];
}): string {
  if (event.sessionChoice === 'any') return 'seminar';
  return event.sessionChoice === 'all' && event.sessions.length > 1 ? 'course' : 'webinar';
}

export const GROUP_WORDS: Readonly<Record<AudienceGroup, string>> = {
  public: 'The public',
  'law-enforcement': 'Law enforcement',
  dhs: 'DHS employees',
  hsi: 'HSI special agents',
};

/** The tag of an event: whom it is for. */
export const groupTag = (group: AudienceGroup): string =>
  group === 'public' ? 'Open to everyone' : GROUP_WORDS[group];
