import { expect, test } from 'vitest';
import { instantOf } from '../../functions/domain/time.ts';
import { replyOf } from '../../functions/mail/reply.ts';
import { replyCalendar, replyMail } from '../fixtures/replies.ts';

const OURS = { uid: 'reg_x1-ses_y-abc@training-desk.example.gov', attendee: 'Robin@Agency.example.gov' };
const read = (mail: string) => replyOf(Buffer.from(mail));

test.each([
  ['DECLINED', 'declined'],
  ['ACCEPTED', 'accepted'],
  ['TENTATIVE', 'tentative'],
  ['declined', 'declined'],
])('%s is read, whoever sent it and in whichever language its subject is', async (partstat, answer) => {
  expect(await read(replyMail(replyCalendar({ ...OURS, partstat })))).toEqual({
    uid: OURS.uid,
    attendee: 'robin@agency.example.gov',
    answer,
    stamp: instantOf('2026-11-25T12:00:00Z'),
    byMachine: false,
  });
});

test.each([
  ['Auto-Submitted: auto-replied', true],
  ['auto-submitted: AUTO-GENERATED; owner=x', true],
  ['Precedence: Bulk', true],
  ['Auto-Submitted: no', false],
  ['Precedence: first-class', false],
])('whether a machine wrote it is said by its header %s', async (header, byMachine) => {
  expect(await read(replyMail(replyCalendar(OURS), [header]))).toMatchObject({ byMachine });
});

/** A zone that the mail brings, and a rule of it that never ends. */
const ENDLESS = [
  'BEGIN:VTIMEZONE',
  'TZID:Mine',
  'BEGIN:STANDARD',
  'DTSTART:16010101T000000',
  'RRULE:FREQ=SECONDLY',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
  '',
].join('\r\n');

test('a stamp in a zone of the mail’s own is none: nobody’s mail keeps us busy with its rules', async () => {
  const zoned = replyCalendar(OURS)
    .replace('DTSTAMP:20261125T120000Z', 'DTSTAMP;TZID=Mine:20261125T120000')
    .replace('BEGIN:VEVENT', `${ENDLESS}BEGIN:VEVENT`);
  expect(await read(replyMail(zoned))).toBeNull();
});

const calendar = replyCalendar(OURS);
const event = calendar.slice(calendar.indexOf('BEGIN:VEVENT'), calendar.indexOf('END:VCALENDAR'));

test('a byte order mark, and line ends of LF alone, do no harm', async () => {
  expect(await read(replyMail(`\uFEFF${calendar}`))).not.toBeNull();
  expect(await read(replyMail(calendar).replaceAll('\r\n', '\n'))).not.toBeNull();
});

test.each([
  ['no mail at all', ''],
  ['a mail without a calendar', 'From: a@b.example\r\nSubject: Hello\r\n\r\nI can’t come.\r\n'],
  ['broken MIME', 'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/calendar\r\n'],
  ['bytes of chance', String.fromCharCode(...Array.from({ length: 4_000 }, (_, n) => (n * 7919) % 256))],
  ['a new time', replyMail(replyCalendar({ ...OURS, method: 'COUNTER' }))],
  ['an invitation', replyMail(replyCalendar({ ...OURS, method: 'REQUEST' }))],
  ['somebody sent in their place', replyMail(replyCalendar({ ...OURS, partstat: 'DELEGATED' }))],
  ['two events', replyMail(calendar.replace(event, event + event))],
  ['two people', replyMail(calendar.replace('UID:', 'ATTENDEE:mailto:other@x.example\r\nUID:'))],
  ['nobody', replyMail(calendar.replace(/ATTENDEE.*\r\n/, ''))],
  ['no time', replyMail(calendar.replace(/DTSTAMP.*\r\n/, ''))],
  ['a calendar that does not end', replyMail(calendar.replace('END:VCALENDAR', ''))],
  ['two calendars', replyMail(calendar + calendar)],
  ['a calendar too large to be one', replyMail(calendar.replace('UID:', `COMMENT:${'x'.repeat(70_000)}\r\nUID:`))],
])('%s is no answer', async (_, mail) => {
  expect(await read(mail)).toBeNull();
});
