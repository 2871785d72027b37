import { z } from '@hono/zod-openapi';
import { ProgramId } from '../../domain/ids.ts';
import { Program } from '../../domain/program.ts';
import { changeProgram, createProgram, listPrograms } from '../../usecases/programs.ts';
import { sendRefusal } from '../problem.ts';
import { answers, createRoute, idempotencyOf, jsonBody, listOf, newApi, setVersion, versionOf } from './route.ts';

const ProgramShape = Program.omit({ rev: true }).openapi('Program');
const ProgramFields = Program.omit({ id: true, rev: true });

const json = ({ rev: _rev, ...program }: Program) => program;

/** Programs: anyone reads them, staff make and change them. */
export const programsApi = newApi()
  .openapi(
    createRoute({
      method: 'get',
      path: '/programs',
      summary: 'The programs: what each is, how often it is owed and to whom',
      responses: answers({ 200: { schema: listOf(ProgramShape), description: 'The programs by name' } }),
    }),
    async (c) => {
      const programs = await listPrograms(c.var.desk);
      return programs.ok ? c.json({ items: programs.value.map(json) }, 200) : sendRefusal(c, programs.refusal);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/programs',
      summary: 'Make a program',
      request: { body: jsonBody(ProgramFields) },
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
      const { key } = await idempotencyOf(c);
      const made = await createProgram(c.var.desk, { fields: c.req.valid('json'), key });
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
      request: { params: z.object({ id: ProgramId }), body: jsonBody(ProgramFields.partial()) },
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
