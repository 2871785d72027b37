import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { EventId, PersonId, SessionId, type PoolId } from '../../domain/ids.ts';
import { Registration, RegistrationDetails } from '../../domain/registration.ts';
import type { Place } from '../../domain/seats.ts';
import { InstantNumber, MINUTE, SECOND, plus, type Instant } from '../../domain/time.ts';
import type { Store } from '../../usecases/store-port.ts';
import { PlaceItem, ttl } from './items.ts';
import { indexKeys, keys, REVIEW_SHARDS } from './keys.ts';
import { conditionHeld, count, exists, get, getMany, queryAll, queryPage, type Table } from './table.ts';
import { subjectOf } from './versions.ts';

const OfPerson = z.object({ gsi1sk: z.string().transform((sk) => EventId.parse(sk.slice('REG#'.length))) });
const Reviewed = z.object({ gsi2sk: z.string() });
export const DetailsOfPerson = RegistrationDetails.extend({ person: PersonId });
export const ArrivalItem = z.object({
  event: EventId,
  session: SessionId,
  person: PersonId,
  at: InstantNumber,
});

type RegistrationReads = Pick<
  Store,
  | 'registration'
  | 'isRegistered'
  | 'details'
  | 'registrationsOf'
  | 'rosterPage'
  | 'detailsOf'
  | 'pending'
  | 'waitingAt'
  | 'lineHead'
  | 'lineLength'
  | 'lease'
  | 'knownLeased'
  | 'endLease'
  | 'leave'
  | 'arrival'
  | 'arrivals'
  | 'recordArrival'
>;

export function registrationReads(table: Table, now: () => Instant): RegistrationReads {
  /** Until when a pool is left to the holder of its lease, as far as this process knows. */
  const leased = new Map<PoolId, Instant>();
  /** Of each pool, a place with how many were before it when this process last looked: everybody behind it is further back. */
  const far = new Map<PoolId, { readonly sk: string; readonly ahead: number; readonly at: Instant }>();
  const leave = (pool: PoolId, until: Instant): void => void leased.set(pool, until);
  return {
    registration: (event, person) => get(table, keys.registration(event, person), Registration),
    isRegistered: (event, person) => exists(table, keys.registration(event, person)),
    details: (event, person) => get(table, keys.details(event, person), RegistrationDetails),
    async registrationsOf(person) {
      const found = await queryAll(
        table,
        { index: 'gsi1', pk: indexKeys.person(person), begins: indexKeys.registrations },
        OfPerson,
      );
      return getMany(
        table,
        found.map(({ gsi1sk }) => keys.registration(gsi1sk, person)),
        Registration,
      );
    },
    async rosterPage(event, limit, after) {
      const { items, unreadable, last } = await queryPage(
        table,
        { pk: keys.roster(event), begins: 'REG#', limit, after, consistent: true },
        Registration,
      );
      return { items, unreadable, next: last ? String(last['sk']) : null };
    },
    async detailsOf(event) {
      const found = await queryAll(table, { pk: keys.roster(event), begins: 'ANSWERS#' }, DetailsOfPerson);
      return new Map(found.map((details) => [details.person, details]));
    },
    async pending(event) {
      const shards = Array.from({ length: REVIEW_SHARDS }, (_, shard) => indexKeys.review(shard));
      const found = await Promise.all(
        shards.map((pk) => queryAll(table, { index: 'gsi2', pk, ...(event ? { begins: `${event}#` } : {}) }, Reviewed)),
      );
      const wanted = found.flat().map(({ gsi2sk }) => {
        const [of, , person] = gsi2sk.split('#');
        return keys.registration(EventId.parse(of), PersonId.parse(person));
      });
      const registrations = await getMany(table, wanted, Registration);
      return registrations
        .filter((registration) => registration.status === 'pending')
        .toSorted((a, b) => a.appliedAt - b.appliedAt);
    },
    async waitingAt(places) {
      const unreadable = new Set<string>();
      const listening: Table = {
        ...table,
        unreadable: (item) => {
          unreadable.add(item.subject);
          table.unreadable?.(item);
        },
      };
      const keyOf = ({ event, person }: Place) => keys.registration(event, person);
      const found = await getMany(listening, places.map(keyOf), Registration, false);
      const byPerson = new Map(found.map((registration) => [registration.person, registration]));
      return places
        .filter((place) => !unreadable.has(subjectOf(keyOf(place))))
        .map((place) => ({ place, registration: byPerson.get(place.person) ?? null }));
    },
    lineHead: (pool, most) => queryAll(table, { pk: keys.line(pool), limit: most }, PlaceItem),
    async lineLength(pool, { before, from, most = Infinity } = {}) {
      const sk = before && keys.place(before).sk;
      const seen = far.get(pool);
      if (sk && seen && seen.sk <= sk && seen.ahead >= most && now() - seen.at < SECOND) return most;
      const found = await count(table, {
        pk: keys.line(pool),
        ...(sk ? { before: sk } : {}),
        ...(from ? { from: keys.place(from).sk } : {}),
        ...(most === Infinity ? {} : { limit: most }),
      });
      if (sk && found >= most) far.set(pool, { sk, ahead: found, at: now() });
      return found;
    },
    async lease(pool, now, until) {
      const mine = await conditionHeld(() =>
        table.db.send(
          new UpdateCommand({
            TableName: table.name,
            Key: { ...keys.lease(pool) },
            UpdateExpression: 'SET heldUntil = :until, expiresAt = :gone',
            // a lease that ends long after this one would was taken by a clock that was wrong, and nobody is at work
            ConditionExpression: 'attribute_not_exists(pk) OR heldUntil <= :now OR heldUntil > :absurd',
            ExpressionAttributeValues: {
              ':until': until,
              ':now': now,
              ':absurd': plus(until, MINUTE),
              ':gone': ttl(until),
            },
          }),
        ),
      );
      leave(pool, mine ? until : plus(now, SECOND));
      return mine;
    },
    leave,
    knownLeased: (pool, now) => (leased.get(pool) ?? 0) > now,
    async endLease(pool, until) {
      leave(pool, until);
      await table.db.send(
        new UpdateCommand({
          TableName: table.name,
          Key: { ...keys.lease(pool) },
          UpdateExpression: 'SET heldUntil = :over',
          ExpressionAttributeValues: { ':over': until },
        }),
      );
    },
    arrival: (event, session, person) => get(table, keys.arrival(event, session, person), ArrivalItem),
    arrivals: (event) => queryAll(table, { pk: keys.roster(event), begins: 'ATTEND#' }, ArrivalItem),
    async recordArrival(arrival) {
      await conditionHeld(() =>
        table.db.send(
          new PutCommand({
            TableName: table.name,
            Item: { ...keys.arrival(arrival.event, arrival.session, arrival.person), ...arrival, source: 'link' },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
    },
  };
}
