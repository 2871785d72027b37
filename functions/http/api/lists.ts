import * as z from 'zod';
import type { Context as HonoContext } from 'hono';
import { Host } from '../../domain/audience.ts';
import { EventId, JobId, SessionId } from '../../domain/ids.ts';
import { countsOf, Foreseen, Outcome, rowsDone, type ListJob, type ListRow } from '../../domain/import-list.ts';
import { Email } from '../../domain/person.ts';
import { invalid, type Result } from '../../domain/result.ts';
import { isoOf } from '../../domain/time.ts';
import { MOST_HOSTS, nameCoordinator } from '../../usecases/coordinate.ts';
import { checkList, keepList, startList, viewList, viewListRows } from '../../usecases/import-list.ts';
import { sendProblem, sendRefusal } from '../problem.ts';
import type { Env } from '../session.ts';
import { answers, createRoute, jsonBody, newApi } from './route.ts';
import { Moment } from './shapes.ts';

const RowShape = z
  .lazy(() =>
    z.object({
      row: z.int().meta({ description: 'As a spreadsheet numbers it: the head is row 1' }),
      email: z.string().optional(),
      name: z.string().optional(),
      foreseen: Foreseen.optional(),
      outcome: Outcome.optional(),
      note: z.string().optional(),
      problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
  )
  .meta({ id: 'ListRow' });
const Counts = z.record(z.string(), z.int());
const CheckShape = z
  .lazy(() =>
    z.object({
      total: z.int(),
      wrong: z.int(),
      unanswered: z.int().meta({ description: 'Rows that leave a question open that has to be answered' }),
      foreseen: Counts,
      rows: z.array(RowShape),
    }),
  )
  .meta({ id: 'ListCheck' });
const ListShape = z
  .lazy(() =>
    z.object({
      id: JobId,
      state: z.enum(['checked', 'running', 'done']),
      total: z.int(),
      done: z.int(),
      foreseen: Counts,
      outcomes: Counts,
      movedAt: Moment,
      rows: z.array(RowShape).optional().meta({ description: 'What became of each, once it is done' }),
    }),
  )
  .meta({ id: 'List' });

const CoordinatorShape = z.lazy(() => z.object({ email: Email, hosts: z.array(Host) })).meta({ id: 'Coordinator' });

const rowJson = ({ row, person, foreseen, outcome, note, problems }: ListRow) => ({
  row,
  ...(person ? { email: person.email, name: person.profile.name } : {}),
  ...(foreseen ? { foreseen } : {}),
  ...(outcome ? { outcome } : {}),
  ...(note ? { note } : {}),
  ...(problems.length > 0 ? { problems } : {}),
});
const listJson = (job: ListJob) => ({
  id: job.id,
  state: job.state,
  total: job.total,
  done: rowsDone(job),
  foreseen: job.foreseen,
  outcomes: job.outcomes,
  movedAt: isoOf(job.movedAt),
});

/** So many wrong rows are named in one answer. */
const MOST_ERRORS = 100;

/** Each wrong row by its number and field: `rows.12.email`. */
function rowErrors(rows: readonly ListRow[]): Result<never> | null {
  const errors = rows.flatMap(({ row, problems }) =>
    problems.map(({ path, message }) => ({ path: `rows.${row}.${path}`, message })),
  );
  return errors.length === 0 ? null : invalid(...errors.slice(0, MOST_ERRORS));
}

const FILES = /^(text\/(csv|plain)|application\/octet-stream)\s*(;|$)/i;
/** Called before anything reads the body as text: its encoding is looked at here. */
const bytesOf = async (c: HonoContext<Env>): Promise<Uint8Array> => new Uint8Array(await c.req.arrayBuffer());

/** Staff, or a coordinator of exclusive hosts whom they named, register a list of people. */
export const listsApi = newApi()
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/registrations/import',
      summary:
        'Say for each row of a list what registering it would do; with `run=1`, register them if no row is wrong',
      request: {
        params: z.object({ id: EventId }),
        query: z.object({
          run: z.enum(['0', '1'], { error: 'Give 1 to register them' }).optional(),
          sessions: z
            .string()
            .max(1300)
            .transform((list) => list.split(',').filter((one) => one !== ''))
            .pipe(z.array(SessionId))
            .optional()
            .meta({ type: 'string', description: 'The sessions that everybody takes, where people choose' }),
        }),
        body: {
          required: true,
          description:
            'CSV: email, name, agency, and if known title, component and a column for each question; at most 5,000 rows',
          content: { 'text/csv': { schema: z.string() } },
        },
      },
      responses: answers(
        {
          200: { schema: CheckShape, description: 'What would happen. Nobody is registered' },
          202: { schema: ListShape, description: 'It runs: ask for it by its id' },
        },
        401,
        403,
        404,
        409,
        422,
      ),
    }),
    async (c) => {
      if (!FILES.test(c.req.header('content-type') ?? ''))
        return sendProblem(c, {
          type: 'about:blank#malformed',
          title: 'Not a CSV file',
          status: 415,
          detail: 'Send the file as text/csv',
          errors: [{ path: 'Content-Type', message: 'Send the file as text/csv' }],
        });
      const { desk } = c.var;
      const { run, sessions } = c.req.valid('query');
      const bytes = await bytesOf(c);
      const input = { event: c.req.valid('param').id, sessions, bytes };
      const checked = await checkList(desk, input);
      if (!checked.ok) return sendRefusal(c, checked.refusal);
      const { rows, unanswered } = checked.value;
      if (run !== '1') {
        const wrong = rows.filter(({ person }) => person === null).length;
        const foreseen = countsOf(rows.map((row) => row.foreseen));
        return c.json({ total: rows.length, wrong, unanswered, foreseen, rows: rows.map(rowJson) }, 200);
      }
      const wrong = rowErrors(rows);
      if (wrong && !wrong.ok) return sendRefusal(c, wrong.refusal);
      const key = c.req.header('idempotency-key')?.slice(0, 200);
      const digest = desk.ids.hash(`${sessions?.join() ?? ''} ${Buffer.from(bytes).toString('base64')}`).slice(0, 22);
      const kept = await keepList(desk, { ...input, key, digest });
      if (!kept.ok) return sendRefusal(c, kept.refusal);
      const started = await startList(desk, { event: input.event, job: kept.value.id });
      return started.ok ? c.json(listJson(started.value), 202) : sendRefusal(c, started.refusal);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/events/{id}/registrations/import/{job}',
      summary: 'How far a list is, and what became of each row once it is done',
      request: { params: z.object({ id: EventId, job: JobId }) },
      responses: answers({ 200: { schema: ListShape, description: 'As it stands' } }, 401, 403, 404, 422),
    }),
    async (c) => {
      const { desk } = c.var;
      const { id, job } = c.req.valid('param');
      const list = await viewList(desk, { event: id, job });
      if (!list.ok) return sendRefusal(c, list.refusal);
      if (list.value.state !== 'done') return c.json(listJson(list.value), 200);
      const rows = await viewListRows(desk, list.value, 'all');
      if (!rows.ok) return sendRefusal(c, rows.refusal);
      return c.json({ ...listJson(list.value), rows: rows.value.map(rowJson) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/coordinators',
      summary: 'Name somebody coordinator of these exclusive hosts and of no others; of none ends it',
      request: { body: jsonBody(() => z.strictObject({ email: Email, hosts: z.array(Host).max(MOST_HOSTS) })) },
      responses: answers({ 200: { schema: CoordinatorShape, description: 'As it is kept' } }, 401, 403, 404, 422),
    }),
    async (c) => {
      const named = await nameCoordinator(c.var.desk, c.req.valid('json'));
      if (!named.ok) return sendRefusal(c, named.refusal);
      const { email, coordinates } = named.value;
      return c.json({ email, hosts: coordinates }, 200);
    },
  );
