import type { Context as HonoContext } from 'hono';
import { invalid, ok, type Result } from '../domain/result.ts';
import type { Env } from './session.ts';

/**
 * A cursor is a place in one list, written so that nobody builds on its form and signed, so that the store is never
 * asked to go on from where it has not been.
 */
export const cursorOf = (c: HonoContext<Env>, place: string | null): { nextCursor?: string } =>
  place === null ? {} : { nextCursor: `${Buffer.from(place).toString('base64url')}.${signed(c, place)}` };
const signed = (c: HonoContext<Env>, place: string): string =>
  c.var.desk.ids.sign('cursor', c.req.path, place).slice(0, 13);

export function placeOfCursor(c: HonoContext<Env>, cursor: string | undefined): Result<string | null> {
  if (cursor === undefined) return ok(null);
  const [written = '', signature = ''] = cursor.split('.');
  const place = Buffer.from(written, 'base64url').toString();
  return c.var.desk.ids.same(signature, signed(c, place))
    ? ok(place)
    : invalid({ path: 'cursor', message: 'Give the nextCursor of the page before' });
}
