import type { SessionChoice, TrainingEvent } from '../../functions/domain/event.ts';
import type { SeatsTold } from '../../functions/domain/seats.ts';
import { clock, monthDay, type Instant, type TimeZone } from '../../functions/domain/time.ts';
import { byDay, counted, lastEnd, people, type Timed } from './when.ts';

/** What the seats' words are made from. `seats` is on the event, or on each session where people pick one. */
export interface Offered {
  readonly status: TrainingEvent['status'];
  readonly timeZone: TimeZone;
  readonly sessionChoice: SessionChoice;
  readonly sessions: readonly (Timed & { readonly id: string; readonly seats: SeatsTold | null })[];
  readonly seats: SeatsTold | null;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
}

/** How a pool's seats read: no number while there are many. */
export type SeatsWords =
  | { readonly kind: 'open' }
  | { readonly kind: 'few'; readonly left: number; readonly note: string | null }
  | { readonly kind: 'full'; readonly waiting: number };

export type Offer =
  | SeatsWords
  | { readonly kind: 'not-open-yet'; readonly at: Instant }
  | { readonly kind: 'closed'; readonly at: Instant }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'past' };

/** "Open" says no number while over 10% or 20 seats are left. */
export function seatsInWords(seats: SeatsTold | null, note: string | null = null): SeatsWords {
  if (!seats || seats.capacity === null || seats.remaining === null) return { kind: 'open' };
  if (seats.remaining === 0) return { kind: 'full', waiting: seats.waitlist };
  if (seats.remaining > 20 || seats.remaining > seats.capacity / 10) return { kind: 'open' };
  return { kind: 'few', left: seats.remaining, note };
}

/** What an event offers now: seats, a wait, or the day on which it opens. */
export function offerOf(event: Offered, now: Instant, zone: TimeZone): Offer {
  if (event.status === 'cancelled') return { kind: 'cancelled' };
  if (lastEnd(event.sessions) <= now) return { kind: 'past' };
  if (now < event.opensAt) return { kind: 'not-open-yet', at: event.opensAt };
  if (now >= event.closesAt) return { kind: 'closed', at: event.closesAt };
  return event.sessionChoice === 'one' && event.sessions.length > 1
    ? offerOfSittings(event, zone)
    : seatsInWords(event.seats ?? event.sessions[0]?.seats ?? null);
}

function offerOfSittings(event: Offered, zone: TimeZone): SeatsWords {
  const sittings = event.sessions.map((session) => ({ session, words: seatsInWords(session.seats) }));
  if (sittings.some(({ words }) => words.kind === 'open')) return { kind: 'open' };
  const few = sittings.flatMap(({ session, words }) => (words.kind === 'few' ? [{ session, left: words.left }] : []));
  const [only] = few;
  if (!only)
    return { kind: 'full', waiting: event.sessions.reduce((sum, { seats }) => sum + (seats?.waitlist ?? 0), 0) };
  const one = byDay(event.sessions, zone).length > 1 ? monthDay : clock;
  const note = few.length === 1 ? `in the ${one(only.session.startsAt, zone)} session` : `in ${few.length} sessions`;
  return { kind: 'few', left: few.reduce((sum, { left }) => sum + left, 0), note };
}

/** "12 seats left", "9 people waiting" */
export const seatsLeft = (left: number): string => `${counted(left, 'seat')} left`;
export const waitingWords = (waiting: number): string =>
  waiting === 0 ? 'Nobody waiting' : `${people(waiting)} waiting`;

/** Whether a press registers, joins a waitlist, or nothing can be had now. */
export type Act = 'register' | 'apply' | 'wait' | 'none';
export function actOf(offer: Offer, checked: boolean): Act {
  if (offer.kind === 'open' || offer.kind === 'few') return checked ? 'apply' : 'register';
  if (offer.kind === 'full') return checked ? 'apply' : 'wait';
  return 'none';
}
export const ACT_WORDS: Readonly<Record<Act, string>> = {
  register: 'Register',
  apply: 'Apply',
  wait: 'Join the waitlist',
  none: 'See details',
};
