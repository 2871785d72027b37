import { createRoute as describeRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import * as z from 'zod';
import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import { invalid } from '../../domain/result.ts';
import { instantOf, InstantText, type Instant } from '../../domain/time.ts';
import { fieldErrors } from '../field-errors.ts';
import { sendRefusal, type ProblemStatus } from '../problem.ts';
import type { Env } from '../session.ts';
import { ProblemShape } from './shapes.ts';

const WORDS: Readonly<Record<number, string>> = {
  400: 'The JSON or an address is malformed',
  401: 'Not signed in, or a bearer token that stands for nobody',
  403: 'Not allowed',
  404: 'Unknown, or not yours to know of',
  409: 'Not possible in this state',
  412: 'The version is stale',
  413: 'The body is too large',
  415: 'The body is not JSON',
  422: 'A value is wrong; `errors` names each field',
  428: 'If-Match is missing',
  429: 'Too many requests, or busy; `Retry-After` says when to try again',
};

const problem = (status: ProblemStatus) => ({
  description: WORDS[status] ?? 'A problem',
  content: { 'application/problem+json': { schema: ProblemShape } },
});

/** A route with what every route of its kind may answer, and the check that a body it needs is there. */
export function createRoute<P extends string, R extends Omit<RouteConfig, 'path'> & { path: P }>(
  config: R,
): ReturnType<typeof describeRoute<P, R>> {
  const route = describeRoute<P, R>(config);
  const body = config.request?.body;
  const problems: ProblemStatus[] = [
    401,
    ...(config.method === 'get' ? [] : [403 as const]),
    ...(body ? [413 as const, 415 as const] : []),
  ];
  for (const status of problems) route.responses[String(status)] ??= problem(status);
  if (body?.required) Object.assign(route, { middleware: needsBody });
  return route;
}

/** An absent body is none, not an empty one: a client that lost it hears so. */
const needsBody: MiddlewareHandler<Env> = async (c, next) => {
  const absent = c.req.header('content-type') === undefined && (await c.req.text()) === '';
  return absent
    ? sendRefusal(c, invalid({ path: 'body', message: 'Send JSON, {} where there is nothing to say' }).refusal)
    : next();
};

/** The answers of a route: what it gives by status, and the problems that it may answer with. */
export function answers(
  good: Readonly<Record<number, { schema?: z.ZodType; description: string }>>,
  ...problems: readonly ProblemStatus[]
): RouteConfig['responses'] {
  const responses: RouteConfig['responses'] = {};
  for (const [status, { schema, description }] of Object.entries(good))
    responses[status] = { description, ...(schema ? { content: { 'application/json': { schema } } } : {}) };
  for (const status of new Set<ProblemStatus>([400, ...problems, 429])) responses[status] = problem(status);
  return responses;
}

/**
 * A required JSON body, whose schema is made when the first comes; of an object give a `strictObject`, so that a field
 * that is not known is said. Without `required`, a body of no type would skip its checks.
 */
export const jsonBody = <S extends z.ZodType>(schema: () => S) => ({
  required: true,
  content: { 'application/json': { schema: z.lazy(schema) } },
});

/** An OpenAPI application whose bad input becomes a problem that names the field. */
export const newApi = () =>
  new OpenAPIHono<Env>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      return sendRefusal(c, { kind: 'invalid', errors: fieldErrors(result.error) });
    },
  });

/** The version in If-Match: null without one, and -1, which nothing has, when it is no version of ours. */
export function versionOf(c: HonoContext): number | null {
  const header = c.req.header('if-match');
  if (header === undefined) return null;
  return Number(/^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1] ?? -1);
}
export const setVersion = (c: HonoContext, rev: number): void => c.header('ETag', `"${rev}"`);

/** An Idempotency-Key, and a digest of the body that came with it; without a key, the digest says nothing. */
export async function idempotencyOf(c: HonoContext<Env>): Promise<{ key: string | undefined; digest: string }> {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return { key, digest: '' };
  return { key: key.slice(0, 200), digest: c.var.desk.ids.hash(await c.req.text()).slice(0, 22) };
}

/** How many of a list. */
export const Limit = z.coerce.number().int().min(1, 'Give 1 to 100').max(100, 'Give 1 to 100').default(50);
export const Cursor = z.string().max(600).optional();

/** A page of a list that is read whole, in the order of its keys, so that one that is removed in between shifts no other. */
export function cut<T>(items: readonly T[], keyOf: (item: T) => string, limit: number, after: string | null) {
  const rest = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === null || key > after)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const page = rest.slice(0, limit);
  return { page: page.map(({ item }) => item), next: rest.length > limit ? (page.at(-1)?.key ?? null) : null };
}
/** A key that sorts by time. */
export const timeKey = (at: Instant, id: string): string => `${String(at).padStart(15, '0')} ${id}`;

/** A page of a list. What answers look like is made when somebody asks for the description of the API. */
export const listOf = <S extends z.ZodType>(item: S) =>
  z.lazy(() => z.object({ items: z.array(item), nextCursor: z.string().optional() }));

/** A query parameter that is a moment. */
export const MomentQuery = InstantText.transform(instantOf).meta({ type: 'string', format: 'date-time' }).optional();
