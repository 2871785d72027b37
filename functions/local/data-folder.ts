import { hash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { Refused } from './refused.ts';

const MARKER = '.training-desk-data';
const LOCK = 'lock';
const KEPT_WHEN_EMPTIED = new Set([MARKER, LOCK]);
const LOCK_PATIENCE_MS = 500;

const runSchema = z.object({
  pid: z.number(),
  endpoint: z.string(),
  engineGroup: z.number().optional(),
  origin: z.string(),
  port: z.number(),
  smtpPort: z.number(),
  mailboxUrl: z.string(),
  issuer: z.string(),
  clientId: z.string(),
});

/** Where the parts of a run answer; kept in the folder while it runs, for the token command and the next run. */
export type Run = z.infer<typeof runSchema>;

/** A data folder that only this process may write to. */
export interface DataFolder {
  readonly path: string;
  readonly secret: string;
  readonly databasePath: string;
  readonly mailPath: string;
  /** The run before this one, when it did not come to a clean end. */
  readonly earlier: Run | null;
  announce(run: Run): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the folder for one run, making it first where there is none. Refuses a folder with content that is not ours,
 * `fresh` or not, and one that another run holds.
 */
export async function openDataFolder(where: string, options: { fresh: boolean }): Promise<DataFolder> {
  const path = resolve(where);
  await markAsOurs(path);
  const lock = hold(path);
  if (!lock) throw new Refused(await inUse(path));
  try {
    const earlier = await readRun(path);
    if (options.fresh) await empty(path);
    const secret = await keptSecret(path);
    return {
      path,
      secret,
      databasePath: join(path, 'database.sqlite'),
      mailPath: join(path, 'mail'),
      earlier,
      announce: (run) => writeWhole(join(path, 'run.json'), JSON.stringify(run, null, 2)),
      close: async () => {
        await rm(join(path, 'run.json'), { force: true });
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** The secret between the site and the identity provider, made from the folder's so that it need not be kept. */
export const clientSecretFrom = (secret: string): string => hash('sha256', `client ${secret}`);

/** The run that holds this folder now, with the folder's secret. Refuses when there is none. */
export async function currentRun(where: string): Promise<{ run: Run; secret: string }> {
  const path = resolve(where);
  const none = new Refused(`No training desk runs on ${path}: start one with \`npm start -- --data ${where}\`.`);
  if (!(await contentsOf(path)).includes(MARKER)) throw none;
  const lock = hold(path);
  lock?.close();
  const run = lock ? null : await readRun(path);
  if (!run) throw none;
  return { run, secret: await readFile(join(path, 'secret'), 'utf8') };
}

async function contentsOf(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch {
    return [];
  }
}

async function markAsOurs(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw new Refused(
      `The data folder ${path} cannot be made (${error instanceof Error ? error.message : 'unknown'}).`,
    );
  }
  const contents = await readdir(path);
  if (contents.includes(MARKER)) return;
  if (contents.length > 0) {
    throw new Refused(`${path} holds files that are not the training desk's: choose another folder with --data.`);
  }
  await writeWhole(join(path, MARKER), 'This folder is the training desk’s: `npm start -- --fresh` empties it.\n');
}

/**
 * An exclusive lock that the kernel releases when the process ends, however it ends: SQLite's own. Null when another
 * process has it.
 */
function hold(path: string): DatabaseSync | null {
  const lock = new DatabaseSync(join(path, LOCK), { timeout: LOCK_PATIENCE_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch {
    lock.close();
    return null;
  }
}

async function inUse(path: string): Promise<string> {
  const run = await readRun(path);
  const who = run ? ` (process ${run.pid}, ${run.origin})` : '';
  return `The data folder ${path} is in use by another run${who}: stop that one, or choose another with --data.`;
}

async function readRun(path: string): Promise<Run | null> {
  try {
    return runSchema.parse(JSON.parse(await readFile(join(path, 'run.json'), 'utf8')));
  } catch {
    return null;
  }
}

async function empty(path: string): Promise<void> {
  const ours = (await readdir(path)).filter((name) => !KEPT_WHEN_EMPTIED.has(name));
  await Promise.all(ours.map((name) => rm(join(path, name), { recursive: true, force: true })));
}

async function keptSecret(path: string): Promise<string> {
  const file = join(path, 'secret');
  try {
    return await readFile(file, 'utf8');
  } catch {
    await writeWhole(file, randomBytes(32).toString('base64url'));
    return readFile(file, 'utf8');
  }
}

/** Writes a file so that a reader, or the next run after a crash, finds all of it or none; for our eyes only. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const draft = `${file}.${randomBytes(4).toString('hex')}.part`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
