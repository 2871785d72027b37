import * as z from 'zod';
import type { Context as HonoContext } from 'hono';
import { EventDraft, EventStatus, startOf, type TrainingEvent } from '../../domain/event.ts';
import { EventId } from '../../domain/ids.ts';
import { invalid, ok, type Result } from '../../domain/result.ts';
import { DAY, isoOf, plus } from '../../domain/time.ts';
import {
  listEvents,
  listStaffEvents,
  listTrainerEvents,
  viewEvent,
  type EventRun,
  type EventSeen,
} from '../../usecases/list-events.ts';
import { draftOf } from '../../domain/change-event.ts';
import { cancelEvent } from '../../usecases/cancel-event.ts';
import { changeEvent } from '../../usecases/change-event.ts';
import { createEvent } from '../../usecases/create-event.ts';
import { publishEvent } from '../../usecases/publish-event.ts';
import type { Context } from '../../usecases/context.ts';
import { sendRefusal } from '../problem.ts';
import type { Env } from '../session.ts';
import { cursorOf, placeOfCursor } from '../cursor.ts';
import { fieldErrors } from '../field-errors.ts';
import {
  answers,
  createRoute,
  cut,
  Cursor,
  idempotencyOf,
  jsonBody,
  Limit,
  listOf,
  MomentQuery,
  newApi,
  setVersion,
  timeKey,
  versionOf,
} from './route.ts';
import { eventJson, EventShape, InstantIn } from './shapes.ts';

/** An event as staff write it: moments are ISO 8601. */
const EventIn = z.lazy(() => {
  const draft = EventDraft.unwrap();
  const session = draft.shape.sessions.element.extend({ startsAt: InstantIn, endsAt: InstantIn });
  return draft.strict().extend({
    sessions: z.array(session).min(1, 'Add at least one session').max(60, 'Use at most 60 sessions'),
    opensAt: InstantIn,
    closesAt: InstantIn,
  });
});

const IdParam = z.object({ id: EventId });
const list = listOf(EventShape);
const one = { 200: { schema: EventShape, description: 'The event' } };

/** One page of events, soonest first. */
function pageOf(
  c: HonoContext<Env>,
  events: readonly EventSeen[],
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const after = placeOfCursor(c, cursor);
  if (!after.ok) return after;
  const { page, next } = cut(events, ({ event }) => timeKey(startOf(event), event.id), limit, after.value);
  return ok({ items: page.map((seen) => eventJson(c.var.desk, seen)), ...cursorOf(c, next) });
}

/** Staff and trainers see all of what is theirs. */
const asRun = (run: EventRun): EventSeen => ({
  ...run,
  sight: 'whole',
  verdict: null,
  registration: null,
  nextAttempt: null,
});

const answerWith = async (ctx: Context, event: TrainingEvent) => {
  const seen = await viewEvent(ctx, { id: event.id });
  return seen.ok ? eventJson(ctx, seen.value) : null;
};

/** A change in part: what is left out stays, sessions are matched by their ids. */
const patched =
  (body: Record<string, unknown>) =>
  (event: TrainingEvent): Result<EventDraft> => {
    const { sessions, ...present } = draftOf(event);
    const known = sessions.map((session) => ({
      ...session,
      startsAt: isoOf(session.startsAt),
      endsAt: isoOf(session.endsAt),
    }));
    const given = SessionsGiven.safeParse(body['sessions'] ?? known);
    const whole = EventIn.safeParse({
      ...present,
      opensAt: isoOf(event.opensAt),
      closesAt: isoOf(event.closesAt),
      ...body,
      sessions: given.success
        ? given.data.map((session) => ({ ...known.find((old) => old.id === session['id']), ...session }))
        : body['sessions'],
    });
    return whole.success ? ok(whole.data) : invalid(...fieldErrors(whole.error));
  };
const SessionsGiven = z.array(z.record(z.string(), z.unknown()));

const lists = newApi()
  .openapi(
    createRoute({
      method: 'get',
      path: '/events',
      summary: 'Published events that the caller may see, soonest first',
      request: {
        query: z.object({
          program: z.string().max(60).optional().meta({ description: 'The key or id of a program' }),
          from: MomentQuery,
          to: MomentQuery,
          limit: Limit,
          cursor: Cursor,
        }),
      },
      responses: answers({ 200: { schema: list, description: 'A page of events' } }, 422),
    }),
    async (c) => {
      const { program, from, to, limit, cursor } = c.req.valid('query');
      const events = await listEvents(c.var.desk, { from, to });
      if (!events.ok) return sendRefusal(c, events.refusal);
      const wanted = events.value.filter(
        (seen) => !program || seen.program.key === program || seen.program.id === program,
      );
      const page = pageOf(c, wanted, { limit, cursor });
      return page.ok ? c.json(page.value, 200) : sendRefusal(c, page.refusal);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/events/{id}',
      summary: 'One event, with the caller’s eligibility and registration',
      request: { params: IdParam },
      responses: answers(one, 404, 422),
    }),
    async (c) => {
      const seen = await viewEvent(c.var.desk, c.req.valid('param'));
      if (!seen.ok) return sendRefusal(c, seen.refusal);
      setVersion(c, seen.value.event.rev);
      return c.json(eventJson(c.var.desk, seen.value), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/staff/events',
      summary: 'All events, drafts and canceled ones too',
      request: {
        query: z.object({
          program: z.string().max(60).optional(),
          status: EventStatus.optional(),
          from: MomentQuery,
          to: MomentQuery,
          limit: Limit,
          cursor: Cursor,
        }),
      },
      responses: answers({ 200: { schema: list, description: 'A page of events' } }, 401, 403, 422),
    }),
    async (c) => {
      const { program, status, from, to, limit, cursor } = c.req.valid('query');
      const ctx = c.var.desk;
      const now = ctx.clock.now();
      const events = await listStaffEvents(ctx, {
        from: from ?? plus(now, -366 * DAY),
        to: to ?? plus(now, 732 * DAY),
      });
      if (!events.ok) return sendRefusal(c, events.refusal);
      const seen = events.value.map(asRun);
      const wanted = seen.filter(
        (s) =>
          (!program || s.program.key === program || s.program.id === program) && (!status || s.event.status === status),
      );
      const page = pageOf(c, wanted, { limit, cursor });
      return page.ok ? c.json(page.value, 200) : sendRefusal(c, page.refusal);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/trainer/events',
      summary: 'The events that the caller teaches, from 30 days ago on',
      request: { query: z.object({ limit: Limit, cursor: Cursor }) },
      responses: answers({ 200: { schema: list, description: 'A page of events' } }, 401, 403, 422),
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const ctx = c.var.desk;
      const events = await listTrainerEvents(ctx, { since: plus(ctx.clock.now(), -30 * DAY) });
      if (!events.ok) return sendRefusal(c, events.refusal);
      const seen = events.value.map(asRun);
      const page = pageOf(c, seen, { limit, cursor });
      return page.ok ? c.json(page.value, 200) : sendRefusal(c, page.refusal);
    },
  );

/** The catalog, and what staff do with events. */
export const eventsApi = lists
  .openapi(
    createRoute({
      method: 'post',
      path: '/events',
      summary: 'Make a draft',
      request: { body: jsonBody(() => EventIn) },
      responses: answers(
        { 200: { schema: EventShape, description: 'Made before' }, 201: { schema: EventShape, description: 'Made' } },
        401,
        403,
        413,
        422,
      ),
    }),
    async (c) => {
      const made = await createEvent(c.var.desk, { draft: c.req.valid('json'), ...(await idempotencyOf(c)) });
      if (!made.ok) return sendRefusal(c, made.refusal);
      setVersion(c, made.value.event.rev);
      return c.json(await answerWith(c.var.desk, made.value.event), made.value.created ? 201 : 200);
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/events/{id}',
      summary: 'Change an event; what registered people must know reaches them',
      request: {
        params: IdParam,
        body: jsonBody(() =>
          z.record(z.string(), z.unknown()).meta({ description: 'Any of the fields of a new event' }),
        ),
      },
      responses: answers(one, 401, 403, 404, 409, 412, 422, 428),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const patch = patched(c.req.valid('json'));
      const changed = await changeEvent(c.var.desk, { id, version: versionOf(c), patch });
      if (!changed.ok) return sendRefusal(c, changed.refusal);
      setVersion(c, changed.value.rev);
      return c.json(await answerWith(c.var.desk, changed.value), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/publish',
      summary: 'Open an event to those it is for',
      request: { params: IdParam },
      responses: answers(one, 401, 403, 404, 409, 422),
    }),
    async (c) => {
      const published = await publishEvent(c.var.desk, c.req.valid('param'));
      if (!published.ok) return sendRefusal(c, published.refusal);
      setVersion(c, published.value.rev);
      return c.json(await answerWith(c.var.desk, published.value), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/cancel',
      summary: 'Cancel an event; everybody registered is told why',
      request: { params: IdParam, body: jsonBody(() => z.strictObject({ reason: z.string().max(500) })) },
      responses: answers(one, 401, 403, 404, 422),
    }),
    async (c) => {
      const cancelled = await cancelEvent(c.var.desk, { ...c.req.valid('param'), ...c.req.valid('json') });
      if (!cancelled.ok) return sendRefusal(c, cancelled.refusal);
      setVersion(c, cancelled.value.rev);
      return c.json(await answerWith(c.var.desk, cancelled.value), 200);
    },
  );
