import { generateKeyPair, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { interactionPolicy, Provider, type Configuration } from 'oidc-provider';
import { ACCOUNTS } from './accounts.ts';
import { IdentityPage, LostPage } from './identity-page.tsx';
import { closeServer, listen } from './listening.ts';
import { HOST } from './ports.ts';
import { identityMemory } from './identity-memory.ts';
import { addLocalFiles, isLocalFile } from './local-files.ts';

export interface IdentityProvider {
  readonly issuer: string;
  stop(): Promise<void>;
}

export interface IdentityOptions {
  readonly port: number;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the site answers; each of them gets a callback at `/auth/callback`. */
  readonly origins: readonly string[];
  /** Where it is reached, when something else in front of it does TLS. */
  readonly issuer?: string;
}

/** Starts an OpenID Connect provider with the fixed local accounts and a page to choose one of them. */
export async function startIdentityProvider(options: IdentityOptions): Promise<IdentityProvider> {
  const issuer = options.issuer ?? `http://${HOST}:${options.port}`;
  const provider = new Provider(issuer, await configuration(options));
  provider.proxy = options.issuer !== undefined;
  const protocol = provider.callback();
  const pages = getRequestListener(pagesOf(provider, options.origins).fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const ours = path.startsWith('/interaction/') || isLocalFile(path);
    void (ours ? pages(request, response) : protocol(request, response));
  });
  await listen(server, options.port);
  return { issuer, stop: () => closeServer(server) };
}

interface Exchange {
  Bindings: { incoming: IncomingMessage; outgoing: ServerResponse };
}

function pagesOf(provider: Provider, origins: readonly string[]): Hono<Exchange> {
  const app = new Hono<Exchange>();
  app.use(async (context, next) => {
    await next();
    // The form's answer is a redirect that ends at the site, so the site is named too.
    const forms = ["'self'", ...origins].join(' ');
    context.header(
      'content-security-policy',
      `default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; form-action ${forms}; frame-ancestors 'none'; base-uri 'none'`,
    );
  });
  addLocalFiles(app);
  app.get('/interaction/:uid', async (context) => {
    await provider.interactionDetails(context.env.incoming, context.env.outgoing);
    return context.html(<IdentityPage accounts={ACCOUNTS} />);
  });
  app.post('/interaction/:uid', async (context) => {
    const chosen = (await context.req.formData()).get('account');
    const account = ACCOUNTS.find(({ id }) => id === chosen);
    if (!account) return context.html(<IdentityPage accounts={ACCOUNTS} />, 400);
    const result = { login: { accountId: account.id } };
    const { incoming, outgoing } = context.env;
    return context.redirect(await provider.interactionResult(incoming, outgoing, result), 303);
  });
  // The way to a page of ours starts at the site; without it there is nothing to answer.
  app.onError((_error, context) => context.html(<LostPage site={origins[0] ?? '/'} />, 400));
  return app;
}

async function configuration(options: IdentityOptions): Promise<Configuration> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const { origins } = options;
  return {
    adapter: identityMemory(),
    clients: [
      {
        client_id: options.clientId,
        client_secret: options.clientSecret,
        redirect_uris: origins.map((origin) => `${origin}/auth/callback`),
        post_logout_redirect_uris: origins.map((origin) => `${origin}/`),
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kty: 'RSA', use: 'sig', alg: 'RS256', kid: 'local' }] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    interactions: { policy: alwaysAsk(), url: (_context, interaction) => `/interaction/${interaction.uid}` },
    ttl: {
      AccessToken: 3_600,
      AuthorizationCode: 60,
      IdToken: 3_600,
      Interaction: 3_600,
      Session: 3_600,
      Grant: 3_600,
    },
    findAccount: (_context, id) => claimsOf(id),
    loadExistingGrant: async (context) => {
      const { provider, session, client } = context.oidc;
      if (!session?.accountId || !client) return undefined;
      // The one client is ours: nobody is asked whether it may see the address.
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  };
}

/** A person who tries the roles changes between accounts all the time, so nobody stays signed in here. */
function alwaysAsk(): interactionPolicy.DefaultPolicy {
  const { base, Check } = interactionPolicy;
  const policy = base();
  const chosen = new Check('choose', 'The person is chosen at each sign-in', (context) =>
    context.oidc.result?.login ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
  );
  policy.get('login')?.checks.add(chosen);
  return policy;
}

function claimsOf(id: string): ReturnType<NonNullable<Configuration['findAccount']>> {
  const account = ACCOUNTS.find((one) => one.id === id);
  if (!account) return undefined;
  const { name, email } = account;
  return { accountId: id, claims: () => ({ sub: id, name, email, email_verified: true }) };
}
