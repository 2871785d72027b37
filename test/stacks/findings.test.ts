import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { ACCEPTED } from '../../stacks/findings.ts';
import { synthesised } from './synthesised.ts';

const packs = () => [new AwsSolutionsChecks({ reports: false }), new NIST80053R5Checks({ reports: false })];
const reasonsFor = ({ rule, where }: { rule: string; where: string }) =>
  ACCEPTED.filter((accepted) => accepted.rule === rule && accepted.where.test(where));

test.for(['production', 'govcloud'])(
  '%s: the AWS Solutions and NIST 800-53 r5 packs find nothing unanswered',
  async (stage) => {
    const { findings } = await synthesised(stage, packs());
    expect(findings.length).toBeGreaterThan(20);
    expect(findings.filter((finding) => reasonsFor(finding).length === 0)).toEqual([]);
    if (stage === 'production') {
      const used = new Set(findings.flatMap(reasonsFor));
      expect(
        ACCEPTED.filter((accepted) => !used.has(accepted)),
        'reasons without a finding',
      ).toEqual([]);
    }
  },
);
