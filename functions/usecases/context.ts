import type { Actor } from '../domain/actor.ts';
import type { CalendarObject, TrainingEvent } from '../domain/event.ts';
import type { SessionId } from '../domain/ids.ts';
import type { OwedAboutRegistration } from '../domain/owed.ts';
import type { Email } from '../domain/person.ts';
import type { Program } from '../domain/program.ts';
import type { Accommodations } from '../domain/questions.ts';
import type { Registration } from '../domain/registration.ts';
import type { Result } from '../domain/result.ts';
import type { Instant, TimeZone } from '../domain/time.ts';
import type { Store } from './store-port.ts';

/** The time, and waiting for it; tests set both. */
export interface Clock {
  now(): Instant;
  wait(milliseconds: number): Promise<void>;
}

/** Whether the time that somebody gave us is up. */
export const isOver = ({ clock }: Pick<Context, 'clock'>, until: Instant | undefined): boolean =>
  until !== undefined && clock.now() >= until;

/** Everything random or secret. Nothing here can be turned back into what went in. */
export interface Ids {
  /** A new id, unguessable: `random('evt')`. */
  random(prefix: 'prg' | 'evt' | 'ses' | 'per' | 'job'): string;
  /** The same id for the same parts: what an Idempotency-Key makes is made once. */
  derived(prefix: 'prg' | 'evt' | 'ses' | 'per' | 'job', ...parts: readonly string[]): string;
  /** 160 unguessable bits, for tokens and challenges. */
  secret(): string;
  /** A keyed digest (HMAC) of the parts, in base32; `purpose` keeps one use from serving another. */
  sign(purpose: 'uid' | 'join' | 'feed' | 'code' | 'cursor' | 'sponsor', ...parts: readonly string[]): string;
  /** Compares two secrets in the same time wherever they differ. */
  same(one: string, other: string): boolean;
  /** A digest of something already unguessable, as the table keeps tokens. */
  hash(text: string): string;
}

/** Where a person goes; whole addresses. */
export interface LetterLinks {
  readonly event: string;
  readonly registration: string;
  /** Where an applicant names a supervisor who confirms them. */
  readonly supervisor: string;
  readonly giveBack: string;
  /** Where a colleague says yes to the seat. */
  readonly takeOver: string;
  /** Where a supervisor confirms an applicant; null but in the supervisor's own mail. */
  readonly sponsor: string | null;
  readonly registrations: string;
  readonly privacy: string;
  /** The personal join page of each session that the message is about. */
  readonly join: readonly { readonly session: SessionId; readonly url: string }[];
}

/** A message with everything that its words need. The mailer makes the words. */
export type Letter =
  | {
      readonly about: 'sign-in';
      readonly to: Email;
      /** Six digits. */
      readonly code: string;
      readonly validUntil: Instant;
      readonly zone: TimeZone;
      readonly stamp: Instant;
    }
  | {
      readonly about: 'registration';
      readonly to: Email;
      readonly owed: OwedAboutRegistration;
      readonly registration: Registration;
      readonly event: TrainingEvent;
      readonly program: Program;
      /** What the calendar part is about; null in a message without one. */
      readonly object: CalendarObject | null;
      /** Of how many invitations this is which: "Day 2 of 3". */
      readonly part: { readonly number: number; readonly of: number };
      readonly uid: string | null;
      readonly accommodations: Accommodations | null;
      /** The place in line where the message is about one and it was counted. */
      readonly place: number | null;
      readonly links: LetterLinks;
    };

/** `refused`: this address will not take it. `later`: try again. Both with the server's words. */
export type Delivery =
  | { readonly outcome: 'sent'; readonly id: string }
  | { readonly outcome: 'refused' | 'later'; readonly why: string };

export interface Mailer {
  send(letter: Letter): Promise<Delivery>;
}

/** One calendar object of a registration with a seat, for a feed or a download; the UID is its invitation's. */
export interface CalendarEntry {
  readonly registration: Registration;
  readonly event: TrainingEvent;
  readonly program: Program;
  readonly object: CalendarObject;
  readonly links: Pick<LetterLinks, 'registration' | 'giveBack' | 'join'>;
  readonly uid: string;
  /** The registration's: Google keeps an old date until it rises. */
  readonly sequence: number;
  /** When what the entry says last changed: the same bytes until then. */
  readonly changedAt: Instant;
}

/** Writes iCalendar text (RFC 5545) for feeds and downloads. */
export interface Calendars {
  feed(entries: readonly CalendarEntry[]): string;
}

/** Where a file goes that is too large for one answer. */
export interface Files {
  /** Keeps it for a day or two, and gives an address that works for five minutes, for anybody who has it. */
  keep(file: { readonly name: string; readonly type: string; readonly text: string }): Promise<string>;
}

/** What stays the same while the product runs. */
export interface Desk {
  /** Without a final slash: `https://training-desk.example.gov`. */
  readonly origin: string;
  /** The host part of calendar UIDs; never changes. */
  readonly uidHost: string;
}

/** Everything a use case may touch. */
export interface Context {
  readonly actor: Actor;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly store: Store;
  readonly mailer: Mailer;
  readonly calendars: Calendars;
  readonly desk: Desk;
  /** Absent where an answer may be of any size, as it may on one machine. */
  readonly files?: Files;
  /** Says that something was committed that may owe messages. Best effort: the sweep is the guarantee. */
  nudge(): void;
}

/** What a try of {@link settle} gives: an answer, or `again` when somebody was faster or the outcome is unknown. */
export type Try<T> = Result<T> | 'again';
