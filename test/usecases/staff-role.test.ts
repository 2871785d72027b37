import { expect, test } from 'vitest';
import { Email } from '../../functions/domain/person.ts';
import { identify, begin } from '../../functions/usecases/sign-in.ts';
import { changeStaffRole, makeFirstStaff } from '../../functions/usecases/staff-role.ts';
import { asSystem } from '../../functions/usecases/system.ts';
import { granted, openDesk, refused } from '../fixtures/desk.ts';

const address = (name: string) => Email.parse(`${name}@hq.dhs.gov`);

test('the first member of staff is made once, however many ask at the same time', async () => {
  const desk = await openDesk();
  const operator = asSystem(desk.ctx, 'operator');
  const names = ['ana', 'ben', 'cleo', 'dov'];
  const answers = await Promise.all(names.map((name) => makeFirstStaff(operator, address(name))));
  const made = answers.filter((answer) => answer.ok);
  expect(made).toHaveLength(1);
  for (const answer of answers) if (!answer.ok) expect(answer.refusal).toMatchObject({ detail: /page People/ });
  const people = await Promise.all(names.map((name) => desk.ctx.store.personByEmail(address(name))));
  const staff = people.filter((person) => person?.staff);
  expect(staff).toHaveLength(1);
  // the same command again is answered as it was, and changes nothing
  const first = staff[0];
  if (!first) throw new Error('nobody is staff');
  expect(granted(await makeFirstStaff(operator, first.email))).toEqual(first);
  const { items } = await desk.ctx.store.auditOf(first.id, 10, null);
  expect(items.filter(({ act }) => act === 'made staff')).toMatchObject([{ actor: 'system:operator' }]);
});

test('staff make and end others as staff, from the next press on, and nobody ends their own', async () => {
  const desk = await openDesk();
  const [amara, ruth] = [await desk.somebody('amara@hq.dhs.gov', 'staff'), await desk.somebody('ruth@hq.dhs.gov')];
  const of = (who: typeof ruth, staff: boolean, rev: number) => ({ email: who.person.email, staff, rev });
  expect(refused(await changeStaffRole(ruth.ctx, of(ruth, true, 1))).kind).toBe('forbidden');
  expect(refused(await changeStaffRole(amara.ctx, of(ruth, true, 7))).kind).toBe('version-stale');
  const made = granted(await changeStaffRole(amara.ctx, of(ruth, true, 1)));
  const { token } = await begin(desk.ctx, made, 'staff');
  expect(await identify(desk.ctx, token)).toMatchObject({ role: 'staff' });
  expect(refused(await changeStaffRole(amara.ctx, of(amara, false, 1))).kind).toBe('conflict');
  granted(await changeStaffRole(amara.ctx, of(ruth, false, 2)));
  expect(await identify(desk.ctx, token)).toEqual({ role: 'nobody' });
  const { items } = await desk.ctx.store.auditOf(made.id, 10, null);
  expect(items.map(({ act }) => act)).toEqual(['ended as staff', 'made staff']);
});
