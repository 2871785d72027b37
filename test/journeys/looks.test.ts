import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT, buildStyles } from '../../web/build.ts';
import { expectAccessible, launchBrowser } from '../fixtures/browser.ts';
import { previews } from '../fixtures/previews.ts';

const POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'";
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
};

/** Every preview at `/<name>`, under the policy of the product, with its styles. */
const gallery = new Hono()
  .get('/assets/*', async (c) => {
    const path = normalize(c.req.path).replace('/assets/', '');
    const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    return c.body(await readFile(join(BUILT, path)), 200, { 'content-type': type });
  })
  .get('/:name', (c) => {
    const preview = previews[c.req.param('name')];
    return preview ? c.html(preview(), 200, { 'content-security-policy': POLICY }) : c.notFound();
  });

describe('the looks of every page', () => {
  let server: ServerType;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    await buildStyles();
    base = await new Promise((resolve) => {
      server = serve({ fetch: gallery.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
        resolve(`http://127.0.0.1:${port}`),
      );
    });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  // 320 pixels are 1280 at 400% zoom (WCAG 1.4.10).
  describe.each([1280, 320])('at %i pixels', (width) => {
    let page: Page;
    beforeAll(async () => {
      const context = await browser.newContext({ viewport: { width, height: 900 } });
      page = await context.newPage();
    });
    afterAll(async () => page.context().close());

    it.each(Object.keys(previews))('%s is accessible and never scrolls sideways', async (name) => {
      await page.goto(`${base}/${name}`);
      await expectAccessible(page);
    });
  });

  it('moves the focus to the summary of errors, whose links go to the fields', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${base}/register-errors`);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('errors');
    await page.getByRole('link', { name: 'Choose a session' }).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('sessions');
    await page.context().close();
  });

  it.each([
    ['staff-review-deny', 'Deny Simone Arkady'],
    ['staff-review-nobody-picked', 'Tick at least one person'],
    ['staff-editor-seats', 'Not saved yet'],
  ])('moves the focus to what a press opened on %s', async (name, words) => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${base}/${name}`);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(words);
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
    await page.context().close();
  });

  it.each(['register', 'home-mine', 'staff-today', 'staff-review', 'staff-roster', 'trainer-attendees'])(
    'what people type without a blank ends at the edge of %s',
    async (name) => {
      const page = await (await browser.newContext()).newPage();
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${base}/${name}`);
        const over = await page.evaluate(() => {
          const long = /Preparing a first request|Noelle|Dana|Once or twice|quarterly|Department/g;
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let text = texts.nextNode(); text; text = texts.nextNode())
            text.textContent = (text.textContent ?? '').replace(long, 'Unbroken'.repeat(14));
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        expect(over, `at ${width} pixels`).toBe(0);
      }
      await page.context().close();
    },
  );

  it('prints an attendee list as a table to sign, on paper as narrow as a phone', async () => {
    const page = await (await browser.newContext({ viewport: { width: 720, height: 900 } })).newPage();
    await page.emulateMedia({ media: 'print' });
    await page.goto(`${base}/trainer-attendees`);
    const cell = page.locator('.sheet tbody td').first();
    expect(await cell.evaluate((one) => getComputedStyle(one).display)).toBe('table-cell');
    const head = page.locator('.sheet thead tr');
    expect(await head.evaluate((one) => getComputedStyle(one, '::after').content)).toBe('"Signature"');
    for (const hidden of ['button', 'nav', 'aside']) expect(await page.locator(hidden).first().isVisible()).toBe(false);
    await page.context().close();
  });

  it('marks where one is also where the reader’s own colors stand in for ours', async () => {
    const page = await (await browser.newContext({ forcedColors: 'active' })).newPage();
    await page.goto(`${base}/home`);
    const line = (selector: string) =>
      page.locator(selector).evaluate((one) => getComputedStyle(one).borderBottomColor);
    expect(await line('.site-nav a[aria-current]')).not.toBe(await line('.site-nav a:not([aria-current])'));
    await page.context().close();
  });

  it('shows the email of the reason that is chosen, before anybody is denied', async () => {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`${base}/staff-review-deny`);
    expect(await page.getByText('This webinar covers open casework').isVisible()).toBe(true);
    await page.getByText('We couldn’t confirm the agency').click();
    expect(await page.getByText('We couldn’t confirm that you work for the agency').isVisible()).toBe(true);
    expect(await page.getByText('This webinar covers open casework').isVisible()).toBe(false);
    await page.context().close();
  });

  it('gives participants targets of 44 pixels', async () => {
    const page = await (await browser.newContext({ viewport: { width: 390, height: 900 } })).newPage();
    const small: string[] = [];
    for (const name of ['home', 'event', 'register', 'my-registrations', 'sign-in', 'code', 'join-open', 'give-back']) {
      await page.goto(`${base}/${name}`);
      const heights = await page
        .locator(
          'main :is(.usa-button, .usa-input, .usa-select, .card-links a, .usa-radio__label, .usa-checkbox__label)',
        )
        .evaluateAll((found) =>
          found.map((one) => ({ words: one.textContent ?? '', height: one.getBoundingClientRect().height })),
        );
      small.push(
        ...heights.filter(({ height }) => height < 44).map(({ words, height }) => `${name}: ${words} ${height}`),
      );
    }
    expect(small).toEqual([]);
    await page.context().close();
  });
});
