import type { Context as HonoContext } from 'hono';
import type { ClosedBecause, FieldError, Refusal } from '../domain/result.ts';
import { isoOf } from '../domain/time.ts';

/** An error as RFC 9457 writes it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: ProblemStatus;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 415 | 422 | 428 | 429 | 500 | 503;

const CLOSED: Readonly<Record<ClosedBecause, string>> = {
  'not-open-yet': 'Registration is not open yet',
  closed: 'Registration is closed',
  cancelled: 'This event is canceled',
  past: 'This event has started',
};

/** So many wrong fields are named in one answer: a small body can have tens of thousands. */
const MOST_ERRORS = 100;

/** What each refusal is in HTTP. This is the only place that knows. */
export function problemOf(refusal: Refusal): Problem {
  const say = (status: ProblemStatus, title: string, detail: string): Problem => ({
    type: `about:blank#${refusal.kind}`,
    title,
    status,
    detail,
  });
  switch (refusal.kind) {
    case 'signed-out':
      return say(401, 'Sign in first', 'This needs a session or a token');
    case 'wrong-code':
      return say(401, 'That code does not work', 'Check the newest email from us, or ask for another code');
    case 'forbidden':
      return say(403, 'Not allowed', refusal.detail);
    case 'not-in-audience':
      return say(403, 'Not open to you', refusal.detail);
    case 'too-early':
      return say(403, 'Too early', `The join button opens at ${isoOf(refusal.opensAt)}`);
    case 'unknown':
      return say(404, 'Not found', `There is no such ${refusal.what}, or it is not yours to see`);
    case 'closed':
      return say(409, CLOSED[refusal.because], closedDetail(refusal));
    case 'conflict':
      return say(409, 'Not possible now', refusal.detail);
    case 'would-wait':
      return say(409, 'You would wait', wouldWait(refusal));
    case 'over':
      return say(410, 'Over', `It ended at ${isoOf(refusal.endedAt)}`);
    case 'version-stale':
      return say(412, 'Changed meanwhile', 'Somebody changed this. Read it again, then make your change');
    case 'invalid': {
      const errors = refusal.errors.slice(0, MOST_ERRORS);
      return { ...say(422, 'Fix what you sent', sentences(errors)), errors };
    }
    case 'version-missing':
      return say(428, 'Say which version you saw', 'Send the ETag that you read in If-Match');
    case 'busy':
      return say(429, 'Busy', 'Many people are at it in this moment. Try again in a second');
    case 'slow-down':
      return say(429, 'Too many tries', `Try again in ${refusal.retryAfterSeconds} seconds`);
  }
}

function closedDetail(refusal: Extract<Refusal, { kind: 'closed' }>): string {
  if (refusal.at === undefined) return CLOSED[refusal.because];
  const when = isoOf(refusal.at);
  return refusal.because === 'not-open-yet' ? `Registration opens at ${when}` : `Registration closed at ${when}`;
}

function wouldWait({ waiting, room }: Extract<Refusal, { kind: 'would-wait' }>): string {
  const why = room ? 'Seats of that session are given out in line' : 'That session is full';
  return `${why}, with ${waiting} waiting. Send waitIfFull to give up your seat and wait for one there`;
}

const sentences = (errors: readonly FieldError[]): string =>
  errors.map((error) => `${error.path}: ${error.message}`).join('. ');

export function sendProblem(c: HonoContext, problem: Problem, retryAfterSeconds?: number): Response {
  c.header('Content-Type', 'application/problem+json');
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds));
  return c.body(JSON.stringify(problem), problem.status);
}

export const sendRefusal = (c: HonoContext, refusal: Refusal): Response =>
  sendProblem(c, problemOf(refusal), retryAfter(refusal));

export const retryAfter = (refusal: Refusal): number | undefined =>
  refusal.kind === 'slow-down' ? refusal.retryAfterSeconds : refusal.kind === 'busy' ? 1 : undefined;
