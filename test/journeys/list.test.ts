import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { over, publishWebinar, startServer, tokensFor, type Server } from '../fixtures/server.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const PEOPLE = 120;
const SEATS = 40;

const Job = z.object({
  id: z.string(),
  state: z.string(),
  done: z.number(),
  outcomes: z.record(z.string(), z.number()),
});

async function started(data: string, port?: number): Promise<Server> {
  const server = await startServer(data, port);
  onTestFinished(() => server.kill());
  return server;
}

test('a list whose server is killed goes on: each row once, each person told', { timeout: 180_000 }, async () => {
  const first = await started(tempFolder());
  const [staff = ''] = await tokensFor(first, 'staff', ['staff@ccht.example']);
  const event = await publishWebinar(first, staff, { capacity: SEATS });
  const path = `${first.site}/api/events/${event}/registrations/import`;
  const ask = async (url: string, body?: string) => {
    const headers = { authorization: `Bearer ${staff}`, ...(body ? { 'content-type': 'text/csv' } : {}) };
    const answer = await fetch(url, { headers, ...(body ? { method: 'POST', body } : {}) });
    return Job.parse(await answer.json());
  };
  const rows = Array.from({ length: PEOPLE }, (_, n) => `p${n}@agency.example,Person ${n},An agency`);
  const { id } = await ask(`${path}?run=1`, ['email,name,agency', ...rows].join('\r\n'));
  const look = () => ask(`${path}/${id}`);

  let server = first;
  for (const rowsDone of [25, 75]) {
    await expect.poll(async () => (await look()).done, { timeout: 60_000 }).toBeGreaterThanOrEqual(rowsDone);
    await server.kill();
    server = await started(server.data, server.port);
  }
  await expect.poll(async () => (await look()).state, { timeout: 60_000 }).toBe('done');
  expect((await look()).outcomes).toEqual({ confirmed: SEATS, waitlisted: PEOPLE - SEATS });
  expect(await over(server).seats(staff, event)).toEqual({ capacity: SEATS, remaining: 0, waitlist: PEOPLE - SEATS });
  await expect
    .poll(async () => new Set((await over(server).mail()).flatMap(({ to }) => to)).size, { timeout: 60_000 })
    .toBe(PEOPLE);
});
