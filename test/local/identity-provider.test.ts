import { afterAll, beforeAll, expect, test } from 'vitest';
import * as client from 'openid-client';
import { startIdentityProvider, type IdentityProvider } from '../../functions/local/identity-provider.tsx';
import { freePort } from '../../functions/local/ports.ts';

const SITE = 'http://localhost:3000';
const CALLBACK = `${SITE}/auth/callback`;
let provider: IdentityProvider;
let config: client.Configuration;

beforeAll(async () => {
  const settings = { clientId: 'desk', clientSecret: 'a-secret-of-the-test', origins: [SITE] };
  provider = await startIdentityProvider({ port: await freePort(), ...settings });
  config = await client.discovery(new URL(provider.issuer), 'desk', settings.clientSecret, undefined, {
    execute: [client.allowInsecureRequests],
  });
});
afterAll(() => provider.stop());

/** A browser's part: follows redirects until they leave the provider, and keeps its cookies. */
function browser() {
  const cookies = new Map<string, string>();
  const go = async (url: string, init: RequestInit = {}): Promise<{ url: string; response: Response }> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (!location) return { url, response };
    const next = new URL(location, url).href;
    return next.startsWith(provider.issuer) ? go(next) : { url: next, response };
  };
  return go;
}

async function address(parameters: Record<string, string>): Promise<{ url: string; verifier: string }> {
  const verifier = client.randomPKCECodeVerifier();
  const challenge = {
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  const base = { redirect_uri: CALLBACK, scope: 'openid profile email', ...challenge, ...parameters };
  return { url: client.buildAuthorizationUrl(config, base).href, verifier };
}

test('a chosen account comes back with a verified address and a name', async () => {
  const go = browser();
  const { url, verifier } = await address({ state: 'a', nonce: 'n' });
  const page = await go(url);
  expect(await page.response.text()).toContain('Amara Lindqvist');
  const back = await go(page.url, { method: 'POST', body: new URLSearchParams({ account: 'amara' }) });
  const tokens = await client.authorizationCodeGrant(config, new URL(back.url), {
    pkceCodeVerifier: verifier,
    expectedState: 'a',
    expectedNonce: 'n',
  });
  expect(tokens.claims()).toMatchObject({
    email: 'amara.lindqvist@ccht.example',
    email_verified: true,
    name: 'Amara Lindqvist',
  });
});

test('the next sign-in in the same browser asks again who it is', async () => {
  const go = browser();
  const first = await go((await address({ state: 'a' })).url);
  await go(first.url, { method: 'POST', body: new URLSearchParams({ account: 'amara' }) });
  const second = await go((await address({ state: 'b' })).url);
  expect(await second.response.text()).toContain('Who signs in?');
});

test('a request without PKCE is refused', async () => {
  const bare = client.buildAuthorizationUrl(config, { redirect_uri: CALLBACK, scope: 'openid', state: 'a' });
  const back = await browser()(bare.href);
  expect(new URL(back.url).searchParams.get('error')).toBe('invalid_request');
});

test('an account that is not on the list signs nobody in', async () => {
  const go = browser();
  const page = await go((await address({ state: 'a' })).url);
  const answer = await go(page.url, { method: 'POST', body: new URLSearchParams({ account: 'mallory' }) });
  expect(answer.response.status).toBe(400);
});

test('a page of a sign-in that is over says where to begin again', async () => {
  const { response } = await browser()(`${provider.issuer}/interaction/nothing`);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(SITE);
});
