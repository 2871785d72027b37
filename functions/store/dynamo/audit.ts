import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { AuditEntry } from '../../domain/change.ts';
import type { Page, Store } from '../../usecases/store-port.ts';
import { auditItem } from './items.ts';
import { indexKeys, keys } from './keys.ts';
import { getMany, KeyOnly, queryAll, queryPage, type Table, type Wanted } from './table.ts';
import { InstantNumber } from '../../domain/time.ts';

const Entry = z.object({
  pk: z.string(),
  sk: z.string(),
  entity: z.string(),
  rev: z.int().nullable(),
  at: InstantNumber,
  actor: z.string(),
  act: z.string(),
  detail: z.string(),
});

const plain = ({ pk: _pk, sk: _sk, ...entry }: z.infer<typeof Entry>): AuditEntry => entry;

type AuditStore = Pick<Store, 'auditOf' | 'auditBy' | 'auditOn' | 'note'>;

/** Who did what, when: by what it was done to, by who did it, by day. Newest first. */
export function auditStore(table: Table, newId: () => string): AuditStore {
  /** Lists of one actor or one day come from an index, whole, and are cut here: a day's acts are some hundreds. */
  const byIndex = async (wanted: Wanted, limit: number, after: string | null): Promise<Page<AuditEntry>> => {
    const found = await queryAll(table, { ...wanted, backwards: true }, KeyOnly);
    const start = after === null ? 0 : found.findIndex((key) => `${key.pk} ${key.sk}` === after) + 1;
    const page = found.slice(start, start + limit);
    const entries = await getMany(table, page, Entry);
    const byKey = new Map(entries.map((entry) => [`${entry.pk} ${entry.sk}`, plain(entry)]));
    const last = page.at(-1);
    return {
      items: page.flatMap((key) => byKey.get(`${key.pk} ${key.sk}`) ?? []),
      next: last && start + limit < found.length ? `${last.pk} ${last.sk}` : null,
    };
  };
  return {
    async auditOf(entity, limit, after) {
      const { items, last } = await queryPage(table, { pk: keys.audit(entity), backwards: true, limit, after }, Entry);
      return { items: items.map(plain), next: last ? String(last['sk']) : null };
    },
    auditBy: (actor, limit, after) => byIndex({ index: 'gsi1', pk: indexKeys.actor(actor) }, limit, after),
    auditOn: (day, limit, after) => byIndex({ index: 'gsi2', pk: indexKeys.auditDay(day) }, limit, after),
    async note(entry) {
      await table.db.send(new PutCommand({ TableName: table.name, Item: auditItem(entry, newId()) }));
    },
  };
}
