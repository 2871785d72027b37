import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { Checkup } from '../../domain/finding.ts';
import { EventId, PersonId, type PoolId } from '../../domain/ids.ts';
import { instant } from '../../domain/time.ts';
import type { Store } from '../../usecases/store-port.ts';
import { PlaceItem } from './items.ts';
import { indexKeys, keys } from './keys.ts';
import { get, queryAll, type Table } from './table.ts';

const Listed = z.object({ gsi1sk: z.string() });
const TrainerItem = z.object({
  sk: z.string().transform((sk) => PersonId.parse(sk.slice('TRAINER#'.length))),
  gsi1sk: z.string().default('0'),
});

const firstOf = (key: string): number => Number(key.split('#')[0]);

/** What is read of the table to compare its parts: as it is kept, not as pages need it. */
export function checkupReads(
  table: Table,
): Pick<Store, 'listed' | 'trainersOf' | 'line' | 'keepCheckup' | 'lastCheckup'> {
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
    async keepCheckup(checkup) {
      await table.db.send(new PutCommand({ TableName: table.name, Item: { ...keys.checkup, ...checkup } }));
    },
    lastCheckup: () => get(table, keys.checkup, Checkup),
    line: (pool: PoolId) => queryAll(table, { pk: keys.line(pool) }, PlaceItem),
  };
}
