import * as z from 'zod';
import type { Actor } from '../../domain/actor.ts';
import { Profile } from '../../domain/person.ts';
import type { FieldError } from '../../domain/result.ts';
import { EASTERN } from '../../domain/time.ts';
import { feedAddress, rotateFeed } from '../../usecases/calendar-feed.ts';
import { updateProfile, viewProfile } from '../../usecases/profile.ts';
import { sendRefusal } from '../problem.ts';
import { answers, createRoute, jsonBody, newApi } from './route.ts';
import { personJson, PersonShape } from './shapes.ts';

/** What GET gives may come back whole, with what is not theirs to change as it was. */
const ProfileIn = z.lazy(() =>
  Profile.extend({
    timeZone: Profile.shape.timeZone.optional(),
    id: z.string().optional(),
    email: z.string().optional(),
    role: z.string().optional(),
  }).strict(),
);
/** What can't be changed here, where it did not come back as it was. */
function changedFixed(
  given: Readonly<Record<'id' | 'email' | 'role', string | undefined>>,
  actor: Actor,
): FieldError[] {
  if (!('person' in actor)) return [];
  const kept = { id: actor.person.id, email: actor.person.email, role: actor.role };
  return (['id', 'email', 'role'] as const)
    .filter((name) => given[name] !== undefined && given[name] !== kept[name])
    .map((path) => ({ path, message: 'This can’t be changed here' }));
}
const UrlShape = z.lazy(() => z.object({ url: z.string() }));

/** The caller’s profile, and the address of their calendar feed. */
export const profileApi = newApi()
  .openapi(
    createRoute({
      method: 'get',
      path: '/me',
      summary: 'The caller’s profile',
      responses: answers({ 200: { schema: PersonShape, description: 'The caller' } }, 401, 404),
    }),
    async (c) => {
      const person = await viewProfile(c.var.desk);
      if (!person.ok) return sendRefusal(c, person.refusal);
      const { actor } = c.var.desk;
      return c.json({ ...personJson(person.value), ...('person' in actor ? { role: actor.role } : {}) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/me',
      summary: 'Replace the caller’s profile',
      request: { body: jsonBody(() => ProfileIn) },
      responses: answers({ 200: { schema: PersonShape, description: 'As it is kept' } }, 401, 404, 422),
    }),
    async (c) => {
      const { id, email, role, timeZone = EASTERN, ...given } = c.req.valid('json');
      const wrong = changedFixed({ id, email, role }, c.var.desk.actor);
      if (wrong.length > 0) return sendRefusal(c, { kind: 'invalid', errors: wrong });
      const saved = await updateProfile(c.var.desk, { profile: { ...given, timeZone } });
      return saved.ok ? c.json(personJson(saved.value), 200) : sendRefusal(c, saved.refusal);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/me/calendar',
      summary: 'The private address of the caller’s calendar feed',
      responses: answers({ 200: { schema: UrlShape, description: 'The address' } }, 401),
    }),
    async (c) => {
      const address = await feedAddress(c.var.desk);
      return address.ok ? c.json(address.value, 200) : sendRefusal(c, address.refusal);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/me/calendar/rotate',
      summary: 'Replace that address; the old one is dead at once',
      responses: answers({ 200: { schema: UrlShape, description: 'The new address' } }, 401),
    }),
    async (c) => {
      const address = await rotateFeed(c.var.desk);
      return address.ok ? c.json(address.value, 200) : sendRefusal(c, address.refusal);
    },
  );
