import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build, type Metafile, type Plugin } from 'esbuild';

/** The functions of the product: each is one file in functions/lambda. */
export const FUNCTION_NAMES = [
  'api',
  'desk',
  'files',
  'auth',
  'assets',
  'stream',
  'deliver',
  'sweep',
  'operator',
  'doctor',
  'bounces',
  'replies',
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** Makes one of something for each function. */
export function ofEach<T>(one: (name: FunctionName) => T): Record<FunctionName, T> {
  return {
    api: one('api'),
    desk: one('desk'),
    files: one('files'),
    auth: one('auth'),
    assets: one('assets'),
    stream: one('stream'),
    deliver: one('deliver'),
    sweep: one('sweep'),
    operator: one('operator'),
    doctor: one('doctor'),
    bounces: one('bounces'),
    replies: one('replies'),
  };
}

/** A function as it is deployed: a folder of minified ES modules, of which Lambda loads `index.mjs`. */
export interface Bundle {
  readonly folder: string;
  readonly bytes: number;
  /** Its files: what went into each, and what each reads of the others, at once or when it is called for. */
  readonly outputs: Metafile['outputs'];
}
export type Bundles = Readonly<Record<FunctionName, Bundle>>;

/** CommonJS packages (nodemailer) ask for Node's own modules by `require`, which an ES module does not have. */
export const REQUIRE = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/** Parts of zod that turn schemas into JSON Schema and back, and that write parsers ahead of time: 63 KiB. */
const UNUSED_ZOD =
  /zod\/v4\/(core\/(compile|to-json-schema|json-schema-processors|json-schema-generator)|classic\/from-json-schema)\.js$/;

/** The functions that can describe the API: `/api/openapi.json` is a file like others. */
const DESCRIBES: ReadonlySet<FunctionName> = new Set<FunctionName>(['files']);

/**
 * Leaves out what the product never runs: those parts of zod and its 264 KiB of messages in other languages, 90 KiB of
 * ways to credentials that a developer's machine has (Lambda has them in the environment), 43 KiB that tell browsers
 * apart and read event streams, 84 KiB in which nodemailer lists the endings of files and servers of others (nothing of
 * ours is attached, and a relay is named by its host), and but for one function 29 KiB that describe the API. A test
 * compares what the bundle answers with what the sources answer.
 */
const leaner = (describes: boolean): Plugin => ({
  name: 'leaner',
  setup(context) {
    const replaced = { namespace: 'leaner' };
    // given all of zod, it would keep all of zod; it extends this class and nothing else
    context.onResolve({ filter: /^zod$/ }, ({ importer }) =>
      importer.includes('/node_modules/@hono/zod-openapi/') ? { ...replaced, path: 'zod' } : null,
    );
    if (!describes)
      context.onResolve({ filter: /^@asteasolutions\/zod-to-openapi$/ }, () => ({
        path: resolve('stacks/undescribed.ts'),
      }));
    context.onResolve({ filter: /locales\/index\.js$/ }, ({ importer }) =>
      importer.includes('/node_modules/zod/') ? { ...replaced, path: 'locales' } : null,
    );
    context.onResolve(
      { filter: /^(bowser|@smithy\/core\/event-streams|@aws-sdk\/credential-provider-node)$/ },
      ({ path }) => ({ ...replaced, path }),
    );
    context.onResolve({ filter: /\/(mime-types|well-known\/index)\.js$/ }, ({ importer, path }) =>
      importer.includes('/node_modules/nodemailer/') ? { ...replaced, path: basename(path) } : null,
    );
    context.onLoad({ filter: /./, namespace: 'leaner' }, ({ path }) => ({
      contents: INSTEAD[path] ?? 'export default {};',
      resolveDir: resolve('.'),
    }));
    context.onResolve({ filter: /\?kept$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.replace('?kept', '')),
      suffix: '?kept',
      sideEffects: false,
    }));
    context.onLoad({ filter: /zod\/v4\/core\/memoizer\.js$/ }, () => ({ contents: NO_MEMOIZER }));
    context.onLoad({ filter: UNUSED_ZOD }, async ({ path, suffix }) =>
      suffix === '?kept'
        ? null
        : { contents: leftOut(await readFile(path, 'utf8'), basename(path), describes ? KEPT : []) },
    );
  },
});

/** What replaces a module, if it is more than nothing. */
const INSTEAD: Readonly<Record<string, string>> = {
  // as for a file whose ending is not known
  'mime-types.js': `export const detectMimeType = () => 'application/octet-stream', detectExtension = () => 'bin';`,
  // as for a service that is not known
  'index.js': `export default () => false;`,
  zod: `import { ZodType } from 'zod'; export const z = { ZodType };`,
  '@aws-sdk/credential-provider-node': `import { fromEnv } from '@aws-sdk/credential-provider-env'; export const defaultProvider = (init) => fromEnv(init);`,
};

/** Replaces what breaks cycles in parsed values, as `zod/mini` does: JSON and items have none. */
const NO_MEMOIZER = 'export const memoizer = () => undefined;';

/** The one thing in those parts that is needed: a schema's `minLength`, which the description of the API asks for. */
const KEPT = ['aggregateChecks'];

/** A module with the same names, each of which throws when it is called. */
function leftOut(source: string, file: string, keep: readonly string[]): string {
  const found = [...source.matchAll(/^export (?:function|const|class) (\w+)|^export \{ \w+ as (\w+) \}/gm)];
  const names = found.map(([, declared, renamed]) => declared ?? renamed ?? '');
  const kept = names.filter((name) => keep.includes(name));
  const exported = names
    .filter((name) => !keep.includes(name))
    // some are called when a schema is made, and make what would be called later
    .map((name) => (name.startsWith('create') ? `later as ${name}` : `gone as ${name}`));
  return `const gone = () => { throw new Error('left out of the bundle: see stacks/bundle.ts') };
    const later = () => gone;
    export { ${exported.join(', ')} };
    ${kept.length > 0 ? `export { ${kept.join(', ')} } from './${file}?kept';` : ''}`;
}

/** Bundles the entry point of a function as it is deployed. */
export async function bundle(name: FunctionName, folder: string): Promise<Bundle> {
  await rm(folder, { recursive: true, force: true });
  const { outputFiles, metafile } = await build({
    entryPoints: { index: `functions/lambda/${name}.ts` },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // what is imported by a call is a file of its own, read when it is called for
    splitting: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    banner: { js: REQUIRE },
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
    write: false,
    plugins: [leaner(DESCRIBES.has(name))],
  });
  await mkdir(folder, { recursive: true });
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
  const bytes = outputFiles.reduce((sum, { contents }) => sum + contents.byteLength, 0);
  return { folder, bytes, outputs: metafile.outputs };
}

/** In a process of its own: SST bundles this file, and the style's builder finds its sources by where it stands. */
const BUILD_STYLES = `import('./web/build.ts').then(({ buildStyles }) => buildStyles())`;
/** The folder that it writes to. */
const STYLES = 'web/public/build';

/** Bundles every function into a folder that goes with this process. Run from the project's root. */
export async function bundleAll(): Promise<Bundles> {
  const into = mkdtempSync(join(tmpdir(), 'training-desk-'));
  process.once('exit', () => rmSync(into, { recursive: true, force: true }));
  await promisify(execFile)(process.execPath, ['--import', 'tsx', '--eval', BUILD_STYLES]);
  const built = new Map<FunctionName, Bundle>();
  await Promise.all(FUNCTION_NAMES.map(async (name) => built.set(name, await bundle(name, join(into, name)))));
  await cp(STYLES, join(into, 'assets', 'assets'), { recursive: true });
  return ofEach((name) => {
    const one = built.get(name);
    if (!one) throw new Error(`The function ${name} was not bundled`);
    return one;
  });
}
