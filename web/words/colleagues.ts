import type { Colleagues } from '../../functions/domain/colleague.ts';
import { monthAndYear, type TimeZone } from '../../functions/domain/time.ts';
import { counted } from './when.ts';

/** "14 colleagues approved since October 2026, 2 denied" */
export const colleagueWords = (those: Colleagues, zone: TimeZone): string =>
  outcome(those, zone, 'colleague', 'colleagues');

/** "3 people approved since October 2026, none denied" */
export const peopleWords = (those: Colleagues, zone: TimeZone): string =>
  `${outcome(those, zone, 'person', 'people')}${those.denied === 0 ? ', none denied' : ''}`;

function outcome({ approved, denied, since, more }: Colleagues, zone: TimeZone, one: string, several: string): string {
  const count = approved === 0 ? 'Nobody' : `${more ? 'At least ' : ''}${counted(approved, one, several)}`;
  return `${count} approved${since === null ? '' : ` since ${monthAndYear(since, zone)}`}${denied > 0 ? `, ${denied} denied` : ''}`;
}
