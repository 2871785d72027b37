import type { Server } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startIdentityProvider, type IdentityProvider } from '../../functions/local/identity-provider.tsx';
import { closeServer, serveHere } from '../../functions/local/listening.ts';
import { freePort } from '../../functions/local/ports.ts';
import { expectAccessible, launchBrowser } from '../fixtures/browser.ts';

let site: string;
let siteServer: Server;
let browser: Browser;
let provider: IdentityProvider;

beforeAll(async () => {
  const port = await freePort();
  site = `http://127.0.0.1:${port}`;
  siteServer = await serveHere(() => new Response('the site'), port);
  const client = { clientId: 'desk', clientSecret: 'a-secret-of-the-test', origins: [site] };
  [provider, browser] = await Promise.all([
    startIdentityProvider({ port: await freePort(), ...client }),
    launchBrowser(),
  ]);
});
afterAll(() => Promise.all([browser.close(), provider.stop(), closeServer(siteServer)]));

/** Where the site sends somebody who signs in as staff or trainer. */
const signInAddress = (): string => {
  const query = new URLSearchParams({
    client_id: 'desk',
    redirect_uri: `${site}/auth/callback`,
    response_type: 'code',
    scope: 'openid profile email',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    state: 'here',
  });
  return `${provider.issuer}/auth?${query.toString()}`;
};

test.each([1280, 320])('the page that asks who signs in is accessible, %i pixels wide', async (width) => {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  const page = await context.newPage();
  await page.goto(signInAddress());
  await expectAccessible(page);
  await page.goto(`${provider.issuer}/interaction/over`);
  await expectAccessible(page);
  await context.close();
});

test('with scripts off, a press on a name goes back to the site with a code', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(signInAddress());
  await page.getByRole('button', { name: 'Ruth Castellan' }).click();
  await page.waitForURL(`${site}/auth/callback?*`);
  expect(new URL(page.url()).searchParams.get('code')).toMatch(/.{20}/);
  await context.close();
});
