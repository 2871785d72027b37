import { METHOD_NAME_ALL } from 'hono/router';
import { z } from 'zod';
import { makeApp } from '../http/app.tsx';
import { openIdProvider } from '../http/provider.ts';
import { NETWORK, type RestOptions } from '../lambda/rest.ts';
import { deskOnAws, type Parts } from './aws.ts';
import { readSecret } from './aws-secret.ts';
import { settingsFrom } from './aws-settings.ts';
import { logError } from './log.ts';

const SiteSettings = z.object({
  OIDC_ISSUER: z.url({ protocol: /^https$/ }),
  OIDC_CLIENT_ID: z.string().min(1),
  OIDC_SECRET_ARN: z.string().startsWith('arn:'),
  /** The header in which CloudFront names the caller, where there is a CloudFront. */
  CLIENT_HEADER: z.string().optional(),
});

/** The site as a function on AWS serves it. */
export interface Site extends RestOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

/** Puts pages and API together over DynamoDB. The stylesheet, fonts and images are another function's. */
export async function siteOnAws(environment: NodeJS.ProcessEnv, parts: Parts = {}): Promise<Site> {
  const settings = settingsFrom(SiteSettings, environment);
  const [context, clientSecret] = await Promise.all([
    deskOnAws(environment, parts),
    readSecret(settings.OIDC_SECRET_ARN, environment),
  ]);
  const app = makeApp({
    context,
    origins: [context.desk.origin],
    provider: openIdProvider({
      issuer: settings.OIDC_ISSUER,
      clientId: settings.OIDC_CLIENT_ID,
      clientSecret,
      prompt: 'select_account',
      insecure: false,
    }),
    assets: async (_, next) => next(),
    networkOf: (request) => request.headers.get(NETWORK) ?? '',
    report: logError,
  });
  return {
    fetch: (request) => app.fetch(request),
    origin: context.desk.origin,
    clientHeader: settings.CLIENT_HEADER,
    routeOf: (request) => patternOf(app, request),
  };
}

/** The route that serves a request, as it is written: `/registrations/:id`. Middleware is on every route and names none. */
function patternOf(app: ReturnType<typeof makeApp>, request: Request): string {
  const [matched] = app.router.match(request.method, new URL(request.url).pathname);
  const routes = matched.map(([[, route]]) => route).filter(({ method }) => method !== METHOD_NAME_ALL);
  return routes.at(-1)?.path ?? 'none';
}
