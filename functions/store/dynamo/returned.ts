import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { NotArrived, Returned, ReturnedAddress } from '../../domain/returned.ts';
import type { Store } from '../../usecases/store-port.ts';
import { Answered } from '../../domain/calendar-answer.ts';
import { instant, type Instant } from '../../domain/time.ts';
import type { Item } from './items.ts';
import { indexKeys, keys, sortable } from './keys.ts';
import { conditionHeld, count, get, getMany, queryAll, queryPage, type Table } from './table.ts';

/** A code that was used shows that mail got through. */
const Address = z.object({ returned: ReturnedAddress.optional(), usedAt: z.number().default(0) });

const Listed = z.object({ pk: z.string(), sk: z.string(), gsi2sk: z.string() });
/** Sorts after every moment. */
const END_OF_TIME = instant(9_999_999_999_999);

/** Mail that came back, and what calendars answered. */
export function returnedStore(
  table: Table,
): Pick<
  Store,
  | 'keepReturned'
  | 'returnedPage'
  | 'returnedSince'
  | 'returnedOf'
  | 'markAddress'
  | 'returnedAddress'
  | 'answer'
  | 'answersOf'
> {
  /** What is told comes twice and in any order: the latest stays. */
  const keepLatest = async (Item: Item & { readonly at: Instant }) => {
    await conditionHeld(() =>
      table.db.send(
        new PutCommand({
          TableName: table.name,
          Item,
          ConditionExpression: 'attribute_not_exists(pk) OR #at < :at',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': Item.at },
        }),
      ),
    );
  };
  return {
    keepReturned: (returned) =>
      keepLatest({
        ...keys.returned(returned),
        gsi2pk: indexKeys.returned,
        gsi2sk: indexKeys.returnedAt(returned),
        ...returned,
      }),
    async returnedPage(since, most, after) {
      const listed = { index: 'gsi2', pk: indexKeys.returned } as const;
      const before = after ?? sortable(END_OF_TIME);
      const { items, last } = await queryPage(table, { ...listed, before, backwards: true, limit: most }, Listed);
      const recent = items.filter(({ gsi2sk }) => gsi2sk >= sortable(since));
      const found = await getMany(table, recent, NotArrived, false);
      const more = last !== undefined && recent.length === items.length;
      return {
        items: found.toSorted((one, other) => other.at - one.at),
        next: more ? (recent.at(-1)?.gsi2sk ?? null) : null,
      };
    },
    returnedSince: (since, most) =>
      count(table, { index: 'gsi2', pk: indexKeys.returned, from: sortable(since), limit: most }),
    answer: (of) => get(table, keys.answered(of), Answered),
    answersOf: (event, person) =>
      queryAll(
        table,
        { pk: keys.roster(event), begins: `ANSWERED#${person ? `${person}#` : ''}`, consistent: false },
        Answered,
      ),
    returnedOf: (event, person) =>
      queryAll(
        table,
        { pk: keys.roster(event), begins: `RETURNED#${person ? `${person}#` : ''}`, consistent: false },
        Returned,
      ),
    markAddress: (email, mark) =>
      conditionHeld(() =>
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
