import * as z from 'zod';
import { isStaff } from '../../domain/actor.ts';
import { EventId, RegistrationId, SessionId } from '../../domain/ids.ts';
import { Email } from '../../domain/person.ts';
import { Accommodations, Answers } from '../../domain/questions.ts';
import { idOf, startFor } from '../../domain/registration.ts';
import { askSponsor } from '../../usecases/ask-sponsor.ts';
import { cancelRegistration } from '../../usecases/cancel-registration.ts';
import { changeRegistration } from '../../usecases/change-registration.ts';
import { offerSeat, takeOfferBack, takeOverSeat } from '../../usecases/hand-over-seat.ts';
import { listMyRegistrations, viewRegistration, type MyRegistration } from '../../usecases/my-registrations.ts';
import { registerForEvent } from '../../usecases/register-for-event.ts';
import { sendRefusal } from '../problem.ts';
import { cursorOf, placeOfCursor } from '../cursor.ts';
import {
  answers,
  createRoute,
  Cursor,
  cut,
  idempotencyOf,
  jsonBody,
  Limit,
  listOf,
  newApi,
  setVersion,
  timeKey,
  versionOf,
} from './route.ts';
import { registrationJson, RegistrationShape, standingJson, StandingShape } from './shapes.ts';

const IdParam = z.object({ id: RegistrationId });
const keyOf = ({ registration, event }: MyRegistration): string =>
  timeKey(startFor(registration, event), idOf(registration));
const Sessions = z.array(z.union([SessionId, z.object({ id: SessionId }).transform(({ id }) => id)])).max(60);

const RegisterIn = z.lazy(() =>
  z.strictObject({
    sessions: Sessions.optional(),
    answers: Answers.optional(),
    accommodations: Accommodations.optional(),
    attempt: z.int().min(1).max(999_999).optional(),
  }),
);

const ChangeIn = z.lazy(() =>
  RegisterIn.unwrap()
    .omit({ attempt: true })
    .extend({
      waitIfFull: z.boolean().optional().meta({
        description:
          'Where people pick one session: give the seat up for a place in the line of another that is full. Without it, 409',
      }),
    }),
);

const own = newApi().openapi(
  createRoute({
    method: 'get',
    path: '/me/registrations',
    summary: 'The caller’s registrations, soonest first; those with a seat have a personal join address',
    request: { query: z.object({ limit: Limit, cursor: Cursor }) },
    responses: answers({ 200: { schema: listOf(RegistrationShape), description: 'A page' } }, 401, 422),
  }),
  async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const mine = await listMyRegistrations(c.var.desk);
    if (!mine.ok) return sendRefusal(c, mine.refusal);
    const after = placeOfCursor(c, cursor);
    if (!after.ok) return sendRefusal(c, after.refusal);
    const { page, next } = cut(mine.value, keyOf, limit, after.value);
    return c.json({ items: page.map((one) => registrationJson(c.var.desk, one)), ...cursorOf(c, next) }, 200);
  },
);

const transfer = newApi()
  .openapi(
    createRoute({
      method: 'post',
      path: '/registrations/{id}/supervisor',
      summary: 'Ask a supervisor at a known host to confirm the caller, who waits to be checked',
      request: {
        params: IdParam,
        body: jsonBody(() => z.strictObject({ email: Email, insteadOf: Email.nullable().optional() })),
      },
      responses: answers({ 200: { schema: StandingShape, description: 'Asked by mail' } }, 401, 404, 409, 422),
    }),
    async (c) => {
      const asked = await askSponsor(c.var.desk, { ...c.req.valid('param'), ...c.req.valid('json') });
      if (!asked.ok) return sendRefusal(c, asked.refusal);
      setVersion(c, asked.value.registration.rev);
      return c.json(standingJson(asked.value.registration), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/registrations/{id}/transfer',
      summary: 'Offer one’s seat to a colleague who may attend, while nobody waits; it stays until they say yes',
      request: { params: IdParam, body: jsonBody(() => z.strictObject({ email: Email })) },
      responses: answers({ 200: { schema: StandingShape, description: 'Offered' } }, 401, 404, 409, 412, 422),
    }),
    async (c) => {
      const version = versionOf(c) ?? undefined;
      const offered = await offerSeat(c.var.desk, { ...c.req.valid('param'), ...c.req.valid('json'), version });
      if (!offered.ok) return sendRefusal(c, offered.refusal);
      setVersion(c, offered.value.registration.rev);
      return c.json(standingJson(offered.value.registration), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/registrations/{id}/transfer',
      summary: 'Take that offer back',
      request: { params: IdParam },
      responses: answers({ 200: { schema: StandingShape, description: 'Not offered any more' } }, 401, 404, 422),
    }),
    async (c) => {
      const kept = await takeOfferBack(c.var.desk, c.req.valid('param'));
      if (!kept.ok) return sendRefusal(c, kept.refusal);
      setVersion(c, kept.value.registration.rev);
      return c.json(standingJson(kept.value.registration), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/registrations/{id}/transfer/accept',
      summary: 'Take over a seat that is offered to the caller; answers with their registration',
      request: { params: IdParam, body: jsonBody(() => RegisterIn.unwrap().pick({ answers: true, attempt: true })) },
      responses: answers(
        { 200: { schema: StandingShape, description: 'The seat is theirs' } },
        401,
        403,
        404,
        409,
        422,
      ),
    }),
    async (c) => {
      const taken = await takeOverSeat(c.var.desk, { ...c.req.valid('param'), ...c.req.valid('json') });
      if (!taken.ok) return sendRefusal(c, taken.refusal);
      setVersion(c, taken.value.registration.rev);
      return c.json(standingJson(taken.value.registration), 200);
    },
  );

/** What participants do: profile, registering, what they registered for. */
export const registrationsApi = own
  .route('/', transfer)
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/registrations',
      summary: 'Register the caller: a seat at once, a place in line, or a wait for an answer',
      request: { params: z.object({ id: EventId }), body: jsonBody(() => RegisterIn) },
      responses: answers(
        {
          200: { schema: StandingShape, description: 'The registration that stands already' },
          201: { schema: StandingShape, description: 'Registered' },
        },
        401,
        403,
        404,
        409,
        422,
      ),
    }),
    async (c) => {
      const { key, digest } = await idempotencyOf(c);
      const ctx = c.var.desk;
      const { id } = c.req.valid('param');
      const by = 'person' in ctx.actor ? ctx.actor.person.id : '';
      const registered = await registerForEvent(ctx, {
        event: id,
        ...c.req.valid('json'),
        ...(key ? { requestKey: `${ctx.ids.hash(`${by} ${id} ${key}`).slice(0, 22)}.${digest}` } : {}),
      });
      if (!registered.ok) return sendRefusal(c, registered.refusal);
      const { registration, created, position } = registered.value;
      setVersion(c, registration.rev);
      return c.json(standingJson(registration, position), created ? 201 : 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/registrations/{id}',
      summary: 'One registration, to its person and to staff',
      request: { params: IdParam },
      responses: answers({ 200: { schema: RegistrationShape, description: 'The registration' } }, 401, 404, 422),
    }),
    async (c) => {
      const seen = await viewRegistration(c.var.desk, c.req.valid('param'));
      if (!seen.ok) return sendRefusal(c, seen.refusal);
      setVersion(c, seen.value.registration.rev);
      return c.json({ ...registrationJson(c.var.desk, seen.value), ...seen.value.details }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/registrations/{id}',
      summary: 'Change sessions, answers or accommodations, until the start',
      request: { params: IdParam, body: jsonBody(() => ChangeIn) },
      responses: answers({ 200: { schema: StandingShape, description: 'Changed' } }, 401, 404, 409, 412, 422, 428),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const changed = await changeRegistration(c.var.desk, { id, version: versionOf(c), patch: c.req.valid('json') });
      if (!changed.ok) return sendRefusal(c, changed.refusal);
      const { registration, position } = changed.value;
      setVersion(c, registration.rev);
      return c.json(standingJson(registration, position), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/registrations/{id}/cancel',
      summary: 'Give up one’s place, until the start; staff end anybody’s',
      request: {
        params: IdParam,
        body: {
          required: false,
          content: { 'application/json': { schema: z.strictObject({ reason: z.string().max(500).optional() }) } },
        },
      },
      responses: answers({ 200: { schema: StandingShape, description: 'Ended' } }, 401, 404, 409, 422),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const { reason } = c.req.valid('json');
      const ended = await cancelRegistration(c.var.desk, { id, ...(isStaff(c.var.desk.actor) ? { reason } : {}) });
      if (!ended.ok) return sendRefusal(c, ended.refusal);
      setVersion(c, ended.value.registration.rev);
      return c.json(standingJson(ended.value.registration), 200);
    },
  );
