import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sesMailer } from '../../functions/mail/ses.ts';
import { aCode, aLetter, DANA, SETTINGS } from '../fixtures/letters.ts';

const Request = z.object({
  FromEmailAddress: z.string(),
  Destination: z.object({ ToAddresses: z.array(z.string()) }),
  ConfigurationSetName: z.string(),
  EmailTags: z.array(z.object({ Name: z.string(), Value: z.string() })),
  Content: z.object({ Raw: z.object({ Data: z.string() }) }),
});

let server: Server;
let requests: z.infer<typeof Request>[];
let answer: { status: number; error?: string; body: object };
let mailer: ReturnType<typeof sesMailer>;

/** The service's HTTP, answered here: what the SDK really sends is what is looked at. */
beforeEach(async () => {
  requests = [];
  answer = { status: 200, body: { MessageId: '0100-abc' } };
  server = createServer((request, response) => {
    void text(request).then((body) => {
      requests.push(Request.parse(JSON.parse(body)));
      response.writeHead(answer.status, {
        'content-type': 'application/json',
        ...(answer.error ? { 'x-amzn-errortype': answer.error } : {}),
      });
      response.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const client = new SESv2Client({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  mailer = sesMailer(client, { ...SETTINGS, configurationSet: 'desk-mail' });
});
afterEach(() => {
  mailer.close();
  server.close();
});

it('sends the same message as by SMTP, with the configuration set and tags to know it by', async () => {
  const letter = aLetter();
  expect(await mailer.send(letter)).toEqual({ outcome: 'sent', id: '0100-abc' });
  const [request] = requests;
  expect(request?.ConfigurationSetName).toBe('desk-mail');
  expect(request?.Destination.ToAddresses).toEqual([DANA]);
  expect(request?.FromEmailAddress).toContain(SETTINGS.from);
  expect(request?.EmailTags).toEqual([
    { Name: 'kind', Value: 'confirmed' },
    { Name: 'event', Value: letter.owed.event },
    { Name: 'person', Value: letter.owed.person },
    { Name: 'rev', Value: '1' },
    { Name: 'part', Value: letter.owed.part },
  ]);
  const raw = Buffer.from(request?.Content.Raw.Data ?? '', 'base64');
  const parsed = await simpleParser(raw);
  expect(parsed.subject).toContain('You have a seat');
  expect(parsed.attachments.map(({ contentType }) => contentType)).toEqual(['text/calendar']);
  expect(raw.toString()).toContain('method=REQUEST');
});

it('tags a code as no more than that', async () => {
  await mailer.send(aCode());
  expect(requests[0]?.EmailTags).toEqual([{ Name: 'kind', Value: 'sign-in' }]);
});

describe('an error', () => {
  it.each([
    ['refused', 'MessageRejected', `Email address is not verified: ${DANA}`],
    ['refused', 'BadRequestException', `Illegal address ${DANA.toUpperCase()}`],
    ['later', 'MessageRejected', `Email address is not verified: ${SETTINGS.from}`],
    ['later', 'BadRequestException', 'Invalid configuration set'],
    ['later', 'TooManyRequestsException', 'Maximum sending rate exceeded'],
    ['later', 'LimitExceededException', 'Daily message quota exceeded'],
    ['later', 'SendingPausedException', 'Sending paused for this account'],
    ['later', 'AccountSuspendedException', 'Suspended'],
    ['later', 'MailFromDomainNotVerifiedException', 'Not verified'],
    ['later', 'NotFoundException', 'Configuration set does not exist'],
  ])('is %s: %s, %s', async (outcome, error, message) => {
    answer = { status: error === 'TooManyRequestsException' ? 429 : 400, error, body: { message } };
    expect(await mailer.send(aLetter())).toEqual({ outcome, why: expect.stringContaining(message) });
  });

  it('of the network is for later', async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    expect((await mailer.send(aLetter())).outcome).toBe('later');
  });
});
