import type { Hono } from 'hono';
import { deskPages } from './staff/desk.tsx';
import { editorPages } from './staff/editor.tsx';
import { eventPeoplePages } from './staff/people-of-event.tsx';
import { reviewPages } from './staff/review.tsx';
import { importPages } from './staff/import.tsx';
import { messagePages } from './staff/messages.tsx';
import { peoplePages } from './staff/people.tsx';
import { hostPages } from './staff/hosts.tsx';
import { personAtEventPages } from './staff/person-at-event.tsx';
import { coordinatorPages } from './coordinator.tsx';
import { trainerPages } from './trainer.tsx';
import type { Env } from '../session.ts';

/** Pages of staff, trainers and coordinators: a fifth of the application, for a few dozen people. */
export const pagesOfDesk: readonly Hono<Env>[] = [
  deskPages,
  editorPages,
  eventPeoplePages,
  reviewPages,
  importPages,
  peoplePages,
  messagePages,
  hostPages,
  personAtEventPages,
  trainerPages,
  coordinatorPages,
];
