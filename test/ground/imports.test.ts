import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Each a file that somebody might write, with what the lint must say of it, or that it must say nothing. */
const PLANTED: readonly { file: string; code: string; says: RegExp | null }[] = [
  wrong('functions/domain/a.ts', '../usecases/context.ts', /domain imports nothing of ours but domain/),
  wrong('functions/domain/b.ts', 'hono', /domain has no I\/O/),
  wrong('functions/domain/c.ts', 'node:fs', /domain has no I\/O/),
  wrong('functions/domain/d.ts', '@aws-sdk/client-dynamodb', /domain has no I\/O/),
  wrong('functions/usecases/a.ts', '../store/dynamo/store.ts', /usecases import domain and the ports/),
  wrong('functions/usecases/b.ts', 'node:crypto', /usecases do I\/O through a port/),
  wrong('functions/store/dynamo/a.ts', '../../usecases/register-for-event.ts', /only the ports/),
  wrong('functions/store/dynamo/b.ts', '../../http/app.ts', /an adapter imports domain/),
  wrong('functions/mail/a.ts', '../compose/local.ts', /an adapter imports domain/),
  wrong('functions/http/pages/a.tsx', '../../store/dynamo/store.ts', /adapters come in by compose/),
  wrong('functions/http/b.ts', '@aws-sdk/client-dynamodb', /http knows nothing of AWS/),
  wrong('functions/lambda/a.ts', '../store/dynamo/store.ts', /a runtime gets its adapters from compose/),
  wrong('functions/local/a.ts', '../mail/smtp.ts', /a runtime gets its adapters from compose/),
  wrong('web/pages/a.tsx', '../../functions/usecases/context.ts', /web imports web and functions\/domain/),
  wrong('web/pages/b.tsx', 'node:fs', /a view is a pure function/),
  right('functions/domain/e.ts', './ids.ts'),
  right('functions/usecases/c.ts', '../domain/event.ts'),
  right('functions/store/dynamo/c.ts', '../../usecases/context.ts'),
  right('functions/http/c.ts', '../usecases/register-for-event.ts'),
  right('functions/compose/a.ts', '../store/dynamo/store.ts'),
  right('functions/lambda/b.ts', '../compose/aws.ts'),
  right('web/pages/c.tsx', '../../functions/domain/event.ts'),
  { file: 'functions/domain/f.ts', code: 'Promise.resolve(1);', says: /no-floating-promises/ },
  {
    file: 'functions/usecases/d.ts',
    code: 'export const go = (all: number[]): void => all.forEach(async () => {});',
    says: /no-misused-promises/,
  },
  { file: 'functions/store/e.ts', code: 'export const a = async () => { await 1; };', says: /await-thenable/ },
  {
    file: 'functions/domain/g.ts',
    code: "import { z } from 'zod';\nexport const a = z.string();",
    says: /Use namespace import for module `zod`/,
  },
  { file: 'functions/mail/f.ts', code: 'export const a = (b: any) => b;', says: /no-explicit-any/ },
];

/** Imports a type, as that is the mildest way to break the rule. */
function importing(from: string): string {
  return `import type * as Other from '${from}';\nexport type Planted = typeof Other;\n`;
}
function wrong(file: string, from: string, says: RegExp) {
  return { file, code: importing(from), says };
}
function right(file: string, from: string) {
  return { file, code: importing(from), says: null };
}

const RESTRICTED = 'no-restricted-imports';
const copy = mkdtempSync(join(tmpdir(), 'training-desk-lint-'));
let said: Map<string, string>;

beforeAll(async () => {
  for (const file of ['.oxlintrc.json', 'tsconfig.json', 'package.json', '.gitignore']) cpSync(file, join(copy, file));
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  for (const { file, code } of PLANTED) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), code);
  }
  said = await lint();
}, 60_000);
afterAll(() => rmSync(copy, { recursive: true }));

/** What the project's own lint says of each file of the copy. */
async function lint(): Promise<Map<string, string>> {
  const output = await new Promise<string>((done) => {
    const oxlint = resolve('node_modules/.bin/oxlint');
    execFile(process.execPath, [oxlint, '--type-aware', '--format=json'], { cwd: copy }, (_error, out) => done(out));
  });
  const { diagnostics }: { diagnostics: { code: string; message: string; help?: string; filename: string }[] } =
    JSON.parse(output);
  const words = Map.groupBy(diagnostics, ({ filename }) => filename);
  return new Map(
    [...words].map(([file, all]) => [file, all.map((d) => `${d.code} ${d.message} ${d.help}`).join('\n')]),
  );
}

test.each(PLANTED.filter(({ says }) => says))('the lint sees what is wrong with $file: $says', ({ file, says }) => {
  expect(said.get(file)).toMatch(says!);
});

test.each(PLANTED.filter(({ says }) => !says))('the lint lets $file import what it may', ({ file }) => {
  expect(said.get(file) ?? '').not.toContain(RESTRICTED);
});
