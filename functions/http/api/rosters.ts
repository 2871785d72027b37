import * as z from 'zod';
import { EventId } from '../../domain/ids.ts';
import { RegistrationStatus } from '../../domain/registration.ts';
import { rosterPage } from '../../usecases/roster.ts';
import { sendRefusal } from '../problem.ts';
import { cursorOf, placeOfCursor } from '../cursor.ts';
import { answers, createRoute, Cursor, Limit, listOf, newApi } from './route.ts';
import { rosterRowJson, RosterRowShape } from './shapes.ts';

/** An event's people: the address where others register, so it is served with theirs. */
export const rostersApi = newApi().openapi(
  createRoute({
    method: 'get',
    path: '/events/{id}/registrations',
    summary: 'An event’s people, a page at a time',
    request: {
      params: z.object({ id: EventId }),
      query: z.object({ status: RegistrationStatus.optional(), limit: Limit, cursor: Cursor }),
    },
    responses: answers({ 200: { schema: listOf(RosterRowShape), description: 'A page' } }, 401, 403, 404, 422),
  }),
  async (c) => {
    const { id } = c.req.valid('param');
    const { status, limit, cursor } = c.req.valid('query');
    const after = placeOfCursor(c, cursor);
    if (!after.ok) return sendRefusal(c, after.refusal);
    const page = await rosterPage(c.var.desk, { event: id, status, limit, after: after.value });
    if (!page.ok) return sendRefusal(c, page.refusal);
    return c.json({ items: page.value.items.map(rosterRowJson), ...cursorOf(c, page.value.next) }, 200);
  },
);
