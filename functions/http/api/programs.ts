import * as z from 'zod';
import { ProgramId } from '../../domain/ids.ts';
import { Program } from '../../domain/program.ts';
import { changeProgram, createProgram, listPrograms, viewProgram } from '../../usecases/programs.ts';
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
  versionOf,
} from './route.ts';

const ProgramShape = z.lazy(() => Program.omit({ rev: true, madeBy: true })).meta({ id: 'Program' });
const ProgramFields = z.lazy(() => Program.omit({ id: true, rev: true, madeBy: true }).strict());
const IdParam = z.object({ id: ProgramId });

const json = ({ rev: _rev, madeBy: _madeBy, ...program }: Program) => program;

/** Programs: anyone reads them, staff make and change them. */
export const programsApi = newApi()
  .openapi(
    createRoute({
      method: 'get',
      path: '/programs',
      summary: 'The programs: what each is, how often it is owed and to whom',
      request: { query: z.object({ limit: Limit, cursor: Cursor }) },
      responses: answers({ 200: { schema: listOf(ProgramShape), description: 'The programs by name' } }, 422),
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const programs = await listPrograms(c.var.desk);
      if (!programs.ok) return sendRefusal(c, programs.refusal);
      const after = placeOfCursor(c, cursor);
      if (!after.ok) return sendRefusal(c, after.refusal);
      const { page, next } = cut(programs.value, ({ name, id }) => `${name.toLowerCase()} ${id}`, limit, after.value);
      return c.json({ items: page.map(json), ...cursorOf(c, next) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/programs/{id}',
      summary: 'One program, with the version that a change needs',
      request: { params: IdParam },
      responses: answers({ 200: { schema: ProgramShape, description: 'The program' } }, 404, 422),
    }),
    async (c) => {
      const program = await viewProgram(c.var.desk, c.req.valid('param'));
      if (!program.ok) return sendRefusal(c, program.refusal);
      setVersion(c, program.value.rev);
      return c.json(json(program.value), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/programs',
      summary: 'Make a program',
      request: { body: jsonBody(() => ProgramFields) },
      responses: answers(
        {
          200: { schema: ProgramShape, description: 'Made before' },
          201: { schema: ProgramShape, description: 'Made' },
        },
        401,
        403,
        422,
      ),
    }),
    async (c) => {
      const made = await createProgram(c.var.desk, { fields: c.req.valid('json'), ...(await idempotencyOf(c)) });
      if (!made.ok) return sendRefusal(c, made.refusal);
      setVersion(c, made.value.program.rev);
      return c.json(json(made.value.program), made.value.created ? 201 : 200);
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/programs/{id}',
      summary: 'Change a program',
      request: { params: IdParam, body: jsonBody(() => ProgramFields.unwrap().partial()) },
      responses: answers({ 200: { schema: ProgramShape, description: 'Changed' } }, 401, 403, 404, 412, 422, 428),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const given = Object.fromEntries(Object.entries(c.req.valid('json')).filter(([, value]) => value !== undefined));
      const changed = await changeProgram(c.var.desk, { id, version: versionOf(c), fields: given });
      if (!changed.ok) return sendRefusal(c, changed.refusal);
      setVersion(c, changed.value.rev);
      return c.json(json(changed.value), 200);
    },
  );
