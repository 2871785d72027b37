import { providerOnAws } from '../compose/aws-provider.ts';
import { siteOnAws } from '../compose/aws-site.ts';
import { pagesOf } from '../http/pages/pages.tsx';
import { restHandler } from './rest.ts';

const { fetch, ...options } = await siteOnAws(
  process.env,
  { pages: async () => pagesOf([]) },
  { provider: await providerOnAws(process.env), signs: false },
);

/** The same application with the code of the identity provider and its secret: staff and trainers sign in here. */
export const handler = restHandler(fetch, options);
