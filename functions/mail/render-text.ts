import type { Link, Message, Paragraph, Section, Ticket } from './message.ts';

/** The text part. Lines are not broken: the reader's window breaks them, and addresses stay whole. */
export function renderText(message: Message): string {
  const blocks = [
    message.heading,
    ...(message.code === undefined ? [] : [message.code]),
    ...message.intro,
    ...(message.ticket ? [ticketText(message.ticket)] : []),
    ...message.sections.map(sectionText),
    message.footer.map(paragraphText).join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** The action's address follows in full after the ticket, so it is not repeated here. */
const ticketText = ({ title, rows, action }: Ticket): string =>
  [
    title,
    ...rows.map(({ label, value, quiet }) => `${label}: ${value}${quiet === undefined ? '' : ` ${quiet}`}`),
    ...(action ? ['', `${action.words}. ${action.note}`] : []),
  ].join('\n');

const sectionText = ({ heading, paragraphs }: Section): string =>
  [...(heading === '' ? [] : [heading]), ...paragraphs.map(paragraphText)].join('\n');

const paragraphText = ({ words, link }: Paragraph): string =>
  [words, ...(link ? [linkText(link)] : [])].filter((part) => part !== '').join(words.endsWith(':') ? '\n' : ' ');

const linkText = ({ words, url }: Link): string => (words === url ? url : `${words}:\n${url}`);
