import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { MailHold } from '../../functions/domain/setting.ts';
import { DoctorTask, OperatorTask } from '../../functions/lambda/asked.ts';
import { keys } from '../../functions/store/dynamo/keys.ts';
import { deploymentOf } from '../../stacks/deployment.ts';
import { functionsOf } from '../../stacks/functions.ts';
import { stackNameOf } from '../../stacks/plain.ts';
import { DeskSettings, settingsOf } from '../../stacks/settings.ts';
import { unknownIn } from './aws-commands.ts';
import { plain, type Plain } from './plain.ts';

/** docs/deploy.md as a stranger follows it: whatever it names is there, in every stage that it says so of. */
const text = readFileSync('docs/deploy.md', 'utf8');
const FENCE = /^ *```sh\n(.*?)^ *```$/gms;
/** Shell, by block and without its indentation. */
const blocks = [...text.matchAll(FENCE)].map(([, block = '']) => block.replace(/^ +/gm, ''));
const prose = text.replace(FENCE, '');
/** `what stands in backticks`, outside of the blocks. */
const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

const STAGES = ['production', 'govcloud', 'dev'] as const;
const stages: Record<(typeof STAGES)[number], Plain> = {
  production: plain('production'),
  govcloud: plain('govcloud'),
  dev: plain('dev'),
};
/** What the document names for the stages that have it alone: where mail is received, and where CloudFront is. */
const NOT_IN: Readonly<Record<string, readonly string[]>> = {
  'mail-received': ['govcloud', 'dev'],
  'calendar-answers': ['govcloud', 'dev'],
  origin: ['govcloud'],
  backups: ['dev'],
};

/** What the resources of a stage are called, without the stage: `mail-received`. */
function namesIn(stage: (typeof STAGES)[number]): ReadonlySet<string> {
  const { text: template } = stages[stage];
  const found = template.matchAll(new RegExp(`${stage}-training-desk-([a-z-]*[a-z])`, 'g'));
  return new Set([...found].map(([, name = '']) => name).concat('desk'));
}

test('the document has what these tests look for', () => {
  expect([blocks.length > 20, inline.length > 200]).toEqual([true, true]);
});

describe('names', () => {
  const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);
  const whole = named(/(?:production|<stage>)-training-desk-([a-z-]*[a-z])/g);
  const short = inline.flatMap((code) => /^…-([a-z-]+)$/.exec(code)?.[1] ?? []);

  test.for(STAGES)('of functions, secrets, topics, rules, alarms and logs are of something in %s', (stage) => {
    expect([whole.length > 15, short.length > 2]).toEqual([true, true]);
    const there = namesIn(stage);
    for (const name of [...whole, ...short]) if (!NOT_IN[name]?.includes(stage)) expect(there, name).toContain(name);
  });

  test('that a stage does not have are so', () => {
    for (const [name, without] of Object.entries(NOT_IN))
      for (const stage of STAGES)
        expect(namesIn(stage).has(name), `${name} in ${stage}`).toBe(!without.includes(stage));
  });

  test('of a development stage are of something in one', () => {
    for (const name of named(/\bdev-training-desk-([a-z-]*[a-z])/g)) expect(namesIn('dev')).toContain(name);
  });

  test('of the stack are the stack’s', () => {
    for (const [, name = ''] of text.matchAll(/--stack-name (\S+)/g))
      expect(STAGES.map(stackNameOf)).toContain(name.replace(/['")]+$/, ''));
  });

  test('of outputs are outputs, in every stage', () => {
    const queried = named(/OutputKey==`(\w+)`/g);
    const told = [...prose.matchAll(/outputs?\b[^.|]*/g)].flatMap(([words]) =>
      [...words.matchAll(/`([A-Z]\w+)`/g)].map(([, name = '']) => name),
    );
    expect([queried.length > 0, told.length > 5]).toEqual([true, true]);
    for (const stage of STAGES)
      for (const name of [...queried, ...told]) expect(stages[stage].outputs, stage).toContain(name);
    for (const name of stages.production.outputs) expect(told, 'an output that is not described').toContain(name);
  });

  test('of log groups by function are those groups', () => {
    for (const stage of STAGES)
      for (const name of functionsOf(settingsOf(stage)))
        expect(stages[stage].text).toContain(`"/aws/lambda/${stage}-training-desk-${name}"`);
    expect(inline).toContain('/aws/lambda/<stage>-training-desk-<function>');
  });

  test('of settings within settings are settings', () => {
    const shape = z.toJSONSchema(DeskSettings, { io: 'input' });
    const paths = inline.filter((code) => /^(mail|signIn|domain|restoredTable|vpc)\.\w+$/.test(code));
    expect(paths.length).toBeGreaterThan(5);
    for (const path of paths) expect(JSON.stringify(shape), path).toContain(`"${path.split('.')[1]}":`);
  });

  test('of files are files', () => {
    const files = inline.filter((code) => /^(stacks|functions|docs|test|bench|web)\/[\w./-]+$/.test(code));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect(existsSync(file), file).toBe(true);
  });

  test('of what a log line is about, and of numbers, are what functions write', () => {
    const source = ['functions/compose', 'functions/lambda']
      .flatMap((folder) => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')))
      .join('\n');
    const [, kinds = ''] = /readonly what:([^;]+);/.exec(source) ?? [];
    const [, table = ''] = text.split('| `what` | says |');
    const rows = (table.split('\n\n')[0] ?? '').split('\n').slice(2);
    const told = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w-]+)`/g)].map(([, kind]) => kind));
    expect(new Set(told)).toEqual(new Set([...kinds.matchAll(/'([\w-]+)'/g)].map(([, kind]) => kind)));
    const [, numbers = ''] = /^Numbers: namespace `TrainingDesk` \(([^)]*)\)/m.exec(text) ?? [];
    const words = [...numbers.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);
    expect(words.length).toBeGreaterThan(10);
    for (const word of words) expect(source, word).toMatch(new RegExp(`\\b${word}\\b`));
  });
});

/** An item as the AWS CLI takes it. */
const Item = z.record(
  z.string(),
  z.union([
    z.strictObject({ S: z.string() }).transform(({ S }) => S),
    z.strictObject({ N: z.coerce.number<string>() }).transform(({ N }) => N),
    z.strictObject({ BOOL: z.boolean() }).transform(({ BOOL }) => BOOL),
  ]),
);

describe('commands', () => {
  const commands = blocks.flatMap((block) => block.replace(/\\\n/g, ' ').split('\n'));

  test('are shell', () => {
    for (const block of blocks) {
      const { status, stderr } = spawnSync('sh', ['-n'], { input: block, encoding: 'utf8' });
      expect(status, `${block}\n${stderr}`).toBe(0);
    }
  });

  test('of AWS are ones that its services have, with options and fields that they have', () => {
    const lines = [...commands, ...inline].filter((line) => /\baws /.test(line));
    expect(lines.length).toBeGreaterThan(35);
    expect(lines.flatMap(unknownIn)).toEqual([]);
    for (const stage of ['production', 'govcloud'] as const)
      expect(deploymentOf(stage, settingsOf(stage)).commands.flatMap(unknownIn)).toEqual([]);
    expect(unknownIn('x=$(aws sns lst-topics) && aws acm wait issued --arn "$x" --query Certificat.X')).toEqual([
      'sns lst-topics',
      'acm wait',
    ]);
    expect(unknownIn('aws acm describe-certificate --arn x --query Certificat.Status')).toEqual([
      'acm describe-certificate --arn',
      'acm describe-certificate: Certificat',
    ]);
  });

  test('use no variable that no command before them set', () => {
    const set = new Set<string>();
    for (const command of commands) {
      for (const [, name = ''] of command.matchAll(/(?:^|export |; |for |\s)([A-Za-z_]+)(?:=| in )/g)) set.add(name);
      for (const [, name = ''] of command.matchAll(/\$\{?([A-Za-z_]\w*)/g)) expect(set, command).toContain(name);
    }
  });

  test('ask functions for what they do', () => {
    const asked = commands.flatMap((command) => {
      const [, name, payload] =
        /--function-name production-training-desk-(\w+) .*--payload '(.+?)'/.exec(command) ?? [];
      return name && payload ? [{ name, payload: z.json().parse(JSON.parse(payload)) }] : [];
    });
    expect(new Set(asked.map(({ name }) => name))).toEqual(new Set(['operator', 'doctor']));
    for (const { name, payload } of asked) (name === 'doctor' ? DoctorTask.strict() : OperatorTask).parse(payload);
  });

  test('put a hold on mail into a restored table that the desk reads as one', () => {
    const [item = ''] = commands.flatMap((command) => /put-item .*--item '(.+)'/.exec(command)?.[1] ?? []);
    const { pk, sk, ...hold } = Item.parse(JSON.parse(item));
    expect({ pk, sk }).toEqual(keys.setting('mail'));
    expect(MailHold.parse(hold)).toMatchObject({ held: true, restored: true });
  });

  test('of SST are ones that it has', () => {
    for (const [, command = ''] of text.matchAll(/npx sst (\S+)/g)) expect(['deploy', 'remove']).toContain(command);
  });
});

describe('figures', () => {
  test('of what is paid by the piece are the template’s', () => {
    const { properties } = stages.production;
    const Alarm = z.object({ Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).optional() });
    const alarmMetrics = properties('AWS::CloudWatch::Alarm').flatMap((alarm) => {
      const { Metrics } = Alarm.parse(alarm);
      return Metrics?.filter(({ MetricStat }) => MetricStat !== undefined) ?? [alarm];
    });
    const [firewall] = z.array(z.object({ Rules: z.array(z.unknown()) })).parse(properties('AWS::WAFv2::WebACL'));
    const costs = text.slice(text.indexOf('## What it costs'));
    expect(costs).toContain(`${alarmMetrics.length} alarm metrics (*t*)`);
    expect(costs).toContain(`with ${firewall?.Rules.length} rules (*t*)`);
    expect(costs).toContain(`${properties('AWS::SecretsManager::Secret').length} secrets (*t*)`);
    const [stage] = properties('AWS::ApiGateway::Stage');
    expect(stage?.['MethodSettings']).toMatchObject([{ MetricsEnabled: false }]);
    expect(properties('AWS::CloudWatch::Dashboard')).toHaveLength(1);
  });

  test('of a year add up', () => {
    const [, table = ''] = text.slice(text.indexOf('## What it costs')).split('| part |');
    const rows = (table.split('\n\n')[0] ?? '').split('\n').slice(2);
    const figures = rows.map((row) =>
      row
        .split('|')
        .slice(3, 6)
        .map((cell) => Number(cell.replace(/[^\d.]/g, ''))),
    );
    const together = figures.pop() ?? [];
    for (const [size, said] of together.entries()) {
      const added = sum(figures.map((row) => row[size]));
      expect(Math.abs(added - said) / said, `${added} of ${said}`).toBeLessThan(0.02);
    }
  });
  const sum = (numbers: readonly unknown[]) =>
    z
      .array(z.number())
      .parse(numbers)
      .reduce((a, b) => a + b, 0);

  test('of reserved environments are the template’s', () => {
    const [reserved = 0, withoutReplies = 0] = (['production', 'govcloud'] as const).map((stage) =>
      sum(stages[stage].properties('AWS::Lambda::Function').map((one) => one['ReservedConcurrentExecutions'])),
    );
    expect(text).toContain(`reserve ${reserved} environments`);
    expect(text).toContain(`# ${reserved + 100} or more`);
    const putBack = [...text.matchAll(/ ([a-z]+):(\d+)/g)].map(([, name = '', number]) => [name, Number(number)]);
    expect(putBack.map(([name]) => name)).toEqual(['api', 'desk', 'files']);
    for (const [name, number] of putBack)
      stages.production.template.hasResourceProperties('AWS::Lambda::Function', {
        FunctionName: `production-training-desk-${name}`,
        ReservedConcurrentExecutions: number,
      });
    expect(text).toContain(`${reserved - withoutReplies} fewer without \`replies\``);
  });
});
