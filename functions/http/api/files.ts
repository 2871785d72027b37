import * as z from 'zod';
import { isStaff, type Actor } from '../../domain/actor.ts';
import { EventId, SessionId } from '../../domain/ids.ts';
import { RegistrationStatus } from '../../domain/registration.ts';
import { exportRoster } from '../../usecases/roster.ts';
import { COLUMN_NAMES, DEFAULT_COLUMNS, rosterCsv, rosterFileName } from '../csv.ts';
import { exportReady } from '../pages/export-ready.tsx';
import { sendRefusal } from '../problem.ts';
import { answers, createRoute, newApi } from './route.ts';

/** A list in one parameter, `name,email`, or in several of one name, as a form's boxes send it. */
const several = <S extends z.ZodType<string, string>>(item: S) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((given) =>
      [given]
        .flat()
        .flatMap((part) => part.split(','))
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item).max(20));

const ExportQuery = z.object({
  columns: several(z.enum(COLUMN_NAMES, { error: `Choose from ${COLUMN_NAMES.join(', ')}` }))
    .optional()
    .meta({ type: 'string', example: 'name,email,agency,status' }),
  status: several(RegistrationStatus).optional().meta({ type: 'string', example: 'confirmed,waitlisted' }),
  session: z.union([SessionId, z.literal('').transform(() => undefined)]).optional(),
});

/** Sends text as it is made; when making it fails the transfer breaks off, so that no short file looks whole. */
function streamed(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

const TYPE = 'text/csv; charset=utf-8; header=present';
/** Lambda answers with 6 MB of JSON at most, in which each quote and line end takes two letters. */
const MOST_IN_AN_ANSWER = 2_500_000;

const backOf = (actor: Actor, event: EventId): string =>
  isStaff(actor) ? `/staff/events/${event}/roster` : `/trainer/events/${event}`;

/** Files: they are read from the store while they are sent. */
export const filesApi = newApi().openapi(
  createRoute({
    method: 'get',
    path: '/events/{id}/roster.csv',
    summary: 'The attendee list as a spreadsheet reads it, its last line what it leaves out; each export is on record',
    request: { params: z.object({ id: EventId }), query: ExportQuery },
    responses: {
      ...answers({}, 401, 403, 404, 422),
      200: {
        description: 'UTF-8 with a byte order mark, RFC 4180',
        content: { 'text/csv': { schema: z.string() } },
      },
      303: { description: 'Too large for one answer: where it can be read for five minutes' },
    },
  }),
  async (c) => {
    const { columns = [], status = [], session } = c.req.valid('query');
    const chosen = columns.length > 0 ? columns : [...DEFAULT_COLUMNS];
    const exported = await exportRoster(c.var.desk, {
      event: c.req.valid('param').id,
      columns: chosen,
      status: status.length > 0 ? status : ['confirmed'],
      session,
      withDetails: chosen.includes('answers'),
      withArrivals: chosen.includes('joined'),
    });
    if (!exported.ok) return sendRefusal(c, exported.refusal);
    const { event, program } = exported.value;
    const name = rosterFileName(event, program.marking);
    const chunks = rosterCsv(exported.value, chosen);
    const answer = (body: ReadableStream<Uint8Array> | string) =>
      new Response(body, {
        headers: {
          'content-type': TYPE,
          'content-disposition': `attachment; filename="${name}"`,
          'cache-control': 'no-store',
        },
      });
    const { files } = c.var.desk;
    if (!files) return answer(streamed(chunks));
    let text = '';
    for await (const chunk of chunks) text += chunk;
    const bytes = Buffer.byteLength(text);
    if (bytes <= MOST_IN_AN_ANSWER) return answer(text);
    const href = await files.keep({ name, type: TYPE, text });
    // a form's answer may not lead to another site (CSP, form-action): a browser gets a page with the link
    if (c.req.header('accept')?.includes('text/html'))
      return exportReady(c, {
        href,
        name,
        megabytes: Math.ceil(bytes / 1e6),
        back: backOf(c.var.desk.actor, event.id),
      });
    return c.redirect(href, 303);
  },
);
