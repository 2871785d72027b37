import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import type { Child } from 'hono/jsx';
import { personOf } from '../../domain/actor.ts';
import { RegistrationId } from '../../domain/ids.ts';
import { firstName, type Person } from '../../domain/person.ts';
import { unknown, type Refusal, type Result } from '../../domain/result.ts';
import { clockWithZone, dateWithoutYear, EASTERN, TimeZone, type Instant } from '../../domain/time.ts';
import { findHeldForm, FORM_WAITS, holdForm } from '../../usecases/held-form.ts';
import type { DeskFrame, Frame } from '../../../web/frame.ts';
import type { Problem } from '../../../web/components/problem.tsx';
import { ProblemPage } from '../../../web/pages/problem.tsx';
import { EXAMPLE_SITE } from '../../../web/site.ts';
import { problemOf, retryAfter, type ProblemStatus } from '../problem.ts';
import { dropCookie, keepCookie, readCookie, type Env } from '../session.ts';

export type PageContext = HonoContext<Env>;

/** The cookie of a visitor's zone; the profile's comes first. */
export const ZONE = 'zone';
const HELD_FORM = 'form';
const NOTICE = 'notice';

/** "Dana W.", or the part of the address before the at sign. */
function viewerLabel({ profile, email }: Person): string {
  if (!profile) return email.slice(0, email.indexOf('@'));
  const family = profile.familyName || profile.name.split(' ').slice(1).at(-1) || '';
  return [firstName(profile), family && `${family[0]}.`].filter(Boolean).join(' ');
}

export const pathOf = (c: PageContext): string => {
  const url = new URL(c.req.url);
  return c.req.method === 'GET' ? url.pathname + url.search : url.pathname;
};

/** What every page for participants is given. */
export function frameOf(c: PageContext): Frame {
  const { desk } = c.var;
  const person = personOf(desk.actor);
  const cookie = TimeZone.safeParse(readCookie(c, ZONE));
  return {
    site: EXAMPLE_SITE,
    now: desk.clock.now(),
    zone: person?.profile?.timeZone ?? (cookie.success ? cookie.data : null),
    viewer: person ? { label: viewerLabel(person) } : null,
    path: pathOf(c),
  };
}

/** What every page for staff and trainers is given. */
export function deskFrameOf(c: PageContext): DeskFrame {
  const { desk } = c.var;
  const person = personOf(desk.actor);
  const notice = readCookie(c, NOTICE);
  if (notice !== undefined) dropCookie(c, NOTICE);
  return {
    site: EXAMPLE_SITE,
    now: desk.clock.now(),
    zone: person?.profile?.timeZone ?? EASTERN,
    name: person?.profile?.name ?? person?.email ?? '',
    path: pathOf(c),
    ...(notice ? { notice } : {}),
  };
}

/** Says once, above the next page, what a press did. Never a name: cookies are kept. */
export const noticeNext = (c: PageContext, words: string): void => keepCookie(c, NOTICE, words, 60);

/**
 * A page of somebody's own is kept by no cache.
 * @param own it is, though nobody is signed in: its address is a secret, or they typed who they are
 */
export function show(
  c: PageContext,
  page: Child,
  status: 200 | 401 | ProblemStatus = 200,
  own = personOf(c.var.desk.actor) !== null,
): Response | Promise<Response> {
  c.header('Cache-Control', own ? 'no-store' : 'no-cache');
  return c.html(<>{page}</>, status);
}

/**
 * A refusal as a page, or where signing in mends it, the way there and back.
 * @param pageOf the page that says it; a participant's unless told
 */
export async function showRefusal(
  c: PageContext,
  refusal: Refusal,
  pageOf = (problem: Problem): Child => <ProblemPage frame={frameOf(c)} problem={problem} />,
): Promise<Response> {
  if (refusal.kind === 'signed-out') return toSignIn(c);
  const { status } = problemOf(refusal);
  const seconds = retryAfter(refusal);
  if (seconds !== undefined) c.header('Retry-After', String(seconds));
  return show(c, pageOf(pageProblem(refusal, frameOf(c).zone ?? EASTERN)), status);
}

/** What the page of a refusal says, with moments as people in that zone say them. */
export function pageProblem(refusal: Refusal, zone: TimeZone): Problem {
  const { title, detail } = problemOf(refusal);
  const on = (at: Instant) => `${dateWithoutYear(at, zone)}, at ${clockWithZone(at, zone)}`;
  switch (refusal.kind) {
    case 'unknown':
      return { kind: 'not-found', what: PAGES_OF[refusal.what] ?? 'page' };
    case 'forbidden':
    case 'not-in-audience':
      return { kind: 'forbidden', detail: refusal.detail };
    case 'over':
      return { kind: 'over', detail: `It ended on ${on(refusal.endedAt)}.` };
    case 'slow-down':
      return { kind: 'too-many', retryAfterMinutes: Math.ceil(refusal.retryAfterSeconds / 60) };
    case 'busy':
      return { kind: 'busy' };
    case 'invalid':
      return { kind: 'unreadable', detail: refusal.errors.map((error) => error.message).join('. ') };
    case 'closed': {
      const when = refusal.because === 'not-open-yet' ? 'opens' : 'closed';
      return { kind: 'conflict', detail: `${title}.${refusal.at ? ` It ${when} on ${on(refusal.at)}.` : ''}` };
    }
    case 'version-stale':
      return {
        kind: 'conflict',
        detail:
          'Somebody changed it meanwhile, so what you sent was not saved. Open the page again to see how it stands.',
      };
    case 'conflict':
    case 'signed-out':
    case 'too-early':
    case 'would-wait':
    case 'version-missing':
    case 'wrong-code':
      return { kind: 'conflict', detail: `${title}. ${detail}.` };
  }
}
const PAGES_OF: Readonly<Record<string, 'training' | 'registration' | 'join-link'>> = {
  event: 'training',
  training: 'training',
  registration: 'registration',
  'join page': 'join-link',
};

/** Does something with the registration that the address names. */
export async function withRegistration<T>(
  c: PageContext,
  act: (id: RegistrationId) => Promise<Result<T>>,
): Promise<Result<T>> {
  const id = RegistrationId.safeParse(c.req.param('id'));
  return id.success ? act(id.data) : unknown('registration');
}

/** A path of ours to go to: never another site. */
export function localPath(text: string | undefined, otherwise: string): string {
  if (!text || !/^\/(?![/\\])[^\s\p{Cc}\\]{0,500}$/u.test(text)) return otherwise;
  return text;
}

/** With where they came from, if that is an address to go back to: a gateway sends no header of any length. */
function toSignIn(c: PageContext, kept = false): Response {
  const from = localPath(pathOf(c), '');
  const query = new URLSearchParams({ ...(from ? { return: from } : {}), ...(kept ? { kept: '1' } : {}) });
  return c.redirect(`/sign-in?${query.toString()}`, 303);
}

/**
 * For routes of forms with answers: one that is sent after its session had ended is kept whole, and is there again
 * when its person has signed in (WCAG 2.2.1). Only such forms are ever shown again; a press that acts is not repeated.
 */
export const keepsForm: MiddlewareHandler<Env> = async (c, next) => {
  const { desk } = c.var;
  if (desk.actor.role !== 'nobody') return next();
  const secret = await holdForm(desk, { path: pathOf(c), body: await c.req.text() }, c.var.network);
  if (secret === null) return toSignIn(c);
  keepCookie(c, HELD_FORM, secret, FORM_WAITS / 1000);
  return toSignIn(c, true);
};

/** Where to go after signing in: to the form that was kept, else where they came from. */
export const afterSignIn = (c: PageContext, returnTo: string): string =>
  readCookie(c, HELD_FORM) === undefined ? returnTo : '/resume';

/** The form that waits for this browser, once. */
export async function takeHeldForm(c: PageContext): Promise<{ path: string; body: string } | null> {
  const secret = readCookie(c, HELD_FORM);
  if (secret === undefined) return null;
  dropCookie(c, HELD_FORM);
  return findHeldForm(c.var.desk, secret);
}

/** A form's fields, as the browser sent them. */
export class Form {
  readonly #fields: URLSearchParams;
  constructor(body: string) {
    this.#fields = new URLSearchParams(body);
  }
  /** A single value, without surrounding blanks; empty where there is none. */
  get(name: string): string {
    return (this.#fields.get(name) ?? '').trim();
  }
  all(name: string): string[] {
    return this.#fields.getAll(name);
  }
  has(name: string): boolean {
    return this.#fields.has(name);
  }
  names(): string[] {
    return [...new Set(this.#fields.keys())];
  }
  /** Those of them with more than blanks. */
  filled(): string[] {
    return [...new Set([...this.#fields].flatMap(([name, value]) => (value.trim() === '' ? [] : [name])))];
  }
  /** It was kept while its person signed in again: it is shown with its answers, and does nothing yet. */
  get resumed(): boolean {
    // ours is the last of them, whatever the form itself holds
    return this.#fields.getAll(RESUMED).includes('1');
  }
}
export const RESUMED = '_resumed';

export const formOf = async (c: PageContext): Promise<Form> => new Form(await c.req.text());
