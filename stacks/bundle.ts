import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

/** The functions of the product: each is one file in functions/lambda. */
export const FUNCTION_NAMES = ['api', 'stream', 'sweep'] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** A function as it is deployed: a folder with one minified ES module, `index.mjs`. */
export interface Bundle {
  readonly folder: string;
  readonly bytes: number;
  /** What went in and how many bytes of it, by path from the project's root. */
  readonly inputs: Metafile['outputs'][string]['inputs'];
}
export type Bundles = Readonly<Record<FunctionName, Bundle>>;

/** Where bundles are built; git ignores it. */
const BUILT = 'cdk.out/lambda';

/** CommonJS packages (nodemailer) ask for Node's own modules by `require`, which an ES module does not have. */
const REQUIRE = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/**
 * Leaves out what Lambda never runs: 264 KiB of error messages in other languages, 90 KiB of ways to credentials that
 * a developer's machine has (Lambda has them in the environment), 33 KiB that tell browsers apart.
 */
const leaner: Plugin = {
  name: 'leaner',
  setup(context) {
    const replaced = { namespace: 'leaner' };
    context.onResolve({ filter: /locales\/index\.js$/ }, ({ importer }) =>
      importer.includes('/node_modules/zod/') ? { ...replaced, path: 'locales' } : null,
    );
    context.onResolve({ filter: /^(bowser|@aws-sdk\/credential-provider-node)$/ }, ({ path }) => ({
      ...replaced,
      path,
    }));
    context.onLoad({ filter: /./, namespace: 'leaner' }, ({ path }) => ({
      contents: path.startsWith('@aws-sdk/')
        ? `import { fromEnv } from '@aws-sdk/credential-provider-env'; export const defaultProvider = (init) => fromEnv(init);`
        : 'export default {};',
      resolveDir: resolve('.'),
    }));
  },
};

/** Bundles one entry point as it is deployed. */
export async function bundle(entry: string, folder: string): Promise<Bundle> {
  await rm(folder, { recursive: true, force: true });
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
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
    plugins: [leaner],
  });
  const [file] = outputFiles;
  const [output] = Object.values(metafile.outputs);
  if (!file || !output) throw new Error(`esbuild made nothing of ${entry}`);
  await mkdir(folder, { recursive: true });
  await writeFile(file.path, file.contents);
  return { folder, bytes: file.contents.byteLength, inputs: output.inputs };
}

/** Bundles every function. Run from the project's root. */
export async function bundleAll(into = BUILT): Promise<Bundles> {
  const one = (name: FunctionName) => bundle(`functions/lambda/${name}.ts`, join(into, name));
  const [api, stream, sweep] = await Promise.all([one('api'), one('stream'), one('sweep')]);
  return { api, stream, sweep };
}
