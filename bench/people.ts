import { Agent, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { plus, type Instant } from '../functions/domain/time.ts';
import type { Clock } from '../functions/usecases/context.ts';

/** What one person met. Times are milliseconds. */
export interface Visit {
  readonly token: string;
  /** As they were told first. */
  readonly status: string;
  /** From the moment that they wanted in to that answer, all tries together. */
  readonly wait: number;
  /** How long each look at the page of their registration took. */
  readonly pages: readonly number[];
  /** Looks at it that were answered with an error, and were repeated a second later. */
  readonly pagesFailed: number;
  /** Answers that said "busy, try again". */
  readonly busy: number;
  /** Answers of 5xx, and requests that found no function. */
  readonly failed: number;
}

/** When people come: at random, so many a second on the whole (a Poisson process). */
export function arrivals(people: number, rate: number, from: Instant): Instant[] {
  let at = 0;
  return Array.from({ length: people }, () => {
    at += (-Math.log(1 - Math.random()) * 1_000) / rate;
    return plus(from, Math.round(at));
  });
}

interface Coming {
  readonly site: string;
  readonly event: string;
  readonly token: string;
  readonly clock: Clock;
  readonly at: Instant;
}

const Standing = z.object({ id: z.string(), status: z.string() });

/**
 * Comes at a moment, registers, tries again as a browser's user would when told so, then sees the page of their
 * registration, which looks again by itself while seats are given out.
 */
export async function comeAndRegister({ site, event, token, clock, at }: Coming): Promise<Visit> {
  await clock.wait(Math.max(0, at - clock.now()));
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const counts = { busy: 0, failed: 0 };
  for (;;) {
    const answer = await send(`${site}/api/events/${event}/registrations`, { method: 'POST', headers, body: '{}' });
    if (answer.status < 300) {
      const { id, status } = Standing.parse(JSON.parse(answer.text));
      const wait = clock.now() - at;
      return { token, status, wait, ...(await watch(`${site}/registrations/${id}`, token, clock)), ...counts };
    }
    if (answer.status === 429) counts.busy += 1;
    else if (answer.status >= 500) counts.failed += 1;
    else throw new Error(`Registering was answered ${answer.status}`);
    await clock.wait(1_000 * Number(answer.headers['retry-after'] ?? 1));
  }
}

async function watch(page: string, token: string, clock: Clock): Promise<Pick<Visit, 'pages' | 'pagesFailed'>> {
  const pages: number[] = [];
  let pagesFailed = 0;
  for (;;) {
    const from = clock.now();
    const answer = await send(page, { method: 'GET', headers: { authorization: `Bearer ${token}` } });
    pages.push(clock.now() - from);
    if (answer.status >= 400) pagesFailed += 1;
    const again = Number(answer.headers['refresh'] ?? 0);
    if (again === 0 && answer.status < 400) return { pages, pagesFailed };
    await clock.wait(1_000 * (again || 1));
  }
}

interface Sent {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * Connections that all people share, as those behind a gateway do: twice the environments there may be, so that nobody
 * waits for one. One for each of thousands came faster than a busy server takes them from the system, and broke.
 */
const CONNECTIONS = 600;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, maxFreeSockets: CONNECTIONS });

interface Sending {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request over a connection that stays open; it waits as long as it takes. */
async function send(url: string, sending: Sending): Promise<Sent> {
  const { method, headers, body } = sending;
  const answer = await new Promise<IncomingMessage | null>((resolve, reject) => {
    const asked = request(url, { agent, method, headers });
    asked.once('response', resolve);
    // a connection that the other side closed in the moment that it was taken up again: nobody saw this request
    asked.once('error', (error) => (asked.reusedSocket ? resolve(null) : reject(error)));
    asked.end(body);
  });
  if (!answer) return send(url, sending);
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part);
  return { status: answer.statusCode ?? 500, headers: answer.headers, text: Buffer.concat(parts).toString() };
}
