import type { Timed } from '../words/when.ts';

/** A session of the agenda. */
export interface AgendaSession extends Timed {
  readonly id: string;
  readonly title: string;
  /** Null: for everyone, across all tracks. */
  readonly track: string | null;
  readonly location: string | null;
}
