import { apiOf } from './api.ts';
import { partsOfDesk } from './desk.ts';
import { filesApi } from './files.ts';
import { publicParts } from './public.ts';

/** All of the API. */
export const api = apiOf(...publicParts, ...partsOfDesk, filesApi);
