import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { DEVELOPMENT, STAGES } from './stages.ts';

/**
 * `arn:aws:acm:us-east-1:111122223333:certificate/…`; IAM has no region, and AWS's own policies no account.
 * @param what of the service: an alias is no key, and a role bounds nothing
 */
const arn = (service: string, what: `${string}${'/' | ':'}`) =>
  z
    .string()
    .regex(
      new RegExp(`^arn:aws(-us-gov)?:${service}:[a-z0-9-]*:(\\d{12}|aws):${what}\\S+$`),
      `is not the ARN of a ${what.slice(0, -1)} in ${service}`,
    );
/** What IAM takes in keys and values, and everything else: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html. */
const TagText = z.string().regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, 'holds what stands in no tag');
const regionOf = (name: string): string => name.split(':')[3] ?? '';

const Shared = z.strictObject({
  /** `development` removes everything with the stack, `production` and `govcloud` keep it. */
  kind: z.enum(['development', 'production', 'govcloud']),
  region: z.string().regex(/^[a-z]{2}(-gov)?-[a-z]+-\d$/, 'is not a region'),
  /** The site's own name with its certificate, in the site's region (in us-east-1 where CloudFront stands before it). */
  domain: z
    .strictObject({
      name: z.hostname().lowercase('has capital letters, and browsers send none'),
      certificate: arn('acm', 'certificate/'),
    })
    .optional(),
  /** The host part of calendar UIDs. It never changes, whatever the site's name becomes. */
  uidHost: z.hostname(),
  mail: z.strictObject({
    /** The domain or address that SES verifies. */
    identity: z.union([z.hostname(), z.email()], 'is neither a domain nor an address'),
    /** True where the account has verified it already: the stage then only uses it. */
    verified: z.boolean().default(false),
    /** From and ORGANIZER of every message. It never changes. */
    from: z.email(),
    /** The address whose mail the people of the desk read. */
    contact: z.email(),
    /** True where SES receives the mail of `from`'s host: calendars' answers are processed, and nobody reads it. */
    replies: z.boolean().default(false),
    /** An agency's relay in place of SES; if it asks for a user and password, they are in a secret. */
    relay: z
      .strictObject({
        host: z.hostname(),
        port: z.number().int().min(1).max(65_535),
        secret: arn('secretsmanager', 'secret:').optional(),
      })
      .optional(),
  }),
  /** The identity provider of staff and trainers (OpenID Connect). */
  signIn: z.strictObject({
    issuer: z.url({ protocol: /^https$/ }),
    clientId: z.string().min(1),
    /** Login.gov requires `select_account`; some providers refuse a value that they do not know. Empty: not sent. */
    prompt: z.enum(['select_account', 'login', '']).default('select_account'),
  }),
  /** After a restore: the table that the recovery made, in place of the stack's own, which stays where it is. */
  restoredTable: z.strictObject({ name: z.string().min(3), streamArn: arn('dynamodb', 'table/') }).optional(),
  /** The address that is told of every alarm. */
  alarmEmail: z.email().optional(),
  /** US dollars; warns at 80% of it, and when the forecast exceeds it. */
  monthlyBudget: z.number().positive().optional(),

  /** `account` where API Gateway already has a role to write logs with: that is one setting of the whole account. */
  gatewayLogRole: z.enum(['ours', 'account']).default('ours'),
  permissionsBoundary: arn('iam', 'policy/').optional(),
  /** The path of every role and policy, such as `/desk/`. */
  rolePath: z
    .string()
    .regex(/^\/([\w+=,.@-]+\/)+$/, 'begins and ends with a slash')
    .optional(),
  tags: z
    .record(
      TagText.min(1)
        .max(128)
        .regex(/^(?!aws:)/i, 'begins with aws:, which AWS keeps for itself'),
      TagText.max(256),
    )
    .default({}),
  /** The agency's own key in place of one of the stack's. */
  key: arn('kms', 'key/').optional(),
  /** Where the firewall's log goes in place of CloudWatch. */
  logBucket: z
    .string()
    .regex(/^aws-waf-logs-[a-z0-9.-]{1,50}$/, 'is no bucket that begins with aws-waf-logs-: AWS WAF takes no other')
    .optional(),
  /** Where S3 writes who read and wrote what in the stage's buckets. */
  accessLogBucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is not the name of a bucket')
    .optional(),
  architecture: z.enum(['arm64', 'x86_64']).default('arm64'),
  vpc: z
    .strictObject({
      id: z.string().regex(/^vpc-[0-9a-f]+$/, 'is not a VPC'),
      zones: z.array(z.string()).min(1),
      /** The same number in each zone. */
      subnets: z.array(z.string().regex(/^subnet-[0-9a-f]+$/, 'is not a subnet')).min(1),
      securityGroup: z.string().regex(/^sg-[0-9a-f]+$/, 'is not a security group'),
    })
    .optional(),
});

/** Settings that are valid alone but not together would fail in the middle of a deployment, or at the first mail. */
export const DeskSettings = Shared.superRefine((settings, context) => {
  const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: path.split('.'), message });
  const { region, kind, domain, mail, restoredTable, vpc } = settings;
  const gov = region.startsWith('us-gov-');
  if (gov !== (kind === 'govcloud')) wrong('region', 'us-gov- regions are for kind govcloud, and only they');
  if (kind !== 'development' && !domain) wrong('domain', 'is needed: links in mail and calendars never change');
  const certificateRegion = kind === 'govcloud' ? region : 'us-east-1';
  const placed = [
    ['domain.certificate', domain?.certificate, certificateRegion],
    ['permissionsBoundary', settings.permissionsBoundary, ''],
    ['key', settings.key, region],
    ['mail.relay.secret', mail.relay?.secret, region],
    ['restoredTable.streamArn', restoredTable?.streamArn, region],
  ] as const;
  for (const [path, name, where] of placed) {
    if (name === undefined) continue;
    if (name.split(':')[1] !== (gov ? 'aws-us-gov' : 'aws')) wrong(path, 'is of another partition');
    else if (regionOf(name) !== where) wrong(path, `is not in ${where || 'IAM, which has no region'}`);
  }
  if (restoredTable && !restoredTable.streamArn.includes(`:table/${restoredTable.name}/stream/`))
    wrong('restoredTable.streamArn', 'is the stream of another table');
  if (vpc?.zones.some((zone) => !new RegExp(`^${region}[a-z]$`).test(zone)))
    wrong('vpc.zones', `holds what is no zone of ${region}`);
  if (vpc && vpc.subnets.length % vpc.zones.length !== 0)
    wrong('vpc.subnets', 'are not as many in each of `vpc.zones`');
  const { identity, replies, relay, from, contact } = mail;
  const host = from.split('@')[1] ?? '';
  if (!relay && ![from, host].includes(identity) && !host.endsWith(`.${identity}`))
    wrong('mail.from', `is not at \`mail.identity\` (${identity}), so that SES would refuse every message`);
  if (replies && gov) wrong('mail.replies', 'is for regions where SES receives mail, which it does not in GovCloud');
  if (replies && relay) wrong('mail.replies', 'come by SES, and there is a relay in its place');
  if (replies && from === contact)
    wrong(
      'mail.contact',
      'is read by nobody, since with `replies` SES receives the mail of `from`: it must be another',
    );
  if (settings.monthlyBudget !== undefined && gov) wrong('monthlyBudget', 'AWS Budgets does not exist in GovCloud');
  if (settings.monthlyBudget !== undefined && !settings.alarmEmail)
    wrong('alarmEmail', 'is needed with `monthlyBudget`: somebody must be told');
});
export type DeskSettings = z.output<typeof DeskSettings>;
export type SettingsInput = z.input<typeof Shared>;

/** Stands in the names of buckets, which have 63 small letters, digits and dashes. */
const Stage = z.string().regex(/^[a-z](-?[a-z0-9]){0,27}$/);

/**
 * The settings of a stage: from the file that is named (or that `DESK_SETTINGS` names), else from stages.ts.
 * @throws an error that names each wrong setting and where it stands, before anything is deployed
 */
export function settingsOf(stage: string, file = process.env['DESK_SETTINGS']): DeskSettings {
  if (!Stage.safeParse(stage).success)
    throw new Error(`\`--stage\` ${stage} is not 1 to 28 small letters, digits and single dashes, a letter first`);
  const parsed = DeskSettings.safeParse(file === undefined ? (STAGES[stage] ?? DEVELOPMENT) : jsonIn(file));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? `\`${path.join('.')}\` ${message}` : message,
  );
  const where = file ?? 'stacks/stages.ts';
  throw new Error(`Stage ${stage} has wrong settings in ${where}: ${wrong.join('; ')}. See docs/deploy.md, "Settings"`);
}

/** An empty name is a variable of the shell that was not set: the example's settings must not take its place. */
function jsonIn(file: string): unknown {
  const named = `The file of settings (\`DESK_SETTINGS\` or \`--settings\`), ${file || 'whose name is empty,'}`;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${named} ${error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'}: ${why}`, {
      cause: error,
    });
  }
}
