import { hostOfEmail, type Host, type HostRecord } from './audience.ts';
import { countColleagues, type Colleague, type Colleagues } from './colleague.ts';
import { isOtherScript, lookAlikes } from './look-alike.ts';
import { isSponsorWanted, isStanding, type Registration, type Sponsor } from './registration.ts';
import type { Instant } from './time.ts';

/** What our own records say about somebody who waits to be checked. It informs; it never decides. */
export type Signal =
  | ({ readonly kind: 'colleagues' } & Colleagues)
  | { readonly kind: 'look-alike'; readonly of: Host }
  | { readonly kind: 'other-script' }
  | { readonly kind: 'sponsor'; readonly sponsor: Sponsor }
  | { readonly kind: 'sponsor-wanted'; readonly at: Instant }
  | { readonly kind: 'denied-before'; readonly appliedAt: Instant; readonly reason: string }
  | { readonly kind: 'free-mail'; readonly sponsorNamed: boolean }
  /** Nobody at their host was approved, and this many were denied. */
  | { readonly kind: 'nobody-before'; readonly denied: number };

/** Providers that anybody may have a mailbox with. */
const FREE_MAIL = new Set([
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'yahoo.com',
  'icloud.com',
  'aol.com',
  'proton.me',
  'protonmail.com',
  'gmx.com',
  'mail.com',
  'freemail.example.org',
]);

export const isFreeMail = (host: Host): boolean => FREE_MAIL.has(host);

/** What our records hold about an applicant and their host. */
export interface Records {
  /** Everybody of the same event. */
  readonly people: readonly Registration[];
  /** The applicant's registrations at any event. */
  readonly own: readonly Registration[];
  /** Whom of the applicant's host staff answered, at any event. */
  readonly answered: readonly Colleague[];
  /** What staff know of the applicant's host. */
  readonly host: HostRecord | null;
  /** Of the hosts that were decided on, the one that another reads like. */
  readonly alike: (host: Host) => Host | null;
}

/** What is known about an applicant. */
export function signalsOf(applicant: Registration, { people, answered, own, host: record, alike }: Records): Signal[] {
  const host = hostOfEmail(applicant.email);
  const colleagues = countColleagues(host, people, answered, applicant.person);
  const like = record ? null : alike(host);
  const { sponsor, askedBefore = [] } = applicant;
  // asking somebody else takes no "I don't know them" out of sight
  const asked = [...(sponsor ? [sponsor] : []), ...askedBefore.filter(({ answer }) => answer === 'unknown')];
  const signals: Signal[] = asked.map((one) => ({ kind: 'sponsor', sponsor: one }));
  if (applicant.sponsorWantedAt !== undefined && isSponsorWanted(applicant))
    signals.push({ kind: 'sponsor-wanted', at: applicant.sponsorWantedAt });
  if (like) signals.push({ kind: 'look-alike', of: like });
  if (!record && isOtherScript(host)) signals.push({ kind: 'other-script' });
  for (const { appliedAt, reason } of own.filter(({ status }) => status === 'denied'))
    signals.push({ kind: 'denied-before', appliedAt, reason });
  if (isFreeMail(host)) signals.push({ kind: 'free-mail', sponsorNamed: sponsor !== undefined });
  else if (colleagues.approved > 0) signals.push({ kind: 'colleagues', ...colleagues });
  else if (sponsor?.answer !== 'confirmed' || colleagues.denied > 0)
    signals.push({ kind: 'nobody-before', denied: colleagues.denied });
  return signals;
}

/** Confirmed by a supervisor, or with colleagues whom we know, and without a warning. */
export const isVouchedFor = (signals: readonly Signal[]): boolean =>
  signals.some((signal) => signal.kind === 'colleagues' || isConfirmed(signal)) &&
  !signals.some((signal) => WARNINGS.has(signal.kind) || isDoubted(signal));

const WARNINGS: ReadonlySet<Signal['kind']> = new Set(['look-alike', 'other-script', 'denied-before']);

const isConfirmed = (signal: Signal): boolean => signal.kind === 'sponsor' && signal.sponsor.answer === 'confirmed';
const isDoubted = (signal: Signal): boolean => signal.kind === 'sponsor' && signal.sponsor.answer === 'unknown';

/** A host that people come from and nobody has decided on. */
export interface UndecidedHost {
  readonly host: Host;
  /** The agency as most of them wrote it. */
  readonly agency: string;
  readonly waiting: readonly Registration[];
  readonly looksLike: Host | null;
  readonly isOtherScript: boolean;
  /** It was decided on once, and that has ended. */
  readonly expired: boolean;
}

/** Hosts to decide on, those with most people waiting first. Providers that anybody can use are never asked about. */
export function undecidedHosts(
  people: readonly Registration[],
  known: readonly Host[],
  expired: ReadonlySet<Host>,
): UndecidedHost[] {
  const alike = lookAlikes(known);
  const decided = new Set(known.filter((host) => !expired.has(host)));
  const byHost = Map.groupBy(
    people.filter(({ status }) => isStanding(status) || status === 'denied'),
    ({ email }) => hostOfEmail(email),
  );
  return [...byHost]
    .filter(([host, them]) => !decided.has(host) && !isFreeMail(host) && them.some(({ status }) => isStanding(status)))
    .map(([host, them]) => ({
      host,
      agency: mostWritten(them.map(({ profile }) => profile?.agency ?? '')),
      waiting: them.filter(({ status }) => status === 'pending'),
      looksLike: alike(host),
      isOtherScript: isOtherScript(host),
      expired: expired.has(host),
    }))
    .toSorted((a, b) => b.waiting.length - a.waiting.length || a.host.localeCompare(b.host));
}

function mostWritten(words: readonly string[]): string {
  const counts = Map.groupBy(words.filter(Boolean), (word) => word);
  return [...counts].toSorted((a, b) => b[1].length - a[1].length)[0]?.[0] ?? '';
}
