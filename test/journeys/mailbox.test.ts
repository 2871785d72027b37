import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMailbox, type Mailbox } from '../../functions/local/mailbox.ts';
import { freePort } from '../../functions/local/ports.ts';
import { expectAccessible, launchBrowser } from '../fixtures/browser.ts';
import { invitation, sendMail } from '../fixtures/mail.ts';

const folder = mkdtempSync(join(tmpdir(), 'training-desk-test-'));
let browser: Browser;
let mailbox: Mailbox;

beforeAll(async () => {
  const smtpPort = await freePort();
  mailbox = await startMailbox({ smtpPort, webPort: await freePort(), folder, site: 'http://localhost:3000' });
  await sendMail(smtpPort, { to: 'n.adair@bay.example', subject: '482 913 is your sign-in code' });
  await sendMail(smtpPort, { to: 'dana@sheriff.example', subject: 'You have a seat', calendar: invitation(0) });
  await sendMail(smtpPort, { to: 'dana@sheriff.example', subject: 'Canceled', calendar: invitation(1, 'CANCEL') });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await mailbox.stop();
  rmSync(folder, { recursive: true });
});

describe.each([1280, 320])('the mailbox, %i pixels wide', (width) => {
  test.each([
    '/',
    '/messages/2',
    '/messages/2?view=text',
    '/messages/2?view=calendar',
    '/messages/3?view=headers',
    '/messages/3?view=source',
    '/messages/9',
  ])('%s is accessible', async (path) => {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.goto(mailbox.url + path);
    await expectAccessible(page);
    await context.close();
  });
});

test('with scripts off, one finds a person’s messages and reads one as they see it', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(mailbox.url);
  await page.getByLabel('Show messages to').selectOption('n.adair@bay.example');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect
    .poll(() => page.getByRole('main').getByRole('link').allInnerTexts())
    .toEqual(['482 913 is your sign-in code']);
  await page.getByRole('link', { name: '482 913 is your sign-in code' }).click();
  const letter = page.frameLocator('iframe[title="The message as its reader sees it"]');
  expect(await letter.locator('body').innerText()).toContain('You have a seat.');
  await context.close();
});
