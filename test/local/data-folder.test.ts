import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { currentRun, openDataFolder, type Run } from '../../functions/local/data-folder.ts';
import { runScript } from '../fixtures/script.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const RUN: Run = {
  pid: process.pid,
  endpoint: 'http://127.0.0.1:3003',
  origin: 'http://localhost:3000',
  port: 3000,
  smtpPort: 3004,
  mailboxUrl: 'http://localhost:3001',
  issuer: 'http://127.0.0.1:3002',
  clientId: 'training-desk',
};

const HOLDER = `
import { openDataFolder } from './functions/local/data-folder.ts';
const folder = await openDataFolder(process.env.FOLDER, { fresh: false });
await folder.announce(${JSON.stringify(RUN)});
console.log('held');
setInterval(() => folder, 1000);
`;
const holdElsewhere = (path: string) =>
  runScript(['--input-type=module-typescript', '--eval', HOLDER], { FOLDER: path });

test('a second run on one folder is refused in one sentence that says who holds it', async () => {
  const path = tempFolder();
  const holder = holdElsewhere(path);
  await holder.line(/held/);
  await expect(openDataFolder(path, { fresh: false })).rejects.toThrow(
    `The data folder ${path} is in use by another run (process ${RUN.pid}, http://localhost:3000)`,
  );
});

test('the folder of a run that was killed opens again, with its secret', async () => {
  const path = tempFolder();
  const holder = holdElsewhere(path);
  await holder.line(/held/);
  const { secret } = await currentRun(path);
  holder.child.kill('SIGKILL');
  await holder.end();
  const folder = await openDataFolder(path, { fresh: false });
  expect(folder.earlier).toEqual(RUN);
  expect(folder.secret).toBe(secret);
  await folder.close();
});

test('fresh empties a folder of ours', async () => {
  const path = tempFolder();
  const first = await openDataFolder(path, { fresh: false });
  writeFileSync(first.databasePath, 'old');
  await first.close();
  const second = await openDataFolder(path, { fresh: true });
  expect(existsSync(second.databasePath)).toBe(false);
  expect(second.secret).not.toBe(first.secret);
  await second.close();
});

test.each([true, false])(
  'a folder with files that are not ours is refused and left alone (fresh: %s)',
  async (fresh) => {
    const path = tempFolder();
    writeFileSync(join(path, 'thesis.txt'), 'years of work');
    await expect(openDataFolder(path, { fresh })).rejects.toThrow(/holds files that are not the training desk's/);
    expect(existsSync(join(path, 'thesis.txt'))).toBe(true);
  },
);

test('the secret is long, and nobody else on the machine reads it', async () => {
  const folder = await openDataFolder(join(tempFolder(), 'new', 'deep'), { fresh: false });
  expect(Buffer.from(folder.secret, 'base64url')).toHaveLength(32);
  expect(statSync(join(folder.path, 'secret')).mode & 0o777).toBe(0o600);
  await folder.close();
});

test('without a run there is nothing to issue tokens for', async () => {
  const path = tempFolder();
  await expect(currentRun(path)).rejects.toThrow(/No training desk runs on/);
  const folder = await openDataFolder(path, { fresh: false });
  await folder.announce(RUN);
  await folder.close();
  await expect(currentRun(path)).rejects.toThrow(/No training desk runs on/);
  await expect(currentRun(join(path, 'nowhere'))).rejects.toThrow(/No training desk runs on/);
});
