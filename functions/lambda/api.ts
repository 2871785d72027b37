import { siteOnAws } from '../compose/aws-site.ts';
import { publicPages } from '../http/pages/public.ts';
import { restHandler } from './rest.ts';

const { fetch, ...options } = await siteOnAws(process.env, publicPages);

/** The public's pages and the API, behind a REST API. */
export const handler = restHandler(fetch, options);
