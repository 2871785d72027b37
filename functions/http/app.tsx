import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import * as z from 'zod';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { eventsApi } from './api/events.ts';
import { filesApi } from './api/files.ts';
import { listsApi } from './api/lists.ts';
import { profileApi } from './api/profile.ts';
import { programsApi } from './api/programs.ts';
import { registrationsApi } from './api/registrations.ts';
import { ProblemShape } from './api/shapes.ts';
import { signInApi } from './api/sign-in.ts';
import { staffApi } from './api/staff.ts';
import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import type { Finding } from '../domain/finding.ts';
import { zoneFindings } from '../domain/zones.ts';
import { ProblemPage } from '../../web/pages/problem.tsx';
import { frameOf, show, showRefusal } from './pages/page.tsx';
import { signInPages } from './pages/sign-in.tsx';
import { sendProblem, sendRefusal, type Problem, type ProblemStatus } from './problem.ts';
import { identifyCaller, refuseForgery, type Env, type Surroundings } from './session.ts';

/** The largest body that any form or call needs, many times over. */
const LARGEST_BODY = 256 * 1024;
/** A list of 5,000 people in UTF-16, some times over; with its base64 Lambda takes 6 MB at most. */
const LARGEST_FILE = 4 * 1024 * 1024;
const TAKES_FILE = /\/(events\/[^/]+\/(registrations\/)?import|trainings\/[^/]+\/list)$/;

/** Routes of the API, described as they are built. */
function api(): OpenAPIHono<Env> {
  const routes = new OpenAPIHono<Env>();
  routes.use(refuseBrokenText);
  routes.openAPIRegistry.registerPath(HEALTH);
  for (const part of [programsApi, eventsApi, signInApi, profileApi, registrationsApi, staffApi, listsApi, filesApi])
    routes.route('/', part);
  routes.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Training desk',
      version: '1',
      description: 'Trainings of the DHS Center for Countering Human Trafficking',
    },
    servers: [{ url: '/api' }],
    security: [{}, { bearer: [] }, { session: [] }],
  });
  routes.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  routes.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'session',
  });
  return routes;
}

/** Served before anybody is identified, so that it needs the store alone. */
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

const outOfService = ({ kind, words, cause, remedy }: Finding): Problem => ({
  type: `about:blank#${kind}`,
  title: 'Out of service',
  status: 503,
  detail: `${words}. ${cause}. ${remedy}`,
});

/** Answers of the API are somebody's own, or soon old. */
const keptByNoCache: MiddlewareHandler<Env> = async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
};

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

/** A body with a length that says it is small need not be opened to be measured: opening costs as much as its answer. */
const saysSmall = (c: HonoContext<Env>): boolean =>
  c.req.header('transfer-encoding') === undefined && Number(c.req.header('content-length') ?? Infinity) <= LARGEST_BODY;

/** The whole application over HTTP: the API, and the pages that the same use cases serve. */
export function makeApp(surroundings: Surroundings): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>();
  const { context } = surroundings;
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'same-origin',
      strictTransportSecurity: context.desk.origin.startsWith('https:')
        ? 'max-age=31536000; includeSubDomains; preload'
        : false,
      // the join page has a policy of its own
      overwrite: false,
    }),
  );
  app.use('/api/*', keptByNoCache);
  app.get('/api/health', async (c) => {
    const [stale] = zoneFindings();
    if (stale) return sendProblem(c, outOfService(stale));
    await context.store.alive();
    return c.json({ status: 'ok' });
  });
  app.use('/assets/*', surroundings.assets);
  app.use(identifyCaller(surroundings));
  app.use(refuseForgery(surroundings));
  const tooLarge = () => {
    throw new HTTPException(413);
  };
  const usual = bodyLimit({ maxSize: LARGEST_BODY, onError: tooLarge });
  const file = bodyLimit({ maxSize: LARGEST_FILE, onError: tooLarge });
  app.use((c, next) => (saysSmall(c) ? next() : TAKES_FILE.test(c.req.path) ? file(c, next) : usual(c, next)));
  app.route('/api', api());
  for (const pages of [...surroundings.pages, signInPages(surroundings, (request) => app.fetch(request))])
    app.route('/', pages);
  app.notFound((c) => {
    const refusal = { kind: 'unknown', what: 'page' } as const;
    return isPage(c) ? showRefusal(c, refusal) : sendRefusal(c, refusal);
  });
  app.onError((error, c) => {
    const known = error instanceof HTTPException ? MALFORMED[error.status] : undefined;
    if (known) return malformed(c, known, error.message);
    if (THROTTLED.has(error.name)) return isPage(c) && c.var.desk ? showRefusal(c, BUSY) : sendRefusal(c, BUSY);
    surroundings.report(error);
    return ours(c);
  });
  return app;
}

/** What the table answers where a key or the account has no units left, after the client's own tries: nothing is broken. */
const THROTTLED = new Set(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded']);
const BUSY = { kind: 'busy' } as const;

const isPage = (c: HonoContext<Env>): boolean => !new URL(c.req.url).pathname.startsWith('/api/');

interface Malformed {
  readonly status: ProblemStatus;
  readonly title: string;
  /** What is wrong, as `errors` name a field. */
  readonly path: string;
}
const MALFORMED: Readonly<Partial<Record<number, Malformed>>> = {
  400: { status: 400, title: 'Malformed', path: 'body' },
  413: { status: 413, title: 'Too large', path: 'body' },
  415: { status: 415, title: 'Not JSON', path: 'Content-Type' },
};

function malformed(c: HonoContext<Env>, { status, title, path }: Malformed, message: string) {
  if (isPage(c)) return show(c, <ProblemPage frame={frameOf(c)} problem={{ kind: 'unreadable' }} />, status);
  const detail = message || title;
  return sendProblem(c, { type: 'about:blank#malformed', title, status, detail, errors: [{ path, message: detail }] });
}

/** An error of ours: on record, and a page that says what was not saved. */
function ours(c: HonoContext<Env>): Response | Promise<Response> {
  if (isPage(c) && c.var.desk)
    return show(
      c,
      <ProblemPage
        frame={frameOf(c)}
        problem={{ kind: 'server', saved: 'What you sent last may not be saved. Nothing was sent twice.' }}
      />,
      500,
    );
  return sendProblem(c, {
    type: 'about:blank#ours',
    title: 'Something went wrong on our side',
    status: 500,
    detail: 'It is on record. Try again in a minute',
  });
}
