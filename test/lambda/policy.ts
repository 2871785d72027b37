import { like } from '../fixtures/policy-pattern.ts';
import type { FunctionName } from '../../stacks/bundle.ts';
import { idOf, ofType, resolved, resources } from './template.ts';

/** What a function asks to do. */
export interface Act {
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys: `dynamodb:LeadingKeys`, `ses:FromAddress`. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

const statements = new Map<string, Statement[]>();

/** What the deployed policies of a function say. */
function statementsOf(name: FunctionName): Statement[] {
  const known = statements.get(name);
  if (known) return known;
  const role = resolved(resources[idOf(name)]?.Properties['Role']);
  const found = ofType('AWS::IAM::ManagedPolicy')
    .filter(([, { Roles }]) => list(Roles).map(resolved).includes(role))
    .flatMap(([, { PolicyDocument }]) => (PolicyDocument as { Statement: Statement[] }).Statement);
  statements.set(name, found);
  return found;
}

/** Whether one condition holds: `ForAllValues:` and `…IfExists` also where the request says nothing of the key. */
function holds(operator: string, patterns: readonly string[], said: readonly string[] | undefined): boolean {
  const optional = operator.startsWith('ForAllValues:') || operator.endsWith('IfExists');
  const [test] = operator.replace('ForAllValues:', '').split('IfExists');
  if (test !== 'StringLike' && test !== 'StringEquals') throw new Error(`No rule for ${operator}`);
  if (said === undefined) return optional;
  const fits = (value: string) =>
    patterns.some((pattern) => (test === 'StringLike' ? like(pattern, value) : pattern === value));
  return operator.startsWith('ForAllValues:') ? said.every(fits) : said.some(fits);
}

/** Whether the deployed policies let a function do something, as IAM decides it: by action, resource and condition. */
export const allowed = (name: FunctionName, act: Act): boolean =>
  statementsOf(name).some(
    ({ Effect, Action, Resource, Condition }) =>
      Effect === 'Allow' &&
      list(Action).includes(act.action) &&
      list(Resource).some((resource) => like(resolved(resource), act.resource)) &&
      Object.entries(Condition ?? {}).every(([operator, conditions]) =>
        Object.entries(conditions).every(([key, patterns]) => holds(operator, list(patterns), act.keys?.[key])),
      ),
  );
