import { SESv2Client } from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import { sesMailer } from '../mail/ses.ts';
import { smtpMailer } from '../mail/smtp.ts';
import { keys } from '../store/dynamo/keys.ts';
import type { Context, Mailer } from '../usecases/context.ts';
import { SHARDS, type OutboxShard } from '../usecases/store-port.ts';
import { deskOnAws } from './aws.ts';
import { readSecret } from './aws-secret.ts';
import { settingsFrom } from './aws-settings.ts';
import { recordedMail } from './aws-watch.ts';

const Addresses = { MAIL_FROM: z.email(), MAIL_CONTACT: z.email() };
const BySes = z.object({ ...Addresses, MAIL_CONFIGURATION_SET: z.string().min(1) });
const ByRelay = z.object({
  ...Addresses,
  MAIL_RELAY_HOST: z.hostname(),
  MAIL_RELAY_PORT: z.coerce.number().int().min(1).max(65_535),
  MAIL_RELAY_SECRET_ARN: z.string().startsWith('arn:').optional(),
});
/** As text in its secret: `{"user": …, "pass": …}`. What JSON.parse says of it quotes it, and is not passed on. */
const RelayAccount = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.object({ user: z.string().min(1), pass: z.string().min(1) }));
/** The port on which TLS begins with the first byte (RFC 8314); on others STARTTLS is asked for. */
const TLS_PORT = 465;

/** The desk as a function on AWS has it that sends what is owed. */
export async function senderOnAws(environment: NodeJS.ProcessEnv): Promise<Context> {
  return deskOnAws(environment, { mailer: recordedMail(await mailerOf(environment)) });
}

async function mailerOf(environment: NodeJS.ProcessEnv): Promise<Mailer> {
  if (environment['MAIL_RELAY_HOST'] !== undefined) return relayMailer(environment);
  const settings = settingsFrom(BySes, environment);
  return sesMailer(new SESv2Client({}), {
    from: settings.MAIL_FROM,
    contact: settings.MAIL_CONTACT,
    configurationSet: settings.MAIL_CONFIGURATION_SET,
  });
}

/** By an agency's own server, in place of SES. */
async function relayMailer(environment: NodeJS.ProcessEnv): Promise<Mailer> {
  const settings = settingsFrom(ByRelay, environment);
  const secret = settings.MAIL_RELAY_SECRET_ARN;
  const auth = secret && (await readSecret(secret, environment, RelayAccount));
  return smtpMailer({
    from: settings.MAIL_FROM,
    contact: settings.MAIL_CONTACT,
    host: settings.MAIL_RELAY_HOST,
    port: settings.MAIL_RELAY_PORT,
    secure: settings.MAIL_RELAY_PORT === TLS_PORT,
    requireTls: true,
    ...(auth ? { auth } : {}),
  });
}

const byKey = new Map<string, OutboxShard>(SHARDS.map((shard) => [keys.outbox(shard), shard]));

/** The shard of the outbox that a partition key belongs to; undefined for any other key. */
export const shardOfKey = (pk: string): OutboxShard | undefined => byKey.get(pk);
