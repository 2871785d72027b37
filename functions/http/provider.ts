import * as openid from 'openid-client';
import { Email } from '../domain/person.ts';

/** What begins at the provider and is held by the browser until it comes back. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The identity provider of staff and trainers (OpenID Connect, code flow with PKCE). */
export interface IdentityProvider {
  /** Where to send the browser, and what it must bring back. */
  start(redirectUri: string): Promise<{ readonly to: string; readonly checks: SignInChecks }>;
  /** The verified address of whoever came back; null when the provider vouches for none. */
  finish(returned: URL, checks: SignInChecks): Promise<Email | null>;
}

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Login.gov demands `select_account`; others may not know it. Empty: not sent. */
  readonly prompt: string;
  /** Only on one machine: a provider without TLS. */
  readonly insecure: boolean;
}

/** Finds the provider when it is first needed, so that one that is down keeps nothing else from starting. */
export function openIdProvider(settings: ProviderSettings): IdentityProvider {
  let found: Promise<openid.Configuration> | null = null;
  const configuration = () => {
    found ??= openid
      .discovery(new URL(settings.issuer), settings.clientId, settings.clientSecret, undefined, {
        execute: settings.insecure ? [openid.allowInsecureRequests] : [],
        timeout: 10,
      })
      .catch((error: unknown) => {
        found = null;
        throw error;
      });
    return found;
  };
  return {
    async start(redirectUri) {
      const config = await configuration();
      const checks = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        verifier: openid.randomPKCECodeVerifier(),
      };
      const to = openid.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
        ...(settings.prompt ? { prompt: settings.prompt } : {}),
      });
      return { to: to.href, checks };
    },
    async finish(returned, checks) {
      const config = await configuration();
      const tokens = await openid.authorizationCodeGrant(config, returned, {
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        pkceCodeVerifier: checks.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) return null;
      // some providers put no address into the ID token (Login.gov): it is asked for
      const known =
        claims['email'] === undefined ? await openid.fetchUserInfo(config, tokens.access_token, claims.sub) : claims;
      const email = Email.safeParse(known['email']);
      return email.success && known['email_verified'] === true ? email.data : null;
    },
  };
}
