import { apiOf } from './api.ts';
import { filesApi } from './files.ts';
import { listsApi } from './lists.ts';
import { publicParts } from './public.ts';

/** All of the API. */
export const api = apiOf(...publicParts, listsApi, filesApi);
