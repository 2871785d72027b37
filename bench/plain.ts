import { GetCommand, QueryCommand, TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { randomBytes } from 'node:crypto';
import type { Mode } from './flags.ts';

/** The calls of one registration and nothing else: the same reads, the same items, none of our rules. */
export interface Plain {
  register(tokenHash: string): Promise<void>;
}

type Item = Record<string, unknown>;
/** As many as the promoter seats in one transaction. */
const AT_ONCE = 24;

/** Looks at what one registration of an event left behind, so that the items written here are as large. */
export async function plainOver(db: DynamoDBDocumentClient, table: string, event: string, mode: Mode): Promise<Plain> {
  const first = async (pk: string, begins: string): Promise<Item> => {
    const { Items = [] } = await db.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': pk, ':sk': begins },
        Limit: 1,
      }),
    );
    return Items[0] ?? {};
  };
  const registration = await first(`ROSTER#${event}`, 'REG#');
  const person = String(registration['person']);
  const audit = await first(`AUDIT#${event}#${person}`, '0');
  const owed = (await Promise.all(shards().map((pk) => first(pk, `${event}#${person}`)))).find(
    (one) => 'pk' in one,
  ) ?? {
    ...audit,
    filling: 'x'.repeat(300),
  };
  const get = (pk: string, sk: string) =>
    db.send(new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true }));
  const put = (item: Item, pk: string, sk: string) => ({ Put: { TableName: table, Item: { ...item, pk, sk } } });
  const seats = (count: number) => ({
    Update: {
      TableName: table,
      Key: { pk: 'SEATS#plain', sk: 'SEATS' },
      UpdateExpression: 'ADD taken :count',
      ExpressionAttributeValues: { ':count': count },
    },
  });
  const waiting: string[] = [];
  return {
    async register(tokenHash) {
      const { Item: token } = await get(`TOKEN#${tokenHash}`, 'TOKEN');
      await get(`PERSON#${String(token?.['person'])}`, 'PERSON');
      const id = randomBytes(10).toString('hex');
      const asked = [put(registration, 'ROSTER#plain', `REG#${id}`), put(audit, `AUDIT#plain#${id}`, '000001')];
      const message = () =>
        put(owed, `PLAIN#${String(Number.parseInt(id.slice(0, 2), 16) % 16).padStart(2, '0')}`, `plain#${id}`);
      if (mode === 'open') {
        await db.send(new TransactWriteCommand({ TransactItems: [seats(1), ...asked, message()] }));
        return;
      }
      await get('SEATS#plain', 'SEATS');
      await db.send(new TransactWriteCommand({ TransactItems: [...asked, put({}, 'LINE#plain', id)] }));
      waiting.push(id);
      if (waiting.length < AT_ONCE) return;
      const seated = waiting.splice(0, AT_ONCE);
      await db.send(
        new TransactWriteCommand({
          TransactItems: [
            seats(seated.length),
            ...seated.flatMap((one) => [
              put(registration, 'ROSTER#plain', `REG#${one}`),
              put(audit, `AUDIT#plain#${one}`, '000002'),
              put(owed, `PLAIN#${String(Number.parseInt(one.slice(0, 2), 16) % 16).padStart(2, '0')}`, `plain#${one}`),
              { Delete: { TableName: table, Key: { pk: 'LINE#plain', sk: one } } },
            ]),
          ],
        }),
      );
    },
  };
}

const shards = (): string[] => Array.from({ length: 16 }, (_, n) => `OUT#${String(n).padStart(2, '0')}`);
