import { siteOnAws } from '../compose/aws-site.ts';
import { restHandler } from './rest.ts';

const { fetch, ...options } = await siteOnAws(process.env);

/** Pages and the API, behind a REST API. */
export const handler = restHandler(fetch, options);
