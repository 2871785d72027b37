import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  expectFinished,
  follow,
  journeys,
  mailsTo,
  press,
  enterCode,
  signInAs,
  tick,
  visit,
} from '../fixtures/journey.ts';
import type { Server } from '../fixtures/server.ts';

const { aDesk, somebody } = journeys();
const PATIENCE = { timeout: 180_000 };
const TITLE = 'Working with interpreters';

/** A date some weeks from now, as a date field takes it, on a Wednesday. */
function wednesday(weeks: number): string {
  const day = new Date(Date.now() + weeks * 7 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((3 - day.getUTCDay() + 7) % 7));
  return day.toISOString().slice(0, 10);
}

/** Staff schedule a webinar with one seat, in the form, mistakes included. */
async function schedule(page: Page, server: Server): Promise<void> {
  await visit(page, server, '/staff');
  await follow(page, 'New event');
  await page.getByLabel('Counts toward').selectOption({ label: 'Continued Presence webinar, public edition' });
  await page.getByLabel('Title').first().fill(TITLE);
  await press(page, 'Publish');
  await expect.poll(() => page.title()).toMatch(/^Error: /);
  expect(await page.getByLabel('Title').first().inputValue(), 'what was typed is still there').toBe(TITLE);
  await page.getByRole('link', { name: 'Enter the date of session 1' }).click();
  await page.getByLabel('One sentence about it').fill('How to work with an interpreter in an interview.');
  await page.getByLabel('Title').nth(1).fill('Webinar');
  await page.getByLabel('Date').fill(wednesday(6));
  await page.getByLabel('Starts').fill('13:00');
  await page.getByLabel(/Join link/).fill('https://meet.example.gov/the-meeting-itself');
  await page.getByLabel('Seats').fill('1');
  await page.getByLabel('Opens on').fill(wednesday(-2));
  await page.getByLabel('Closes on').fill(wednesday(5));
  await tick(page, 'Ruth Castellan');
  await press(page, 'Add a question');
  expect(await page.evaluate(() => document.activeElement?.id), 'in the new block').toBe('f-questions-0-label');
  await press(page, 'Remove question 1');
  await press(page, 'Save draft');
  await press(page, 'Publish');
  await expect.poll(() => page.url()).toMatch(/\/roster$/);
}

/** Somebody finds the webinar, signs in on the way, and registers. */
async function register(page: Page, server: Server, email: string, name: [string, string]): Promise<void> {
  await visit(page, server, '/?for=public');
  await follow(page, new RegExp(`^(Register|Join the waitlist).*${TITLE}`));
  await enterCode(page, server, email);
  await page.getByLabel('Given name').fill(name[0]);
  await page.getByLabel('Family name').fill(name[1]);
  await press(page, /^(Register|Join the waitlist)$/);
  expect(await page.title()).toMatch(/^Error: /);
  await page.getByLabel('Agency or organization').fill('Harlow County Sheriff’s Office');
  await tick(page, 'Large print');
  await press(page, /^(Register|Join the waitlist)$/);
}

test('from scheduling to the trainer’s file, through all three roles', PATIENCE, async () => {
  const server = await aDesk();
  const staff = await somebody();
  await signInAs(staff.page, server, 'Amara Lindqvist');
  await schedule(staff.page, server);

  const dana = await somebody();
  await register(dana.page, server, 'dana@harlow.example.org', ['Dana', 'Whitfield']);
  await expect(dana.page.getByRole('heading', { level: 1 }).innerText()).resolves.toBe('You have a seat');
  const lee = await somebody(320);
  await register(lee.page, server, 'lee@harlow.example.org', ['Lee', '=SUM(1,2)']);
  await expect(lee.page.getByRole('heading', { level: 1 }).innerText()).resolves.toBe('You are 1st on the waitlist');

  const [invitation] = await mailsTo(server, 'dana@harlow.example.org', /^You have a seat/);
  expect(invitation?.text).toContain('/join/');
  expect(JSON.stringify(invitation)).not.toContain('the-meeting-itself');

  const trainer = await somebody();
  await signInAs(trainer.page, server, 'Ruth Castellan');
  await visit(trainer.page, server, '/trainer');
  await follow(trainer.page, new RegExp(`Attendee list.*${TITLE}`));
  await trainer.page.getByLabel('Find a person or an agency').fill('whit harlow');
  await press(trainer.page, 'Find');
  await expect(trainer.page.getByRole('cell', { name: 'Whitfield, Dana' }).count()).resolves.toBe(1);
  const list = trainer.page.url();

  await visit(dana.page, server, '/registrations');
  await follow(dana.page, /Give seat back/);
  await press(dana.page, /Give my seat back/);
  await mailsTo(server, 'lee@harlow.example.org', /^You have a seat/);
  await visit(lee.page, server, '/registrations');
  await expect(lee.page.getByRole('heading', { name: /You have a seat/ }).count()).resolves.toBe(1);
  await follow(lee.page, /Open my join page/);

  await trainer.page.goto(list);
  await tick(trainer.page, 'Email');
  const [download] = await Promise.all([
    trainer.page.waitForEvent('download'),
    trainer.page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  const file = await (await download.createReadStream()).toArray();
  const text = Buffer.concat(file.map((part) => Buffer.from(part))).toString();
  expect(text).toContain('lee@harlow.example.org');
  expect(text).not.toContain('dana@harlow.example.org');
});

test('a form survives the end of its session: sign in again, and every answer is back', PATIENCE, async () => {
  const server = await aDesk();
  const { page, context } = await somebody();
  await visit(page, server, '/?for=public');
  await follow(page, /^Register.*what the public/);
  await enterCode(page, server, 'kim@agency.example.gov');
  await page.getByLabel('Given name').fill('Kim');
  await page.getByLabel('Agency or organization').fill('An agency with a long name');
  await tick(page, 'Large print');
  await page.getByLabel('Something else').fill('A seat near the screen');
  await context.clearCookies({ name: 'session' });
  await press(page, 'Register');
  await enterCode(page, server, 'kim@agency.example.gov');
  expect(await page.getByLabel('Given name').inputValue()).toBe('Kim');
  expect(await page.getByLabel('Agency or organization').inputValue()).toBe('An agency with a long name');
  expect(await page.getByLabel('Large print').isChecked()).toBe(true);
  expect(await page.getByLabel('Something else').inputValue()).toBe('A seat near the screen');
  await page.getByLabel('Full name').fill('Kim');
  await press(page, 'Register');
  await expect(page.getByRole('heading', { level: 1 }).innerText()).resolves.toBe('You have a seat');
});

test('staff review people: a yes is a seat, a no says why', PATIENCE, async () => {
  const server = await aDesk();
  const { page } = await somebody();
  await signInAs(page, server, 'Amara Lindqvist');
  await visit(page, server, '/staff');
  await follow(page, /Review people/);
  await tick(page, 'Select Noelle Adair');
  await press(page, /^Approve selected people/);
  await expect(page.getByText('Approved 1 person.').count()).resolves.toBe(1);
  await tick(page, 'Select Sam Arkwright');
  await press(page, /^Deny selected.*Nothing known/);
  await page.getByRole('radio', { name: 'We couldn’t confirm the agency' }).focus();
  await page.keyboard.press('Space');
  await press(page, /^Deny Sam Arkwright/);
  const [denial] = await mailsTo(server, 'sam.arkwright@cedarlake.example.org', /./);
  expect(denial?.text).toContain('couldn’t confirm the agency');
  const [seat] = await mailsTo(server, 'noelle.adair@stonebrook-pd.example.org', /./);
  expect(seat?.subject).toMatch(/^You have a seat/);
  await follow(page, /^Roster/);
  const roster = new URL(page.url()).pathname;
  for (const tab of [/^Waitlist/, /^History/]) await follow(page, tab);
  await visit(page, server, roster);
  await follow(page, 'Noelle Adair');
  await press(page, /^End the registration/);
  expect(await page.title()).toMatch(/^Error: /);
  await page.getByLabel('Why').fill('You asked us by telephone.');
  await press(page, /^End the registration/);
  await press(page, 'Allow a new registration');
  for (const path of ['/staff/events', '/staff/people', '/staff/messages']) await visit(page, server, path);
});

test('somebody from DHS puts an agenda together for the seminar, on a phone', PATIENCE, async () => {
  const server = await aDesk();
  const { page } = await somebody(320);
  await visit(page, server, '/sign-in');
  await enterCode(page, server, 'jo@fema.dhs.gov');
  await visit(page, server, '/?for=dhs');
  await follow(page, /^Annual DHS seminar/);
  await page.goto(`${page.url()}/agenda`);
  await expectFinished(page);
  await tick(page, 'Opening: what changed this year');
  await press(page, /Take this track.*Victim protection, Tuesday/);
  expect(await page.evaluate(() => document.activeElement?.id), 'at the day').toMatch(/^day-/);
  await press(page, /^Go on to register/);
  await page.getByLabel('Full name').fill('Jo Moreau');
  await page.getByLabel('Agency or organization').fill('FEMA');
  await press(page, 'Register');
  await expect(page.getByRole('heading', { level: 1 }).innerText()).resolves.toBe('You have a seat');
});
