import type { z } from 'zod';

/** Where a setting of a function comes from; a message that names one says it. */
const ORIGIN_OF: Readonly<Record<string, string>> = {
  TABLE_NAME: 'stacks/table.ts',
  ORIGIN: '`domain` of the stage in stacks/stages.ts',
  UID_HOST: '`uidHost` of the stage in stacks/stages.ts',
  IDS_SECRET_ARN: 'stacks/secrets.ts',
  MAIL_FROM: '`mail.from` of the stage in stacks/stages.ts',
  MAIL_CONTACT: '`mail.contact` of the stage in stacks/stages.ts',
  MAIL_RELAY_HOST: '`mail.relay` of the stage in stacks/stages.ts',
  MAIL_RELAY_PORT: '`mail.relay` of the stage in stacks/stages.ts',
  MAIL_RELAY_SECRET_ARN: '`mail.relay` of the stage in stacks/stages.ts',
  EXPORTS_BUCKET: 'stacks/exports.ts',
  OIDC_ISSUER: '`signIn.issuer` of the stage in stacks/stages.ts',
  OIDC_CLIENT_ID: '`signIn.clientId` of the stage in stacks/stages.ts',
  OIDC_PROMPT: '`signIn.prompt` of the stage in stacks/stages.ts',
  OIDC_SECRET_ARN: 'stacks/secrets.ts',
};

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
    return `${name} ${missing ? 'is missing' : `is malformed (${issue.message})`}: set by ${ORIGIN_OF[name] ?? 'stacks/'}`;
  });
  throw new SettingsError(`This function cannot start. ${wrong.join('. ')}. See docs/deploy.md, "Settings"`);
}
