import { expect, onTestFinished, test } from 'vitest';
import { enterCode, expectFinished, follow, journeys, mailsTo, press, signInAs, visit } from '../fixtures/journey.ts';
import { over, startServer } from '../fixtures/server.ts';

const { aDesk, somebody } = journeys();
const PEOPLE = 100;
const HEAD = 'email,name,agency';
const HOST = 'harlowsheriff.example.org';
const TESSA = `tessa.renner@${HOST}`;
const deputy = (n: number) => `deputy${n}@${HOST}`;

test(
  'a coordinator registers their people, with scripts off, though the server is killed on the way',
  { timeout: 180_000 },
  async () => {
    const first = await aDesk();
    const tessa = await somebody(320, false);
    await visit(tessa.page, first, '/sign-in');
    await enterCode(tessa.page, first, TESSA);
    await visit(tessa.page, first, '/?for=public');
    await follow(tessa.page, /what the public/);
    const training = tessa.page.url();
    await follow(tessa.page, 'Register a list of your people');

    const text = async () => tessa.page.locator('main').innerText();
    const checks = async (buffer: Buffer): Promise<void> => {
      const file = { name: 'people.csv', mimeType: 'text/csv', buffer };
      await tessa.page.getByLabel('The list, a CSV file').setInputFiles(file);
      await press(tessa.page, 'Check the list');
    };
    await press(tessa.page, 'Check the list');
    expect(await tessa.page.title()).toMatch(/^Error: /);
    const rows = Array.from({ length: PEOPLE }, (_, n) => `${deputy(n)},Deputy ${n},Sheriff`);
    const wrong = [`a@mail.${HOST},Other Host,X`, `${deputy(0)},Twice,X`, `x@${HOST},=SUM(1),X`];
    await checks(Buffer.from(`${HEAD}\r\n${deputy(0)},Zo\u00eb,X`, 'latin1'));
    expect(await text()).toContain('another encoding than UTF-8');
    await checks(Buffer.from([HEAD, ...Array.from({ length: 5_001 }, (_, n) => `${deputy(n)},D,X`)].join('\n')));
    expect(await text()).toContain('Give at most 5,000 rows. This file has 5001');
    await checks(Buffer.from([HEAD, ...rows, ...wrong].join('\r\n')));
    expect(await text()).toContain(`${PEOPLE} of ${PEOPLE + wrong.length} rows can be registered`);
    for (const words of [`You may register people at ${HOST}`, 'in row 2 too', 'reads as a formula'])
      expect(await text()).toContain(words);
    await press(tessa.page, `Register and email ${PEOPLE} people`);
    const list = tessa.page.url();

    const done = async (): Promise<number> => {
      await tessa.page.goto(list);
      const bar = tessa.page.locator('progress');
      return (await bar.count()) > 0 ? Number(await bar.getAttribute('value')) : PEOPLE;
    };
    await expect.poll(done, { timeout: 60_000 }).toBeGreaterThanOrEqual(25);
    await first.kill();
    const server = await startServer(first.data, first.port);
    onTestFinished(() => server.kill());
    // the page looks again by itself
    await tessa.page.goto(list);
    await tessa.page.getByText(`All ${PEOPLE + wrong.length} rows done`).waitFor({ timeout: 60_000 });
    await expectFinished(tessa.page);
    const told = async () => {
      const letters = await over(server).mail();
      return letters
        .flatMap(({ to, subject }) => (subject.startsWith('You ') ? to : []))
        .filter((to) => to.startsWith('deputy'));
    };
    await expect.poll(async () => new Set(await told()).size, { timeout: 60_000 }).toBe(PEOPLE);
    // eight are sent at a time, and whatever was being sent when the server died may come twice
    expect((await told()).length).toBeLessThanOrEqual(PEOPLE + 8);
    const [letter] = await mailsTo(server, deputy(0), /^You /);
    expect(letter?.text).toContain('Tessa Renner registered you, as your agency’s training coordinator.');

    const staff = await somebody();
    await signInAs(staff.page, server, 'Amara Lindqvist');
    await visit(staff.page, server, '/staff/people');
    await staff.page.getByLabel('Email address').fill(TESSA);
    await press(staff.page, 'Find');
    expect(await staff.page.getByLabel('Exclusive hosts').inputValue()).toBe(HOST);
    await staff.page.getByLabel('Exclusive hosts').fill('');
    await press(staff.page, 'Save coordinator');
    await tessa.page.goto(training);
    await expect(tessa.page.getByText('Register a list of your people').count()).resolves.toBe(0);
    expect((await tessa.page.goto(list))?.status()).toBe(404);
  },
);
