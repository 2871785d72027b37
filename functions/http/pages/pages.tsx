import type { Hono } from 'hono';
import { ProblemPage } from '../../../web/pages/problem.tsx';
import type { Env, Pages } from '../session.ts';
import { frameOf, show, showRefusal } from './page.tsx';
import { signInPages } from './sign-in.tsx';

/** Some pages, in the order in which their routes are tried, and signing in, which is everybody's. */
export const pagesOf = (pages: readonly Hono<Env>[]): Pages => ({
  mount(app, surroundings) {
    for (const each of [...pages, signInPages(surroundings, (request) => app.fetch(request))]) app.route('/', each);
  },
  refuse: showRefusal,
  say: (c, problem, status) => show(c, <ProblemPage frame={frameOf(c)} problem={problem} />, status),
});
