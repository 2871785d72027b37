import { createRoute, OpenAPIHono, z, type RouteConfig } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import type { FieldError } from '../../domain/result.ts';
import { instantOf } from '../../domain/time.ts';
import { sendRefusal, type ProblemStatus } from '../problem.ts';
import type { Env } from '../session.ts';
import { ProblemShape } from './shapes.ts';

export { createRoute };

const WORDS: Readonly<Record<number, string>> = {
  400: 'The JSON or an address is malformed',
  401: 'Not signed in',
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

/** A required JSON body. Without `required`, a body of no type would skip its checks. */
export const jsonBody = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { 'application/json': { schema } },
});

/** An OpenAPI application whose bad input becomes a problem that names the field. */
export const newApi = () =>
  new OpenAPIHono<Env>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      return sendRefusal(c, { kind: 'invalid', errors: fieldErrors(result.error) });
    },
  });

/** Zod's issues as errors with paths: `sessions.0.startsAt`. */
export const fieldErrors = (error: z.ZodError): FieldError[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'This field is not known here' }))
      : [{ path: issue.path.join('.'), message: issue.message.replace(/\.$/, '') }],
  );

/** The version in If-Match: null without one, and -1, which nothing has, when it is no version of ours. */
export function versionOf(c: HonoContext): number | null {
  const header = c.req.header('if-match');
  if (header === undefined) return null;
  return Number(/^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1] ?? -1);
}
export const setVersion = (c: HonoContext, rev: number): void => c.header('ETag', `"${rev}"`);

/** Digests of an Idempotency-Key and of the body that came with it. */
export async function idempotencyOf(c: HonoContext<Env>): Promise<{ key: string | undefined; digest: string }> {
  const key = c.req.header('idempotency-key');
  const { ids } = c.var.desk;
  const digest = ids.hash(await c.req.text()).slice(0, 22);
  return { key: key === undefined ? undefined : key.slice(0, 200), digest };
}

export const Limit = z.coerce.number().int().min(1, 'Give 1 to 100').max(100, 'Give 1 to 100').default(50);
export const Cursor = z.string().max(300).optional();

/** A cursor is a place in a list, written so that nobody builds on its form. */
export const cursorOf = (place: string | null): { nextCursor?: string } =>
  place === null ? {} : { nextCursor: Buffer.from(place).toString('base64url') };
export const placeOfCursor = (cursor: string | undefined): string | null =>
  cursor === undefined ? null : Buffer.from(cursor, 'base64url').toString();

export const listOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

/** A query parameter that is a moment. */
export const MomentQuery = z.iso
  .datetime({ offset: true, error: 'Give a time such as 2027-01-14T18:00:00Z' })
  .transform(instantOf)
  .openapi({ type: 'string', format: 'date-time' })
  .optional();
