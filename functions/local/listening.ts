import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { Server } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { HOST } from './ports.ts';

/** Answers requests on this machine's own address. */
export async function serveHere(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
): Promise<HttpServer> {
  const answer = getRequestListener(fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void answer(request, response));
  await listen(server, port);
  return server;
}

/** Resolves when the server listens on this machine's own address; rejects when it cannot. */
export async function listen(server: Server, port: number): Promise<void> {
  const listening = once(server, 'listening');
  server.listen(port, HOST);
  await listening;
}

/** Lets requests that are under way finish, up to `patienceMs`, then closes what is left. */
export async function closeServer(server: HttpServer, patienceMs = 2_000): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearTimeout(impatient);
}
