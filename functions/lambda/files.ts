import { calendars } from '../compose/aws-calendars.ts';
import { exportsOnAws } from '../compose/aws-exports.ts';
import { siteOnAws } from '../compose/aws-site.ts';
import { restHandler } from './rest.ts';

const { fetch, ...options } = await siteOnAws(
  process.env,
  {
    api: async () => (await import('../http/api/whole.ts')).api,
    pages: async () => (await import('../http/pages/public.ts')).publicSite,
  },
  { calendars, files: (secret) => exportsOnAws(process.env, secret) },
);

/** The same application with the code that writes calendars: feeds, downloads and exports, and describes the API. */
export const handler = restHandler(fetch, options);
