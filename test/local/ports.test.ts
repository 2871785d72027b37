import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readStartOptions } from '../../functions/local/options.ts';
import { freePort, portsFrom, refuseTaken } from '../../functions/local/ports.ts';

test('the five ports follow each other', () => {
  expect(portsFrom(3000)).toEqual({ app: 3000, mailbox: 3001, identity: 3002, engine: 3003, smtp: 3004 });
});

test('a taken port is one clear sentence with its number and what it is for', async () => {
  const smtp = await freePort();
  const other = createServer().listen(smtp, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  await expect(refuseTaken({ smtp }, 0)).rejects.toThrow(
    `Port ${smtp}, needed for mail, is taken by another program: choose others with --port.`,
  );
});

test('a port that browsers refuse is one clear sentence, before anything starts there', async () => {
  await expect(refuseTaken(portsFrom(6665))).rejects.toThrow(
    'Port 6665, needed for the site, is one that browsers refuse',
  );
  await expect(refuseTaken(portsFrom(10_077))).rejects.toThrow(
    'Port 10080, needed for the database engine, is one that browsers refuse: choose others with --port.',
  );
});

test('a port that becomes free in a moment is waited for', async () => {
  const app = await freePort();
  const other = createServer().listen(app, '127.0.0.1');
  await once(other, 'listening');
  setTimeout(() => other.close(), 100);
  await expect(refuseTaken({ app }, 3_000)).resolves.toBeUndefined();
});

test('the command line has defaults, and mistakes in it are one sentence', () => {
  expect(readStartOptions([])).toEqual({ port: 3000, data: '.data', fresh: false, seed: 'demo' });
  expect(readStartOptions(['--port', '4000', '--data', 'x', '--fresh', '--seed', 'none'])).toEqual({
    port: 4000,
    data: 'x',
    fresh: true,
    seed: 'none',
  });
  expect(() => readStartOptions(['--port', '70000'])).toThrow(/^--port 70000 is not a number/);
  expect(() => readStartOptions(['--seed', 'all'])).toThrow(/^--seed all is neither/);
  expect(() => readStartOptions(['--frsh'])).toThrow(/npm start -- /);
});
