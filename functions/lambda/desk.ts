import { siteOnAws } from '../compose/aws-site.ts';
import { pagesOfDesk } from '../http/pages/desk.ts';
import { restHandler } from './rest.ts';

const { fetch, ...options } = await siteOnAws(process.env, pagesOfDesk);

/** The pages of staff and trainers: the same application with other pages. */
export const handler = restHandler(fetch, options);
