import * as z from 'zod';

/** RFC 4648 base32 in small letters, the letter of each value: safe in addresses, keys and calendar UIDs. */
export const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
/** 16 of them are 80 bits. */
const LETTERS = '[a-z2-7]{16}';

const id = <Brand extends string>(prefix: string, brand: Brand) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_${LETTERS}$`), `Give an id that starts with ${prefix}_`)
    .brand(brand);

export const ProgramId = id('prg', 'ProgramId');
export type ProgramId = z.infer<typeof ProgramId>;

export const EventId = id('evt', 'EventId');
export type EventId = z.infer<typeof EventId>;

export const SessionId = id('ses', 'SessionId');
export type SessionId = z.infer<typeof SessionId>;

export const PersonId = id('per', 'PersonId');
export type PersonId = z.infer<typeof PersonId>;

export const JobId = id('job', 'JobId');
export type JobId = z.infer<typeof JobId>;

/** Names one attempt of one person at one event, so that an action on a past attempt finds that attempt ended. */
export const RegistrationId = z
  .string()
  .regex(new RegExp(`^reg_${LETTERS}${LETTERS}[1-9][0-9]{0,5}$`), 'Give an id that starts with reg_')
  .brand('RegistrationId');
export type RegistrationId = z.infer<typeof RegistrationId>;

/** The seats that people compete for: an event's, or a session's where they pick one sitting. */
export type PoolId = EventId | SessionId;

const letters = (value: string): string => value.slice(4);

export const registrationId = (event: EventId, person: PersonId, attempt: number): RegistrationId =>
  RegistrationId.parse(`reg_${letters(event)}${letters(person)}${attempt}`);

/** What a registration's id says: its event, its person and which attempt of theirs it is. */
export function partsOfRegistrationId(registration: RegistrationId): {
  event: EventId;
  person: PersonId;
  attempt: number;
} {
  return {
    event: EventId.parse(`evt_${registration.slice(4, 20)}`),
    person: PersonId.parse(`per_${registration.slice(20, 36)}`),
    attempt: Number(registration.slice(36)),
  };
}

/** The event named at the end of a page's address: `/trainings/<words>-evt_…`. The words may change, the id decides. */
export function eventIdOfSlug(slug: string): EventId | null {
  const found = EventId.safeParse(/evt_[a-z2-7]{16}$/.exec(slug)?.[0]);
  return found.success ? found.data : null;
}

/** The address words of a title, with the event's id at the end. */
export const slugOf = (title: string, event: EventId): string =>
  `${title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')}-${event}`.replace(/^-/, '');
