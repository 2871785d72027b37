import { siteOnAws } from '../compose/aws-site.ts';
import { pagesOfDesk } from '../http/pages/desk.ts';
import { pagesOf } from '../http/pages/pages.tsx';
import { restHandler } from './rest.ts';

const { fetch, ...options } = await siteOnAws(process.env, {
  api: async () => (await import('../http/api/desk.ts')).apiOfDesk,
  pages: async () => pagesOf(pagesOfDesk),
});

/** The pages of staff, trainers and coordinators, and what they do by the API: the same application with other parts. */
export const handler = restHandler(fetch, options);
