import { expect, test } from 'vitest';
import {
  enterCode,
  expectFinished,
  follow,
  journeys,
  mailsTo,
  press,
  signInAs,
  tick,
  visit,
} from '../fixtures/journey.ts';

const { aDesk, somebody } = journeys();
const KIM = 'kim.vale@marrowbay.example.org';
const SUPERVISOR = 'j.tran@harlowsheriff.example.org';

test('an applicant asks a supervisor, who confirms with one press; staff see it, and decide on person and host apart', async () => {
  const server = await aDesk();
  const kim = await somebody(320, false);
  const text = async () => kim.page.locator('main').innerText();
  await visit(kim.page, server, '/sign-in');
  await enterCode(kim.page, server, KIM);
  await visit(kim.page, server, '/?for=law-enforcement');
  await follow(kim.page, /^Apply.*quarterly webinar/);
  expect(await text()).toContain('More than one office uses marrowbay.example.org');
  expect(await text()).toContain('In the last 30 days, half had an answer within 1 working day');
  await kim.page.getByLabel('Full name').fill('Kim Vale');
  await kim.page.getByLabel('Agency or organization').fill('Marrow Bay Police. Call 800 555 0100');
  await kim.page.getByLabel('Why do you want to come?').fill('A first request');
  await kim.page.getByRole('radio').first().focus();
  await kim.page.keyboard.press('Space');
  await press(kim.page, /^Apply$/);
  expect(await text()).toContain('We are checking that you may attend');

  await follow(kim.page, 'Ask somebody to confirm me');
  for (const wrong of ['', 'nobody', 'boss@marrowbay.example.org', 'boss@harlow-sheriff.example.org']) {
    await kim.page.getByLabel('Their work address').fill(wrong);
    await press(kim.page, 'Ask them');
    expect(await kim.page.title(), wrong).toMatch(/^Error: /);
    expect(await kim.page.getByLabel('Their work address').inputValue()).toBe(wrong);
  }
  await kim.page.getByLabel('Their work address').fill(SUPERVISOR);
  await press(kim.page, 'Ask them');
  expect(await text()).toContain(`We asked ${SUPERVISOR}`);

  const [letter] = await mailsTo(server, SUPERVISOR, /^Do you know Kim Vale\?/);
  expect(letter?.text).not.toContain('555');
  const link = /https?:\S+\/confirm\/\S+/.exec(letter?.text ?? '')?.[0] ?? '';
  const supervisor = await somebody(320, false);
  for (const _twice of [1, 2]) await supervisor.page.goto(link);
  expect(await supervisor.page.locator('main').innerText()).toContain(`You answer as ${SUPERVISOR}`);
  await press(supervisor.page, 'Yes, I know them and they may attend');
  await supervisor.page.goto(link);
  expect(await supervisor.page.locator('main').innerText()).toContain('You said that you know them');
  await kim.page.goto(kim.page.url().replace('/supervisor', ''));
  expect(await text()).toContain('A supervisor confirmed you');

  const staff = await somebody();
  await signInAs(staff.page, server, 'Amara Lindqvist');
  await visit(staff.page, server, '/staff');
  await follow(staff.page, /Review people/);
  const row = staff.page.getByRole('row', { name: /Kim Vale/ });
  expect(await row.innerText()).toContain(`Confirmed by mail: ${SUPERVISOR}, Harlow County Sheriff’s Office`);
  for (const seen of [
    'Looks like harlowsheriff.example.org, a host we know, but is not',
    'Not known to the supervisor they named: r.ocampo@harlowsheriff.example.org',
    'Asked a supervisor, no answer yet: d.hale@fenwicksheriff.example.org',
    'Denied before, asked',
    'Free mail',
    '1 colleague approved since ',
  ])
    expect(await staff.page.locator('main').innerText()).toContain(seen);
  // whoever nothing is known of is asked for somebody who knows them, by one mail with the page to do it on
  await tick(staff.page, 'Select Simone Arkady');
  await press(staff.page, /^Ask for a sponsor or work email.*Nothing known yet/);
  expect(await staff.page.locator('main').innerText()).toContain('Asked for a sponsor or work email: 1 person.');
  expect(await staff.page.getByRole('row', { name: /Simone Arkady/ }).innerText()).toContain('nobody named yet');
  const [asked] = await mailsTo(server, 'simone.arkady@opendoor.example.org', /^Who can confirm you\?/);
  expect(asked?.text).toMatch(/\/registrations\/reg_\w+\/supervisor/);

  await tick(staff.page, 'Select Kim Vale');
  await press(staff.page, /^Approve selected people.*Confirmed/);
  await mailsTo(server, KIM, /^You have a seat/);

  // the person's approval decided nothing on a host: that is asked for by itself, and answered by itself
  const host = (await staff.page.locator('.host-decision h3').innerText()).trim();
  await press(staff.page, 'Save this host');
  expect(await staff.page.title()).toMatch(/^Error: /);
  await staff.page.getByRole('radio', { name: /^Exclusive/ }).focus();
  await staff.page.keyboard.press('Space');
  await staff.page.getByLabel('How we know').fill('A call to the published number');
  await press(staff.page, 'Save this host');
  expect(await staff.page.locator('main').innerText()).toContain(`Saved ${host}. Nobody who waits was approved by it.`);
  expect(await staff.page.locator('.host-decision h3').innerText()).not.toBe(host);
  await visit(staff.page, server, '/staff/hosts');
  await follow(staff.page, host);
  await expectFinished(staff.page);
});
