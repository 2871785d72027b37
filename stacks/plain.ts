import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib';
import * as z from 'zod';
import type { FunctionName } from './bundle.ts';
import { fromBucket } from './code.ts';
import { addDesk } from './desk.ts';
import { nameOf } from './names.ts';
import type { DeskSettings } from './settings.ts';

const Template = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });
export type Template = z.output<typeof Template>;

/** A stage's stack of CloudFormation, as SST names it. */
export const stackNameOf = (stage: string): string => nameOf({ stage }, 'desk');

/**
 * The template of a stage without SST: the same resources under the same logical ids, with code from a bucket that is
 * named when it is deployed. Needs no account and no network.
 * @param keys of each function's code in that bucket
 */
export function plainTemplate(
  stage: string,
  settings: DeskSettings,
  keys: Readonly<Record<FunctionName, string>>,
  prepare: (stack: Stack) => void = () => {},
): Template {
  const outdir = mkdtempSync(join(tmpdir(), 'training-desk-synth-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
    const stack = new Stack(app, stackNameOf(stage), {
      env: { region: settings.region },
      synthesizer: new LegacyStackSynthesizer(),
    });
    addDesk(stack, { stage, settings, code: fromBucket(stack, keys) });
    prepare(stack);
    return Template.parse(app.synth().getStackByName(stack.stackName).template);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
