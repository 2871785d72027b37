import type { FunctionName } from './bundle.ts';

/** How large each function may be, minified, in KiB: what a person waits for when it starts cold. */
export const MOST_KIB: Readonly<Record<FunctionName, number>> = {
  api: 800,
  desk: 800,
  files: 830,
  auth: 720,
  assets: 8,
  stream: 840,
  deliver: 840,
  sweep: 450,
  operator: 450,
  doctor: 480,
  bounces: 450,
  // mailparser knows every character set there is; nobody waits for this function
  replies: 1700,
};

/**
 * How long the API may take to start, in processor time, beside a bundle of nothing but the DynamoDB client: loaded,
 * composed, and with its secrets read. Measured at 2.1 to 2.5 (148 ms beside 68 ms): what of
 * it is what stands in docs/adr/0023; a limit needs room for a busy machine.
 */
export const MOST_TIMES_THE_SDK = 3;

/** What stays out of the API: whoever opens a page does not wait for the code that sends mail and writes calendars. */
export const NOT_IN_API =
  /node_modules\/(nodemailer|ical-generator|openid-client|@aws-sdk\/client-sesv2)\/|functions\/(mail|seed)\//;
