import { apiOf } from './api.ts';
import { listsApi } from './lists.ts';

/** What of the API few ask for: lists of people, by staff and coordinators. */
export const apiOfDesk = apiOf(listsApi);
