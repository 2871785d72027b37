import type { TrainingEvent } from './event.ts';
import type { HostRecord } from './audience.ts';
import type { Colleague } from './colleague.ts';
import type { Person } from './person.ts';
import type { Program } from './program.ts';
import type { Answered } from './calendar-answer.ts';
import type { Owed, OwedAboutRegistration } from './owed.ts';
import type { Registration, RegistrationDetails } from './registration.ts';
import type { Setting } from './setting.ts';
import type { Place, SeatsMove } from './seats.ts';
import type { Job } from './job.ts';
import type { Reviewed } from './review-times.ts';
import { actorName, type Actor } from './actor.ts';
import type { Instant } from './time.ts';

/** A record before and after: `before` null where it is new. The write is conditional on the `rev` of `before`. */
export interface Moved<T> {
  readonly before: T | null;
  readonly after: T;
}

/** Who did what, when. `entity` and `rev` name it, so it is written once. */
export interface AuditEntry {
  /** `evt_…`, `evt_…#per_…` (a registration), `per_…`, `prg_…`, a host, or a setting such as `mail`. */
  readonly entity: string;
  /** The entity's `rev` after the act; null for acts that change nothing of it, such as an export. */
  readonly rev: number | null;
  readonly at: Instant;
  readonly actor: string;
  readonly act: string;
  /** Words or figures that explain it, without personal data. */
  readonly detail: string;
}

/** A coordinator's, to register the people of a host: they are named for it, and it is exclusive. */
export interface Right {
  readonly person: Person;
  readonly host: HostRecord;
}

/**
 * What a decision changes, as plain data: the store writes all of it in one transaction, each part on the condition that
 * the state it was decided on still holds, or writes nothing.
 */
export interface Change {
  readonly registrations?: readonly Moved<Registration>[];
  /** Answers and accommodations of a registration; null deletes them. */
  readonly details?: readonly { readonly of: Registration; readonly details: RegistrationDetails | null }[];
  readonly seats?: readonly SeatsMove[];
  readonly line?: readonly ({ readonly enter: Place } | { readonly leave: Place })[];
  readonly events?: readonly Moved<TrainingEvent>[];
  readonly programs?: readonly Moved<Program>[];
  readonly people?: readonly Moved<Person>[];
  readonly hosts?: readonly Moved<HostRecord>[];
  readonly settings?: readonly Moved<Setting>[];
  readonly jobs?: readonly Job[];
  /** What calendars answered; each write is conditional on the answer that was there. */
  readonly answers?: readonly Moved<Answered>[];
  readonly owed?: readonly Owed[];
  /** Messages that are no longer owed: after a restore, others say how people stand. */
  readonly settled?: readonly OwedAboutRegistration[];
  /** The same for messages that had been given up; each must still be there. */
  readonly unparked?: readonly OwedAboutRegistration[];
  /** Decisions of staff on applicants, for what the event page says about how long they take. */
  readonly reviewed?: readonly Reviewed[];
  /** The same decisions, by host, for what staff see beside colleagues. */
  readonly colleagues?: readonly Colleague[];
  /** The right that the change rests on: it is written only while both parts are still as they were read. */
  readonly restsOn?: Right;
  readonly audit: readonly AuditEntry[];
}

export const audited = (
  entity: string,
  rev: number | null,
  at: Instant,
  actor: Actor,
  act: string,
  detail = '',
): AuditEntry => ({ entity, rev, at, actor: actorName(actor), act, detail });
