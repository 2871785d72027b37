import { readFileSync } from 'node:fs';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Email } from '../../functions/domain/person.ts';
import { idOf } from '../../functions/domain/registration.ts';
import { EventId } from '../../functions/domain/ids.ts';
import { MINUTE } from '../../functions/domain/time.ts';
import { UnreadableItem } from '../../functions/domain/unreadable.ts';
import { keys } from '../../functions/store/dynamo/keys.ts';
import { kind, read } from '../../functions/store/dynamo/versions.ts';
import { cancelRegistration } from '../../functions/usecases/cancel-registration.ts';
import { approveRegistration } from '../../functions/usecases/decide-registration.ts';
import { examineDesk } from '../../functions/usecases/doctor.ts';
import { listParked } from '../../functions/usecases/parked-messages.ts';
import { viewPersonAtEvent } from '../../functions/usecases/person-at-event.ts';
import { searchRoster } from '../../functions/usecases/roster.ts';
import { granted, openDesk, registers, type Desk } from '../fixtures/desk.ts';

const Items = z.array(z.looseObject({ pk: z.string(), sk: z.string() }));
/** A desk as version 1 kept it: two events, seats, a line, a review, messages sent, dropped, owed and given up, a job. */
const VERSION_1 = Items.parse(
  JSON.parse(readFileSync(new URL('../fixtures/items-version-1.json', import.meta.url), 'utf8')),
);

/** The fixture in a table, as an upgrade finds it. */
async function upgraded() {
  const desk = await openDesk();
  for (const Item of VERSION_1) await desk.table.documents.send(new PutCommand({ TableName: desk.table.name, Item }));
  desk.clock.pass(MINUTE);
  const of = (title: string) =>
    EventId.parse(VERSION_1.find((item) => item.sk === 'EVENT' && item['title'] === title)?.['id']);
  const somebody = async (name: string) => {
    const person = await desk.ctx.store.personByEmail(Email.parse(`${name}@agency.example.gov`));
    if (!person) throw new Error(`The fixture has no ${name}`);
    return { person, ctx: desk.as({ role: 'participant', person }) };
  };
  return { desk, event: { id: of('Moved') }, review: { id: of('For review') }, somebody };
}

const kept = async (desk: Desk, Key: { pk: string; sk: string }) =>
  (await desk.table.documents.send(new GetCommand({ TableName: desk.table.name, Key }))).Item;

test('a desk that version 1 kept goes on: its messages go out, its line moves, its people are answered', async () => {
  const { desk, event, review, somebody } = await upgraded();
  const [ana, ben, gus, dov] = [
    await somebody('ana'),
    await somebody('ben'),
    await somebody('gus'),
    await somebody('dov'),
  ];
  await desk.deliver();
  expect(desk.mailer.letters.map(({ to }) => to.split('@')[0] ?? '').toSorted()).toEqual([
    'ana',
    'ben',
    'cleo',
    'gus',
    'hal',
  ]);
  // a write on what version 1 wrote stands under its rev
  granted(await cancelRegistration(ana.ctx, { id: idOf(await desk.registration(event, ana)) }));
  await desk.sweep();
  expect((await desk.registration(event, gus)).status).toBe('confirmed');
  expect(await desk.lettersTo(gus)).toContain('REQUEST 0 confirmed');
  granted(await approveRegistration(desk.staff, { id: idOf(await desk.registration(review, dov)) }));
  granted(await registers(ben, event));
  desk.clock.pass(MINUTE);
  await desk.sweep();
  await desk.deliver();
  expect(granted(await examineDesk(desk.staff)).findings.map(({ kind: what }) => what)).toEqual(['messages-parked']);
});

test('how a message ended, which version 1 did not say, is known of its messages and written of ours', async () => {
  const { desk, event, somebody } = await upgraded();
  const ana = await somebody('ana');
  const seen = granted(await viewPersonAtEvent(desk.staff, { id: idOf(await desk.registration(event, ana)) }));
  expect(seen.messages.map(({ how, owed }) => [how, owed.about === 'registration' && owed.kind])).toEqual([
    ['sent', 'confirmed'],
    ['needless', 'seat-offered'],
  ]);
  expect(granted(await listParked(desk.staff)).map(({ how }) => how)).toEqual(['given-up']);
  granted(await cancelRegistration(ana.ctx, { id: idOf(await desk.registration(event, ana)) }));
  await desk.deliver();
  const of = await desk.ctx.store.messagesOf(event.id, ana.person.id);
  const { owed } = of.at(-1) ?? {};
  if (owed?.about !== 'registration') throw new Error('nothing was sent');
  const sk = `${String(owed.rev).padStart(6, '0')}#${owed.part}#${owed.kind}`;
  expect(await kept(desk, { pk: keys.mailOf(event.id, ana.person.id), sk })).toMatchObject({ v: 2, how: 'sent' });
});

test('what a later version wrote is refused and left as it is, and everything else goes on', async () => {
  const { desk, event, somebody } = await upgraded();
  const ana = await somebody('ana');
  const held = await desk.registration(event, ana);
  const { pk, sk } = keys.registration(event.id, ana.person.id);
  await desk.table.documents.send(
    new UpdateCommand({
      TableName: desk.table.name,
      Key: { pk, sk },
      UpdateExpression: 'SET v = :v, told = :words',
      ExpressionAttributeValues: { ':v': 2, ':words': 'in another form' },
    }),
  );
  await expect(cancelRegistration(ana.ctx, { id: idOf(held) })).rejects.toThrow(
    'version 2, and this desk reads up to 1',
  );
  const roster = granted(await searchRoster(desk.staff, { event: event.id }));
  expect([roster.rows.length, roster.unreadable]).toEqual([4, 1]);
  expect(await kept(desk, { pk, sk })).toMatchObject({ rev: held.rev, told: 'in another form' });
});

test('every earlier version of a kind becomes the present one, a step at a time', () => {
  const Named = kind(
    z.object({ family: z.string(), given: z.string() }),
    (item) => ({ ...item, name: item['title'] }),
    ({ name, ...item }) => ({ ...item, given: String(name).split(' ')[0], family: String(name).split(' ')[1] }),
  );
  const key = { pk: 'P', sk: 'S' };
  const present = { given: 'Noelle', family: 'Adair' };
  expect(read({ ...key, title: 'Noelle Adair' }, Named)).toEqual(present);
  expect(read({ ...key, v: 2, name: 'Noelle Adair' }, Named)).toEqual(present);
  expect(read({ ...key, v: Named.v, ...present }, Named)).toEqual(present);
  for (const v of [4, 0, 'three']) expect(() => read({ ...key, v, ...present }, Named)).toThrow(UnreadableItem);
});
