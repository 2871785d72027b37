import type { Instant, TimeZone } from '../functions/domain/time.ts';
import type { Site } from './site.ts';

/** What every page for participants and visitors is given. */
export interface Frame {
  readonly site: Site;
  /** The time at which the page was made. */
  readonly now: Instant;
  /** The reader's zone, from the profile, else the cookie; null: each training's own. */
  readonly zone: TimeZone | null;
  /** Who is signed in, as the header names them ("Dana W."), or null. */
  readonly viewer: { readonly label: string } | null;
  /** This page's address with its query: where forms such as the time zone's come back to. */
  readonly path: string;
}

/** What every page for staff or trainers is given. Their times are read in `zone`, the desk's or their profile's. */
export interface DeskFrame {
  readonly site: Site;
  readonly now: Instant;
  readonly zone: TimeZone;
  readonly name: string;
  readonly path: string;
  /** What the last press did, said once above the page: "Approved 2 people." */
  readonly notice?: string;
}

/** The reader's zone where they have one, else the event's. */
export const zoneFor = (frame: Pick<Frame, 'zone'>, eventZone: TimeZone): TimeZone => frame.zone ?? eventZone;
