import { renderToString } from 'hono/jsx/dom/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite, type Site } from '../fixtures/app.ts';
import { previews } from '../fixtures/previews.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** A route's address as what it matches: `/calendar/:file{.+\.ics}`. */
const patternOf = (route: string): RegExp =>
  new RegExp(`^${route.replaceAll(/:\w+(?:\{([^}]*)\})?/g, (_, pattern: string | undefined) => pattern ?? '[^/]+')}$`);

const isServed = (method: string, path: string): boolean =>
  site.app.routes.some((route) => route.method === method && patternOf(route.path).test(path));

/** What the links, forms and buttons of a page ask of this site: "POST /sign-out". */
function askedBy(html: string): string[] {
  const links = [...html.matchAll(/<a\b[^>]*? href="(\/[^"]*)"/g)].map(([, href = '']) => ['GET', href]);
  const forms = [...html.matchAll(/<form\b[^>]*>/g)].map(([tag]) => [
    tag.includes('method="post"') ? 'POST' : 'GET',
    / action="([^"]*)"/.exec(tag)?.[1] ?? '',
  ]);
  return [...links, ...forms].map(([method, address = '']) => `${method} ${address.split(/[?#]/)[0]}`);
}

test.each(Object.entries(previews))('everything on the page %s leads somewhere', (_name, preview) => {
  const nowhere = askedBy(renderToString(preview())).filter((asked) => {
    const [method = '', path = ''] = asked.split(' ');
    return !isServed(method, path);
  });
  expect(nowhere).toEqual([]);
});
