import { createServer } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { smtpMailer } from '../../functions/mail/smtp.ts';
import type { Delivery } from '../../functions/usecases/context.ts';
import { aLetter, SETTINGS } from '../fixtures/letters.ts';
import { smtpServer } from '../fixtures/received.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function mailerTo(port: number, timeout = 5_000) {
  const mailer = smtpMailer({ ...SETTINGS, host: '127.0.0.1', port, timeout });
  ends.unshift(() => mailer.close());
  return mailer;
}

/** What becomes of a letter at a server that behaves so. */
async function delivered(options: SMTPServerOptions): Promise<Delivery> {
  const server = await smtpServer(options);
  ends.push(() => server.close());
  return mailerTo(server.port).send(aLetter());
}

const saying = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode });

describe('a server’s answer', () => {
  it('yes: sent, with the id that the message bears', async () => {
    expect(await delivered({})).toEqual({
      outcome: 'sent',
      id: expect.stringMatching(/^<[0-9a-f]{40}@ccht\.example\.org>$/),
    });
  });

  it('550 to the recipient: refused, in its words', async () => {
    const delivery = await delivered({ onRcptTo: (_a, _s, done) => done(saying(550, 'No such person here')) });
    expect(delivery).toEqual({ outcome: 'refused', why: expect.stringContaining('No such person here') });
  });

  it('451 to the recipient: later', async () => {
    const delivery = await delivered({ onRcptTo: (_a, _s, done) => done(saying(451, 'Greylisted')) });
    expect(delivery).toEqual({ outcome: 'later', why: expect.stringContaining('Greylisted') });
  });

  it('554 to the message: refused; 452: later', async () => {
    const answering = (code: number) =>
      delivered({
        onData: (stream, _session, done) => {
          stream.resume();
          stream.on('end', () => done(saying(code, 'Not this')));
        },
      });
    expect((await answering(554)).outcome).toBe('refused');
    expect((await answering(452)).outcome).toBe('later');
  });

  it('no to our sender or our connection: later, for that is no fault of the address', async () => {
    expect((await delivered({ onMailFrom: (_a, _s, done) => done(saying(550, 'Sender not allowed')) })).outcome).toBe(
      'later',
    );
    expect((await delivered({ onConnect: (_s, done) => done(saying(554, 'Not you')) })).outcome).toBe('later');
  });
});

describe('a server that fails', () => {
  it('and closes in the middle: later', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.write('220 here\r\n');
      socket.on('data', () => socket.destroy());
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    ends.push(() => server.close());
    const address = server.address();
    const delivery = await mailerTo(typeof address === 'object' && address ? address.port : 0).send(aLetter());
    expect(delivery.outcome).toBe('later');
  });

  it('and is not there: later', async () => {
    const server = await smtpServer();
    await server.close();
    expect((await mailerTo(server.port).send(aLetter())).outcome).toBe('later');
  });

  it('and answers a byte at a time: given up in the time there is', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.write('220 here\r\n');
      const drip = setInterval(() => socket.write('2'), 50);
      socket.on('close', () => clearInterval(drip));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    ends.push(() => server.close());
    const address = server.address();
    const began = performance.now();
    const delivery = await mailerTo(typeof address === 'object' && address ? address.port : 0, 400).send(aLetter());
    expect(delivery.outcome).toBe('later');
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

describe('connections', () => {
  it('are kept: many letters over few', async () => {
    let connections = 0;
    const server = await smtpServer({
      onConnect: (_session, done) => {
        connections += 1;
        done();
      },
    });
    ends.push(() => server.close());
    const mailer = mailerTo(server.port);
    const letters = Array.from({ length: 25 }, (_, index) => aLetter({ registration: { rev: index + 1 } }));
    const deliveries = await Promise.all(letters.map((letter) => mailer.send(letter)));
    expect(deliveries.every(({ outcome }) => outcome === 'sent')).toBe(true);
    expect(server.messages).toHaveLength(25);
    expect(connections).toBeLessThanOrEqual(5);
  });

  it('one that the server let go meanwhile is no loss', async () => {
    const server = await smtpServer();
    ends.push(() => server.close());
    const mailer = mailerTo(server.port);
    expect((await mailer.send(aLetter())).outcome).toBe('sent');
    server.hangUp();
    expect((await mailer.send(aLetter())).outcome).toBe('sent');
  });

  it('after the end, a letter is for later', async () => {
    const server = await smtpServer();
    ends.push(() => server.close());
    const mailer = mailerTo(server.port);
    mailer.close();
    expect((await mailer.send(aLetter())).outcome).toBe('later');
  });
});
