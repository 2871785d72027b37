import { PersonId } from '../domain/ids.ts';
import type { Email } from '../domain/person.ts';
import type { Context } from './context.ts';

/** The person of an address, made where there is none. */
export const personOfAddress = (ctx: Context, email: Email) =>
  ctx.store.ensurePerson(email, {
    id: PersonId.parse(ctx.ids.random('per')),
    rev: 1,
    email,
    profile: null,
    staff: false,
    approvals: {},
    coordinates: [],
    epoch: 0,
    feed: 1,
  });
