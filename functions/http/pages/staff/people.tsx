import { Hono } from 'hono';
import * as z from 'zod';
import { personOf } from '../../../domain/actor.ts';
import { Host } from '../../../domain/audience.ts';
import { invalid, type FieldError } from '../../../domain/result.ts';
import { nameCoordinator } from '../../../usecases/coordinate.ts';
import { startFor } from '../../../domain/registration.ts';
import { Email } from '../../../domain/person.ts';
import { findPerson } from '../../../usecases/find-person.ts';
import { changeStaffRole } from '../../../usecases/staff-role.ts';
import { listPrograms } from '../../../usecases/programs.ts';
import { staffOnly } from '../../../usecases/access.ts';
import { PeoplePage, type PeoplePageProps } from '../../../../web/pages/staff/people.tsx';
import { fieldErrors } from '../../field-errors.ts';
import type { Env } from '../../session.ts';
import { deskFrameOf, formOf, show, type PageContext } from '../page.tsx';
import { showDeskRefusal } from './refusal.tsx';
import { staffPath } from './rows.ts';

/** The version that a form was made from. */
const revOf = (typed: string): number => z.coerce.number().int().catch(-1).parse(typed);

async function peoplePage(c: PageContext, { notice, ...props }: Omit<PeoplePageProps, 'frame'> & { notice?: string }) {
  const refused = staffOnly(c.var.desk);
  if (refused) return showDeskRefusal(c, refused.refusal);
  const frame = { ...deskFrameOf(c), ...(notice ? { notice } : {}) };
  return show(c, <PeoplePage frame={frame} {...props} />, props.errors.length > 0 ? 422 : 200);
}

interface LookUp {
  /** What was typed of a coordinator, and what is wrong with it. */
  readonly coordinator?: { readonly hosts: string; readonly errors: readonly FieldError[] };
  /** What the last press did to the person who is shown. */
  readonly notice?: string;
}

async function lookUp(c: PageContext, typed: string, { coordinator, notice }: LookUp = {}) {
  const refused = staffOnly(c.var.desk);
  if (refused) return showDeskRefusal(c, refused.refusal);
  const email = Email.safeParse(typed);
  if (!email.success)
    return peoplePage(c, {
      email: typed,
      errors: fieldErrors(email.error).map((error) => ({ ...error, path: 'email' })),
    });
  const [found, programs] = [await findPerson(c.var.desk, { email: email.data }), await listPrograms(c.var.desk)];
  if (!found.ok)
    return found.refusal.kind === 'unknown'
      ? peoplePage(c, { email: email.data, person: null, errors: [] })
      : showDeskRefusal(c, found.refusal);
  const { person, registrations } = found.value;
  const now = c.var.desk.clock.now();
  return peoplePage(c, {
    email: person.email,
    errors: coordinator?.errors ?? [],
    ...(notice ? { notice } : {}),
    person: {
      rev: person.rev,
      staff: person.staff,
      own: personOf(c.var.desk.actor)?.id === person.id,
      coordinates: coordinator?.hosts ?? person.coordinates.join('\n'),
      email: person.email,
      name: person.profile?.name ?? '',
      title: person.profile?.title ?? '',
      agency: person.profile?.agency ?? '',
      component: person.profile?.component ?? '',
      known: Object.entries(person.approvals)
        .filter(([, until]) => until > now)
        .map(([program, until]) => ({
          words: (programs.ok && programs.value.find(({ id }) => id === program)?.name) || 'A program',
          until,
        })),
      registrations: registrations.map(({ registration, event }) => ({
        eventTitle: event.title,
        eventHref: staffPath(event),
        startsAt: startFor(registration, event),
        timeZone: event.timeZone,
        status: registration.status,
        askedAt: registration.appliedAt,
      })),
    },
  });
}

/** One person by their address, and the rights that staff give. */
export const peoplePages = new Hono<Env>()
  .get('/staff/people', (c) => peoplePage(c, { email: '', errors: [] }))
  .post('/staff/people', async (c) => lookUp(c, (await formOf(c)).get('email')))
  .post('/staff/people/coordinator', async (c) => {
    const form = await formOf(c);
    const typed = form.get('hosts');
    const email = Email.safeParse(form.get('email'));
    if (!email.success) return lookUp(c, form.get('email'));
    const lines = typed.split(/[\s,]+/).filter(Boolean);
    const wrong = lines.find((line) => !Host.safeParse(line).success);
    const errors = wrong
      ? [{ path: 'hosts', message: `“${wrong}” is no host. Give one such as police.example.gov` }]
      : [];
    const named =
      errors.length > 0
        ? invalid(...errors)
        : await nameCoordinator(c.var.desk, {
            email: email.data,
            hosts: lines.flatMap((line) => Host.safeParse(line).data ?? []),
            rev: revOf(form.get('rev')),
          });
    if (named.ok) {
      const notice = named.value.coordinates.length === 0 ? 'No coordinator any more.' : 'Saved the coordinator.';
      return lookUp(c, email.data, { notice });
    }
    return named.refusal.kind === 'invalid'
      ? lookUp(c, email.data, { coordinator: { hosts: typed, errors: named.refusal.errors } })
      : showDeskRefusal(c, named.refusal);
  })
  .post('/staff/people/staff', async (c) => {
    const form = await formOf(c);
    const email = Email.safeParse(form.get('email'));
    if (!email.success) return lookUp(c, form.get('email'));
    const staff = form.get('do') === 'make';
    const changed = await changeStaffRole(c.var.desk, { email: email.data, staff, rev: revOf(form.get('rev')) });
    if (!changed.ok) return showDeskRefusal(c, changed.refusal);
    const notice = staff
      ? 'They are staff now, once they sign in by the identity provider.'
      : 'They are not staff any more.';
    return lookUp(c, email.data, { notice });
  });
