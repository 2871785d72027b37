import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DEVELOPMENT, STAGES } from './stages.ts';

const arn = (service: string) =>
  z.string().regex(new RegExp(`^arn:aws(-us-gov)?:${service}:`), `is not the ARN of something in ${service}`);

const Shared = z.strictObject({
  /** `development` removes everything with the stack, `production` and `govcloud` keep it. */
  kind: z.enum(['development', 'production', 'govcloud']),
  region: z.string().regex(/^[a-z]{2}(-gov)?-[a-z]+-\d$/, 'is not a region'),
  /** The site's own name with its certificate, in the site's region (in us-east-1 where CloudFront stands before it). */
  domain: z.strictObject({ name: z.hostname(), certificate: arn('acm') }).optional(),
  /** The host part of calendar UIDs. It never changes, whatever the site's name becomes. */
  uidHost: z.hostname(),
  mail: z.strictObject({
    /** The domain or address that SES verifies. */
    identity: z.string().min(3),
    /** True where the account has verified it already: the stage then only uses it. */
    verified: z.boolean().default(false),
    /** From and ORGANIZER of every message. It never changes. */
    from: z.email(),
    /** Where people of the desk read what is written to it. */
    contact: z.email(),
    /** True where SES receives the mail of `from`'s host: answers of calendars are then read. Nobody reads it besides. */
    replies: z.boolean().default(false),
    /** An agency's relay in place of SES; its user and password stand in a secret, once asked for. */
    relay: z
      .strictObject({
        host: z.hostname(),
        port: z.number().int().min(1).max(65_535),
        secret: arn('secretsmanager').optional(),
      })
      .optional(),
  }),
  /** The identity provider of staff and trainers (OpenID Connect). */
  signIn: z.strictObject({
    issuer: z.url({ protocol: /^https$/ }),
    clientId: z.string().min(1),
    /** Login.gov demands `select_account`; some providers refuse what they do not know. Empty: not sent. */
    prompt: z.enum(['select_account', 'login', '']).default('select_account'),
  }),
  /** After a restore: the table that the recovery made, in place of the stack's own, which stays where it is. */
  restoredTable: z.strictObject({ name: z.string().min(3), streamArn: arn('dynamodb') }).optional(),
  /** Told of every alarm. */
  alarmEmail: z.email().optional(),
  /** US dollars; a warning at 80% and a forecast over it. */
  monthlyBudget: z.number().positive().optional(),

  /** `account` where API Gateway already has a role to write logs with: that is one setting of the whole account. */
  gatewayLogRole: z.enum(['ours', 'account']).default('ours'),
  permissionsBoundary: arn('iam').optional(),
  /** Under which every role and policy stands: `/desk/`. */
  rolePath: z
    .string()
    .regex(/^\/([\w+=,.@-]+\/)+$/, 'begins and ends with a slash')
    .optional(),
  tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}),
  /** The agency's own key in place of one of the stack's. */
  key: arn('kms').optional(),
  /** Where the firewall's log goes in place of CloudWatch. */
  logBucket: z.string().startsWith('aws-waf-logs-', 'begins with aws-waf-logs-, or AWS WAF refuses it').optional(),
  architecture: z.enum(['arm64', 'x86_64']).default('arm64'),
  vpc: z
    .strictObject({
      id: z.string().startsWith('vpc-'),
      zones: z.array(z.string()).min(1),
      subnets: z.array(z.string().startsWith('subnet-')).min(1),
      securityGroup: z.string().startsWith('sg-'),
    })
    .optional(),
});

/** What a stage is deployed with. */
export const DeskSettings = Shared.superRefine((settings, context) => {
  const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  const gov = settings.region.startsWith('us-gov-');
  if (gov !== (settings.kind === 'govcloud')) wrong('region', 'us-gov- regions are for kind govcloud, and only they');
  if (settings.kind !== 'development' && !settings.domain)
    wrong('domain', 'is needed: links in mail and calendars never change');
  const partition = settings.domain?.certificate.split(':')[1];
  if (partition && partition !== (gov ? 'aws-us-gov' : 'aws'))
    wrong('domain', 'has a certificate of another partition');
  const { replies, relay, from, contact } = settings.mail;
  if (replies && gov) wrong('mail', 'has `replies`, and SES receives no mail in GovCloud');
  if (replies && relay) wrong('mail', 'has `replies`, which come by SES, and a relay');
  if (replies && from === contact)
    wrong('mail', 'has `replies`, so that nobody reads `from`: `contact` must be another');
  if (gov && settings.monthlyBudget) wrong('monthlyBudget', 'AWS Budgets does not exist in GovCloud');
});
export type DeskSettings = z.output<typeof DeskSettings>;
export type SettingsInput = z.input<typeof Shared>;

/**
 * The settings of a stage: from the file that is named (or that `DESK_SETTINGS` names), else from stages.ts.
 * @throws an error that names each wrong setting and where it stands, before anything is deployed
 */
export function settingsOf(stage: string, file = process.env['DESK_SETTINGS']): DeskSettings {
  const input: unknown = file ? JSON.parse(readFileSync(file, 'utf8')) : (STAGES[stage] ?? DEVELOPMENT);
  const parsed = DeskSettings.safeParse(input);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `\`${path.join('.')}\` ${message}`);
  throw new Error(`Stage ${stage} has wrong settings in ${file ?? 'stacks/stages.ts'}: ${wrong.join('; ')}`);
}
