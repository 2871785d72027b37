import { siteOnAws } from '../compose/aws-site.ts';
import { restHandler } from './rest.ts';

const { fetch, ...options } = await siteOnAws(process.env);

/** The public's pages and the API, behind a REST API. Its bundle has none of the desk's pages: stacks/bundle.ts. */
export const handler = restHandler(fetch, options);
