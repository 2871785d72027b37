import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { Returned, ReturnedAddress } from '../../domain/returned.ts';
import type { Store } from '../../usecases/store-port.ts';
import { keys } from './keys.ts';
import { held } from './registrations.ts';
import { get, queryAll, type Table } from './table.ts';

/** A code that was used shows that mail got through. */
const Address = z.object({ returned: ReturnedAddress.optional(), usedAt: z.number().default(0) });

/** Mail that came back. */
export function returnedStore(
  table: Table,
): Pick<Store, 'keepReturned' | 'returnedOf' | 'markAddress' | 'returnedAddress'> {
  return {
    async keepReturned(returned) {
      await held(() =>
        table.db.send(
          new PutCommand({
            TableName: table.name,
            Item: { ...keys.returned(returned), ...returned },
            // reports come twice and in any order: the latest stays
            ConditionExpression: 'attribute_not_exists(pk) OR #at < :at',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: { ':at': returned.at },
          }),
        ),
      );
    },
    returnedOf: (event, person) =>
      queryAll(table, { pk: keys.roster(event), begins: `RETURNED#${person ? `${person}#` : ''}` }, Returned),
    markAddress: (email, mark) =>
      held(() =>
        table.db.send(
          new UpdateCommand({
            TableName: table.name,
            Key: { ...keys.email(email) },
            UpdateExpression: 'SET returned = :mark',
            ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(returned) OR returned.#at <= :at)',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: { ':mark': mark, ':at': mark.at },
          }),
        ),
      ),
    async returnedAddress(email) {
      const address = await get(table, keys.email(email), Address, false);
      return address?.returned && address.returned.at > address.usedAt ? address.returned : null;
    },
  };
}
