import type { Hono } from 'hono';
import { catalogPages } from './catalog.tsx';
import { registerPages } from './register.tsx';
import { agendaPages } from './agenda.tsx';
import { profilePages } from './profile.tsx';
import { registrationPages } from './registrations.tsx';
import { changeAnswersPages } from './change-answers.tsx';
import { changeSessionPages } from './change-session.tsx';
import { handOverPages } from './hand-over.tsx';
import { sponsorPages } from './sponsor.tsx';
import { secretPages } from './join.tsx';
import { pagesOf } from './pages.tsx';
import type { Env } from '../session.ts';

/** Pages of participants and visitors, in the order in which their routes are tried. */
export const publicPages: readonly Hono<Env>[] = [
  catalogPages,
  registerPages,
  agendaPages,
  registrationPages,
  changeAnswersPages,
  profilePages,
  changeSessionPages,
  handOverPages,
  sponsorPages,
  secretPages,
];

/** The same for an application that serves no others. */
export const publicSite = pagesOf(publicPages);
