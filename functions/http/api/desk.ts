import { apiOf } from './api.ts';
import { listsApi } from './lists.ts';
import { staffApi } from './staff.ts';

/** What of the API few ask for: decisions, hosts, the record, and lists of people. */
export const partsOfDesk = [staffApi, listsApi] as const;

/** The same for an application that serves no other. */
export const apiOfDesk = apiOf(...partsOfDesk);
