import type * as z from 'zod';

const ofStage = (name: string): string => `\`${name}\` of the stage in stacks/stages.ts or the file of DESK_SETTINGS`;

/** Where a setting of a function comes from; a message that names one says it. */
const ORIGIN_OF: Readonly<Record<string, string>> = {
  STAGE: 'stacks/functions.ts',
  TABLE_NAME: 'stacks/table.ts',
  ORIGIN: ofStage('domain'),
  CLIENT_HEADER: 'stacks/front.ts',
  UID_HOST: ofStage('uidHost'),
  IDS_SECRET_ARN: 'stacks/secrets.ts',
  MAIL_FROM: ofStage('mail.from'),
  MAIL_CONTACT: ofStage('mail.contact'),
  MAIL_CONFIGURATION_SET: 'stacks/mail.ts',
  MAIL_RELAY_HOST: ofStage('mail.relay'),
  MAIL_RELAY_PORT: ofStage('mail.relay'),
  MAIL_RELAY_SECRET_ARN: ofStage('mail.relay'),
  EXPORTS_BUCKET: 'stacks/exports.ts',
  OIDC_ISSUER: ofStage('signIn.issuer'),
  OIDC_CLIENT_ID: ofStage('signIn.clientId'),
  OIDC_PROMPT: ofStage('signIn.prompt'),
  OIDC_SECRET_ARN: 'stacks/secrets.ts',
};
/** `AWS_REGION` and the like. */
const BY_LAMBDA = 'Lambda itself';

/** A function was started with a setting that is missing or malformed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings of a function from its environment, when it starts and never at the first request.
 * @throws {SettingsError} that names each wrong setting and where to set it, never its value
 */
export function settingsFrom<S extends z.ZodType>(
  schema: S,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<S> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const missing = environment[name] === undefined;
    return `${name} ${missing ? 'is missing' : `is malformed (${issue.message})`}: set by ${ORIGIN_OF[name] ?? BY_LAMBDA}`;
  });
  throw new SettingsError(`This function cannot start. ${wrong.join('. ')}. See docs/deploy.md, "Settings"`);
}
