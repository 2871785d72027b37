import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import type { Letter } from '../usecases/context.ts';
import { invitationOf } from './calendar.ts';
import { oneLine } from './facts.ts';
import { messageOf } from './messages/words.ts';
import { renderHtml } from './render-html.tsx';
import { renderText } from './render-text.ts';
import { DESK_NAME, type MailSettings } from './settings.ts';

/**
 * A letter as a message for nodemailer: `multipart/alternative` of text, HTML and, last, the invitation
 * (RFC 6047 section 2.4). The same letter is the same bytes, so that one sent twice after a crash is one message.
 *
 * Not nodemailer's `icalEvent`: that adds a copy of the invitation that Outlook and Gmail may take for a plain file.
 */
export async function composeMail(letter: Letter, settings: MailSettings): Promise<SendMailOptions> {
  const message = messageOf(letter, settings);
  const invitation = letter.about === 'registration' ? invitationOf(letter, settings) : null;
  const id = createHash('sha256').update(keyOf(letter)).digest('hex').slice(0, 40);
  return {
    from: { name: DESK_NAME, address: settings.from },
    to: letter.to,
    // what looks like an encoded word would be read as one (RFC 2047 section 6.2)
    subject: oneLine(message.subject).replaceAll('=?', '= ?'),
    messageId: `<${id}@${settings.from.slice(settings.from.lastIndexOf('@') + 1)}>`,
    // when the message was decided on (RFC 5322 section 3.6.1); a second try has the same
    date: new Date(letter.about === 'registration' ? letter.owed.stamp : letter.stamp),
    baseBoundary: id,
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: { content: renderText(message), contentTransferEncoding: 'quoted-printable' },
    html: { content: await renderHtml(message), contentTransferEncoding: 'quoted-printable' },
    alternatives: invitation
      ? [
          {
            contentType: `text/calendar; charset=utf-8; method=${invitation.method}`,
            content: invitation.text,
            // keeps every CRLF and fold as they are; a mail server that doubles a CR takes the buttons away
            contentTransferEncoding: 'base64',
          },
        ]
      : [],
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/**
 * What the outbox entry announces, and when: after a restore the same `rev` comes a second time. A challenge is not
 * known here, but nobody is sent two codes in a millisecond.
 */
const keyOf = (letter: Letter): string =>
  letter.about === 'registration'
    ? `registration#${letter.owed.event}#${letter.owed.person}#${letter.owed.rev}#${letter.owed.part}#${letter.owed.stamp}`
    : `sign-in#${letter.to}#${letter.stamp}`;
