import type { Returned } from '../functions/domain/returned.ts';
import type { FunctionName } from './bundle.ts';

/**
 * What each function may do with the table, action by action and down to the leading keys: policies are made from it, and
 * the tests run the built functions behind it and compare both ways. A pattern ends with `*` or is a whole key; keys are
 * built in functions/store/dynamo/keys.ts. Only what is needed is named: a transaction is its parts.
 */
export interface Access {
  /** GetItem and BatchGetItem. */
  readonly get?: readonly string[];
  /** Query of the table itself. */
  readonly query?: readonly string[];
  readonly put?: readonly string[];
  readonly update?: readonly string[];
  readonly delete?: readonly string[];
  /** ConditionCheckItem. */
  readonly check?: readonly string[];
  /** BatchWriteItem: the rows of a list. */
  readonly putMany?: readonly string[];
  /** Query of an index, by the leading keys of that index. */
  readonly gsi1?: readonly string[];
  readonly gsi2?: readonly string[];
  /** DescribeTable: the health check. */
  readonly describes?: boolean;
  /** The only attributes that these actions may touch: where a function needs a part of an item and not the whole. */
  readonly attributes?: Readonly<Partial<Record<'get' | 'put' | 'update', readonly string[]>>>;
}

const KEY = ['pk', 'sk'];
const RETURNED: readonly (keyof Returned)[] = ['event', 'person', 'rev', 'part', 'kind', 'email', 'how', 'why', 'at'];

/** What both the public's pages with the API and the desk's pages need. */
const SITE: Access = {
  get: ['EVENT#*', 'SEATS#*', 'ROSTER#*', 'PERSON#*', 'EMAIL#*', 'HOST#*', 'TOKEN#*', 'HELD#*'],
  query: ['PROGRAMS', 'ROSTER#*', 'LINE#*'],
  put: [
    'PROGRAMS',
    'EVENT#*',
    'SEATS#*',
    'ROSTER#*',
    'LINE#*',
    'OUT#*',
    'AUDIT#*',
    'PERSON#*',
    'EMAIL#*',
    'HELD#*',
    'JOB#*',
  ],
  update: ['SEATS#*', 'LEASE#*', 'LIMIT#*'],
  delete: ['EVENT#*', 'LINE#*'],
  gsi1: ['FY#*', 'TRAINER#*', 'PERSON#*'],
};

const SENDER: Access = {
  get: ['SETTINGS', 'EVENT#*', 'ROSTER#*', 'PERSON#*', 'EMAIL#*'],
  query: ['OUT#*', 'PROGRAMS', 'LINE#*'],
  put: ['OUT#*', 'MAIL#*', 'PARKED'],
  delete: ['OUT#*'],
};

/** What each function may do. */
export const ACCESS: Readonly<Record<FunctionName, Access>> = {
  // codes and sessions are made here, answers kept and taken back, seats handed over
  api: {
    ...SITE,
    query: [...(SITE.query ?? []), 'REVIEWED'],
    put: [...(SITE.put ?? []), 'TOKEN#*', 'CODE#*'],
    update: [...(SITE.update ?? []), 'CODE#*', 'EMAIL#*'],
    delete: [...(SITE.delete ?? []), 'ROSTER#*', 'CODE#*', 'TOKEN#*'],
    check: ['SEATS#*'],
    describes: true,
  },
  // what only staff see and do; and lists, which coordinators have too
  desk: {
    ...SITE,
    get: [...(SITE.get ?? []), 'SETTINGS', 'JOB#*', 'AUDIT#*'],
    query: [...(SITE.query ?? []), 'JOB#*', 'AUDIT#*', 'HOST#*', 'MAIL#*', 'PARKED', 'OUT#*'],
    put: [...(SITE.put ?? []), 'SETTINGS', 'HOST#*', 'REVIEWED'],
    delete: [...(SITE.delete ?? []), 'PARKED'],
    putMany: ['JOB#*'],
    gsi1: [...(SITE.gsi1 ?? []), 'ACTOR#*', 'HOSTS'],
    gsi2: ['AUDITDAY#*', 'REVIEW#*', 'RETURNED'],
  },
  files: {
    // whether the person who asks for a list may see its event can depend on their host
    get: ['EVENT#*', 'ROSTER#*', 'PERSON#*', 'TOKEN#*', 'HOST#*'],
    query: ['PROGRAMS', 'ROSTER#*'],
    // records who exported what
    put: ['AUDIT#*'],
    gsi1: ['PERSON#*'],
  },
  auth: {
    get: ['PERSON#*', 'EMAIL#*', 'TOKEN#*'],
    put: ['PERSON#*', 'EMAIL#*', 'TOKEN#*', 'AUDIT#*'],
  },
  assets: {},
  stream: SENDER,
  // it also counts what was given up
  deliver: { ...SENDER, query: [...(SENDER.query ?? []), 'PARKED'] },
  // it also registers the people of lists
  sweep: {
    get: ['EVENT#*', 'SEATS#*', 'ROSTER#*', 'JOB#*', 'PERSON#*', 'EMAIL#*', 'HOST#*'],
    query: ['ROSTER#*', 'LINE#*'],
    put: ['ROSTER#*', 'LINE#*', 'OUT#*', 'AUDIT#*', 'JOB#*', 'PERSON#*', 'EMAIL#*'],
    update: ['SEATS#*', 'LEASE#*'],
    // a coordinator's list goes on only while they are one, and the host is exclusive
    check: ['PERSON#*', 'HOST#*'],
    delete: ['LINE#*', 'JOB#*'],
    gsi1: ['FY#*'],
    gsi2: ['JOBS', 'LISTS'],
  },
  // it reads everything about events; it repairs only when somebody asks it to
  doctor: {
    get: ['EVENT#*', 'SEATS#*', 'ROSTER#*', 'JOB#*', 'SETTINGS'],
    query: ['PROGRAMS', 'EVENT#*', 'SEATS#*', 'ROSTER#*', 'LINE#*', 'OUT#*', 'PARKED'],
    put: ['EVENT#*', 'SEATS#*', 'ROSTER#*', 'LINE#*', 'OUT#*', 'AUDIT#*', 'JOB#*'],
    update: ['SEATS#*', 'LEASE#*'],
    delete: ['LINE#*'],
    gsi1: ['FY#*'],
    gsi2: ['JOBS', 'LISTS', 'REVIEW#*'],
  },
  // what SES reports about messages: it checks that the registration exists, and reads nothing in it
  bounces: {
    get: ['ROSTER#*'],
    put: ['ROSTER#*'],
    update: ['EMAIL#*'],
    attributes: {
      get: KEY,
      put: [...KEY, 'gsi2pk', 'gsi2sk', ...RETURNED],
      update: [...KEY, 'returned'],
    },
  },
  // what calendars answered; from what was sent it finds what must be called back again
  replies: {
    get: ['EVENT#*', 'ROSTER#*'],
    query: ['MAIL#*', 'OUT#*'],
    put: ['ROSTER#*', 'OUT#*', 'AUDIT#*'],
  },
  operator: {
    get: ['HOST#*', 'EMAIL#*', 'PERSON#*', 'SETTINGS', 'EVENT#*', 'SEATS#*'],
    query: ['PROGRAMS', 'ROSTER#*', 'OUT#*', 'LINE#*', 'PARKED', 'MAIL#*'],
    put: ['PROGRAMS', 'HOST#*', 'EMAIL#*', 'PERSON#*', 'AUDIT#*', 'SETTINGS', 'EVENT#*', 'ROSTER#*', 'OUT#*'],
    delete: ['OUT#*', 'PARKED'],
    gsi1: ['FY#*'],
  },
};
