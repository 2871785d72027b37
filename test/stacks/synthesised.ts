import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'sst/constructs';
import { initProject } from 'sst/project.js';
import config from '../../sst.config.ts';

/** A stage as SST synthesises it: in this process, without an account. */
export interface Synthesised {
  readonly template: Template;
}

const known = new Map<string, Promise<Synthesised>>();

/** Synthesises a stage, once a test file. */
export function synthesised(stage: string): Promise<Synthesised> {
  const found = known.get(stage) ?? synthesise(stage);
  known.set(stage, found);
  return found;
}

async function synthesise(stage: string): Promise<Synthesised> {
  const { name, region } = config.config({ stage });
  await initProject({ stage, region });
  const app = new App({ mode: 'deploy', stage, name, region });
  await config.stacks(app);
  await app.finish();
  const artifact = app.synth().getStackByName(`${stage}-${name}-desk`);
  return { template: Template.fromJSON(artifact.template as object) };
}
