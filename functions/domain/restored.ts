import type { Actor } from './actor.ts';
import { audited, type Change } from './change.ts';
import type { TrainingEvent } from './event.ts';
import type { MessageKind, OwedAboutRegistration } from './owed.ts';
import { objectsOf, owe, oweCancellations, oweInvitations, type Registration } from './registration.ts';
import type { Instant } from './time.ts';

/**
 * By how much each SEQUENCE is raised after a restore: more than anybody was sent between the moment that the table has
 * and now, so that calendars take what comes next for the newer (RFC 5546 section 2.1.5).
 */
export const RAISE = 1_000;

/**
 * A registration as the restored table has it, above all that was sent. What it was owed then may have been sent since,
 * and would go out with an old SEQUENCE: it is settled, and one message says how they stand instead.
 */
export function raised(
  held: Registration,
  event: TrainingEvent,
  owed: readonly OwedAboutRegistration[],
  actor: Actor,
  now: Instant,
): Required<Pick<Change, 'registrations' | 'settled' | 'owed' | 'audit'>> {
  const after: Registration = {
    ...held,
    rev: held.rev + 1,
    sequence: held.sequence + RAISE,
    // a change that is on its way still reaches those who are told nothing here
    told: owed.length > 0 ? event.rev : held.told,
  };
  return {
    registrations: [{ before: held, after }],
    settled: owed,
    owed: owed.length > 0 ? howTheyStand(after, event, owed, now) : [],
    audit: [audited(`${held.event}#${held.person}`, after.rev, now, actor, 'raised after a restore')],
  };
}

function howTheyStand(
  after: Registration,
  event: TrainingEvent,
  owed: readonly OwedAboutRegistration[],
  now: Instant,
): OwedAboutRegistration[] {
  switch (after.status) {
    case 'confirmed':
      return oweInvitations(after, event, 'confirmed', now);
    case 'cancelled': {
      const kind = ENDED[after.endedBy ?? 'person'];
      const invited = owed.some(({ calendar }) => calendar !== null);
      return invited
        ? oweCancellations(after, objectsOf(after, event), kind, now, after.reason)
        : [owe(after, kind, now, null, after.reason)];
    }
    case 'denied':
      return [owe(after, 'denied', now, null, after.reason)];
    case 'waitlisted':
    case 'pending':
    case 'ineligible':
      return [owe(after, after.status, now)];
  }
}

const ENDED: Readonly<Record<NonNullable<Registration['endedBy']>, MessageKind>> = {
  person: 'cancelled-by-person',
  staff: 'cancelled-by-staff',
  event: 'event-cancelled',
};
