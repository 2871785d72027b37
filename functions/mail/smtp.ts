import { createTransport, type NodemailerError } from 'nodemailer';
import type { Delivery, Mailer } from '../usecases/context.ts';
import { composeMail } from './compose.ts';
import { wordsOfError } from './errors.ts';
import type { MailSettings } from './settings.ts';

export interface SmtpOptions extends MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; without it STARTTLS is used where the server has it. */
  readonly secure?: boolean;
  /** Refuse to send without TLS. */
  readonly requireTls?: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
  /** Open connections at most; 5 unless told. */
  readonly connections?: number;
  /** The longest that one message may take, in milliseconds; 30 seconds unless told. */
  readonly timeout?: number;
}

/** Sends by SMTP over kept connections: the local mailbox, or an agency's relay. */
export function smtpMailer(options: SmtpOptions): Mailer & { close(): void } {
  const timeout = options.timeout ?? 30_000;
  const transport = createTransport({
    pool: true,
    host: options.host,
    port: options.port,
    secure: options.secure ?? false,
    requireTLS: options.requireTls ?? false,
    maxConnections: options.connections ?? 5,
    // one more try where a kept connection had died; everything else is the outbox's to try again
    maxRequeues: 1,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    ...(options.auth ? { auth: { ...options.auth } } : {}),
  });
  return {
    async send(letter): Promise<Delivery> {
      try {
        const mail = await composeMail(letter, options);
        // the time-outs above end a silent server; this one also a server that answers a byte at a time
        const sent = await transport.sendMail({ ...mail, signal: AbortSignal.timeout(timeout) });
        return { outcome: 'sent', id: sent.messageId };
      } catch (error) {
        return { outcome: isRefusal(error) ? 'refused' : 'later', why: wordsOfError(error) };
      }
    },
    close: () => transport.close({ force: true }),
  };
}

/**
 * A final no (5xx, RFC 5321 section 4.2.1) to this recipient or this message. One to our greeting, sign-in or sender
 * is a fault of the settings and none of the address, so it is tried again and then shown to staff.
 */
function isRefusal(error: unknown): boolean {
  if (!isNodemailerError(error)) return false;
  return error.permanent === true && (error.command === 'RCPT TO' || error.command === 'DATA');
}

const isNodemailerError = (error: unknown): error is NodemailerError => error instanceof Error && 'code' in error;
