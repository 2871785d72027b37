import { feedText } from '../mail/feed.ts';
import type { Calendars } from '../usecases/context.ts';

/** Writes feeds and downloads. On AWS only the function `files` has this code. */
export const calendars: Calendars = { feed: feedText };
