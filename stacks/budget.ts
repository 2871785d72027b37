import type { FunctionName } from './bundle.ts';

/** How large each function may be, minified, in KiB: what a person waits for when it starts cold. */
export const MOST_KIB: Readonly<Record<FunctionName, number>> = {
  api: 680,
  desk: 680,
  files: 800,
  auth: 530,
  assets: 8,
  stream: 750,
  deliver: 750,
  sweep: 440,
  operator: 440,
  doctor: 440,
  bounces: 430,
  // mailparser knows every character set there is; nobody waits for this function
  replies: 1700,
};

/** Code that is not ours: the client of the table, and what comes with it. */
export const SDK = /node_modules\/(@aws|@aws-sdk|@smithy|mnemonist|obliterator)\//;

/**
 * The function `api` without that, in KiB: all of it, what its start reads, and what is read until a first page and a
 * first answer of the API. 450 is aimed at, and reached; more is room for a line or two. What is read is parsed: a
 * twentieth of a millisecond a KiB.
 */
export const MOST_KIB_WITHOUT_SDK = { all: 460, start: 245, page: 425, api: 330 } as const;

/**
 * How long the API may take to start, in processor time, beside a bundle of nothing but the DynamoDB client: loaded,
 * composed, and with its secrets read; and with its first answer, whichever. Measured at 1.35 to 1.55 and 2.5 to 3.1; a
 * limit needs room for a busy machine. Where the time goes is in docs/adr/0041.
 */
export const MOST_TIMES_THE_SDK = 1.75;
export const MOST_TIMES_WITH_AN_ANSWER = 3.75;

/** What stays out of the API: nobody who opens a page waits for the code that sends mail and writes calendars. */
export const NOT_IN_API =
  /node_modules\/(nodemailer|ical-generator|openid-client|@aws-sdk\/client-sesv2)\/|functions\/(mail|seed)\//;
