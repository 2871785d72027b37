import type { EventId } from '../functions/domain/ids.ts';
import type { Registration } from '../functions/domain/registration.ts';
import type { Instant } from '../functions/domain/time.ts';
import type { Context } from '../functions/usecases/context.ts';
import { deliverOutbox } from '../functions/usecases/deliver-outbox.ts';
import { examineDesk } from '../functions/usecases/doctor.ts';
import { rosterOf } from '../functions/usecases/roster-of.ts';
import { OUTBOX_SHARDS } from '../functions/usecases/store-port.ts';
import { asSystem } from '../functions/usecases/system.ts';
import type { Visit } from './people.ts';

/** When so many of a pool's seats were taken; null when it is over before. */
export async function seatedBy(
  desk: Context,
  event: EventId,
  expected: number,
  over: { readonly yet: boolean },
): Promise<Instant | null> {
  while (!over.yet) {
    const [seats] = await desk.store.seats([event]);
    if (seats && seats.taken >= expected) return desk.clock.now();
    await desk.clock.wait(100);
  }
  return null;
}

/** Which of the promises of registration do not hold, in words; none is as it should be. */
export async function brokenPromises(
  desk: Context,
  event: EventId,
  { people, seats }: { readonly people: number; readonly seats: number },
  visits: readonly Visit[],
): Promise<string[]> {
  await allSent(desk);
  const roster = await rosterOf(desk, event);
  const by = (status: Registration['status']) => roster.filter((one) => one.status === status);
  const [confirmed, waiting] = [by('confirmed'), by('waitlisted')];
  const told = (status: string) => visits.filter((one) => one.status === status).length;
  const examined = await examineDesk(asSystem(desk, 'doctor'));
  const findings = examined.ok ? examined.value.findings : [];
  const expected = Math.min(people, seats);
  return [
    ...(confirmed.length === expected ? [] : [`${confirmed.length} are confirmed, not ${expected}`]),
    ...(waiting.length === people - expected ? [] : [`${waiting.length} wait, not ${people - expected}`]),
    ...(inOrder(confirmed, waiting) ? [] : ['somebody has a seat who came after somebody who waits']),
    ...(told('confirmed') <= confirmed.length ? [] : ['more were told that they have a seat than have one']),
    ...findings.map(({ kind, words }) => `the doctor finds ${kind}: ${words}`),
  ];
}

/** Tickets are served by their time, then by person: nobody who has a seat comes behind somebody who waits. */
function inOrder(confirmed: readonly Registration[], waiting: readonly Registration[]): boolean {
  const placeOf = ({ appliedAt, person }: Registration) => `${appliedAt} ${person}`;
  const last = confirmed.map(placeOf).toSorted().at(-1) ?? '';
  return waiting.every((one) => last < placeOf(one));
}

/** Messages about a rush may queue a while: this desk, which no limits slow, helps to send them before the doctor looks. */
async function allSent(desk: Context): Promise<void> {
  const shards = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => shard);
  for (;;) {
    const owed = await Promise.all(shards.map((shard) => desk.store.owed(shard)));
    if (owed.flat().length === 0) return;
    if ((await deliverOutbox(desk)) === 0) await desk.clock.wait(500);
  }
}
