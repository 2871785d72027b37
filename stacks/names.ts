import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { DeskProps } from './desk.ts';
import type { DeskSettings } from './settings.ts';

/** The physical name of something that must have one: it stays the same if SST is left behind. */
export const nameOf = ({ stage }: Pick<DeskProps, 'stage'>, thing: string): string => `${stage}-training-desk-${thing}`;

/**
 * A development stage goes whole; any other keeps what cannot be made again, but for what a first deployment made that
 * failed: what has a name of its own would stand in the way of the next.
 */
export const removalOf = ({ kind }: DeskSettings): RemovalPolicy =>
  kind === 'development' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** OMB M-21-31 asks for twelve months of logs at hand; after that the agency's archive keeps them. */
export const logsFor = ({ kind }: DeskSettings): RetentionDays =>
  kind === 'development' ? RetentionDays.TWO_WEEKS : RetentionDays.THIRTEEN_MONTHS;
