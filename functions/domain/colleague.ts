import * as z from 'zod';
import { Host, hostOfEmail } from './audience.ts';
import { PersonId } from './ids.ts';
import { isStanding, type Registration } from './registration.ts';
import { InstantNumber, type Instant } from './time.ts';

/** Staff's latest decision on a person at a host, for any event. It decides nothing about the host. */
export const Colleague = z.object({
  host: Host,
  person: PersonId,
  answer: z.enum(['approved', 'denied']),
  at: InstantNumber,
});
export type Colleague = z.infer<typeof Colleague>;

/** How many people of a host are looked at: a city may have thousands, and more would tell staff nothing new. */
export const MOST_COLLEAGUES = 100;

/** What became of the people of a host. */
export interface Colleagues {
  readonly approved: number;
  readonly denied: number;
  /** The earliest of these approvals that is on record. */
  readonly since: Instant | null;
  /** There may be more than were looked at. */
  readonly more: boolean;
}

/** Let in, by a person or by their address. */
const isLetIn = ({ status }: Registration): boolean => isStanding(status) && status !== 'pending';

/**
 * Counts the people of a host, each once.
 * @param people everybody of one event: an answer given before it was kept by host is found there
 * @param answered those on record of the host
 * @param except the applicant, who is no colleague of their own
 */
export function countColleagues(
  host: Host,
  people: readonly Registration[],
  answered: readonly Colleague[],
  except: PersonId | null = null,
): Colleagues {
  const here = people.filter(({ email, person }) => person !== except && hostOfEmail(email) === host);
  const others = answered.filter(({ person }) => person !== except);
  const approvals = others.filter(({ answer }) => answer === 'approved');
  const approved = new Set([...here.filter(isLetIn), ...approvals].map(({ person }) => person));
  const denied = new Set(
    [...here.filter(({ status }) => status === 'denied'), ...others.filter(({ answer }) => answer === 'denied')]
      .map(({ person }) => person)
      .filter((person) => !approved.has(person)),
  );
  const [since = null] = approvals.map(({ at }) => at).toSorted((a, b) => a - b);
  return { approved: approved.size, denied: denied.size, since, more: answered.length >= MOST_COLLEAGUES };
}
