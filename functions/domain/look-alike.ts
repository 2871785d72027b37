import type { Host } from './audience.ts';

const OTHER_SCRIPT = /(?<=^|\.)xn--(?:([a-z0-9-]*)-)?[a-z0-9]+/g;

/** Whether letters of another script are in it: such names are kept in ASCII behind `xn--` (RFC 5891 section 2.3.2.1). */
export const isOtherScript = (host: Host): boolean => host.search(OTHER_SCRIPT) >= 0;

/** Letters that are taken for one another, and no separators: `harlow-sheriff` and `harlowsheriff` read alike. */
const skeleton = (host: string): string =>
  host
    .replaceAll(/[.-]/g, '')
    .replaceAll('0', 'o')
    .replaceAll(/[1i]/g, 'l')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');

/** A host as it reads at a glance. */
interface Reading {
  readonly host: Host;
  readonly whole: string;
  /** Without its last label: `agency.com` is taken for `agency.gov`. */
  readonly name: string;
  /** Only its letters of our script, where it has others too; else null. */
  readonly ours: string | null;
}

const readingOf = (host: Host): Reading => ({
  host,
  whole: skeleton(host),
  name: skeleton(host.slice(0, host.lastIndexOf('.'))),
  ours: isOtherScript(host) ? skeleton(host.replaceAll(OTHER_SCRIPT, '$1')) : null,
});

/** Shorter names often differ by one letter by accident. */
const LONG_ENOUGH = 8;

/** One letter more, less or other, or two that changed places. */
function isOneSlipFrom(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < LONG_ENOUGH) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  if (Math.max(a.length, b.length) - start - end <= 1) return true;
  return a.length - start - end === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

/** Whether the letters of one occur in the other in that order, and are most of them. */
function isMostOf(letters: string, all: string): boolean {
  if (letters.length > all.length || letters.length * 2 < all.length) return false;
  let found = 0;
  for (const letter of all) if (letter === letters[found]) found += 1;
  return found === letters.length;
}

function readLike(a: Reading, b: Reading): boolean {
  if (a.host === b.host) return false;
  if (a.whole === b.whole || a.name === b.name) return true;
  if (`.${a.host}`.includes(`.${b.host}.`)) return true;
  return a.ours === null ? isOneSlipFrom(a.whole, b.whole) : isMostOf(a.ours, b.whole);
}

/** Finds of some hosts the first that another reads like without being it. Each is read once. */
export function lookAlikes(known: readonly Host[]): (host: Host) => Host | null {
  const readings = known.map(readingOf);
  const found = new Map<Host, Host | null>();
  return (host) => {
    const before = found.get(host);
    if (before !== undefined) return before;
    const reading = readingOf(host);
    const alike = readings.find((other) => readLike(reading, other))?.host ?? null;
    found.set(host, alike);
    return alike;
  };
}
