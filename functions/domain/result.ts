import type { Instant } from './time.ts';

/** One thing wrong with what was sent, at the field that a person can change. */
export interface FieldError {
  /** Where: `timeZone`, `sessions.0.startsAt`. */
  readonly path: string;
  /** What to do about it, in a sentence without a final period. */
  readonly message: string;
}

/** Why registration is not possible now. */
export type ClosedBecause = 'not-open-yet' | 'closed' | 'cancelled' | 'past';

/**
 * All the ways in which the product says no. Each is an answer, never an exception; what a person can do next is in
 * its words or follows from its kind. Only `http/problem.ts` knows which status each becomes.
 */
export type Refusal =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'forbidden'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly what: string }
  | { readonly kind: 'invalid'; readonly errors: readonly FieldError[] }
  | { readonly kind: 'closed'; readonly because: ClosedBecause; readonly at?: Instant }
  | { readonly kind: 'not-in-audience'; readonly detail: string }
  | { readonly kind: 'conflict'; readonly detail: string }
  /** They have a seat, and in the other sitting they would only wait; `room`: seats are free, and given out in line. */
  | { readonly kind: 'would-wait'; readonly waiting: number; readonly room: boolean }
  | { readonly kind: 'version-missing' }
  | { readonly kind: 'version-stale' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'slow-down'; readonly retryAfterSeconds: number }
  | { readonly kind: 'wrong-code' }
  | { readonly kind: 'too-early'; readonly opensAt: Instant }
  | { readonly kind: 'over'; readonly endedAt: Instant };

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Refused = { readonly ok: false; readonly refusal: Refusal };
export type Result<T> = Ok<T> | Refused;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
export const refuse = (refusal: Refusal): Refused => ({ ok: false, refusal });
export const unknown = (what: string): Refused => refuse({ kind: 'unknown', what });
export const invalid = (...errors: FieldError[]): Refused => refuse({ kind: 'invalid', errors });
export const conflict = (detail: string): Refused => refuse({ kind: 'conflict', detail });
/** No more until the window of a limit ends; windows are counted from 1970. */
export const slowDown = (window: number, now: Instant): Refused =>
  refuse({ kind: 'slow-down', retryAfterSeconds: Math.ceil((window - (now % window)) / 1000) });
export const forbidden = (detail: string): Refused => refuse({ kind: 'forbidden', detail });
