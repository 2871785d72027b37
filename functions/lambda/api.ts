import { siteOnAws } from '../compose/aws-site.ts';
import { restHandler } from './rest.ts';

const { fetch, ...options } = await siteOnAws(process.env, {
  api: async () => (await import('../http/api/public.ts')).publicApi,
  pages: async () => (await import('../http/pages/public.ts')).publicSite,
});

/** The public's pages and the API, behind a REST API. */
export const handler = restHandler(fetch, options);
