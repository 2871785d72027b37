import type { Person } from './person.ts';
import type { TrainingEvent } from './event.ts';

/**
 * Who acts. Staff and trainer rights exist only in a session from the identity provider or in a staff token: a session
 * begun with a mailed code is a participant's, whatever the address. `system` is a schedule or the promoter.
 */
export type Actor =
  | { readonly role: 'nobody' }
  | { readonly role: 'participant' | 'trainer' | 'staff'; readonly person: Person }
  | { readonly role: 'system'; readonly name: string };

export const NOBODY: Actor = { role: 'nobody' };
export const isStaff = (actor: Actor): boolean => actor.role === 'staff';
export const personOf = (actor: Actor): Person | null => ('person' in actor ? actor.person : null);

/** Staff, or a trainer of this very event. */
export const mayRunEvent = (actor: Actor, event: Pick<TrainingEvent, 'trainers'>): boolean =>
  actor.role === 'staff' ||
  (actor.role === 'trainer' && event.trainers.some((trainer) => trainer.person === actor.person.id));

/** How the audit names an actor: an id and a role, never a name or an address. */
export const actorName = (actor: Actor): string =>
  'person' in actor ? `${actor.role}:${actor.person.id}` : actor.role === 'system' ? `system:${actor.name}` : 'nobody';
