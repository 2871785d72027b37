import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Host, HostRecord } from '../../domain/audience.ts';
import { Colleague, MOST_COLLEAGUES } from '../../domain/colleague.ts';
import { PersonId } from '../../domain/ids.ts';
import { Person, type Email } from '../../domain/person.ts';
import { instant, InstantNumber, type Instant } from '../../domain/time.ts';
import type { Store } from '../../usecases/store-port.ts';
import { owedItem, personItem, ttl } from './items.ts';
import { indexKeys, keys } from './keys.ts';
import { conditionHeld, get, getMany, queryAll, transacted, type Table } from './table.ts';

const HostKey = z.object({ pk: z.string().transform((pk) => Host.parse(pk.slice('HOST#'.length))) });
const Address = z.object({ person: PersonId });
const TokenItem = z.object({
  hash: z.string(),
  person: PersonId,
  role: z.enum(['participant', 'trainer', 'staff']),
  epoch: z.number(),
  endsAt: InstantNumber,
});
const ChallengeItem = z.object({
  id: z.string(),
  addressHash: z.string(),
  browserHash: z.string(),
  createdAt: InstantNumber,
  endsAt: InstantNumber,
});

const HeldItem = z.object({ path: z.string(), body: z.string(), endsAt: InstantNumber });

type PeopleReads = Pick<
  Store,
  | 'person'
  | 'personByEmail'
  | 'ensurePerson'
  | 'host'
  | 'hosts'
  | 'hostRecords'
  | 'colleaguesAt'
  | 'token'
  | 'putToken'
  | 'deleteToken'
  | 'putChallenge'
  | 'tryChallenge'
  | 'useChallenge'
  | 'holdForm'
  | 'heldForm'
  | 'underLimit'
>;

/** People, their addresses, sessions and sign-ins. */
export function peopleStore(table: Table, now: () => Instant): PeopleReads {
  const person = (id: PersonId) => get(table, keys.person(id), Person);
  const personByEmail = async (email: Email) => {
    const address = await get(table, keys.email(email), Address);
    return address ? person(address.person) : null;
  };
  return {
    person,
    personByEmail,
    async ensurePerson(email, fresh) {
      const known = await personByEmail(email);
      if (known) return known;
      const absent = 'attribute_not_exists(pk)';
      const put = (Item: Record<string, unknown>) => ({
        Put: { TableName: table.name, Item, ConditionExpression: absent },
      });
      const made = await transacted(table, [put({ ...keys.email(email), person: fresh.id }), put(personItem(fresh))]);
      if (made) return fresh;
      const other = await personByEmail(email);
      if (!other) throw new Error('An address was taken, and then it was not there');
      return other;
    },
    host: (host) => get(table, keys.host(host), HostRecord, false),
    hostRecords: (hosts) =>
      getMany(
        table,
        hosts.map((host) => keys.host(host)),
        HostRecord,
        false,
      ),
    colleaguesAt: (host) =>
      queryAll(
        table,
        { pk: keys.host(host).pk, begins: 'COLLEAGUE#', limit: MOST_COLLEAGUES, consistent: false },
        Colleague,
      ),
    async hosts() {
      const found = await queryAll(table, { index: 'gsi1', pk: indexKeys.hosts }, HostKey);
      return found.map(({ pk }) => pk);
    },
    async token(hash) {
      const key = keys.token(hash);
      // of who signed in a moment ago not every copy of the table knows; only a token that is none costs the second look
      const item = (await get(table, key, TokenItem, false)) ?? (await get(table, key, TokenItem));
      return item ? { ...item, expiresAt: item.endsAt } : null;
    },
    async putToken({ expiresAt, ...token }) {
      await table.db.send(
        new PutCommand({
          TableName: table.name,
          Item: { ...keys.token(token.hash), ...token, endsAt: expiresAt, expiresAt: ttl(expiresAt) },
        }),
      );
    },
    async deleteToken(hash) {
      await table.db.send(new DeleteCommand({ TableName: table.name, Key: { ...keys.token(hash) } }));
    },
    async putChallenge({ expiresAt, ...challenge }, owed) {
      const item = {
        ...keys.challenge(challenge.id),
        ...challenge,
        endsAt: expiresAt,
        expiresAt: ttl(expiresAt),
        tries: 0,
      };
      await transacted(
        table,
        [item, owedItem(owed)].map((Item) => ({ Put: { TableName: table.name, Item } })),
      );
    },
    async tryChallenge(id, browserHash, mostTries, now) {
      let found: Record<string, unknown> | undefined;
      const counted = await conditionHeld(async () => {
        const { Attributes } = await table.db.send(
          new UpdateCommand({
            TableName: table.name,
            Key: { ...keys.challenge(id) },
            UpdateExpression: 'SET tries = tries + :one',
            ConditionExpression: 'tries < :most AND endsAt > :now AND browserHash = :browser',
            ExpressionAttributeValues: { ':one': 1, ':most': mostTries, ':now': now, ':browser': browserHash },
            ReturnValues: 'ALL_NEW',
          }),
        );
        found = Attributes;
      });
      if (!counted) return null;
      const { endsAt, ...challenge } = ChallengeItem.parse(found);
      return { ...challenge, expiresAt: endsAt };
    },
    useChallenge: (challenge, email, now) =>
      transacted(table, [
        {
          Delete: {
            TableName: table.name,
            Key: { ...keys.challenge(challenge.id) },
            ConditionExpression: 'attribute_exists(pk)',
          },
        },
        {
          Update: {
            TableName: table.name,
            Key: { ...keys.email(email) },
            UpdateExpression: 'SET usedAt = :now',
            ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(usedAt) OR usedAt < :createdAt)',
            ExpressionAttributeValues: { ':now': now, ':createdAt': challenge.createdAt },
          },
        },
      ]),
    async holdForm(hash, form, until) {
      const Item = { ...keys.heldForm(hash), ...form, endsAt: until, expiresAt: ttl(until) };
      await table.db.send(new PutCommand({ TableName: table.name, Item }));
    },
    async heldForm(hash) {
      const held = await get(table, keys.heldForm(hash), HeldItem);
      return held && held.endsAt > now() ? { path: held.path, body: held.body } : null;
    },
    underLimit: (what, subject, window, most, now) => {
      const began = Math.floor(now / window);
      return conditionHeld(() =>
        table.db.send(
          new UpdateCommand({
            TableName: table.name,
            Key: { ...keys.limit(what, subject, began) },
            UpdateExpression: 'ADD uses :one SET expiresAt = :gone',
            ConditionExpression: 'attribute_not_exists(uses) OR uses < :most',
            ExpressionAttributeValues: {
              ':one': 1,
              ':most': most,
              ':gone': ttl(instant((began + 2) * window)),
            },
          }),
        ),
      );
    },
  };
}
