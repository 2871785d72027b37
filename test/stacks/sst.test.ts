import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { beforeAll, expect, test } from 'vitest';
import { ACCEPTED } from '../../stacks/findings.ts';
import { plain } from './plain.ts';
import { synthesised, type Synthesised } from './synthesised.ts';

/** Everything that SST synthesises stands in this file: two at once would write over each other in `.sst`. */
const stages = new Map<string, Synthesised>();
const STAGES = ['production', 'govcloud'];

beforeAll(async () => {
  for (const stage of STAGES)
    stages.set(
      stage,
      await synthesised(stage, [new AwsSolutionsChecks({ reports: false }), new NIST80053R5Checks({ reports: false })]),
    );
});

const of = (stage: string): Synthesised => {
  const found = stages.get(stage);
  if (!found) throw new Error(`${stage} was not synthesised`);
  return found;
};
const reasonsFor = ({ rule, where }: { rule: string; where: string }) =>
  ACCEPTED.filter((accepted) => accepted.rule === rule && accepted.where.test(where));

test.for(STAGES)('%s: the AWS Solutions and NIST 800-53 r5 packs find nothing unanswered', (stage) => {
  const { findings } = of(stage);
  expect(findings.length).toBeGreaterThan(20);
  expect(findings.filter((finding) => reasonsFor(finding).length === 0)).toEqual([]);
});

test('no reason is kept for a finding that is gone', () => {
  const used = new Set(of('production').findings.flatMap(reasonsFor));
  expect(ACCEPTED.filter((accepted) => !used.has(accepted))).toEqual([]);
});

test.for(STAGES)('%s: leaving SST leaves every logical id as it is', (stage) => {
  const ids = Object.keys(of(stage).resources);
  const sstOnly = (id: string) => id.startsWith('CustomResourceHandler');
  expect(ids.filter(sstOnly)).toHaveLength(2);
  // a deployment of the gateway is named by a digest of the whole definition, the account in it included
  const steady = (all: readonly string[]) =>
    all.map((id) => id.replace(/(GatewayDeployment\w{8})\w{32}/, '$1')).toSorted();
  expect(steady(plain(stage).ids)).toEqual(steady(ids.filter((id) => !sstOnly(id))));
});
