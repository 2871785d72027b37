import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import { ofEach } from '../../stacks/bundle.ts';
import { plainTemplate } from '../../stacks/plain.ts';
import { settingsOf, type DeskSettings } from '../../stacks/settings.ts';

const Resources = z.record(
  z.string(),
  z.object({
    Type: z.string(),
    /** Some have none. */
    Properties: z.record(z.string(), z.unknown()).default({}),
    DeletionPolicy: z.string().optional(),
    DependsOn: z.array(z.string()).default([]),
  }),
);

const Outputs = z.record(z.string(), z.unknown());

/** A stage as `npm run synth` writes it, but for the code: fast enough for a synth a test. */
export interface Plain {
  readonly template: Template;
  readonly resources: z.output<typeof Resources>;
  readonly ids: readonly string[];
  readonly outputs: readonly string[];
  /** Of every resource of a type. */
  readonly properties: (type: string) => Record<string, unknown>[];
  /** The whole as text, to look for what must not be in it. */
  readonly text: string;
}

export function plain(
  stage: string,
  settings: DeskSettings = settingsOf(stage),
  prepare?: (stack: Stack) => void,
): Plain {
  const json = plainTemplate(
    stage,
    settings,
    ofEach((name) => `code/${name}.zip`),
    prepare,
  );
  const resources = Resources.parse(json.Resources);
  return {
    template: Template.fromJSON(json),
    resources,
    ids: Object.keys(resources),
    outputs: Object.keys(Outputs.parse(json['Outputs'])),
    properties: (type) =>
      Object.values(resources)
        .filter((resource) => resource.Type === type)
        .map((resource) => resource.Properties),
    text: JSON.stringify(json),
  };
}
