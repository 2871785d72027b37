import * as z from 'zod';
import { Host, HostRecord } from '../../domain/audience.ts';
import { EventId, PersonId, RegistrationId, SessionId } from '../../domain/ids.ts';
import { RegistrationStatus } from '../../domain/registration.ts';
import { isoOf } from '../../domain/time.ts';
import {
  approveRegistration,
  decideMany,
  DECISIONS,
  denyRegistration,
  reopenRegistration,
} from '../../usecases/decide-registration.ts';
import { positionOf } from '../../usecases/register-for-event.ts';
import { putHost, viewHost } from '../../usecases/hosts.ts';
import { readAudit } from '../../usecases/read-audit.ts';
import { searchRoster } from '../../usecases/roster.ts';
import type { Context } from '../../usecases/context.ts';
import type { Acted } from '../../usecases/on-registration.ts';
import { problemOf, sendRefusal } from '../problem.ts';
import { cursorOf, placeOfCursor } from '../cursor.ts';
import { answers, createRoute, Cursor, jsonBody, Limit, listOf, MomentQuery, newApi } from './route.ts';
import {
  InstantIn,
  Moment,
  ProblemShape,
  rosterRowJson,
  RosterRowShape,
  standingJson,
  StandingShape,
} from './shapes.ts';

const IdParam = z.object({ id: RegistrationId });
const EventParam = z.object({ id: EventId });
const standing = { 200: { schema: StandingShape, description: 'As it stands now' } };
const Reason = z
  .string()
  .trim()
  .min(1, 'Say why, in a sentence the person reads')
  .max(500, 'Use at most 500 characters');
const HostShape = z
  .lazy(() => HostRecord.omit({ rev: true }).extend({ verifiedAt: Moment, expiresAt: Moment }))
  .meta({ id: 'Host' });
const AuditShape = z
  .lazy(() =>
    z.object({
      entity: z.string(),
      rev: z.int().nullable(),
      at: Moment,
      actor: z.string(),
      act: z.string(),
      detail: z.string(),
    }),
  )
  .meta({ id: 'AuditEntry' });

const hostJson = ({ rev: _rev, ...record }: HostRecord) => ({
  ...record,
  verifiedAt: isoOf(record.verifiedAt),
  expiresAt: isoOf(record.expiresAt),
});

const standingOf = async (ctx: Context, { registration }: Acted) =>
  standingJson(registration, await positionOf(ctx, registration));

const search = newApi().openapi(
  createRoute({
    method: 'post',
    path: '/events/{id}/registrations/search',
    summary: 'Search an event’s people; what is searched for stays out of the address',
    request: {
      params: EventParam,
      body: jsonBody(() =>
        z.strictObject({
          q: z.string().max(100).optional(),
          status: RegistrationStatus.optional(),
          session: SessionId.optional(),
          sort: z.enum(['name', 'agency', 'applied']).optional(),
          limit: z.int().min(1).max(100).default(50),
          cursor: Cursor,
        }),
      ),
    },
    responses: answers({ 200: { schema: listOf(RosterRowShape), description: 'A page' } }, 401, 403, 404, 422),
  }),
  async (c) => {
    const { id } = c.req.valid('param');
    const { limit, cursor, ...search } = c.req.valid('json');
    const found = await searchRoster(c.var.desk, { event: id, ...search });
    if (!found.ok) return sendRefusal(c, found.refusal);
    const after = placeOfCursor(c, cursor);
    if (!after.ok) return sendRefusal(c, after.refusal);
    const start = Number(after.value);
    const { rows } = found.value;
    const next = start + limit < rows.length ? String(start + limit) : null;
    const items = rows.slice(start, start + limit).map(({ registration }) => rosterRowJson(registration));
    return c.json({ items, ...cursorOf(c, next) }, 200);
  },
);

const decisions = search
  .openapi(
    createRoute({
      method: 'post',
      path: '/registrations/{id}/approve',
      summary: 'A yes: the person registers, now, by the rules for everybody',
      request: { params: IdParam },
      responses: answers(standing, 401, 403, 404, 409, 422),
    }),
    async (c) => {
      const acted = await approveRegistration(c.var.desk, c.req.valid('param'));
      return acted.ok ? c.json(await standingOf(c.var.desk, acted.value), 200) : sendRefusal(c, acted.refusal);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/registrations/{id}/deny',
      summary: 'A no, with the reason that the person reads',
      request: { params: IdParam, body: jsonBody(() => z.strictObject({ reason: Reason })) },
      responses: answers(standing, 401, 403, 404, 409, 422),
    }),
    async (c) => {
      const acted = await denyRegistration(c.var.desk, { ...c.req.valid('param'), ...c.req.valid('json') });
      return acted.ok ? c.json(await standingOf(c.var.desk, acted.value), 200) : sendRefusal(c, acted.refusal);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/registrations/{id}/reopen',
      summary: 'Let somebody register again whom staff had turned away',
      request: { params: IdParam },
      responses: answers(standing, 401, 403, 404, 409, 422),
    }),
    async (c) => {
      const acted = await reopenRegistration(c.var.desk, c.req.valid('param'));
      return acted.ok ? c.json(await standingOf(c.var.desk, acted.value), 200) : sendRefusal(c, acted.refusal);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/decisions',
      summary: 'Many decisions on one event, each answered for itself',
      request: {
        params: EventParam,
        body: jsonBody(() =>
          z
            .array(
              z.strictObject({
                registrationId: RegistrationId,
                decision: z.enum(DECISIONS),
                reason: z.string().max(500).optional(),
              }),
            )
            .min(1)
            .max(100),
        ),
      },
      responses: answers(
        {
          200: {
            schema: z.object({
              items: z.array(
                z.object({
                  registrationId: z.string(),
                  registration: StandingShape.optional(),
                  problem: ProblemShape.optional(),
                }),
              ),
            }),
            description: 'An answer for each',
          },
        },
        401,
        403,
        422,
      ),
    }),
    async (c) => {
      const decided = await decideMany(c.var.desk, { event: c.req.valid('param').id, decisions: c.req.valid('json') });
      if (!decided.ok) return sendRefusal(c, decided.refusal);
      const items = decided.value.map(({ registrationId, result }) => ({
        registrationId,
        ...(result.ok
          ? { registration: standingJson(result.value.registration) }
          : { problem: problemOf(result.refusal) }),
      }));
      return c.json({ items }, 200);
    },
  );

/** What staff and trainers do with people, hosts, and the record of it all. */
export const staffApi = decisions
  .openapi(
    createRoute({
      method: 'get',
      path: '/hosts/{host}',
      summary: 'What is known of an exact email host',
      request: { params: z.object({ host: Host }) },
      responses: answers({ 200: { schema: HostShape, description: 'The host' } }, 401, 403, 404, 422),
    }),
    async (c) => {
      const record = await viewHost(c.var.desk, c.req.valid('param'));
      return record.ok ? c.json(hostJson(record.value), 200) : sendRefusal(c, record.refusal);
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/hosts/{host}',
      summary: 'Decide on a host: whose it is, and who else uses it',
      request: {
        params: z.object({ host: Host }),
        body: jsonBody(() =>
          HostRecord.pick({ agency: true, class: true, lists: true, evidence: true })
            .extend({ lists: HostRecord.shape.lists.default([]), expiresAt: InstantIn })
            .strict(),
        ),
      },
      responses: answers({ 200: { schema: HostShape, description: 'As it is kept' } }, 401, 403, 422),
    }),
    async (c) => {
      const record = await putHost(c.var.desk, { ...c.req.valid('param'), fields: c.req.valid('json') });
      return record.ok ? c.json(hostJson(record.value), 200) : sendRefusal(c, record.refusal);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/audit',
      summary: 'Who did what, when: to an entity, by an actor, or on the day of `from`; newest first',
      request: {
        query: z.object({
          entity: z.string().max(80).optional(),
          actor: PersonId.optional(),
          from: MomentQuery,
          to: MomentQuery,
          limit: Limit,
          cursor: Cursor,
        }),
      },
      responses: answers({ 200: { schema: listOf(AuditShape), description: 'A page' } }, 401, 403, 422),
    }),
    async (c) => {
      const { entity, actor, from, to, limit, cursor } = c.req.valid('query');
      const by = entity ? { entity } : actor ? { actor } : { day: from ?? c.var.desk.clock.now() };
      const after = placeOfCursor(c, cursor);
      if (!after.ok) return sendRefusal(c, after.refusal);
      const page = await readAudit(c.var.desk, { by, from, to, limit, after: after.value });
      if (!page.ok) return sendRefusal(c, page.refusal);
      const items = page.value.items.map((entry) => ({ ...entry, at: isoOf(entry.at) }));
      return c.json({ items, ...cursorOf(c, page.value.next) }, 200);
    },
  );
