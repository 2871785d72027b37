import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { NOBODY } from '../domain/actor.ts';
import { dynamoStore } from '../store/dynamo/store.ts';
import type { Calendars, Context, Files, Mailer } from '../usecases/context.ts';
import { systemClock } from './clock.ts';
import { idsFrom, idsWithoutSecret } from './ids.ts';
import { settingsFrom } from './aws-settings.ts';
import { countRefusals, recorded } from './aws-watch.ts';
import { logUnreadable } from './log.ts';
import { readSecret } from './aws-secret.ts';

/** Settings that every function has. */
const DeskSettings = z.object({
  /** Under which numbers are counted; without it no alarm would ever ring. */
  STAGE: z.string().min(1),
  AWS_REGION: z.string(),
  TABLE_NAME: z.string().min(3),
  ORIGIN: z.url({ protocol: /^https$/ }).refine((url) => URL.parse(url)?.origin === url, 'is not a bare origin'),
  UID_HOST: z.hostname(),
});
const Signing = z.object({ IDS_SECRET_ARN: z.string().startsWith('arn:') });

/** Whoever guesses it can make join links and codes. */
const IdsSecret = z.string().min(32);

/** The parts of a desk that not every function needs, so that the others do not carry their code. */
export interface Parts {
  /** False for a function that signs nothing: the desk's secret is neither read nor within its rights. */
  readonly signs?: false;
  readonly mailer?: Mailer;
  readonly calendars?: Calendars;
  /** Made with what makes secrets. */
  readonly files?: (secret: () => string) => Files;
}

const elsewhere = (what: string) => () => {
  throw new Error(`This function does not ${what}`);
};

/**
 * The desk over DynamoDB, from a function's settings.
 * @throws {SettingsError} when a setting is missing or malformed, before the first request
 */
export async function deskOnAws(environment: NodeJS.ProcessEnv, parts: Parts = {}): Promise<Context> {
  const settings = settingsFrom(DeskSettings, environment);
  const client = new DynamoDBClient({});
  countRefusals(client);
  const db = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const ids =
    parts.signs === false
      ? idsWithoutSecret
      : idsFrom(await readSecret(settingsFrom(Signing, environment).IDS_SECRET_ARN, environment, IdsSecret));
  const store = dynamoStore(
    { db, name: settings.TABLE_NAME, unreadable: logUnreadable },
    () => systemClock.now(),
    () => ids.secret(),
  );
  return {
    actor: NOBODY,
    clock: systemClock,
    ids,
    store: recorded(store),
    mailer: parts.mailer ?? { send: elsewhere('send mail') },
    calendars: parts.calendars ?? { feed: elsewhere('write calendars') },
    ...(parts.files ? { files: parts.files(() => ids.secret()) } : {}),
    desk: { origin: settings.ORIGIN, uidHost: settings.UID_HOST },
    // the table's stream wakes the sender
    nudge: () => {},
  };
}
