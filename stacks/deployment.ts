import { nameOf } from './names.ts';
import { stackNameOf } from './plain.ts';
import type { DeskSettings } from './settings.ts';

/** What is run, in order, on a host that has the folder, the AWS CLI and an operator's credentials. */
export interface Deployment {
  /** In the folder, with `ARTIFACTS_BUCKET` set; they set whatever else they use. */
  readonly commands: readonly string[];
  /** The same as a shell script that stops at the first failure. */
  readonly script: string;
}

/** How a synthesised stage is deployed, the first time and each time after. */
export function deploymentOf(stage: string, settings: DeskSettings): Deployment {
  const region = `--region ${settings.region}`;
  const commands = [
    'sha256sum --check --quiet SHA256SUMS',
    ...(settings.kind === 'govcloud' ? ['export AWS_USE_FIPS_ENDPOINT=true'] : []),
    `aws s3 cp code/ "s3://$ARTIFACTS_BUCKET/code/" --recursive --only-show-errors ${region}`,
    [
      `aws cloudformation deploy ${region} --stack-name ${stackNameOf(stage)} --template-file template.json`,
      '--s3-bucket "$ARTIFACTS_BUCKET" --s3-prefix templates --capabilities CAPABILITY_IAM',
      '--parameter-overrides "ArtifactsBucket=$ARTIFACTS_BUCKET" --no-fail-on-empty-changeset',
    ].join(' '),
    'SEEDED=$(mktemp)',
    // adds what is missing and changes nothing that exists
    [
      `aws lambda invoke ${region} --function-name ${nameOf({ stage }, 'operator')}`,
      `--cli-binary-format raw-in-base64-out --payload '{"task":"seed"}' "$SEEDED" >/dev/null`,
    ].join(' '),
    // the call succeeds even if the function fails: its answer is in the file
    `grep -q '"done"' "$SEEDED" || { cat "$SEEDED" >&2; exit 1; }`,
    `aws cloudformation describe-stacks ${region} --stack-name ${stackNameOf(stage)} --query 'Stacks[0].Outputs' --output table`,
  ];
  const script = [
    '#!/bin/sh',
    `# Deploys stage ${stage} to ${settings.region}. The bucket stands in that region, and only deployers write to it.`,
    'set -eu',
    ': "${ARTIFACTS_BUCKET:?names the bucket that code and template are copied to}"',
    'cd "$(dirname "$0")"',
    ...commands,
    '',
  ].join('\n');
  return { commands, script };
}
