import { siteOnAws } from '../compose/aws-site.ts';
import { restHandler } from './rest.ts';

const { fetch, ...options } = await siteOnAws(process.env);

/** The pages of staff and trainers: the same application, with their code in its bundle. */
export const handler = restHandler(fetch, options);
