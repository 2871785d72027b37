import { audited } from '../domain/change.ts';
import { personOf } from '../domain/actor.ts';
import { ProgramId } from '../domain/ids.ts';
import type { Program } from '../domain/program.ts';
import { invalid, ok, refuse, unknown, type Result } from '../domain/result.ts';
import { hostRecordOf, staffOnly, verdictOn } from './access.ts';
import type { Context } from './context.ts';
import { committed, settle } from './settle.ts';

export type ProgramFields = Omit<Program, 'id' | 'rev' | 'madeBy'>;

/** The programs that the actor may know of, by name. */
export async function listPrograms(ctx: Context): Promise<Result<readonly Program[]>> {
  const [programs, seen] = [await ctx.store.programs(), await whatIsSeen(ctx)];
  return ok(programs.filter(seen).toSorted((a, b) => a.name.localeCompare(b.name)));
}

/** One program, to those who may know of it. */
export async function viewProgram(ctx: Context, input: { readonly id: ProgramId }): Promise<Result<Program>> {
  const program = await ctx.store.program(input.id);
  return program && (await whatIsSeen(ctx))(program) ? ok(program) : unknown('program');
}

/** Programs hidden from those who do not qualify are seen by those who do or who may ask, by trainers and by staff. */
async function whatIsSeen(ctx: Context): Promise<(program: Program) => boolean> {
  if (ctx.actor.role === 'staff' || ctx.actor.role === 'trainer') return () => true;
  const person = personOf(ctx.actor);
  if (!person) return (program) => program.visibility !== 'qualified';
  const record = await hostRecordOf(ctx, person);
  const verdict = ({ id, audience }: Program) =>
    verdictOn(ctx, { programId: id, audience, approval: 'automatic' }, person, record);
  return (program) => program.visibility !== 'qualified' || verdict(program).verdict !== 'not';
}

export async function createProgram(
  ctx: Context,
  input: { readonly fields: ProgramFields; readonly key?: string | undefined; readonly digest: string },
): Promise<Result<{ readonly program: Program; readonly created: boolean }>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const by = personOf(ctx.actor)?.id ?? '';
  const id = ProgramId.parse(input.key ? ctx.ids.derived('prg', by, 'programs', input.key) : ctx.ids.random('prg'));
  return settle(ctx, async (tries) => {
    const programs = await ctx.store.programs();
    const known = programs.find((program) => program.id === id);
    if (known)
      return known.madeBy === input.digest
        ? ok({ program: known, created: tries > 0 })
        : invalid({ path: 'Idempotency-Key', message: 'This key was used with other values. Use a new one' });
    if (programs.some((program) => program.key === input.fields.key))
      return invalid({ path: 'key', message: 'Another program has this key' });
    const program: Program = { ...input.fields, id, rev: 1, madeBy: input.digest };
    const change = {
      programs: [{ before: null, after: program }],
      audit: [audited(id, 1, ctx.clock.now(), ctx.actor, 'created program')],
    };
    return committed(ctx, await ctx.store.commit(change), ok({ program, created: true }));
  });
}

export async function changeProgram(
  ctx: Context,
  input: { readonly id: ProgramId; readonly version: number | null; readonly fields: Partial<ProgramFields> },
): Promise<Result<Program>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  return settle(ctx, async () => {
    const programs = await ctx.store.programs();
    const before = programs.find((program) => program.id === input.id);
    if (!before) return unknown('program');
    if (input.version === null) return refuse({ kind: 'version-missing' });
    if (before.rev !== input.version) return refuse({ kind: 'version-stale' });
    if (programs.some((other) => other.id !== before.id && other.key === input.fields.key))
      return invalid({ path: 'key', message: 'Another program has this key' });
    const after: Program = { ...before, ...input.fields, rev: before.rev + 1 };
    const change = {
      programs: [{ before, after }],
      audit: [audited(after.id, after.rev, ctx.clock.now(), ctx.actor, 'changed program')],
    };
    return committed(ctx, await ctx.store.commit(change), ok(after));
  });
}
