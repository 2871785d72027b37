import { SESv2Client } from '@aws-sdk/client-sesv2';
import { z } from 'zod';
import { feedText } from '../mail/feed.ts';
import { sesMailer } from '../mail/ses.ts';
import type { Context } from '../usecases/context.ts';
import { deskOnAws } from './aws.ts';
import { settingsFrom } from './aws-settings.ts';

const MailSettings = z.object({
  MAIL_FROM: z.email(),
  MAIL_CONTACT: z.email(),
  MAIL_CONFIGURATION_SET: z.string().min(1),
});

/** The desk as a function on AWS has it that sends what is owed. */
export async function senderOnAws(environment: NodeJS.ProcessEnv): Promise<Context> {
  const settings = settingsFrom(MailSettings, environment);
  const mailer = sesMailer(new SESv2Client({}), {
    from: settings.MAIL_FROM,
    contact: settings.MAIL_CONTACT,
    configurationSet: settings.MAIL_CONFIGURATION_SET,
  });
  return deskOnAws(environment, { mailer, calendars: { feed: feedText } });
}
