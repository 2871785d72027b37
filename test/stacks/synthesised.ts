import { resolve } from 'node:path';
import { Aspects, type IAspect } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SynthesisMessageLevel } from 'aws-cdk-lib/cx-api';
import { App } from 'sst/constructs';
import { initProject } from 'sst/project.js';
import { load } from 'sst/stacks/build.js';

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
}

/** A stage as SST synthesises it: in this process, without an account. */
export interface Synthesised {
  readonly template: Template;
  readonly resources: Readonly<Record<string, Resource>>;
  /** What aspects found: rule and place, from the stack's name on. */
  readonly findings: readonly { readonly rule: string; readonly where: string }[];
}

/** Synthesises a stage, with rule packs where they are given. */
export async function synthesised(stage: string, packs: readonly IAspect[] = []): Promise<Synthesised> {
  // by SST's own loader, which bundles the configuration with everything that it imports
  const [, config] = await load(resolve('sst.config.ts'), false);
  const { name, region } = config.config({ stage });
  await initProject({ stage, region });
  const app = new App({ mode: 'deploy', stage, name, region });
  await config.stacks(app);
  await app.finish();
  for (const pack of packs) Aspects.of(app).add(pack);
  const stack = `${stage}-${name}-desk`;
  const artifact = app.synth().getStackByName(stack);
  return {
    template: Template.fromJSON(artifact.template as object),
    resources: (artifact.template as { Resources: Record<string, Resource> }).Resources,
    findings: artifact.messages
      .filter(({ level }) => level !== SynthesisMessageLevel.INFO)
      .map(({ entry, id }) => ({
        rule: /^[^[:]*/.exec(JSON.stringify(entry.data).slice(1))?.[0] ?? '',
        where: id.slice(`/${stack}/`.length),
      })),
  };
}
