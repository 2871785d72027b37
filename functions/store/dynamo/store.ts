import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../../domain/time.ts';
import type { Store } from '../../usecases/store-port.ts';
import { auditStore } from './audit.ts';
import { checkupReads } from './checkup.ts';
import { eventReads } from './events.ts';
import { listStore } from './lists.ts';
import { outboxStore } from './outbox.ts';
import { peopleStore } from './people.ts';
import { registrationReads } from './registrations.ts';
import { returnedStore } from './returned.ts';
import { settingsStore } from './settings.ts';
import type { Table } from './table.ts';
import { commit } from './transact.ts';

/** The Store port over one DynamoDB table. */
export function dynamoStore(table: Table, now: () => Instant, newId: () => string): Store {
  const events = eventReads(table, now);
  const settings = settingsStore(table, now);
  return {
    async commit(change) {
      const outcome = await commit(table, change, newId);
      for (const { after } of change.events ?? []) events.forget(after.id);
      if (change.programs) events.forget();
      if (change.settings) settings.forget();
      return outcome;
    },
    ...events,
    ...settings,
    ...registrationReads(table, now),
    ...peopleStore(table, now),
    ...outboxStore(table),
    ...returnedStore(table),
    ...auditStore(table, newId),
    ...checkupReads(table),
    ...listStore(table, now, newId),
    async alive() {
      await table.db.send(new DescribeTableCommand({ TableName: table.name }));
    },
  };
}
