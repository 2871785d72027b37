import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Answered } from '../../domain/calendar-answer.ts';
import type { Change, Moved } from '../../domain/change.ts';
import type { TrainingEvent } from '../../domain/event.ts';
import { startOf } from '../../domain/event.ts';
import type { SeatsMove } from '../../domain/seats.ts';
import type { CommitOutcome } from '../../usecases/store-port.ts';
import {
  auditItem,
  colleagueItem,
  detailsItem,
  eventItem,
  hostItem,
  jobItem,
  owedItem,
  personItem,
  placeItem,
  programItem,
  putMoved,
  registrationItem,
  reviewedItem,
  seatsItem,
  settingItem,
  trainerItem,
  type Item,
  type Write,
} from './items.ts';
import { keys, type Key } from './keys.ts';
import type { Table } from './table.ts';

/** TransactWriteItems takes no more. */
const MOST_ACTIONS = 100;

/** Writes a change whole, each part under the state that it was decided on, or writes nothing. */
export async function commit(table: Table, change: Change, newId: () => string): Promise<CommitOutcome> {
  const writes = writesOf(table.name, change, newId);
  if (writes.length === 0) return 'committed';
  if (writes.length > MOST_ACTIONS) throw new Error(`A change of ${writes.length} items is larger than a transaction`);
  try {
    await table.db.send(new TransactWriteCommand({ TransactItems: writes }));
    return 'committed';
  } catch (error) {
    return outcomeOf(error);
  }
}

/** Errors that no further try can mend: ours. */
const OURS = new Set([
  'ValidationException',
  'AccessDeniedException',
  'ResourceNotFoundException',
  'IdempotentParameterMismatchException',
  'UnrecognizedClientException',
]);

/** `busy` also stands for an outcome that is not known: the caller reads before it decides again. */
function outcomeOf(error: unknown): CommitOutcome {
  if (error instanceof TransactionCanceledException) {
    const reasons = (error.CancellationReasons ?? []).map((reason) => reason.Code);
    if (reasons.includes('ValidationError')) throw error;
    return reasons.includes('ConditionalCheckFailed') ? 'stale' : 'busy';
  }
  if (!(error instanceof Error) || OURS.has(error.name)) throw error;
  return 'busy';
}

function writesOf(table: string, change: Change, newId: () => string): Write[] {
  const put = (item: Item): Write => ({ Put: { TableName: table, Item: item } });
  const remove = (key: Key): Write => ({ Delete: { TableName: table, Key: { ...key } } });
  return [
    ...(change.seats ?? []).map((move) => seatsWrite(table, move)),
    ...(change.registrations ?? []).map((moved) => putMoved(table, moved, registrationItem)),
    ...(change.details ?? []).map(({ of, details }) =>
      details ? put(detailsItem(of, details)) : remove(keys.details(of.event, of.person)),
    ),
    ...(change.line ?? []).map((move) =>
      'enter' in move ? put(placeItem(move.enter)) : remove(keys.place(move.leave)),
    ),
    ...(change.events ?? []).flatMap((moved) => [
      putMoved(table, moved, eventItem),
      ...trainerWrites(moved, put, remove),
    ]),
    ...(change.programs ?? []).map((moved) => putMoved(table, moved, programItem)),
    ...(change.people ?? []).map((moved) => putMoved(table, moved, personItem)),
    ...(change.hosts ?? []).map((moved) => putMoved(table, moved, hostItem)),
    ...(change.settings ?? []).map((moved) => putMoved(table, moved, settingItem)),
    ...(change.answers ?? []).map((moved) => answerWrite(table, moved)),
    ...(change.jobs ?? []).map((job) => put(jobItem(job))),
    ...(change.settled ?? []).map((owed) => remove(keys.owed(owed))),
    ...(change.unparked ?? []).map((owed): Write => ({
      Delete: {
        TableName: table,
        Key: { ...keys.parkedOf(owed) },
        // somebody who sent it again in the meantime moved it to the outbox
        ConditionExpression: 'attribute_exists(pk)',
      },
    })),
    ...(change.owed ?? []).map((owed) => put(owedItem(owed))),
    ...(change.colleagues ?? []).map((one) => put(colleagueItem(one))),
    ...(change.restsOn
      ? [
          stillAt(table, keys.person(change.restsOn.person.id), change.restsOn.person),
          stillAt(table, keys.host(change.restsOn.host.host), change.restsOn.host),
        ]
      : []),
    ...(change.reviewed ?? []).map((one) => put(reviewedItem(one))),
    ...change.audit.map((entry) => put(auditItem(entry, newId()))),
  ];
}

const stillAt = (table: string, key: Key, { rev }: { readonly rev: number }): Write => ({
  ConditionCheck: {
    TableName: table,
    Key: { ...key },
    ConditionExpression: 'rev = :rev',
    ExpressionAttributeValues: { ':rev': rev },
  },
});

function answerWrite(table: string, { before, after }: Moved<Answered>): Write {
  const Item = { ...keys.answered(after), ...after };
  if (before === null) return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  return {
    Put: {
      TableName: table,
      Item,
      ConditionExpression: '#at = :at',
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: { ':at': before.at },
    },
  };
}

/** A trainer's item carries the event's start in its index key, so a moved event writes them all. */
function trainerWrites(
  { before, after }: Moved<TrainingEvent>,
  put: (item: Item) => Write,
  remove: (key: Key) => Write,
): Write[] {
  const stays = (person: string) => after.trainers.some((trainer) => trainer.person === person);
  const moved = before === null || startOf(before) !== startOf(after);
  const was = (person: string) => before?.trainers.some((trainer) => trainer.person === person) ?? false;
  return [
    ...after.trainers
      .filter((trainer) => moved || !was(trainer.person))
      .map((trainer) => put(trainerItem(after, trainer))),
    ...(before?.trainers ?? [])
      .filter((trainer) => !stays(trainer.person))
      .map((trainer) => remove(keys.trainer(after.id, trainer.person))),
  ];
}

/** The conditions of the seat rules 3, 4, 6 and 9 to 13. A condition cannot add, so the promoter's room is worked out before. */
function seatsWrite(table: string, move: SeatsMove): Write {
  if (move.move === 'create')
    return { Put: { TableName: table, Item: seatsItem(move.seats), ConditionExpression: 'attribute_not_exists(pk)' } };
  const pool = 'read' in move ? move.read.pool : move.pool;
  const update = (set: string, condition: string, values: Record<string, unknown>, names = {}): Write => ({
    Update: {
      TableName: table,
      Key: { ...keys.seats(pool) },
      UpdateExpression: `SET ${set}`,
      ConditionExpression: condition,
      ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
      ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
    },
  });
  const state = { '#state': 'state' };
  switch (move.move) {
    case 'claim':
      return update(
        'taken = taken + :one',
        '#state = :open AND sealed = :no AND taken < #capacity AND opensAt <= :at AND closesAt > :at',
        { ':one': 1, ':open': 'open', ':no': false, ':at': move.at },
        { ...state, '#capacity': 'capacity' },
      );
    case 'seat':
      return update(
        'taken = taken + :one',
        '#state = :open AND sealed = :no AND taken < #capacity',
        { ':one': 1, ':open': 'open', ':no': false },
        { ...state, '#capacity': 'capacity' },
      );
    case 'release':
      return update('taken = taken - :one', 'taken >= :one', { ':one': 1 });
    case 'hold':
      return {
        ConditionCheck: {
          TableName: table,
          Key: { ...keys.seats(pool) },
          ConditionExpression: '#state = :open',
          ExpressionAttributeNames: state,
          ExpressionAttributeValues: { ':open': 'open' },
        },
      };
    case 'overtake':
      return update(
        '#rev = #rev + :one, touched = :at',
        '#state = :open AND sealed = :yes',
        { ':one': 1, ':at': move.at, ':open': 'open', ':yes': true },
        { ...state, '#rev': 'rev' },
      );
    case 'seal':
      return update('sealed = :yes', 'attribute_exists(pk)', { ':yes': true });
    case 'promote':
      return update(
        'taken = taken + :count',
        '#state = :open AND sealed = :yes AND #rev = :rev AND #capacity = :capacity AND taken <= :most',
        {
          ':count': move.count,
          ':open': 'open',
          ':yes': true,
          ':rev': move.read.rev,
          ':capacity': move.read.capacity,
          ':most': move.read.capacity - move.count,
        },
        { ...state, '#rev': 'rev', '#capacity': 'capacity' },
      );
    case 'set':
      return update(
        '#capacity = :capacity, opensAt = :opensAt, closesAt = :closesAt, startsAt = :startsAt',
        'attribute_exists(pk)',
        {
          ':capacity': move.capacity,
          ':opensAt': move.opensAt,
          ':closesAt': move.closesAt,
          ':startsAt': move.startsAt,
        },
        { '#capacity': 'capacity' },
      );
    case 'cancel':
      return update('#state = :cancelled', 'attribute_exists(pk)', { ':cancelled': 'cancelled' }, state);
    case 'touch':
      return update(
        '#rev = #rev + :one, touched = :at',
        'attribute_exists(pk)',
        { ':one': 1, ':at': move.at },
        { '#rev': 'rev' },
      );
    case 'recount':
      return update(
        'taken = :taken',
        'taken = :read AND #rev = :rev',
        { ':taken': move.taken, ':read': move.read.taken, ':rev': move.read.rev },
        { '#rev': 'rev' },
      );
  }
}
