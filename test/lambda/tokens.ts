import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { systemClock } from '../../functions/compose/clock.ts';
import { idsFrom } from '../../functions/compose/ids.ts';
import { NOBODY } from '../../functions/domain/actor.ts';
import { Email } from '../../functions/domain/person.ts';
import { dynamoStore } from '../../functions/store/dynamo/store.ts';
import type { Context } from '../../functions/usecases/context.ts';
import { issueToken } from '../../functions/usecases/issue-token.ts';
import type { DeskOnAws } from './desk.ts';

/** Staff and trainers come by the provider, which needs TLS: tokens like theirs are made here over the same table. */
export async function tokenOf(
  desk: DeskOnAws,
  role: 'participant' | 'staff' | 'trainer',
  email: string,
): Promise<string> {
  const ids = idsFrom(desk.ids);
  const db = DynamoDBDocumentClient.from(desk.client, { marshallOptions: { removeUndefinedValues: true } });
  const never = () => {
    throw new Error('not here');
  };
  const context: Context = {
    actor: NOBODY,
    clock: systemClock,
    ids,
    store: dynamoStore(
      { db, name: desk.table },
      () => systemClock.now(),
      () => ids.secret(),
    ),
    mailer: { send: never },
    calendars: { feed: never },
    desk: { origin: 'https://training-desk.example.gov', uidHost: 'training-desk.example.gov' },
    nudge: () => {},
  };
  return issueToken(context, { role, email: Email.parse(email) });
}

/** Brings programs and makes the first member of staff; their token. */
export async function firstStaff(desk: DeskOnAws): Promise<string> {
  const email = 'staff@hq.dhs.gov';
  await desk.call('operator', { task: 'seed' });
  await desk.call('operator', { task: 'make-staff', email });
  return tokenOf(desk, 'staff', email);
}
