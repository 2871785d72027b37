import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { HostRecord } from '../../domain/audience.ts';
import type { Colleague } from '../../domain/colleague.ts';
import type { AuditEntry, Moved } from '../../domain/change.ts';
import { endOf, startOf, type TrainingEvent } from '../../domain/event.ts';
import type { Job } from '../../domain/job.ts';
import { Sent, type Owed, type OwedAboutRegistration } from '../../domain/owed.ts';
import type { Person } from '../../domain/person.ts';
import type { Program } from '../../domain/program.ts';
import { idOf, type Registration, type RegistrationDetails } from '../../domain/registration.ts';
import { Restore, type Setting } from '../../domain/setting.ts';
import { Place, type Seats } from '../../domain/seats.ts';
import { OF_LATE, type Reviewed } from '../../domain/review-times.ts';
import { fiscalYear, isoOf, NO_TIME, plus, SECOND, type Instant } from '../../domain/time.ts';
import { indexKeys, keys, sortable, sortableRev, type Key } from './keys.ts';
import { kind } from './versions.ts';

/** One action of a transaction. */
export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** An item: its keys and the attributes of what it holds. */
export type Item = Key & Record<string, unknown>;

/** A moment as TTL takes it, in whole seconds; TTL may come two days late, so readers compare the time too. */
export const ttl = (at: Instant): number => Math.ceil(at / SECOND);

export const eventItem = (event: TrainingEvent): Item => ({
  ...keys.event(event.id),
  gsi1pk: indexKeys.eventsOfYear(fiscalYear(endOf(event))),
  gsi1sk: indexKeys.event(endOf(event), startOf(event), event.programId, event.id),
  ...event,
});

export const trainerItem = (event: TrainingEvent, trainer: TrainingEvent['trainers'][number]): Item => ({
  ...keys.trainer(event.id, trainer.person),
  gsi1pk: indexKeys.trainer(trainer.person),
  gsi1sk: indexKeys.trainerEvent(startOf(event), event.id),
  event: event.id,
});

export const programItem = (program: Program): Item => ({ ...keys.program(program.id), ...program });
export const seatsItem = (seats: Seats): Item => ({ ...keys.seats(seats.pool), ...seats });

/** The review index holds a registration while it is pending, so a change of any other status writes no index. */
export const registrationItem = (registration: Registration): Item => ({
  ...keys.registration(registration.event, registration.person),
  gsi1pk: indexKeys.person(registration.person),
  gsi1sk: indexKeys.registration(registration.event),
  ...(registration.status === 'pending'
    ? {
        gsi2pk: indexKeys.reviewOf(registration.person),
        gsi2sk: indexKeys.reviewed(registration.event, registration.appliedAt, registration.person),
      }
    : {}),
  ...registration,
});

export const detailsItem = (registration: Registration, details: RegistrationDetails): Item => ({
  ...keys.details(registration.event, registration.person),
  person: registration.person,
  ...details,
});

/** Counting a line costs a read unit for each 4 KB of it, so a place keeps only what neither its key nor the usual says. */
export const placeItem = ({ pool, event, person, ticket, entered, fitUntil }: Place): Item => ({
  ...keys.place({ pool, person, ticket }),
  ...(event === pool ? {} : { event }),
  ...(entered === ticket ? {} : { entered }),
  ...(fitUntil === null ? {} : { fitUntil }),
});
/** Reads it back. */
export const PlaceItem = z
  .object({
    pk: z.string(),
    sk: z.string(),
    event: z.string().optional(),
    entered: z.number().optional(),
    fitUntil: z.number().nullable().default(null),
  })
  .transform(({ pk, sk, event, entered, fitUntil }) => {
    const pool = pk.slice('LINE#'.length);
    const ticket = Number(sk.slice(0, sk.indexOf('#')));
    const person = sk.slice(sk.indexOf('#') + 1);
    return { pool, event: event ?? pool, person, ticket, entered: entered ?? ticket, fitUntil };
  })
  .pipe(Place);

/** One decision of staff; in order of time, and gone once it is no longer recent. */
export const reviewedItem = ({ of, at, workingDays }: Reviewed): Item => ({
  pk: keys.reviewed,
  sk: `${sortable(at)}#${idOf(of)}`,
  workingDays,
  expiresAt: ttl(plus(at, OF_LATE)),
});
export const owedItem = (owed: Owed): Item => ({ ...keys.owed(owed), ...owed });

/** Version 1 did not say how a message ended: a dropped one was kept among those sent, told apart only by its words. */
export const SentItem = kind(Sent, (item) => ({
  ...item,
  how: item['pk'] === keys.parked ? 'given-up' : item['outcome'] === 'nobody is left to tell' ? 'needless' : 'sent',
}));
const sentItem = (key: Key, sent: Sent): Item => ({ ...key, v: SentItem.v, ...sent });
/** What became of a message about a registration, beside the others of it. */
export const mailItem = (sent: Sent, owed: OwedAboutRegistration): Item =>
  sentItem(
    { pk: keys.mailOf(owed.event, owed.person), sk: `${sortableRev(owed.rev)}#${owed.part}#${owed.kind}` },
    sent,
  );
export const parkedItem = (sent: Sent): Item => sentItem(keys.parkedOf(sent.owed), sent);

export const personItem = (person: Person): Item => ({ ...keys.person(person.id), ...person });

/** Version 1 raised by a number; what it began and did not end starts over, since no restore was to moment 0. */
export const RestoreItem = kind(Restore, (item) => ({
  ...item,
  restoredTo: item['finishedAt'] === null ? NO_TIME : item['restoredTo'],
  since: item['restoredTo'],
  sequence: 0,
  below: [],
  shard: null,
  rostersFrom: item['startedAt'],
}));
export const settingItem = (setting: Setting): Item => ({
  ...keys.setting(setting.name),
  ...(setting.name === 'restore' ? { v: RestoreItem.v } : {}),
  ...setting,
});

export const hostItem = (host: HostRecord): Item => ({
  ...keys.host(host.host),
  gsi1pk: indexKeys.hosts,
  gsi1sk: `${host.agency.toLowerCase()}#${host.host}`,
  ...host,
});

export const colleagueItem = (colleague: Colleague): Item => ({
  ...keys.colleague(colleague.host, colleague.person),
  ...colleague,
});

export const jobItem = (job: Job): Item => ({
  ...keys.job(job),
  gsi2pk: indexKeys.jobs,
  gsi2sk: indexKeys.job(job),
  ...job,
});

/** @param id tells apart acts without a revision that fall in the same millisecond */
export function auditItem(entry: AuditEntry, id: string): Item {
  const [role, person] = entry.actor.split(':');
  const byStaff = (role === 'staff' || role === 'trainer') && person !== undefined;
  return {
    pk: keys.audit(entry.entity),
    sk: entry.rev === null ? `${sortable(entry.at)}#${id}` : sortableRev(entry.rev),
    ...(byStaff
      ? {
          gsi1pk: indexKeys.actor(person),
          gsi1sk: sortable(entry.at),
          gsi2pk: indexKeys.auditDay(isoOf(entry.at).slice(0, 10)),
          gsi2sk: `${sortable(entry.at)}#${entry.entity}`,
        }
      : {}),
    ...entry,
  };
}

/** A record that is new must not exist; one that changes must still be the revision it was decided on. */
export const putMoved = <T extends { readonly rev: number }>(
  table: string,
  moved: Moved<T>,
  item: (after: T) => Item,
): Write => ({
  Put: {
    TableName: table,
    Item: item(moved.after),
    ReturnValuesOnConditionCheckFailure: 'NONE',
    ...(moved.before === null
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'rev = :rev', ExpressionAttributeValues: { ':rev': moved.before.rev } }),
  },
});
