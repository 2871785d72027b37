import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { Job } from '../../domain/job.ts';
import { Owed, OwedAboutRegistration } from '../../domain/owed.ts';
import { plus } from '../../domain/time.ts';
import type { Store } from '../../usecases/store-port.ts';
import { jobItem, mailItem, owedItem, parkedItem, SentItem } from './items.ts';
import { indexKeys, keys, sortable } from './keys.ts';
import { conditionHeld, getMany, KeyOnly, queryAll, transacted, type Table } from './table.ts';

type OutboxStore = Pick<
  Store,
  | 'owed'
  | 'owedTo'
  | 'sent'
  | 'retryLater'
  | 'park'
  | 'parked'
  | 'parkedTo'
  | 'unpark'
  | 'messagesOf'
  | 'jobsDue'
  | 'advanceJob'
>;

/** Messages owed, sent and given up, and jobs on their way. */
export function outboxStore(table: Table): OutboxStore {
  const put = (Item: Record<string, unknown>) => table.db.send(new PutCommand({ TableName: table.name, Item }));
  const remove = (key: { pk: string; sk: string }) =>
    table.db.send(new DeleteCommand({ TableName: table.name, Key: { ...key } }));
  return {
    owed: (shard) => queryAll(table, { pk: keys.outbox(shard) }, Owed),
    owedTo: (event, person) => queryAll(table, { ...keys.owedTo(event, person) }, OwedAboutRegistration),
    async sent(sent) {
      const { owed } = sent;
      if (owed.about === 'registration') await put(mailItem(sent, owed));
      await remove(keys.owed(owed));
    },
    async retryLater(owed) {
      await conditionHeld(() =>
        table.db.send(
          new PutCommand({
            TableName: table.name,
            Item: owedItem(owed),
            ConditionExpression: 'attribute_exists(pk)',
          }),
        ),
      );
    },
    async park(sent) {
      await transacted(table, [
        { Put: { TableName: table.name, Item: parkedItem(sent) } },
        {
          Delete: {
            TableName: table.name,
            Key: { ...keys.owed(sent.owed) },
            // another sender may have had it taken meanwhile: then it is not given up
            ConditionExpression: 'attribute_exists(pk)',
          },
        },
      ]);
    },
    parked: () => queryAll(table, { pk: keys.parked }, SentItem),
    parkedTo: async (event, person) => {
      const found = await queryAll(table, keys.parkedTo(event, person), SentItem);
      return found.map(({ owed }) => owed).filter((one) => one.about === 'registration');
    },
    unpark: (sent, now) =>
      // a press that comes late brings nothing back that was settled since
      transacted(table, [
        {
          Delete: {
            TableName: table.name,
            Key: { ...keys.parkedOf(sent.owed) },
            ConditionExpression: 'attribute_exists(pk)',
          },
        },
        { Put: { TableName: table.name, Item: owedItem({ ...sent.owed, tries: 0, dueAt: now }) } },
      ]),
    messagesOf: (event, person) => queryAll(table, { pk: keys.mailOf(event, person) }, SentItem),
    async jobsDue(now) {
      const found = await queryAll(
        table,
        { index: 'gsi2', pk: indexKeys.jobs, before: sortable(plus(now, 1)) },
        KeyOnly,
      );
      const jobs = await getMany(table, found, Job);
      return jobs.filter((job) => job.dueAt <= now).toSorted((a, b) => a.dueAt - b.dueAt);
    },
    async advanceJob(job, next) {
      await (next ? put(jobItem(next)) : remove(keys.job(job)));
    },
  };
}
