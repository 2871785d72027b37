import { Hono } from 'hono';
import * as z from 'zod';
import { eventIdOfSlug } from '../../domain/ids.ts';
import { Email } from '../../domain/person.ts';
import type { FieldError } from '../../domain/result.ts';
import { plus } from '../../domain/time.ts';
import { fieldErrors } from '../field-errors.ts';
import { viewEvent } from '../../usecases/list-events.ts';
import { CODE_LIVES, finishSignIn, signInWithProvider, signOut, startSignIn } from '../../usecases/sign-in.ts';
import type { StubEvent } from '../../../web/components/stub.tsx';
import { CodePage } from '../../../web/pages/sign-in-code.tsx';
import { SignInPage } from '../../../web/pages/sign-in.tsx';
import {
  CHALLENGE,
  dropCookie,
  dropSession,
  keepCookie,
  keepSession,
  readCookie,
  type Env,
  type Surroundings,
} from '../session.ts';
import {
  afterSignIn,
  formOf,
  frameOf,
  localPath,
  RESUMED,
  show,
  showRefusal,
  takeHeldForm,
  type PageContext,
} from './page.tsx';

const AUTH = 'auth';
const AUTH_LIVES_SECONDS = 600;
const Checks = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() });

/** The training that somebody came for, beside the sign-in. */
async function cameFor(c: PageContext, returnTo: string): Promise<StubEvent | null> {
  const id = eventIdOfSlug(returnTo.split(/[?#]/)[0]?.split('/')[2] ?? '');
  const seen = id && returnTo.startsWith('/trainings/') ? await viewEvent(c.var.desk, { id }) : null;
  return seen?.ok ? seen.value.event : null;
}

async function signInPage(c: PageContext, returnTo: string, email: string, errors: FieldError[], kept: boolean) {
  return show(
    c,
    <SignInPage
      frame={frameOf(c)}
      email={email}
      returnTo={returnTo}
      formKept={kept}
      event={await cameFor(c, returnTo)}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

interface CodeAsk {
  readonly returnTo: string;
  readonly email: string;
  readonly errors: FieldError[];
  readonly sentAgain: boolean;
}
async function codePage(
  c: PageContext,
  { returnTo, email, errors, sentAgain }: CodeAsk,
  status: 200 | 401 | 422 = 200,
) {
  return show(
    c,
    <CodePage
      frame={frameOf(c)}
      email={email}
      worksUntil={plus(c.var.desk.clock.now(), CODE_LIVES)}
      returnTo={returnTo}
      event={await cameFor(c, returnTo)}
      sentAgain={sentAgain}
      errors={errors}
    />,
    status,
    true,
  );
}

const byCode = new Hono<Env>()
  .get('/sign-in', (c) =>
    signInPage(c, localPath(c.req.query('return'), '/registrations'), '', [], c.req.query('kept') === '1'),
  )
  .post('/sign-in', async (c) => {
    const form = await formOf(c);
    const returnTo = localPath(form.get('return'), '/registrations');
    const email = Email.safeParse(form.get('email'));
    if (!email.success)
      return signInPage(
        c,
        returnTo,
        form.get('email'),
        fieldErrors(email.error).map((error) => ({ ...error, path: 'email' })),
        false,
      );
    const started = await startSignIn(c.var.desk, { email: email.data, network: c.var.network });
    if (!started.ok) return showRefusal(c, started.refusal);
    keepCookie(c, CHALLENGE, started.value.challenge, CODE_LIVES / 1000);
    return codePage(c, { returnTo, email: email.data, errors: [], sentAgain: form.get('again') === '1' });
  })
  .get('/sign-in/code', (c) => c.redirect('/sign-in', 303))
  .post('/sign-in/code', async (c) => {
    const form = await formOf(c);
    const returnTo = localPath(form.get('return'), '/registrations');
    const email = Email.safeParse(form.get('email'));
    if (!email.success) return c.redirect('/sign-in', 303);
    const wrong = (message: string, status: 401 | 422) =>
      codePage(c, { returnTo, email: email.data, errors: [{ path: 'code', message }], sentAgain: false }, status);
    if (form.get('code') === '') return wrong('Enter the code from our email', 422);
    const challenge = readCookie(c, CHALLENGE) ?? '';
    const signed = await finishSignIn(c.var.desk, {
      network: c.var.network,
      email: email.data,
      code: form.get('code').slice(0, 40),
      challenge,
    });
    if (!signed.ok)
      return signed.refusal.kind === 'wrong-code'
        ? wrong('That code does not work. Check the newest email, or send another code', 401)
        : showRefusal(c, signed.refusal);
    keepSession(c, signed.value);
    dropCookie(c, CHALLENGE);
    return c.redirect(afterSignIn(c, returnTo), 303);
  })
  .post('/sign-out', async (c) => {
    if (c.var.token) await signOut(c.var.desk, { token: c.var.token });
    dropSession(c);
    return c.redirect('/', 303);
  });

/** Signing in and out, by code or with a DHS account, and the form that was kept in the meantime. */
export function signInPages(
  { provider, origins, context, report }: Pick<Surroundings, 'provider' | 'origins' | 'context' | 'report'>,
  again: (request: Request) => Response | Promise<Response>,
): Hono<Env> {
  /** The address that they came by, where it is one of ours: what a Host header says is anybody's word. */
  const callbackOf = (c: PageContext) => {
    const { origin } = new URL(c.req.url);
    return `${origins.includes(origin) ? origin : context.desk.origin}/auth/callback`;
  };
  return new Hono<Env>()
    .route('/', byCode)
    .get('/auth/start', async (c) => {
      const { to, checks } = await provider.start(callbackOf(c));
      const returnTo = localPath(c.req.query('return'), '');
      keepCookie(c, AUTH, JSON.stringify({ ...checks, returnTo }), AUTH_LIVES_SECONDS);
      return c.redirect(to, 303);
    })
    .get('/auth/callback', async (c) => {
      const checks = Checks.safeParse(parsed(readCookie(c, AUTH)));
      dropCookie(c, AUTH);
      if (!checks.success) return c.redirect('/sign-in', 303);
      const email = await provider.finish(new URL(c.req.url), checks.data).catch((error: unknown) => {
        report(error instanceof Error ? error : new Error('The provider gave no reason'));
        return null;
      });
      if (!email)
        return showRefusal(c, {
          kind: 'forbidden',
          detail: 'Your account did not vouch for an email address. Sign in again, or with a code.',
        });
      const signed = await signInWithProvider(c.var.desk, { email });
      if (!signed.ok) return showRefusal(c, signed.refusal);
      keepSession(c, signed.value);
      const home = signed.value.role === 'staff' ? '/staff' : '/trainer';
      return c.redirect(afterSignIn(c, checks.data.returnTo || home), 303);
    })
    .get('/resume', async (c) => {
      const held = await takeHeldForm(c);
      if (!held) return c.redirect('/registrations', 303);
      const headers = new Headers({
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        cookie: c.req.header('cookie') ?? '',
      });
      const answer = await again(
        new Request(new URL(held.path, c.req.url), {
          method: 'POST',
          headers,
          body: `${held.body}&${RESUMED}=1`,
        }),
      );
      const shown = new Response(answer.body, answer);
      for (const cookie of c.res.headers.getSetCookie()) shown.headers.append('set-cookie', cookie);
      return shown;
    });
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
