import type { Stack } from 'aws-cdk-lib';
import type { Bundles } from './bundle.ts';
import type { DeskSettings } from './settings.ts';
import { addApi } from './api.ts';
import { addTable } from './table.ts';

/** What the parts of a stage are made from. */
export interface DeskProps {
  readonly stage: string;
  readonly settings: DeskSettings;
  readonly bundles: Bundles;
}

/** The whole product in one stack of CloudFormation, SST's or a plain one. */
export function addDesk(stack: Stack, props: DeskProps): void {
  const table = addTable(stack);
  addApi(stack, props, table);
}
