import { SendEmailCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import { createTransport } from 'nodemailer';
import type { Delivery, Letter, Mailer } from '../usecases/context.ts';
import { composeMail } from './compose.ts';
import { wordsOfError } from './errors.ts';
import type { MailSettings } from './settings.ts';

export interface SesOptions extends MailSettings {
  /** Bounces and complaints come by its event destinations. */
  readonly configurationSet: string;
}

/**
 * Sends by Amazon SES v2. SES sets its own Message-ID and Date, so a delivery is known by the id returned, and by its
 * tags in what the configuration set reports.
 */
export function sesMailer(client: SESv2Client, options: SesOptions): Mailer & { close(): void } {
  const transport = createTransport({ SES: { sesClient: client, SendEmailCommand } });
  return {
    async send(letter): Promise<Delivery> {
      try {
        const mail = await composeMail(letter, options);
        const ses = { ConfigurationSetName: options.configurationSet, EmailTags: tagsOf(letter) };
        const sent = await transport.sendMail({ ...mail, ses });
        return { outcome: 'sent', id: sent.response };
      } catch (error) {
        return { outcome: isRefusal(error, letter) ? 'refused' : 'later', why: wordsOfError(error) };
      }
    },
    close: () => client.destroy(),
  };
}

const tagsOf = (letter: Letter) =>
  letter.about === 'registration'
    ? [
        { Name: 'kind', Value: letter.owed.kind },
        { Name: 'event', Value: letter.owed.event },
        { Name: 'person', Value: letter.owed.person },
        { Name: 'rev', Value: String(letter.owed.rev) },
        { Name: 'part', Value: letter.owed.part },
      ]
    : [{ Name: 'kind', Value: 'sign-in' }];

/**
 * SES refuses at once only what it names. Its other errors (throttling, a paused or unverified account, a missing
 * configuration set) say nothing of the address; an address that does not exist comes later, as a bounce.
 */
const isRefusal = (error: unknown, letter: Letter): boolean =>
  error instanceof Error &&
  (error.name === 'MessageRejected' || error.name === 'BadRequestException') &&
  error.message.toLowerCase().includes(letter.to);
