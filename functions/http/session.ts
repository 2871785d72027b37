import type { MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Context as HonoContext, Hono } from 'hono';
import { NOBODY, type Actor } from '../domain/actor.ts';
import type { Refusal } from '../domain/result.ts';
import type { Problem as PageProblem } from '../../web/components/problem.tsx';
import type { Context } from '../usecases/context.ts';
import { identify, type SignedIn } from '../usecases/sign-in.ts';
import { callerOf } from './network.ts';
import { sendProblem, type ProblemStatus } from './problem.ts';
import type { IdentityProvider } from './provider.ts';

/** What a request carries through its handlers. */
export interface Env {
  Variables: {
    /** The desk as the caller may use it. */
    desk: Context;
    /** The caller's network address. */
    network: string;
    /** The secret of the session, for signing out; null without one. */
    token: string | null;
  };
}

/** Pages, and what they say where none of them is asked for or one fails. */
export interface Pages {
  mount(app: Hono<Env>, surroundings: Surroundings): void;
  refuse(c: HonoContext<Env>, refusal: Refusal): Response | Promise<Response>;
  say(c: HonoContext<Env>, problem: PageProblem, status: ProblemStatus): Response | Promise<Response>;
}

/** What the composition gives the application. */
export interface Surroundings {
  /** The desk, acted upon by nobody yet. */
  readonly context: Omit<Context, 'actor'>;
  /** The addresses that the pages are served from; forms may come from no other. */
  readonly origins: readonly string[];
  /** What of the application this process serves. */
  readonly api?: Hono<Env>;
  readonly pages?: Pages;
  /** Signs staff and trainers in. */
  readonly provider: IdentityProvider;
  /** Serves the stylesheet, fonts and images under `/assets`. */
  readonly assets: MiddlewareHandler;
  /** The caller's network address, from what the platform says. */
  networkOf(request: Request): string;
  /** Keeps an error of ours on record, without what the request held. */
  report(error: Error): void;
}

/** On https the name binds a cookie to this host and to https (RFC 6265bis section 4.1.3.2). */
export const cookieName = (origin: string, name: string): string =>
  origin.startsWith('https:') ? `__Host-${name}` : name;

export function keepCookie(c: HonoContext<Env>, name: string, value: string, seconds: number): void {
  const { origin } = c.var.desk.desk;
  setCookie(c, cookieName(origin, name), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: origin.startsWith('https:'),
    maxAge: seconds,
  });
}
export function dropCookie(c: HonoContext<Env>, name: string): void {
  const { origin } = c.var.desk.desk;
  deleteCookie(c, cookieName(origin, name), { path: '/', secure: origin.startsWith('https:') });
}
export const readCookie = (c: HonoContext<Env>, name: string): string | undefined =>
  getCookie(c, cookieName(c.var.desk.desk.origin, name));

const SESSION = 'session';
/** Holds the challenge of a sign-in, so that a code works only in the browser that asked for it. */
export const CHALLENGE = 'challenge';

/** Begins the browser's session. */
export function keepSession(c: HonoContext<Env>, signed: SignedIn): void {
  const seconds = Math.floor((signed.expiresAt - c.var.desk.clock.now()) / 1000);
  keepCookie(c, SESSION, signed.token, seconds);
}
export const dropSession = (c: HonoContext<Env>): void => dropCookie(c, SESSION);

/** The token of the Authorization header; its scheme is written in any case (RFC 9110 section 11.1). */
const bearerOf = (c: HonoContext): string | undefined =>
  /^Bearer +([a-z2-7]+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
const saysBearer = (c: HonoContext): boolean => /^Bearer( |$)/i.test(c.req.header('authorization') ?? '');

/**
 * Who asks: by a bearer token, else by the session cookie, else nobody. A bearer token that stands for nobody is refused,
 * even where nobody may look: its client takes itself for somebody. A browser whose session has ended is nobody.
 */
export function identifyCaller(surroundings: Surroundings): MiddlewareHandler<Env> {
  const { context } = surroundings;
  return async (c, next) => {
    const bearer = bearerOf(c);
    const token = bearer ?? getCookie(c, cookieName(context.desk.origin, SESSION)) ?? null;
    const actor: Actor = token === null ? NOBODY : await identify(context, token);
    if (saysBearer(c) && (bearer === undefined || actor === NOBODY)) return refuseBearer(c);
    c.set('desk', { ...context, actor });
    c.set('network', callerOf(surroundings.networkOf(c.req.raw)));
    c.set('token', token);
    return next();
  };
}

/** As RFC 6750 section 3 says it. */
function refuseBearer(c: HonoContext): Response {
  c.header('WWW-Authenticate', 'Bearer error="invalid_token"');
  return sendProblem(c, {
    type: 'about:blank#token-unknown',
    title: 'That token does not work',
    status: 401,
    detail: 'It is malformed, has ended, or was never one. Get another from POST /api/sign-in, or ask without it',
  });
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a form or a call that another site makes a browser send. Browsers say where a request comes from (Fetch
 * Metadata); older ones say the origin. A request with the session cookie and neither is refused; one with a bearer
 * token can't be forged by another site.
 */
export function refuseForgery(surroundings: Surroundings): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (SAFE.has(c.req.method)) return next();
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const foreign =
      (site !== undefined && site !== 'same-origin' && site !== 'none') ||
      (origin !== undefined && origin !== 'null' && !surroundings.origins.includes(origin)) ||
      (origin === 'null' && site !== 'same-origin');
    const bearer = bearerOf(c) !== undefined;
    const cookie = readCookie(c, SESSION) !== undefined;
    const silent = site === undefined && origin === undefined;
    if (foreign || (cookie && silent && !bearer))
      return sendProblem(c, {
        type: 'about:blank#forged',
        title: 'Not allowed',
        status: 403,
        detail: 'This came from another site. Open the page here and send it again',
      });
    return next();
  };
}
