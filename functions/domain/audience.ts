import * as z from 'zod';
import { lineOfText } from './text.ts';
import { InstantNumber, type Instant } from './time.ts';

/** An exact host, in small letters and without a final dot: `hsi.dhs.gov`. Matched whole, never by its ending. */
export const Host = z
  .string()
  .trim()
  .toLowerCase()
  .transform((host) => host.replace(/\.$/, ''))
  .pipe(
    z
      .string()
      .max(253)
      .regex(/^(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})+$/, 'Give a host such as police.example.gov')
      .brand('Host'),
  );
export type Host = z.infer<typeof Host>;

/** A group of hosts that an audience can name, such as `dhs`; a host record says which lists it is on. */
export const HostList = z.enum(['dhs', 'hsi', 'law-enforcement', 'uscis', 'opla', 'acquisition']);
export type HostList = z.infer<typeof HostList>;

export const Audience = z.object({
  kind: z.enum(['anyone', 'hosts', 'review']),
  /** Exact hosts and names of lists. */
  hosts: z.array(z.string().trim().toLowerCase().min(1).max(253)).max(200).default([]),
  /** What happens to everybody else where `kind` is `hosts`. */
  others: z.enum(['review', 'refuse']).default('review'),
});
export type Audience = z.infer<typeof Audience>;

/**
 * What staff know of a host. `exclusive`: only that agency uses it. `shared`: a city, county, university or provider,
 * so each person is checked. `contractor`: an agency's contractors, a class of their own.
 */
export const HostRecord = z.object({
  host: Host,
  rev: z.int().min(1),
  agency: lineOfText(120, 'Enter the agency'),
  class: z.enum(['exclusive', 'shared', 'contractor']),
  lists: z.array(HostList).max(6),
  evidence: lineOfText(300, 'Say how it was verified'),
  verifiedBy: z.string().max(200),
  verifiedAt: InstantNumber,
  expiresAt: InstantNumber,
});
export type HostRecord = z.infer<typeof HostRecord>;

export const Approval = z.enum(['automatic', 'manual']);
export type Approval = z.infer<typeof Approval>;

/** The reason for a verdict; pages turn it into a sentence. */
export type Because =
  | 'open-to-everyone'
  | 'named-host'
  | 'exclusive-host'
  | 'shared-host'
  | 'contractor-host'
  | 'expired-host'
  | 'unknown-host'
  | 'everyone-is-checked'
  | 'approved-by-staff';

export interface Verdict {
  readonly verdict: 'qualifies' | 'review' | 'not';
  readonly because: Because;
  /** What is known of the host, where that decided: "Harlow County Sheriff's Office". */
  readonly agency: string | null;
  /** The verdict holds until then; null: as long as the audience stays the same. */
  readonly until: Instant | null;
}

/** The host of a verified address. Addresses are kept in small letters, so it only has to be cut off. */
export const hostOfEmail = (email: string): Host => Host.parse(email.slice(email.lastIndexOf('@') + 1));

/**
 * Whether somebody at a host may attend.
 * @param record what staff know of that exact host, or null
 * @param approvedUntil until when staff's approval of this very person holds, or null
 */
export function judge(
  audience: Audience,
  approval: Approval,
  host: Host,
  record: HostRecord | null,
  now: Instant,
  approvedUntil: Instant | null = null,
): Verdict {
  const judged = judgeAudience(audience, host, record, now);
  const verdict: Verdict =
    judged.verdict === 'review' && audience.kind === 'hosts' && approvedUntil !== null && now < approvedUntil
      ? { ...judged, verdict: 'qualifies', because: 'approved-by-staff', until: approvedUntil }
      : judged;
  return approval === 'manual' && verdict.verdict === 'qualifies'
    ? { ...verdict, verdict: 'review', because: 'everyone-is-checked' }
    : verdict;
}

function judgeAudience(audience: Audience, host: Host, record: HostRecord | null, now: Instant): Verdict {
  const say = (verdict: Verdict['verdict'], because: Because, until: Instant | null = null): Verdict => ({
    verdict,
    because,
    agency: record?.agency ?? null,
    until,
  });
  if (audience.kind === 'anyone') return say('qualifies', 'open-to-everyone');
  if (audience.kind === 'review') return say('review', 'everyone-is-checked');
  if (audience.hosts.includes(host)) return say('qualifies', 'named-host');
  const listed = record?.lists.some((list) => audience.hosts.includes(list)) ?? false;
  if (!record || !listed) return say(audience.others === 'review' ? 'review' : 'not', 'unknown-host');
  if (record.expiresAt <= now) return say('review', 'expired-host');
  if (record.class === 'exclusive') return say('qualifies', 'exclusive-host', record.expiresAt);
  return say('review', record.class === 'shared' ? 'shared-host' : 'contractor-host');
}
