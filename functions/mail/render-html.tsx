/* oxlint-disable jsx-a11y/control-has-associated-label -- takes the cells of layout tables for controls */
import type { Action, DateBlock, Link, Message, Paragraph, Row, Section, Ticket } from './message.ts';

// Mail programs read inline styles and tables; colors and sizes are those of the pages. Georgia stands in for
// Merriweather, and there are no images, so nothing is missing where they are off.
const INK = '#171716';
const NAVY = '#162e51';
const ACCENT = '#0050d8';
const QUIET = '#5d5d52';
const SANS = "font-family:'Public Sans','Helvetica Neue',Helvetica,Arial,sans-serif";
const SERIF = "font-family:Merriweather,Georgia,'Times New Roman',serif";
const BODY = `${SANS};font-size:16px;line-height:24px;color:${INK}`;

const TONES: Readonly<Record<DateBlock['tone'], { fill: string; ink: string; pale: string }>> = {
  sure: { fill: NAVY, ink: '#ffffff', pale: '#bbcae4' },
  open: { fill: '#d9e8f6', ink: NAVY, pale: '#1a4480' },
  over: { fill: '#f5f5f0', ink: '#454540', pale: QUIET },
};

/** On a phone the label stands over its value; a program that drops this still shows both. */
const NARROW =
  '@media (max-width:480px){.page{padding:16px!important}.side{padding:16px 0 16px 16px!important}.main{padding:16px!important}.label,.value{display:block!important;width:auto!important;padding-right:0!important}.button,.note{display:block!important;width:auto!important}.note{padding:12px 0 0!important}}';

/** "March 10" stays on one line. */
const keepDates = (words: string): string => words.replaceAll(/\b([A-Z][a-z]{2,8}) (\d{1,2})\b/g, '$1\u00A0$2');

/** The HTML part. */
export const renderHtml = async (message: Message): Promise<string> =>
  `<!doctype html>${String(await Mail({ message }))}`;

const Mail = ({ message }: { message: Message }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light" />
      <title>{message.subject}</title>
      <style>{NARROW}</style>
    </head>
    <body style="margin:0;padding:0;background:#ffffff">
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
        <tr>
          <td align="center">
            <table
              role="presentation"
              width="640"
              cellpadding="0"
              cellspacing="0"
              border={0}
              style="width:100%;max-width:640px"
            >
              <tr>
                <td class="page" align="left" style={`padding:24px 32px 32px;${BODY};word-break:break-word`}>
                  <Content message={message} />
                </td>
              </tr>
            </table>
          </td>
        </tr>
      </table>
    </body>
  </html>
);

const Content = ({ message }: { message: Message }) => (
  <>
    <p style={`margin:0;padding:0 0 12px;border-bottom:3px solid ${NAVY};font-size:15px;font-weight:700;color:${NAVY}`}>
      Training desk
    </p>
    <h1 style={`margin:24px 0 8px;${SERIF};font-size:28px;line-height:36px;font-weight:700;color:${NAVY}`}>
      {keepDates(message.heading)}
    </h1>
    {message.code === undefined ? null : (
      <p style={`margin:16px 0;font-size:36px;line-height:44px;font-weight:700;letter-spacing:2px;color:${NAVY}`}>
        {message.code}
      </p>
    )}
    {message.intro.map((words) => (
      <p style="margin:0 0 12px">
        <Lines words={words} />
      </p>
    ))}
    {message.ticket ? <TicketCard ticket={message.ticket} /> : null}
    {message.sections.map((section) => (
      <SectionPart section={section} />
    ))}
    <div
      style={`margin:32px 0 0;padding:16px 0 0;border-top:1px solid #e6e6e2;font-size:14px;line-height:20px;color:${QUIET}`}
    >
      {message.footer.map((paragraph) => (
        <p style="margin:0 0 4px">
          <Sentence paragraph={paragraph} color={QUIET} />
        </p>
      ))}
    </div>
  </>
);

const Lines = ({ words }: { words: string }) => (
  <>
    {words.split('\n').map((line, index) => (
      <>
        {index === 0 ? null : <br />}
        {line}
      </>
    ))}
  </>
);

const Anchor = ({ link, color }: { link: Link; color: string }) => (
  <a href={link.url} style={`color:${color};text-decoration:underline;word-break:break-word`}>
    {link.words}
  </a>
);

const Sentence = ({ paragraph: { words, link }, color }: { paragraph: Paragraph; color: string }) => (
  <>
    {words}
    {words !== '' && link ? ' ' : ''}
    {link ? <Anchor link={link} color={color} /> : null}
  </>
);

const SectionPart = ({ section: { heading, paragraphs } }: { section: Section }) => (
  <>
    {heading === '' ? null : (
      <h2 style={`margin:24px 0 4px;${SANS};font-size:16px;line-height:24px;font-weight:700;color:${NAVY}`}>
        {heading}
      </h2>
    )}
    {paragraphs.map((paragraph) => (
      <p style="margin:0 0 8px">
        <Sentence paragraph={paragraph} color={ACCENT} />
      </p>
    ))}
  </>
);

const TicketCard = ({ ticket: { block, title, rows, action } }: { ticket: Ticket }) => (
  <table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    border={0}
    style="margin:24px 0;border:1px solid #cac9c0;border-radius:8px;border-collapse:separate"
  >
    <tr>
      <td class="side" width="80" valign="top" style="padding:20px 0 20px 20px">
        <DateSquare block={block} />
      </td>
      <td class="main" valign="top" style={`padding:18px 20px 20px;${BODY}`}>
        <h2 style={`margin:0 0 8px;${SANS};font-size:18px;line-height:26px;font-weight:700;color:${NAVY}`}>{title}</h2>
        <table role="presentation" cellpadding="0" cellspacing="0" border={0}>
          {rows.map((row) => (
            <RowLine row={row} />
          ))}
        </table>
      </td>
    </tr>
    {action ? <ActionFoot action={action} /> : null}
  </table>
);

/** Decoration: the date is in the rows. */
const DateSquare = ({ block }: { block: DateBlock }) => {
  const { fill, ink, pale } = TONES[block.tone];
  const small = `${SANS};font-size:14px;line-height:18px;color:${pale};text-align:center`;
  return (
    <table
      role="presentation"
      aria-hidden="true"
      width="80"
      cellpadding="0"
      cellspacing="0"
      border={0}
      style={`width:80px;background:${fill};border-radius:4px`}
    >
      <tr>
        <td align="center" bgcolor={fill} style={`padding:10px 4px 0;border-radius:4px 4px 0 0;${small}`}>
          {block.weekday}
        </td>
      </tr>
      <tr>
        <td
          align="center"
          bgcolor={fill}
          style={`${SANS};font-size:${block.day.length > 2 ? 22 : 30}px;line-height:36px;font-weight:700;color:${ink};text-align:center`}
        >
          {block.day}
        </td>
      </tr>
      <tr>
        <td align="center" bgcolor={fill} style={`padding:0 4px 10px;border-radius:0 0 4px 4px;${small}`}>
          {block.month}
        </td>
      </tr>
    </table>
  );
};

const RowLine = ({ row }: { row: Row }) => (
  <tr>
    <td class="label" valign="top" width="88" style={`width:88px;padding:0 12px 0 0;${BODY};color:${QUIET}`}>
      {row.label}
    </td>
    <td class="value" valign="top" style={BODY}>
      <Value row={row} />
      {row.quiet === undefined ? null : ` ${row.quiet}`}
    </td>
  </tr>
);

const Value = ({ row }: { row: Row }) => {
  if (row.gone) return <s>{row.value}</s>;
  return row.strong ? <strong>{row.value}</strong> : <>{row.value}</>;
};

const ActionFoot = ({ action }: { action: Action }) => (
  <tr>
    <td
      colspan={2}
      bgcolor="#f9f9f7"
      style="padding:16px 20px;border-top:1px dashed #cac9c0;border-radius:0 0 8px 8px;background:#f9f9f7"
    >
      <table role="presentation" cellpadding="0" cellspacing="0" border={0}>
        <tr>
          <td
            class="button"
            valign="middle"
            bgcolor={ACCENT}
            style={`border-radius:4px;background:${ACCENT};text-align:center`}
          >
            <a
              href={action.url}
              style={`display:inline-block;padding:10px 22px;${SANS};font-size:16px;line-height:24px;font-weight:700;color:#ffffff;text-decoration:none;white-space:nowrap`}
            >
              {action.words}
            </a>
          </td>
          <td
            class="note"
            valign="middle"
            style={`padding:0 0 0 16px;${SANS};font-size:14px;line-height:20px;color:${INK}`}
          >
            {keepDates(action.note)}
          </td>
        </tr>
      </table>
    </td>
  </tr>
);
