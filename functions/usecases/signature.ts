import type { Context, Ids } from './context.ts';

/** Proves that an address or a UID is the desk's own: 26 base32 letters, 130 bits, so that none can be guessed. */
export const signatureOf = (ctx: Pick<Context, 'ids'>, ...of: Parameters<Ids['sign']>): string =>
  ctx.ids.sign(...of).slice(0, 26);
