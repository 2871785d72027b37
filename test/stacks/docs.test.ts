import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { FUNCTION_NAMES } from '../../stacks/bundle.ts';
import { DeskSettings } from '../../stacks/settings.ts';
import { plain } from './plain.ts';

const text = readFileSync('docs/deploy.md', 'utf8');
const headings = [...text.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

test('every alarm has its entry, and no entry is of an alarm that is gone', () => {
  const names = plain('production')
    .properties('AWS::CloudWatch::Alarm')
    .map(({ AlarmName }) => String(AlarmName).replace('production-training-desk-', ''));
  expect(new Set(headings)).toEqual(new Set(names));
  expect(headings).toHaveLength(names.length);
});

test('every setting is described, and no other', () => {
  const [, table = ''] = text.split('## Settings');
  const rows = [...(table.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name);
  expect(new Set(rows)).toEqual(new Set(Object.keys(DeskSettings.shape)));
});

test('every function is described', () => {
  for (const name of FUNCTION_NAMES) expect(text).toContain(`| \`${name}\` |`);
});

test('every command that a document names is one', () => {
  const files = [
    'README.md',
    ...readdirSync('docs')
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  for (const file of files)
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/npm run (?:--\w+ )*([\w:]+)/g))
      expect(Object.keys(scripts), file).toContain(name);
});
