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

/** A record before and after: `before` null where it is new. The write stands under the `rev` of `before`. */
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
 * What a decision changes, as plain data: the store writes all of it in one transaction, each part under the state that
 * it was decided on, or nothing.
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
  /** What calendars answered; each write stands under the answer that was there. */
  readonly answers?: readonly Moved<Answered>[];
  readonly owed?: readonly Owed[];
  /** Messages that were owed and are not any more: what follows a restore says instead how people stand. */
  readonly settled?: readonly OwedAboutRegistration[];
  /** The same of messages that had been given up; each must still be there. */
  readonly unparked?: readonly OwedAboutRegistration[];
  /** Answers that a person gave, for what the event page says of them. */
  readonly reviewed?: readonly Reviewed[];
  /** The same answers, by host, for what stands beside their colleagues. */
  readonly colleagues?: readonly Colleague[];
  /** The right it rests on, whose parts stay as they are: it is written only while they still are as they were read. */
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
