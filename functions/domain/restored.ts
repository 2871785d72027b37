import type { Actor } from './actor.ts';
import type { Change } from './change.ts';
import type { CalendarObject, TrainingEvent } from './event.ts';
import { isAsking, type OwedAboutRegistration } from './owed.ts';
import {
  actAudit,
  isStanding,
  objectsOf,
  objectsTold,
  oweCancellations,
  oweInvitations,
  type Registration,
} from './registration.ts';
import { instantOf, isoOf, SECOND, type Instant } from './time.ts';

const SEQUENCES_BEGIN = instantOf('2020-01-01T00:00:00Z');

/**
 * The SEQUENCE that everything sent after a restore at that moment is at or above, and everything sent before it is
 * below: the seconds since 2020, as long as nobody's registration changes more than once a second for years. No
 * restore sets the clock back, so a second one is above the first, whatever moment it goes to. SEQUENCE takes 31
 * bits (RFC 5545 section 3.3.8), which these reach in 2088.
 */
export const sequenceAt = (at: Instant): number => Math.max(0, Math.floor((at - SEQUENCES_BEGIN) / SECOND));

/** A registration as the restored table has it, with what its person was still owed and what was given up. */
export interface Found {
  readonly held: Registration;
  readonly event: TrainingEvent;
  readonly owed: readonly OwedAboutRegistration[];
  readonly parked: readonly OwedAboutRegistration[];
  /** What was sent; needed only where an earlier restore went back further. */
  readonly sent: readonly OwedAboutRegistration[];
}

/** The restore that is under way. */
export interface Under {
  readonly restoredTo: Instant;
  /** The earliest moment that any restore went back to. */
  readonly since: Instant;
  /** See {@link sequenceAt}. */
  readonly sequence: number;
  readonly actor: Actor;
  readonly now: Instant;
}

/** One message of before that is settled, or goes out above all that was sent. */
export type Chore = Required<Pick<Change, 'settled' | 'unparked'>> & Owing;
interface Owing {
  readonly owed: readonly OwedAboutRegistration[];
}

/** What follows for one registration. Each chore may be done alone and before the rest; done, it is not found again. */
export interface Aftermath {
  readonly chores: readonly Chore[];
  readonly rest: Required<Pick<Change, 'registrations' | 'audit'>> & Owing;
}

/**
 * What follows a restore for one registration of an event that is not over. What it was owed, or was given up, may have
 * been sent since, with more after it: invitations are settled, since one message for each calendar entry says how the
 * person stands; cancellations of what they do not have go out, above all that was sent.
 * @returns null where nothing follows: it was raised already, or began after the restore, or ended and is owed nothing
 */
export function aftermath(found: Found, under: Under): Aftermath | null {
  const { held } = found;
  const raised = held.sequence >= under.sequence;
  const old = choresOf(found, under, raised);
  const owed = raised ? [] : howTheyStand(found, under);
  const again = calledBackAgain(found, under, [...old.flatMap((chore) => chore.owed), ...owed]);
  const chores = [...old, ...again.map((one) => ({ settled: [], unparked: [], owed: [one] }))];
  if (chores.length === 0 && (raised || !isStanding(held.status))) return null;
  const after: Registration = {
    ...held,
    rev: held.rev + 1,
    // one more than what is called back: a seat that somebody in line gets later is newer than that
    sequence: raised ? held.sequence : under.sequence + 1,
    told: owed.length > 0 ? found.event.rev : held.told,
  };
  return {
    chores,
    rest: {
      registrations: [{ before: held, after }],
      owed,
      audit: [actAudit(after, 'raised after a restore', under.actor, under.now)],
    },
  };
}

function choresOf(found: Found, under: Under, raised: boolean): Chore[] {
  const isOld = ({ kind, calendar }: OwedAboutRegistration) =>
    !isAsking(kind) && (calendar ? calendar.sequence < under.sequence : !raised);
  return [...found.owed.map((one) => ({ one, parked: false })), ...found.parked.map((one) => ({ one, parked: true }))]
    .filter(({ one }) => isOld(one) && !isLastWord(one, found))
    .map(({ one, parked }) => ({
      settled: parked || isStillGone(one, found, under) ? [] : [one],
      unparked: parked ? [one] : [],
      owed: isStillGone(one, found, under) ? [above(one, under)] : [],
    }));
}

/** The entry is not over, and they do not have it as the table says: whatever was sent, it is to go. */
function isStillGone({ calendar, attempt }: OwedAboutRegistration, found: Found, { now }: Under): boolean {
  if (calendar?.method !== 'CANCEL' || calendar.endsAt <= now) return false;
  return attempt !== found.held.attempt || !entriesOf(found).some(({ object }) => object === calendar.object);
}

/** How a registration ended, where no calendar entry was to go: it is still true, and has no SEQUENCE. */
function isLastWord(one: OwedAboutRegistration, { held, owed, parked }: Found): boolean {
  if (one.calendar || isStanding(held.status)) return false;
  return [...owed, ...parked].every(({ calendar, kind, rev }) => calendar || isAsking(kind) || rev <= one.rev);
}

const above = (one: OwedAboutRegistration, { sequence, now }: Under): OwedAboutRegistration => ({
  ...one,
  calendar: one.calendar && { ...one.calendar, sequence },
  stamp: now,
  dueAt: now,
  tries: 0,
});

/** What the table says is in their calendar. */
const entriesOf = ({ held, event }: Pick<Found, 'held' | 'event'>): readonly CalendarObject[] =>
  held.status === 'confirmed' && event.status === 'published' ? objectsOf(held, event) : [];

/**
 * One message for each entry that is still to come: a person with a seat is invited again; a person who waits may have
 * been given a seat since, so it is called back. For a canceled event its own job tells everybody, but it calls back no
 * seat of a person who waits, which a restore to before it was canceled may have led to.
 */
function howTheyStand(found: Found, under: Under): OwedAboutRegistration[] {
  const { held, event } = found;
  if (!isStanding(held.status)) return [];
  const after: Registration = { ...held, rev: held.rev + 1, sequence: under.sequence + 1 };
  const below: Registration = { ...after, sequence: under.sequence };
  const owed =
    event.status === 'published' ? restored(found, after, below, under) : offWhileWaiting(found, below, under);
  return owed.filter(({ calendar }) => calendar === null || calendar.endsAt > under.now);
}

function restored(
  found: Found,
  after: Registration,
  below: Registration,
  { restoredTo, now }: Under,
): OwedAboutRegistration[] {
  const { held, event, owed } = found;
  const hasSeat = held.status === 'confirmed';
  const isGone = ({ object }: CalendarObject) => !entriesOf(found).some((one) => one.object === object);
  const isOwed = ({ object }: CalendarObject) =>
    owed.some(
      ({ calendar, attempt }) =>
        calendar?.method === 'CANCEL' && calendar.object === object && attempt === held.attempt,
    );
  const unheard = hasSeat ? objectsTold(held, event).filter((one) => isGone(one) && !isOwed(one)) : [];
  const entries = hasSeat
    ? oweInvitations(after, event, 'restored', now)
    : oweCancellations(below, objectsOf(held, event), 'restored', now);
  return [
    ...entries.map((one) => ({ ...one, note: isoOf(restoredTo) })),
    ...oweCancellations(below, unheard, 'event-changed', now),
  ];
}

const offWhileWaiting = (
  { held, event }: Found,
  below: Registration,
  { restoredTo, since, now }: Under,
): OwedAboutRegistration[] =>
  held.status === 'confirmed' || since === restoredTo
    ? []
    : oweCancellations(below, objectsOf(held, event), 'event-cancelled', now, event.cancelReason ?? '');

/**
 * An earlier restore went back further, and brought back what had ended or been called back before the moment of this
 * one: all of that is called back once more.
 * @param besides what follows anyway
 */
function calledBackAgain(
  found: Found,
  { sequence, now, restoredTo, since }: Under,
  besides: readonly OwedAboutRegistration[],
): OwedAboutRegistration[] {
  const { held, event, owed, parked, sent } = found;
  const between = [...sent, ...owed, ...parked].filter(
    ({ kind, stamp }) =>
      !isAsking(kind) && kind !== 'restored' && stamp >= since && stamp <= restoredTo && since < restoredTo,
  );
  const again = [...Map.groupBy(between, ({ attempt }) => attempt)].flatMap(([attempt, messages]) => {
    const ended = attempt < held.attempt || !isStanding(held.status);
    const last = messages.reduce((a, b) => (b.rev > a.rev ? b : a));
    const parts = messages.flatMap(({ calendar }) => calendar ?? []);
    return ended
      ? [...objectsOf(held, event), ...parts].map((object) => calledBack(last, object, sequence, now))
      : messages
          .filter(({ calendar }) => calendar?.method === 'CANCEL')
          .flatMap((one) => (one.calendar ? [calledBack(one, one.calendar, sequence, now)] : []));
  });
  const done = [...besides, ...owed.filter(({ calendar }) => calendar && calendar.sequence >= sequence)];
  return again.filter(
    ({ attempt, part, calendar }, n) =>
      calendar.endsAt > now &&
      !(attempt === held.attempt && entriesOf(found).some(({ object }) => object === part)) &&
      ![...done, ...again.slice(0, n)].some((one) => one.attempt === attempt && one.part === part),
  );
}

const calledBack = (
  one: OwedAboutRegistration,
  { object, startsAt, endsAt }: Pick<CalendarObject, 'object' | 'startsAt' | 'endsAt'>,
  sequence: number,
  now: Instant,
) => ({
  ...one,
  part: object,
  calendar: { method: 'CANCEL' as const, object, sequence, startsAt, endsAt },
  stamp: now,
  dueAt: now,
  tries: 0,
});
