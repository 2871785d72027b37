import { expect, onTestFinished, test } from 'vitest';
import { startMailbox, type Mailbox } from '../../functions/local/mailbox.ts';
import { freePort } from '../../functions/local/ports.ts';
import { invitation, sendMail } from '../fixtures/mail.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const SITE = 'http://localhost:3000';

async function mailboxOn(folder: string): Promise<{ mailbox: Mailbox; smtpPort: number }> {
  const smtpPort = await freePort();
  const mailbox = await startMailbox({ smtpPort, webPort: await freePort(), folder, site: SITE });
  onTestFinished(() => mailbox.stop());
  return { mailbox, smtpPort };
}

const read = async (mailbox: Mailbox, path: string): Promise<string> => (await fetch(mailbox.url + path)).text();
const list = async (mailbox: Mailbox, query = '') => JSON.parse(await read(mailbox, `/email${query}`));

test('a message is listed with the address it went to, and its source is as it came', async () => {
  const { mailbox, smtpPort } = await mailboxOn(tempFolder());
  await sendMail(smtpPort, { to: 'Dana@Sheriff.example', subject: 'You have a seat' });
  const [mail] = await list(mailbox);
  expect(mail).toMatchObject({ id: '1', to: ['dana@sheriff.example'], subject: 'You have a seat' });
  expect(mail.text).toContain('You have a seat.');
  expect(mail.html).toContain('My registrations');
  expect(Date.parse(mail.time)).toBeGreaterThan(0);
  expect(await read(mailbox, '/email/1/source')).toMatch(/^From: Training desk[\s\S]*\r\nSubject: You have a seat\r\n/);
  expect(await list(mailbox, '?to=nobody@sheriff.example')).toEqual([]);
});

test('mail is there after a restart, in its order, and numbers go on', async () => {
  const folder = tempFolder();
  const first = await mailboxOn(folder);
  for (const subject of ['one', 'two', 'three']) await sendMail(first.smtpPort, { to: 'a@b.example', subject });
  const before = await list(first.mailbox);
  await first.mailbox.stop();
  const second = await mailboxOn(folder);
  expect(await list(second.mailbox)).toEqual(before);
  await sendMail(second.smtpPort, { to: 'a@b.example', subject: 'four' });
  expect((await list(second.mailbox)).map(({ id }: { id: string }) => id)).toEqual(['1', '2', '3', '4']);
});

test('many messages at once are all kept', async () => {
  const { mailbox, smtpPort } = await mailboxOn(tempFolder());
  const subjects = Array.from({ length: 60 }, (_, number) => `message ${number}`);
  await Promise.all(subjects.map((subject) => sendMail(smtpPort, { to: 'a@b.example', subject })));
  const kept = (await list(mailbox)).map(({ subject }: { subject: string }) => subject);
  expect(kept.toSorted()).toEqual(subjects.toSorted());
});

test('an invitation is shown as an entry, with the later message that changed it', async () => {
  const { mailbox, smtpPort } = await mailboxOn(tempFolder());
  await sendMail(smtpPort, { to: 'a@b.example', subject: 'You have a seat', calendar: invitation(0) });
  await sendMail(smtpPort, {
    to: 'a@b.example',
    subject: 'Canceled',
    calendar: invitation(1, 'CANCEL'),
    method: 'CANCEL',
  });
  const page = await read(mailbox, '/messages/1');
  expect(page).toContain('Wednesday, March 10, 2027, 3:00 to 4:30 PM ET');
  expect(page).toContain('Continued Presence: quarterly webinar');
  expect(page).toContain('UID:entry-1@ccht.example');
  expect(page).toContain('A later message changed it');
  expect(await read(mailbox, '/messages/2')).toContain('Takes the entry off the calendar.');
  expect(await read(mailbox, '/messages/1?view=calendar')).toContain('BEGIN:VEVENT');
});

test('a message can run nothing, and its links leave its frame', async () => {
  const { mailbox, smtpPort } = await mailboxOn(tempFolder());
  await sendMail(smtpPort, { to: 'a@b.example', subject: 'Seat' });
  const body = await fetch(`${mailbox.url}/messages/1/body`);
  expect(body.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
  expect(await body.text()).toContain('<base target="_blank">');
});

test('a subject is never taken for markup, and a message that is not there is a 404', async () => {
  const { mailbox, smtpPort } = await mailboxOn(tempFolder());
  await sendMail(smtpPort, { to: 'a@b.example', subject: '<script>alert(1)</script>' });
  expect(await read(mailbox, '/')).not.toContain('<script>');
  expect((await fetch(`${mailbox.url}/messages/9`)).status).toBe(404);
  expect((await fetch(`${mailbox.url}/email/9`)).status).toBe(404);
  expect((await fetch(`${mailbox.url}/email/9/source`)).status).toBe(404);
});
