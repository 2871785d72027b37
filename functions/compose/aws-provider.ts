import * as z from 'zod';
import { openIdProvider, type IdentityProvider } from '../http/provider.ts';
import { readSecret } from './aws-secret.ts';
import { settingsFrom } from './aws-settings.ts';

const ProviderSettings = z.object({
  OIDC_ISSUER: z.url({ protocol: /^https$/ }),
  OIDC_CLIENT_ID: z.string().min(1),
  OIDC_PROMPT: z.enum(['select_account', 'login', '']).default(''),
  OIDC_SECRET_ARN: z.string().startsWith('arn:'),
});

/** The identity provider of staff and trainers. On AWS only the function `auth` has its code and its secret. */
export async function providerOnAws(environment: NodeJS.ProcessEnv): Promise<IdentityProvider> {
  const settings = settingsFrom(ProviderSettings, environment);
  return openIdProvider({
    issuer: settings.OIDC_ISSUER,
    clientId: settings.OIDC_CLIENT_ID,
    clientSecret: await readSecret(settings.OIDC_SECRET_ARN, environment, z.string().min(1)),
    prompt: settings.OIDC_PROMPT,
    insecure: false,
  });
}
