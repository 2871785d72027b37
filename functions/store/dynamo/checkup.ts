import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { TrainingEvent } from '../../domain/event.ts';
import { Checkup } from '../../domain/finding.ts';
import { EventId, PersonId, type PoolId } from '../../domain/ids.ts';
import { ListJob } from '../../domain/import-list.ts';
import { Job } from '../../domain/job.ts';
import { Owed } from '../../domain/owed.ts';
import { Program } from '../../domain/program.ts';
import { Registration } from '../../domain/registration.ts';
import { Seats } from '../../domain/seats.ts';
import { instant } from '../../domain/time.ts';
import { UnreadableItem } from '../../domain/unreadable.ts';
import { SHARDS, type Store } from '../../usecases/store-port.ts';
import { PlaceItem, SentItem } from './items.ts';
import { indexKeys, keys } from './keys.ts';
import { ArrivalItem, DetailsOfPerson } from './registrations.ts';
import { get, getMany, KeyOnly, queryAll, type Table } from './table.ts';
import type { Readable } from './versions.ts';

const Listed = z.object({ gsi1sk: z.string() });
const TrainerItem = z.object({
  sk: z.string().transform((sk) => PersonId.parse(sk.slice('TRAINER#'.length))),
  gsi1sk: z.string().default('0'),
});

/** It is on the list already. */
function otherThanUnreadable(error: unknown): void {
  if (!(error instanceof UnreadableItem)) throw error;
}

const firstOf = (key: string): number => Number(key.split('#')[0]);

/** What is read of the table to compare its parts: as it is kept, not as pages need it. */
export function checkupReads(
  table: Table,
): Pick<Store, 'listed' | 'trainersOf' | 'line' | 'unreadable' | 'keepCheckup' | 'lastCheckup'> {
  return {
    async listed(year) {
      const found = await queryAll(table, { index: 'gsi1', pk: indexKeys.eventsOfYear(year) }, Listed);
      return found.map(({ gsi1sk }) => {
        const [end, start, , event] = gsi1sk.split('#');
        return { event: EventId.parse(event), end: instant(Number(end)), start: instant(Number(start)) };
      });
    },
    async trainersOf(event) {
      const found = await queryAll(table, { pk: keys.event(event).pk, begins: 'TRAINER#' }, TrainerItem);
      return new Map(found.map(({ sk, gsi1sk }) => [sk, instant(firstOf(gsi1sk))]));
    },
    async unreadable(event, pools) {
      const found: UnreadableItem[] = [];
      const listening: Table = { ...table, unreadable: (item) => void found.push(item) };
      const all = <S extends z.ZodType>(pk: string, readable: Readable<S>, begins?: string) =>
        queryAll(listening, { pk, ...(begins ? { begins } : {}) }, readable);
      const unfinished = async <S extends z.ZodType>(pk: string, readable: Readable<S>) =>
        getMany(listening, await queryAll(listening, { index: 'gsi2', pk }, KeyOnly), readable);
      await Promise.all(
        event === null
          ? [
              all(keys.programs, Program),
              all(keys.parked, SentItem),
              ...SHARDS.map((shard) => all(keys.outbox(shard), Owed)),
              unfinished(indexKeys.jobs, Job),
              unfinished(indexKeys.lists, ListJob),
            ]
          : [
              get(listening, keys.event(event), TrainingEvent).catch(otherThanUnreadable),
              all(keys.event(event).pk, TrainerItem, 'TRAINER#'),
              all(keys.roster(event), Registration, 'REG#'),
              all(keys.roster(event), DetailsOfPerson, 'ANSWERS#'),
              all(keys.roster(event), ArrivalItem, 'ATTEND#'),
              ...pools.flatMap((pool) => [all(keys.seats(pool).pk, Seats), all(keys.line(pool), PlaceItem)]),
            ],
      );
      return found;
    },
    async keepCheckup(checkup) {
      await table.db.send(new PutCommand({ TableName: table.name, Item: { ...keys.checkup, ...checkup } }));
    },
    lastCheckup: () => get(table, keys.checkup, Checkup),
    line: (pool: PoolId) => queryAll(table, { pk: keys.line(pool) }, PlaceItem),
  };
}
