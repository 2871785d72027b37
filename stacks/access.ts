import type { FunctionName } from './bundle.ts';

/**
 * What each function may do with the table, down to the leading keys: policies are made from it, and the tests run the
 * built functions behind it. A pattern ends with `*` or is a whole key; keys are built in functions/store/dynamo/keys.ts.
 */
export interface Access {
  /** GetItem, BatchGetItem, Query. */
  readonly read: readonly string[];
  /** PutItem, UpdateItem, DeleteItem, alone or in a transaction. */
  readonly write: readonly string[];
  /** Query of an index, by the leading keys of that index. */
  readonly indexes: Readonly<Partial<Record<'gsi1' | 'gsi2', readonly string[]>>>;
  /** BatchWriteItem: the rows of a list. */
  readonly writesBatches?: boolean;
  /** DescribeTable: the health check. */
  readonly describes: boolean;
}

const NOTHING: Access = { read: [], write: [], indexes: {}, describes: false };

/** What the public's pages and the API need. */
const SITE: Access = {
  read: [
    'PROGRAMS',
    'EVENT#*',
    'SEATS#*',
    'ROSTER#*',
    'LINE#*',
    'AUDIT#*',
    'PERSON#*',
    'EMAIL#*',
    'HOST#*',
    'TOKEN#*',
    'HELD#*',
    'JOB#*',
    'REVIEWED',
  ],
  write: [
    'PROGRAMS',
    'EVENT#*',
    'SEATS#*',
    'ROSTER#*',
    'LINE#*',
    'LEASE#*',
    'OUT#*',
    'AUDIT#*',
    'PERSON#*',
    'EMAIL#*',
    'HOST#*',
    'TOKEN#*',
    'CODE#*',
    'LIMIT#*',
    'HELD#*',
    'JOB#*',
    'REVIEWED',
  ],
  indexes: { gsi1: ['FY#*', 'TRAINER#*', 'PERSON#*', 'ACTOR#*', 'HOSTS'], gsi2: ['AUDITDAY#*'] },
  writesBatches: true,
  describes: true,
};

/** What the desk's pages need: the same but for codes and sessions, and what only staff see. */
const DESK: Access = {
  ...SITE,
  read: [...SITE.read, 'MAIL#*', 'PARKED', 'OUT#*', 'SETTINGS'],
  write: [...SITE.write.filter((key) => key !== 'CODE#*' && key !== 'TOKEN#*'), 'PARKED', 'SETTINGS'],
  indexes: { ...SITE.indexes, gsi2: ['AUDITDAY#*', 'REVIEW#*'] },
  describes: false,
};

const SENDER: Access = {
  ...NOTHING,
  read: ['OUT#*', 'SETTINGS', 'PROGRAMS', 'EVENT#*', 'ROSTER#*', 'LINE#*', 'PERSON#*', 'EMAIL#*'],
  write: ['OUT#*', 'MAIL#*', 'PARKED'],
};

/** By function. */
export const ACCESS: Readonly<Record<FunctionName, Access>> = {
  api: SITE,
  desk: DESK,
  files: {
    ...NOTHING,
    // whether an event is there for whoever asks for its list may hang on their host
    read: ['PROGRAMS', 'EVENT#*', 'ROSTER#*', 'PERSON#*', 'TOKEN#*', 'HOST#*'],
    // who exported what is on record
    write: ['AUDIT#*'],
    indexes: { gsi1: ['PERSON#*'] },
  },
  auth: {
    ...NOTHING,
    read: ['PERSON#*', 'EMAIL#*', 'TOKEN#*'],
    write: ['PERSON#*', 'EMAIL#*', 'TOKEN#*', 'AUDIT#*'],
  },
  assets: NOTHING,
  stream: SENDER,
  // it counts what was given up, too
  deliver: { ...SENDER, read: [...SENDER.read, 'PARKED'] },
  // it registers the people of lists, too
  sweep: {
    ...NOTHING,
    read: ['EVENT#*', 'SEATS#*', 'ROSTER#*', 'LINE#*', 'JOB#*', 'PERSON#*', 'EMAIL#*', 'HOST#*'],
    write: ['SEATS#*', 'ROSTER#*', 'LINE#*', 'LEASE#*', 'OUT#*', 'AUDIT#*', 'JOB#*', 'PERSON#*', 'EMAIL#*'],
    indexes: { gsi1: ['FY#*'], gsi2: ['JOBS', 'LISTS'] },
  },
  // it reads everything about events; what it mends, somebody asked it to
  doctor: {
    ...NOTHING,
    read: ['PROGRAMS', 'EVENT#*', 'SEATS#*', 'ROSTER#*', 'LINE#*', 'OUT#*', 'PARKED', 'JOB#*', 'SETTINGS'],
    write: ['EVENT#*', 'SEATS#*', 'ROSTER#*', 'LINE#*', 'LEASE#*', 'OUT#*', 'AUDIT#*', 'JOB#*'],
    indexes: { gsi1: ['FY#*'], gsi2: ['JOBS', 'LISTS', 'REVIEW#*'] },
  },
  // what SES reports of messages
  bounces: { ...NOTHING, read: ['ROSTER#*'], write: ['ROSTER#*', 'EMAIL#*'] },
  // what calendars answered
  replies: { ...NOTHING, read: ['ROSTER#*'], write: ['ROSTER#*'] },
  operator: {
    ...NOTHING,
    read: [
      'PROGRAMS',
      'HOST#*',
      'EMAIL#*',
      'PERSON#*',
      'SETTINGS',
      'EVENT#*',
      'SEATS#*',
      'LINE#*',
      'ROSTER#*',
      'OUT#*',
    ],
    write: ['PROGRAMS', 'HOST#*', 'EMAIL#*', 'PERSON#*', 'AUDIT#*', 'SETTINGS', 'ROSTER#*', 'OUT#*'],
    indexes: { gsi1: ['FY#*'] },
  },
};
