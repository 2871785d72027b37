import { BatchWriteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ListJob, ListRow } from '../../domain/import-list.ts';
import { DAY, plus, type Instant } from '../../domain/time.ts';
import type { Store } from '../../usecases/store-port.ts';
import { auditItem, ttl, type Item } from './items.ts';
import { indexKeys, keys, sortable } from './keys.ts';
import { conditionHeld, get, getMany, KeyOnly, queryAll, transacted, type Table } from './table.ts';

const Rows = z.lazy(() => z.object({ rows: z.array(ListRow.unwrap()) }));

/** How long names and addresses of a list are kept. */
const KEPT = 30 * DAY;
/** BatchWriteItem takes 25 items. */
const ITEMS_AT_ONCE = 25;

type ListStore = Pick<
  Store,
  'keepList' | 'listJob' | 'listRows' | 'allListRows' | 'putListRows' | 'moveList' | 'runningLists'
>;

/** Lists of people that staff register, each a job with its rows in chunks. */
export function listStore(table: Table, now: () => Instant, newId: () => string): ListStore {
  const expiresAt = (job: ListJob): number => ttl(plus(job.checkedAt, KEPT));
  const jobItem = (job: ListJob): Item => ({
    ...keys.listJob(job.id),
    ...(job.state === 'running' ? { gsi2pk: indexKeys.lists, gsi2sk: `${sortable(job.checkedAt)}#${job.id}` } : {}),
    expiresAt: expiresAt(job),
    ...job,
  });
  const rowsItem = (job: ListJob, chunk: number, rows: readonly ListRow[]): Item => ({
    ...keys.listRows(job.id, chunk),
    expiresAt: expiresAt(job),
    rows,
  });
  const put = (Item: Item) => table.db.send(new PutCommand({ TableName: table.name, Item }));
  /** TTL may come two days late. */
  const alive = (job: ListJob | null): ListJob | null => (job && plus(job.checkedAt, KEPT) > now() ? job : null);
  return {
    async keepList(job, chunks) {
      const items = chunks.map((rows, chunk) => rowsItem(job, chunk, rows));
      while (items.length > 0) {
        const some = items.splice(0, ITEMS_AT_ONCE).map((Item) => ({ PutRequest: { Item } }));
        const { UnprocessedItems } = await table.db.send(
          new BatchWriteCommand({ RequestItems: { [table.name]: some } }),
        );
        for (const { PutRequest } of UnprocessedItems?.[table.name] ?? [])
          await table.db.send(new PutCommand({ TableName: table.name, Item: PutRequest?.Item }));
      }
      // the job comes last: a list without all of its rows is none
      await put(jobItem(job));
    },
    listJob: async (id) => alive(await get(table, keys.listJob(id), ListJob)),
    listRows: async (id, chunk) => (await get(table, keys.listRows(id, chunk), Rows))?.rows ?? [],
    allListRows: async (id) =>
      (await queryAll(table, { pk: keys.listJob(id).pk, begins: 'ROWS#' }, Rows)).flatMap(({ rows }) => rows),
    async putListRows(job, chunk, rows) {
      await put(rowsItem(job, chunk, rows));
    },
    moveList: (before, after, entry) => {
      const move = {
        TableName: table.name,
        Item: jobItem(after),
        ConditionExpression: 'rev = :rev',
        ExpressionAttributeValues: { ':rev': before.rev },
      };
      if (!entry) return conditionHeld(() => table.db.send(new PutCommand(move)));
      return transacted(table, [{ Put: move }, { Put: { TableName: table.name, Item: auditItem(entry, newId()) } }]);
    },
    async runningLists() {
      const found = await queryAll(table, { index: 'gsi2', pk: indexKeys.lists }, KeyOnly);
      const jobs = await getMany(table, found, ListJob);
      return jobs.filter((job) => job.state === 'running').toSorted((a, b) => a.checkedAt - b.checkedAt);
    },
  };
}
