import { Aspects, type IAspect, type Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole, ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { DeskSettings } from './settings.ts';

/** What an agency imposes on every role and policy, wherever in the stack it was made. */
export function imposeRules(stack: Stack, { permissionsBoundary, rolePath }: DeskSettings): void {
  if (permissionsBoundary)
    PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', permissionsBoundary));
  if (rolePath) Aspects.of(stack).add(new UnderPath(rolePath));
}

class UnderPath implements IAspect {
  readonly #path: string;
  constructor(path: string) {
    this.#path = path;
  }
  visit(node: IConstruct): void {
    if (node instanceof CfnRole || node instanceof CfnManagedPolicy) node.path = this.#path;
  }
}
