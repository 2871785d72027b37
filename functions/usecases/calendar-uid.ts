import { idOf, type Registration } from '../domain/registration.ts';
import type { Context } from './context.ts';
import { signatureOf } from './signature.ts';

/**
 * The UID of one calendar object of a registration. Its last part can't be guessed, so that an answer that carries it
 * proves that its sender had the invitation; a second registration is a new UID and the old one stays dead.
 */
export const uidOf = (
  ctx: Pick<Context, 'ids' | 'desk'>,
  registration: Pick<Registration, 'event' | 'person' | 'attempt'>,
  object: string,
): string => {
  const id = idOf(registration);
  return `${id}-${object}-${signatureOf(ctx, 'uid', id, object)}@${ctx.desk.uidHost}`;
};
