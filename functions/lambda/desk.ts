import { siteOnAws } from '../compose/aws-site.ts';
import { pagesOfDesk } from '../http/pages/desk.ts';
import { pagesOf } from '../http/pages/pages.tsx';
import { restHandler } from './rest.ts';

const { fetch, ...options } = await siteOnAws(process.env, { pages: async () => pagesOf(pagesOfDesk) });

/** The pages of staff and trainers: the same application with other pages. */
export const handler = restHandler(fetch, options);
