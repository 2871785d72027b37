import { Hono, type Context as HonoContext, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { Finding } from '../domain/finding.ts';
import { zoneFindings } from '../domain/zones.ts';
import { sendProblem, sendRefusal, type Problem, type ProblemStatus } from './problem.ts';
import { identifyCaller, refuseForgery, type Env, type Pages, type Surroundings } from './session.ts';

/** The largest body that any form or call needs, many times over. */
const LARGEST_BODY = 256 * 1024;
/** A list of 5,000 people in UTF-16, some times over; with its base64 Lambda takes 6 MB at most. */
const LARGEST_FILE = 4 * 1024 * 1024;
const TAKES_FILE = /\/(events\/[^/]+\/(registrations\/)?import|trainings\/[^/]+\/list)$/;

/** Answers are somebody's own, or soon old: an address that moved may move back. Assets and pages say it themselves. */
const keptByNoCache: MiddlewareHandler<Env> = async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
};

/** A body with a length that says it is small need not be opened to be measured: opening costs as much as its answer. */
const saysSmall = (c: HonoContext<Env>): boolean =>
  c.req.header('transfer-encoding') === undefined && Number(c.req.header('content-length') ?? Infinity) <= LARGEST_BODY;

/** The application over HTTP: the API, the pages that the same use cases serve, or both. */
export function makeApp(surroundings: Surroundings): Hono<Env> {
  const app = new Hono<Env>();
  const { context, api, pages } = surroundings;
  /** The pages, where one was asked for. */
  const askedOf = (c: HonoContext<Env>): Pages | undefined => (isApi(c.req.raw) ? undefined : pages);
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
  app.use(keptByNoCache);
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
  if (api) app.route('/api', api);
  pages?.mount(app, surroundings);
  app.notFound((c) => askedOf(c)?.refuse(c, UNKNOWN) ?? sendRefusal(c, UNKNOWN));
  app.onError((error, c) => {
    const known = error instanceof HTTPException ? MALFORMED[error.status] : undefined;
    if (known)
      return askedOf(c)?.say(c, { kind: 'unreadable' }, known.status) ?? sendMalformed(c, known, error.message);
    // nobody is known yet where identifying them failed, and a page needs to know
    const page = c.var.desk ? askedOf(c) : undefined;
    if (THROTTLED.has(error.name)) return page?.refuse(c, BUSY) ?? sendRefusal(c, BUSY);
    surroundings.report(error);
    return page?.say(c, OURS, 500) ?? sendOurs(c);
  });
  return app;
}

/** Whether the API is asked, and not for a page. */
export const isApi = (request: Request): boolean => new URL(request.url).pathname.startsWith('/api/');

const UNKNOWN = { kind: 'unknown', what: 'page' } as const;
/**
 * What the table answers where a key or the account has no units left, after the client's own tries, and where two write
 * the same at once: nothing is broken.
 */
const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionConflictException',
  'BusyTable',
]);
const BUSY = { kind: 'busy' } as const;
/** An error of ours: on record, and a page that says what was not saved. */
const OURS = {
  kind: 'server',
  saved: 'What you sent last may not be saved. Nothing was sent twice.',
} as const;

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

function sendMalformed(c: HonoContext<Env>, { status, title, path }: Malformed, message: string): Response {
  const detail = message || title;
  return sendProblem(c, { type: 'about:blank#malformed', title, status, detail, errors: [{ path, message: detail }] });
}

const sendOurs = (c: HonoContext<Env>): Response =>
  sendProblem(c, {
    type: 'about:blank#ours',
    title: 'Something went wrong on our side',
    status: 500,
    detail: 'It is on record. Try again in a minute',
  });

const outOfService = ({ kind, words, cause, remedy }: Finding): Problem => ({
  type: `about:blank#${kind}`,
  title: 'Out of service',
  status: 503,
  detail: `${words}. ${cause}. ${remedy}`,
});
