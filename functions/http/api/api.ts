import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import * as z from 'zod';
import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Env } from '../session.ts';
import { ProblemShape } from './shapes.ts';

/**
 * Refuses JSON whose escapes make half a character: it can be neither stored nor mailed. Only an escape can, so other
 * bodies are not looked through.
 */
const refuseBrokenText: MiddlewareHandler<Env> = async (c, next) => {
  if (/json/i.test(c.req.header('content-type') ?? '')) {
    const body = await c.req.text();
    if (/\\ud[89a-f]/i.test(body)) refuseHalfCharacters(body);
  }
  await next();
};
function refuseHalfCharacters(body: string): void {
  const whole = (text: unknown) => typeof text !== 'string' || text.isWellFormed();
  let broken = false;
  try {
    JSON.parse(body, (key, value: unknown) => {
      broken ||= !whole(key) || !whole(value);
      return value;
    });
  } catch {
    throw new HTTPException(400, { message: 'Malformed JSON in request body' });
  }
  if (broken) throw new HTTPException(400, { message: 'A text holds half a character' });
}

/** Served before the caller is identified, so that it needs only the store. */
const HEALTH = createRoute({
  method: 'get',
  path: '/health',
  summary: 'Whether the store answers, and time-zone data are new enough to say when something begins',
  responses: {
    200: { description: 'Both', content: { 'application/json': { schema: z.object({ status: z.literal('ok') }) } } },
    503: {
      description: 'Time-zone data are too old; `detail` says which, and what to do',
      content: { 'application/problem+json': { schema: ProblemShape } },
    },
  },
});

/** Some of the API's routes, described as they are built, in the order in which they are tried. */
export function apiOf(...parts: readonly OpenAPIHono<Env>[]): OpenAPIHono<Env> {
  const api = new OpenAPIHono<Env>();
  api.use(refuseBrokenText);
  api.openAPIRegistry.registerPath(HEALTH);
  for (const part of parts) api.route('/', part);
  api.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Training desk',
      version: '1',
      description: 'Trainings of the DHS Center for Countering Human Trafficking',
    },
    servers: [{ url: '/api' }],
    security: [{}, { bearer: [] }, { session: [] }],
  });
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'session',
  });
  return api;
}
