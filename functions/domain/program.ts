import * as z from 'zod';
import { Audience } from './audience.ts';
import { ProgramId } from './ids.ts';
import { lineOfText, optionalLine } from './text.ts';

/** How often a program must be offered. "Biannual" is twice a year, "biennial" every two years: both occur. */
export const Cadence = z.enum(['quarterly', 'biannual', 'annual', 'biennial', 'on-request', 'ongoing']);
export type Cadence = z.infer<typeof Cadence>;

/**
 * Who learns that an event exists. `public`: everybody. `limited`: everybody, but without place and trainers where
 * they do not qualify. `qualified`: nobody who does not qualify, in no list, count or feed.
 */
export const Visibility = z.enum(['public', 'limited', 'qualified']);
export type Visibility = z.infer<typeof Visibility>;

/** Whom a program is for, in the words of the catalog's filters. */
export const AudienceGroup = z.enum(['public', 'law-enforcement', 'dhs', 'hsi']);
export type AudienceGroup = z.infer<typeof AudienceGroup>;

/** How the lists of a program's people must be handled. */
export const Sensitivity = z.enum(['public', 'official-use', 'law-enforcement-sensitive']);

/** A standing obligation with a cadence and an audience. */
export const Program = z.object({
  id: ProgramId,
  rev: z.int().min(1),
  /** The stable name used by integrations: `cp-webinar-public`. */
  key: z.string().regex(/^[a-z][a-z0-9-]{2,59}$/, 'Use small letters, digits and hyphens'),
  name: lineOfText(120, 'Enter a name'),
  owner: optionalLine(120),
  cadence: Cadence,
  group: AudienceGroup,
  audience: Audience,
  visibility: Visibility,
  sensitivity: Sensitivity,
  /** Printed above every list of this program's people; empty where there is nothing to handle. */
  marking: optionalLine(80),
  /** What it covers, a line each. */
  covers: z.array(lineOfText(200, 'Enter the line, or remove it')).max(12),
  /** The key of the program that is offered to people who are not in the audience. */
  instead: z.string().max(60).nullable(),
  /** A digest of the request that made it, so that the same Idempotency-Key with another body is seen. */
  madeBy: z.string().optional(),
});
export type Program = z.infer<typeof Program>;
