import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleAll, ofEach, type FunctionName } from './bundle.ts';
import { deploymentOf } from './deployment.ts';
import { functionsOf } from './functions.ts';
import { plainTemplate } from './plain.ts';
import { settingsOf } from './settings.ts';
import { zipOf } from './zip.ts';

const USAGE = 'npm run synth -- --stage <stage> --out <empty folder> [--settings <file.json>]';

try {
  const { stage, out, settings } = asked(process.argv.slice(2));
  await write(stage, out, settings);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function asked(args: string[]): { stage: string; out: string; settings: string | undefined } {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { stage: text, out: text, settings: text } });
  const { stage, out, settings } = values;
  if (!stage || !out) throw new Error(USAGE);
  return { stage, out, settings };
}

/** Writes everything that deploys a stage into a folder, for a host without the internet. */
async function write(stage: string, out: string, file: string | undefined): Promise<void> {
  const settings = settingsOf(stage, file);
  mkdirSync(out, { recursive: true });
  if (readdirSync(out).length > 0) throw new Error(`${out} is not empty: a manifest covers a whole folder`);
  const files = new Map<string, Buffer>();
  const bundles = await bundleAll();
  const there = functionsOf(settings);
  const keys: Record<FunctionName, string> = ofEach((name) => {
    const zip = zipOf(bundles[name].folder);
    const key = `code/${name}-${sha256(zip).slice(0, 16)}.zip`;
    if (there.includes(name)) files.set(key, zip);
    return key;
  });
  files.set('template.json', Buffer.from(`${JSON.stringify(plainTemplate(stage, settings, keys), null, 1)}\n`));
  const { commands, script } = deploymentOf(stage, settings);
  files.set('deploy.sh', Buffer.from(script));
  files.set('deploy.md', readFileSync('docs/deploy.md'));
  const hashes = Object.fromEntries([...files].map(([path, bytes]) => [path, sha256(bytes)]));
  const manifest = { stage, region: settings.region, kind: settings.kind, files: hashes, commands };
  files.set('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  const sums = Object.entries(hashes).map(([path, hash]) => `${hash}  ${path}\n`);
  files.set('SHA256SUMS', Buffer.from(sums.join('')));
  mkdirSync(join(out, 'code'));
  for (const [path, bytes] of files) writeFileSync(join(out, path), bytes);
  console.log(
    `${out}: stage ${stage} for ${settings.region}, ${files.size} files; sh ${join(out, 'deploy.sh')} deploys it`,
  );
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
