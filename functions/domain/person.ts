import * as z from 'zod';
import { Host } from './audience.ts';
import { PersonId } from './ids.ts';
import { lineOfText, optionalLine } from './text.ts';
import { InstantNumber, TimeZone } from './time.ts';

/**
 * A mail address as it is kept: small letters, ASCII before the at sign (SES takes no other), a whole host after it.
 * At most 254 characters (RFC 5321 section 4.5.3.1.3 less the angle brackets).
 */
export const Email = z
  .string()
  .trim()
  // before letters are made small: the Kelvin sign becomes a plain k
  .refine((email) => !/[^\0-\x7f]/.test(email), {
    error: 'This address has letters of another alphabet, which look like others. Type it again by hand',
    abort: true,
  })
  .toLowerCase()
  .max(254, 'Give an address of at most 254 characters')
  .regex(
    /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[^@\s]+$/,
    'Enter an email address, like name@agency.gov',
  )
  .refine((email) => Host.safeParse(email.slice(email.lastIndexOf('@') + 1)).success && !email.endsWith('.'), {
    message: 'Enter an email address, like name@agency.gov',
  })
  .brand('Email');
export type Email = z.infer<typeof Email>;

/** What people say about themselves. Names are as they want them; nothing is derived from one. */
export const Profile = z.object({
  name: lineOfText(100, 'Enter your name'),
  givenName: optionalLine(60).optional(),
  familyName: optionalLine(60).optional(),
  agency: lineOfText(120, 'Enter the agency or organization you work for'),
  /** Asked only of people on DHS hosts. */
  component: optionalLine(60).optional(),
  title: optionalLine(80).optional(),
  timeZone: TimeZone,
});
export type Profile = z.infer<typeof Profile>;

/** A verified mail address and the profile given with it. */
export const Person = z.object({
  id: PersonId,
  rev: z.int().min(1),
  email: Email,
  /** Null until the first registration or visit to the profile page. */
  profile: Profile.nullable(),
  /** Holds the staff role in sessions from the identity provider. */
  staff: z.boolean(),
  /** Until when staff's approval of this person holds, by program. It never says anything about their host. */
  approvals: z.record(z.string(), InstantNumber).default({}),
  /** Exclusive hosts whose people they register from lists; staff named them for each. */
  coordinates: z.array(Host).default([]),
  /** Sessions that began under an earlier epoch are over: this is how one signs out everywhere. */
  epoch: z.int().min(0),
  /** The version of the calendar feed's secret address. */
  feed: z.int().min(1),
});
export type Person = z.infer<typeof Person>;

/** The name to greet somebody by: the given name, else the name's first word, else nothing. */
export const firstName = (profile: Profile | null): string => profile?.givenName || profile?.name.split(' ')[0] || '';

/** "Adair, Noelle": how a list sorts people; the family name where it was given, else the last word of the name. */
export function sortName(profile: Pick<Profile, 'name' | 'givenName' | 'familyName'>): string {
  if (profile.familyName && profile.givenName) return `${profile.familyName}, ${profile.givenName}`;
  const words = profile.name.split(' ');
  return words.length > 1 ? `${words.at(-1)}, ${words.slice(0, -1).join(' ')}` : profile.name;
}
