import { simpleParser } from 'mailparser';
import type { Mail } from './mail.ts';

/** A header line as it came, name and unfolded value. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** Takes a message apart as a mail client would. */
export async function parseMail(
  source: Buffer,
): Promise<Pick<Mail, 'from' | 'subject' | 'text' | 'html' | 'calendar'>> {
  const parsed = await simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  const calendar = parsed.attachments.find(({ contentType }) => contentType === 'text/calendar');
  return {
    from: parsed.from?.value.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ') ?? '',
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    calendar: calendar?.content.toString('utf8') ?? '',
  };
}

/** The header lines of a message in their order. */
export async function headersOf(source: Buffer): Promise<Header[]> {
  const { headerLines } = await simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true });
  return headerLines.map(({ line }) => {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).replaceAll(/\r?\n\s+/g, ' ');
    return { name: line.slice(0, colon), value: value.trim() };
  });
}
