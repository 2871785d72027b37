import { z } from 'zod';
import { ofEach, type FunctionName } from '../../stacks/bundle.ts';
import { plainTemplate } from '../../stacks/plain.ts';
import { settingsOf } from '../../stacks/settings.ts';

/** A resource of the template; some have no properties. */
const Resource = z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });

/** The production stage as it is deployed. */
export const resources = z.record(z.string(), Resource).parse(
  plainTemplate(
    'production',
    settingsOf('production'),
    ofEach((name) => `code/${name}.zip`),
  ).Resources,
);

/** Every resource of a type, with its logical id. */
export const ofType = (type: string): [string, Record<string, unknown>][] =>
  Object.entries(resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties }]) => [id, Properties]);

/** What a value of the template becomes: names in angle brackets stand for what only a deployment knows. */
export function resolved(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[kind, of] = ['nothing', null]] = Object.entries(value as object);
  if (kind === 'Ref') {
    const secret = resources[String(of)]?.Type === 'AWS::SecretsManager::Secret';
    return secret ? `arn:aws:secretsmanager:us-east-1:111122223333:secret:${String(of)}` : `<${String(of)}>`;
  }
  if (kind === 'Fn::GetAtt') return `<${(of as string[])[0]}>`;
  if (kind === 'Fn::Join') return (of as [string, unknown[]])[1].map(resolved).join((of as [string])[0]);
  if (kind === 'Fn::Select') {
    const [
      index,
      {
        'Fn::Split': [by, from],
      },
    ] = of as [number, { 'Fn::Split': [string, unknown] }];
    return resolved(from).split(by)[index] ?? '';
  }
  throw new Error(`a test does not know ${kind}`);
}

const functionIds = new Map(
  ofType('AWS::Lambda::Function').map(([id, { FunctionName }]) => [String(FunctionName).split('-').at(-1) ?? '', id]),
);

/** A function's logical id. */
export const idOf = (name: FunctionName): string => functionIds.get(name) ?? '';

/** The function behind a logical id. */
export const nameOfId = (id: string): string => [...functionIds].find(([, one]) => one === id)?.[0] ?? '';

/** How long a function may take, as the stack sets it. */
export const timeoutMsOf = (name: FunctionName): number =>
  z.number().parse(resources[idOf(name)]?.Properties['Timeout']) * 1000;

/** A function's environment as the stack sets it. */
export function environmentOf(name: FunctionName): Record<string, string> {
  const { Environment } = resources[idOf(name)]?.Properties ?? {};
  const { Variables } = Environment as { Variables: Record<string, unknown> };
  return Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, resolved(value)]));
}
