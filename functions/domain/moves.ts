import type { RegistrationStatus } from './registration.ts';

export interface Move {
  readonly from: RegistrationStatus | 'none';
  readonly to: RegistrationStatus;
  /** `colleague`: says yes to a seat that is handed over, which ends one registration and begins theirs. */
  readonly by: 'person' | 'staff' | 'coordinator' | 'promoter' | 'event' | 'colleague';
  readonly act: string;
}

/** Every move there is, and who makes it. What is not here cannot happen. */
export const MOVES: readonly Move[] = [
  { from: 'none', to: 'confirmed', by: 'person', act: 'registered' },
  { from: 'none', to: 'waitlisted', by: 'person', act: 'registered' },
  { from: 'none', to: 'pending', by: 'person', act: 'applied' },
  { from: 'none', to: 'confirmed', by: 'staff', act: 'registered by the desk' },
  { from: 'none', to: 'waitlisted', by: 'staff', act: 'registered by the desk' },
  { from: 'none', to: 'pending', by: 'staff', act: 'applied for by the desk' },
  { from: 'none', to: 'confirmed', by: 'coordinator', act: 'registered by a coordinator' },
  { from: 'none', to: 'waitlisted', by: 'coordinator', act: 'registered by a coordinator' },
  { from: 'none', to: 'pending', by: 'coordinator', act: 'applied for by a coordinator' },
  { from: 'pending', to: 'confirmed', by: 'staff', act: 'approved' },
  { from: 'pending', to: 'waitlisted', by: 'staff', act: 'approved' },
  { from: 'pending', to: 'denied', by: 'staff', act: 'denied' },
  { from: 'waitlisted', to: 'confirmed', by: 'promoter', act: 'promoted' },
  { from: 'waitlisted', to: 'ineligible', by: 'promoter', act: 'passed over' },
  { from: 'confirmed', to: 'waitlisted', by: 'person', act: 'changed session' },
  { from: 'waitlisted', to: 'confirmed', by: 'person', act: 'changed session' },
  { from: 'confirmed', to: 'cancelled', by: 'colleague', act: 'handed over' },
  { from: 'none', to: 'confirmed', by: 'colleague', act: 'took over' },
  ...(['pending', 'waitlisted', 'confirmed'] as const).flatMap((from): Move[] => [
    { from, to: 'cancelled', by: 'person', act: 'gave up' },
    { from, to: 'cancelled', by: 'staff', act: 'cancelled' },
    { from, to: 'cancelled', by: 'event', act: 'cancelled with the event' },
  ]),
  ...(['cancelled', 'denied', 'ineligible'] as const).flatMap((from): Move[] => [
    { from, to: 'confirmed', by: 'colleague', act: 'took over' },
    { from, to: 'confirmed', by: 'person', act: 'registered again' },
    { from, to: 'waitlisted', by: 'person', act: 'registered again' },
    { from, to: 'pending', by: 'person', act: 'applied again' },
    { from, to: 'confirmed', by: 'staff', act: 'registered again by the desk' },
    { from, to: 'waitlisted', by: 'staff', act: 'registered again by the desk' },
    { from, to: 'pending', by: 'staff', act: 'applied for again by the desk' },
    { from, to: 'confirmed', by: 'coordinator', act: 'registered again by a coordinator' },
    { from, to: 'waitlisted', by: 'coordinator', act: 'registered again by a coordinator' },
    { from, to: 'pending', by: 'coordinator', act: 'applied for again by a coordinator' },
  ]),
];

/**
 * What the record says of a move.
 * @throws when there is no such move: a fault of ours
 */
export const actOf = (from: Move['from'], to: Move['to'], by: Move['by']): string => {
  const move = MOVES.find((m) => m.from === from && m.to === to && m.by === by);
  if (!move) throw new Error(`No move from ${from} to ${to} by ${by}`);
  return move.act;
};
