import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { draftOf } from '../../functions/domain/change-event.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { MINUTE } from '../../functions/domain/time.ts';
import { keys } from '../../functions/store/dynamo/keys.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { changeEvent } from '../../functions/usecases/change-event.ts';
import { examineDesk, mendDesk } from '../../functions/usecases/doctor.ts';
import { exportRoster, searchRoster } from '../../functions/usecases/roster.ts';
import { rosterCsv } from '../../functions/http/csv.ts';
import { SHARDS } from '../../functions/usecases/store-port.ts';
import { granted, openDesk, registers, type Desk } from '../fixtures/desk.ts';

/** Writes what no version of the desk would. */
const spoil = (desk: Desk, { pk, sk }: { pk: string; sk: string }, name: string, value: unknown) =>
  desk.table.documents.send(
    new UpdateCommand({
      TableName: desk.table.name,
      Key: { pk, sk },
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    }),
  );

const findingsOf = async (desk: Desk) =>
  granted(await examineDesk(desk.staff)).findings.map(({ kind, subject }) => `${kind} ${subject}`);

test('a message that can’t be read stops nobody else’s of its shard, and the doctor names it', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  for (const shard of SHARDS) {
    const Item = { pk: keys.outbox(shard), sk: 'a message of nobody', about: 'the weather', dueAt: 'soon' };
    await desk.table.documents.send(new PutCommand({ TableName: desk.table.name, Item }));
  }
  const people = await Promise.all(Array.from({ length: 20 }, (_, n) => desk.somebody(`person${n}`)));
  for (const who of people) granted(await registers(who, event));
  await desk.deliver();
  expect(desk.mailer.letters).toHaveLength(20);
  expect((await findingsOf(desk)).toSorted()).toEqual(
    SHARDS.map((shard) => `unreadable ${keys.outbox(shard)} a message of nobody`).toSorted(),
  );
});

test('a message about what can’t be read waits, and goes out when it is mended', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  for (const who of [ana, ben]) granted(await registers(who, event));
  const { status } = await desk.registration(event, ana);
  await spoil(desk, keys.registration(event.id, ana.person.id), 'status', 'perhaps');
  await desk.deliver();
  expect(desk.mailer.letters.map(({ to }) => to)).toEqual([ben.person.email]);
  await spoil(desk, keys.registration(event.id, ana.person.id), 'status', status);
  desk.clock.pass(MINUTE);
  expect(await desk.lettersTo(ana)).toEqual(['REQUEST 0 confirmed']);
});

test('messages of a program that can’t be read are not dropped as if it were gone', async () => {
  const desk = await openDesk();
  const event = await desk.event();
  const ana = await desk.somebody('ana');
  granted(await registers(ana, event));
  await spoil(desk, keys.program(desk.program.id), 'cadence', 'now and then');
  desk.clock.pass(MINUTE);
  await desk.deliver();
  await spoil(desk, keys.program(desk.program.id), 'cadence', desk.program.cadence);
  desk.clock.pass(MINUTE);
  expect(await desk.lettersTo(ana)).toEqual(['REQUEST 0 confirmed']);
});

test.each([
  [1, 'Incomplete: 1 registration can’t be read and is not in this list,,\r\n'],
  [2, 'Incomplete: 2 registrations can’t be read and are not in this list,,\r\n'],
])('a file that leaves out %i says so in its last line', async (count, last) => {
  const desk = await openDesk();
  const event = await desk.event();
  const people = [await desk.somebody('ana'), await desk.somebody('ben'), await desk.somebody('cy')];
  for (const who of people) granted(await registers(who, event));
  const file = async () => {
    const asked = {
      event: event.id,
      columns: [],
      status: ['confirmed'],
      withDetails: false,
      withArrivals: false,
    } as const;
    let text = '';
    for await (const part of rosterCsv(granted(await exportRoster(desk.staff, asked)), ['email', 'status', 'name']))
      text += part;
    return text;
  };
  expect(await file()).not.toContain('Incomplete');
  for (const { person } of people.slice(0, count))
    await spoil(desk, keys.registration(event.id, person.id), 'appliedAt', 'yesterday');
  const text = await file();
  expect(text.split('\r\n')).toHaveLength(1 + (3 - count) + 1 + 1);
  expect(text.endsWith(last)).toBe(true);
});

test('a roster goes on without who can’t be read, and says so; the doctor names them and counts nothing without them', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 2 });
  const [ana, ben] = [await desk.somebody('ana'), await desk.somebody('ben')];
  for (const who of [ana, ben]) granted(await registers(who, event));
  await spoil(desk, keys.registration(event.id, ana.person.id), 'appliedAt', 'yesterday');
  const found = granted(await searchRoster(desk.staff, { event: event.id }));
  expect(found.rows.map(({ registration }) => registration.email)).toEqual([ben.person.email]);
  expect(found.unreadable).toBe(1);
  const { mended, left } = granted(await mendDesk(desk.staff));
  expect(mended).toEqual([]);
  expect(left.findings).toMatchObject([
    {
      kind: 'unreadable',
      subject: `ROSTER#${event.id} REG#${ana.person.id}`,
      words: expect.stringContaining('(appliedAt)'),
    },
  ]);
  expect(await desk.taken(event.id)).toBe(2);
});

test('who can’t be read keeps nobody behind them in line from a seat, and keeps their place', async () => {
  const desk = await openDesk();
  const event = await desk.event({ capacity: 1 });
  const [ana, ben, cleo] = [await desk.somebody('ana'), await desk.somebody('ben'), await desk.somebody('cleo')];
  for (const who of [ana, ben, cleo]) granted(await registers(who, event));
  await spoil(desk, keys.registration(event.id, ben.person.id), 'told', 'nothing');
  granted(await cancelRegistration(ana.ctx, { id: idOf(await desk.registration(event, ana)) }));
  desk.clock.pass(MINUTE);
  await desk.sweep();
  expect((await desk.registration(event, cleo)).status).toBe('confirmed');
  expect((await desk.ctx.store.line(event.id)).map(({ person }) => person)).toEqual([ben.person.id]);
});

test('a change on its way that can’t be read stops no other', async () => {
  const desk = await openDesk();
  const [one, other] = [await desk.event(), await desk.event()];
  const ana = await desk.somebody('ana');
  for (const event of [one, other]) {
    granted(await registers(ana, event));
    const patch = (held: typeof event) => ({ ok: true as const, value: { ...draftOf(held), title: 'Another title' } });
    granted(await changeEvent(desk.staff, { id: event.id, version: event.rev, patch }));
  }
  const job = keys.job({ event: one.id, eventRev: one.rev + 1 });
  await spoil(desk, job, 'kind', 'event-forgotten');
  await desk.sweep();
  expect((await desk.registration(one, ana)).told).toBe(one.rev);
  expect((await desk.registration(other, ana)).told).toBe(other.rev + 1);
  expect(await findingsOf(desk)).toContain(`unreadable ${job.pk} ${job.sk}`);
});
