import { simpleParser } from 'mailparser';
import { expect } from 'vitest';
import type { Answer, DeskOnAws } from './desk.ts';
import { environmentOf } from './template.ts';

const { ORIGIN = '' } = environmentOf('api');

/** What a browser keeps of an answer and sends back. */
export const cookiesOf = (answer: Answer): string =>
  (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');

/** A browser with its cookies: pages, and forms as it posts them. */
export const browserOf = (desk: DeskOnAws, cookies: string) => {
  const headers = { Cookie: cookies, Origin: ORIGIN };
  return {
    open: (path: string): Promise<Answer> => desk.ask('GET', path, { headers }),
    post: (path: string, fields: Readonly<Record<string, string>>): Promise<Answer> =>
      desk.ask('POST', path, {
        headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      }),
  };
};
type Browser = ReturnType<typeof browserOf>;

const dateIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const locationOf = ({ headers }: Answer): string => headers['location']?.[0] ?? '';

/** Staff make an event whose people are looked at one by one, and publish it; its id. */
export async function eventByForms(staff: Browser, programId: string): Promise<{ id: string; fields: typeof FIELDS }> {
  const fields = { ...FIELDS, programId };
  const made = await staff.post('/staff/events/new', fields);
  expect(made.status, made.text).toBe(303);
  const id = /evt_\w+/.exec(locationOf(made))?.[0] ?? '';
  const published = await staff.post(`/staff/events/${id}/edit`, {
    ...fields,
    ...(await shown(staff, id)),
    do: 'publish',
  });
  expect(published.status, published.text).toBe(303);
  return { id, fields };
}

const FIELDS = {
  do: 'save',
  programId: '',
  title: 'By forms alone',
  description: 'What it is about.',
  timeZone: 'America/New_York',
  sessionChoice: 'all',
  capacity: '1',
  approval: 'manual',
  'opens.date': dateIn(-2),
  'opens.time': '09:00',
  'closes.date': dateIn(19),
  'closes.time': '17:00',
  joinOpensMinutes: '15',
  'sessions.0.title': 'Session 1',
  'sessions.0.date': dateIn(20),
  'sessions.0.start': '09:00',
  'sessions.0.length': '60',
  'sessions.0.joinUrl': 'https://meet.example.gov/forms',
  'sessions.0.location': 'Online',
};

/** What a form carries that nobody types: the version, and which session is which. */
async function shown(staff: Browser, id: string): Promise<Record<string, string>> {
  const { text } = await staff.open(`/staff/events/${id}/edit`);
  const value = (name: string) =>
    new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(text)?.[1] ??
    new RegExp(`value="([^"]*)"[^>]*name="${name}"`).exec(text)?.[1] ??
    '';
  return { rev: value('rev'), 'sessions.0.id': value('sessions.0.id') };
}

/** Staff give an event another number of seats. */
export async function seatsByForm(
  staff: Browser,
  { id, fields }: { id: string; fields: Readonly<Record<string, string>> },
  capacity: number,
): Promise<void> {
  const typed = { ...fields, ...(await shown(staff, id)), capacity: String(capacity) };
  const first = await staff.post(`/staff/events/${id}/edit`, typed);
  expect(first.status, first.text).toBe(303);
}

/** Somebody signs in with a mailed code, on pages alone. */
export async function participantByPages(desk: DeskOnAws, email: string): Promise<Browser> {
  const asked = await browserOf(desk, '').post('/sign-in', { email, return: '/registrations' });
  expect(asked.status, asked.text).toBe(200);
  await desk.stream();
  const { subject = '' } = await simpleParser(desk.cloud.mails.at(-1) ?? '');
  const code = /\d{3} ?\d{3}/.exec(subject)?.[0] ?? '';
  const signed = await browserOf(desk, cookiesOf(asked)).post('/sign-in/code', {
    email,
    code,
    return: '/registrations',
  });
  expect(signed.status, signed.text).toBe(303);
  return browserOf(desk, cookiesOf(signed));
}

/** Applies for a seat; the registration's id. */
export async function registerByPages(person: Browser, event: string, name: string): Promise<string> {
  const page = await person.open(`/trainings/by-forms-alone-${event}/register`);
  expect(page.status, page.text).toBe(200);
  const profile = { name, agency: 'Sheriff', timeZone: 'America/Denver', attempt: '1' };
  const sent = await person.post(`/trainings/by-forms-alone-${event}/register`, profile);
  expect(sent.status, sent.text).toBe(303);
  const id = /reg_\w+/.exec((await person.open('/registrations')).text)?.[0] ?? '';
  expect(id).not.toBe('');
  return id;
}
