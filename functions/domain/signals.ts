import { hostOfEmail, type Host, type HostRecord } from './audience.ts';
import { isStanding, type Registration } from './registration.ts';

/** What our own records say of somebody who waits to be checked. It informs; it never decides. */
export type Signal =
  | { readonly kind: 'colleagues'; readonly count: number }
  | { readonly kind: 'look-alike'; readonly of: Host }
  | { readonly kind: 'free-mail' }
  | { readonly kind: 'nobody-before' };

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

/** Letters that are taken for one another, and no separators: `harlow-sheriff` and `harlowsheriff` read alike. */
const skeleton = (host: Host): string =>
  host
    .replaceAll(/[.-]/g, '')
    .replaceAll('0', 'o')
    .replaceAll(/[1i]/g, 'l')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');

/** Whether a host reads like another without being it: the same skeleton, or one letter more, less or other. */
export function looksLike(host: Host, known: Host): boolean {
  if (host === known) return false;
  const [a, b] = [skeleton(host), skeleton(known)];
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 8) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end <= 1;
}

/**
 * What is known beside an applicant.
 * @param people everybody of the same event
 * @param known every host that was decided on
 */
export function signalsOf(
  applicant: Registration,
  people: readonly Registration[],
  record: HostRecord | null,
  known: readonly Host[],
): Signal[] {
  const host = hostOfEmail(applicant.email);
  const colleagues = people.filter(
    (other) =>
      other.person !== applicant.person &&
      hostOfEmail(other.email) === host &&
      isStanding(other.status) &&
      other.status !== 'pending',
  ).length;
  const alike = record ? undefined : known.find((other) => looksLike(host, other));
  const signals: Signal[] = [];
  if (alike) signals.push({ kind: 'look-alike', of: alike });
  if (isFreeMail(host)) signals.push({ kind: 'free-mail' });
  else if (colleagues > 0) signals.push({ kind: 'colleagues', count: colleagues });
  else signals.push({ kind: 'nobody-before' });
  return signals;
}
