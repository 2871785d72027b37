import { METHOD_NAME_ALL } from 'hono/router';
import * as z from 'zod';
import { RegistrationId } from '../domain/ids.ts';
import type { Hono } from 'hono';
import { isApi, makeApp } from '../http/app.ts';
import type { IdentityProvider } from '../http/provider.ts';
import type { Env, Pages, Surroundings } from '../http/session.ts';
import { NETWORK, type RestOptions } from '../lambda/rest.ts';
import { deskOnAws, type Parts } from './aws.ts';
import { settingsFrom } from './aws-settings.ts';
import { logError, type LogLine } from './log.ts';

const SiteSettings = z.object({
  /** The header in which CloudFront names the caller, where there is a CloudFront. */
  CLIENT_HEADER: z.stringFormat('header', /^[a-z][a-z-]*$/).optional(),
});

const elsewhere = () => {
  throw new Error('The gateway sends this to the function auth');
};

/** The site as a function on AWS serves it. */
export interface Site extends RestOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

/** The code of the two halves of the site, read when the first request for one comes, so that nobody who opens a page waits for the API. */
interface Halves {
  readonly api?: () => Promise<Hono<Env>>;
  readonly pages: () => Promise<Pages>;
}

/**
 * Puts pages and API together over DynamoDB. The stylesheet, fonts and images are another function's, and so is whatever
 * is not among the halves and parts.
 */
export async function siteOnAws(
  environment: NodeJS.ProcessEnv,
  halves: Halves,
  parts: Parts & { readonly provider?: IdentityProvider } = {},
): Promise<Site> {
  const settings = settingsFrom(SiteSettings, environment);
  const context = await deskOnAws(environment, parts);
  const surroundings = {
    context,
    origins: [context.desk.origin],
    provider: parts.provider ?? { start: elsewhere, finish: elsewhere },
    assets: async (_, next) => next(),
    networkOf: (request) => request.headers.get(NETWORK) ?? '',
    report: logError,
  } satisfies Surroundings;
  const { api, pages } = halves;
  const withPages = once(async () => makeApp({ ...surroundings, pages: await pages() }));
  const withApi = api ? once(async () => makeApp({ ...surroundings, api: await api() })) : withPages;
  const appOf = (request: Request) => (isApi(request) ? withApi() : withPages());
  return {
    fetch: async (request) => (await appOf(request)).fetch(request),
    origin: context.desk.origin,
    clientHeader: settings.CLIENT_HEADER,
    sayOf: async (request) => ({ route: patternOf(await appOf(request), request), ...registrationOf(request) }),
  };
}

/** Makes something when it is first asked for. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** The registration that an address names. Nothing else of an address is kept: a path may hold a secret. */
function registrationOf({ url }: Request): Pick<LogLine, 'registrations'> {
  const [, named = ''] = /\/registrations\/(\w+)/.exec(new URL(url).pathname) ?? [];
  const id = RegistrationId.safeParse(named);
  return id.success ? { registrations: [{ id: id.data }] } : {};
}

/** The route that serves a request, as it is written: `/registrations/:id`. Middleware is on every route and names none. */
function patternOf(app: Hono<Env>, request: Request): string {
  const [matched] = app.router.match(request.method, new URL(request.url).pathname);
  const routes = matched.map(([[, route]]) => route).filter(({ method }) => method !== METHOD_NAME_ALL);
  return routes.at(-1)?.path ?? 'none';
}
