import { siteOnAws } from '../compose/aws-site.ts';
import { exportsOnAws } from '../compose/aws-exports.ts';
import { calendars } from '../compose/aws-calendars.ts';
import { publicPages } from '../http/pages/public.ts';
import { restHandler } from './rest.ts';

const { fetch, ...options } = await siteOnAws(process.env, publicPages, {
  calendars,
  files: (secret) => exportsOnAws(process.env, secret),
});

/** The same application with the code that writes calendars: feeds, downloads and exports, out of the pages' way. */
export const handler = restHandler(fetch, options);
