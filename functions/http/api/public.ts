import { apiOf } from './api.ts';
import { eventsApi } from './events.ts';
import { profileApi } from './profile.ts';
import { programsApi } from './programs.ts';
import { registrationsApi } from './registrations.ts';
import { rostersApi } from './rosters.ts';
import { signInApi } from './sign-in.ts';

/** What of the API many ask for. */
export const publicParts = [programsApi, eventsApi, signInApi, profileApi, registrationsApi, rostersApi] as const;

/** The same for an application that serves no other. */
export const publicApi = apiOf(...publicParts);
