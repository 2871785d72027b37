import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from './data-folder.ts';
import { readInvitation, type Invitation } from './invitation.ts';
import { mailSchema, type Mail } from './mail.ts';
import { parseMail } from './parse-mail.ts';

/** What the list shows of a message. */
export interface MailSummary extends Pick<Mail, 'id' | 'time' | 'to' | 'subject'> {
  readonly invitation: Invitation | null;
}

interface Kept {
  readonly number: number;
  readonly summary: MailSummary;
  /** The whole mail but its source, as JSON: what the API answers. */
  readonly json: Buffer;
}

/** The mail of a data folder. Append only: `000042.eml` is a message as it came, `000042.json` says it was accepted. */
export interface MailStore {
  /** Resolves when the message is on the disk and would be there after a crash. */
  keep(source: Buffer, to: readonly string[]): Promise<Mail>;
  /** Oldest first; of one recipient where one is named. */
  list(to?: string): readonly MailSummary[];
  /** The same mails as one JSON array, `{id, time, to, from, subject, text, html, calendar}` each. */
  listJson(to?: string): Buffer;
  find(id: string): Mail | null;
  source(id: string): Promise<Buffer | null>;
}

/** Opens the mail of a folder, with what an earlier run accepted. */
export async function openMailStore(folder: string, now = () => new Date()): Promise<MailStore> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  await Promise.all(names.filter((name) => name.endsWith('.part')).map((name) => rm(join(folder, name))));
  const kept = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => readKept(folder, name)));
  kept.sort((a, b) => a.number - b.number);
  let last = Math.max(0, ...names.map(numberOf));
  const byId = new Map(kept.map((one) => [one.summary.id, one]));
  const of = (to?: string): Kept[] =>
    to === undefined ? kept : kept.filter(({ summary }) => summary.to.includes(to.toLowerCase()));

  return {
    keep: async (source, to) => {
      last += 1;
      const number = last;
      const mail: Mail = {
        id: String(number),
        time: now().toISOString(),
        to: to.map((address) => address.toLowerCase()),
        ...(await parseMail(source)),
      };
      const json = Buffer.from(JSON.stringify(mail));
      await writeWhole(join(folder, fileOf(number, 'eml')), source);
      await writeWhole(join(folder, fileOf(number, 'json')), json);
      await settleNames(folder);
      const one: Kept = { number, summary: summaryOf(mail), json };
      insert(kept, one);
      byId.set(mail.id, one);
      return mail;
    },
    list: (to) => of(to).map(({ summary }) => summary),
    listJson: (to) => joined(of(to).map(({ json }) => json)),
    find: (id) => {
      const one = byId.get(id);
      return one ? mailSchema.parse(JSON.parse(one.json.toString())) : null;
    },
    source: async (id) => {
      const one = byId.get(id);
      return one ? readFile(join(folder, fileOf(one.number, 'eml'))) : null;
    },
  };
}

const fileOf = (number: number, kind: 'eml' | 'json'): string => `${String(number).padStart(6, '0')}.${kind}`;
const numberOf = (name: string): number => Number.parseInt(name, 10) || 0;

async function readKept(folder: string, name: string): Promise<Kept> {
  const json = await readFile(join(folder, name));
  return { number: numberOf(name), summary: summaryOf(mailSchema.parse(JSON.parse(json.toString()))), json };
}

const summaryOf = ({ id, time, to, subject, calendar }: Mail): MailSummary => ({
  id,
  time,
  to,
  subject,
  invitation: calendar ? readInvitation(calendar) : null,
});

/** Several messages are written at once and may finish out of order; the list stays in the order they came. */
function insert(kept: Kept[], one: Kept): void {
  const after = kept.findLastIndex(({ number }) => number < one.number);
  kept.splice(after + 1, 0, one);
}

/** A rename is safe from a power cut only when its folder is on the disk too. */
async function settleNames(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function joined(parts: readonly Buffer[]): Buffer {
  const comma = Buffer.from(',\n');
  const between = parts.flatMap((part, index) => (index === 0 ? [part] : [comma, part]));
  return Buffer.concat([Buffer.from('['), ...between, Buffer.from(']')]);
}
