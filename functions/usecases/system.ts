import type { Context } from './context.ts';

/** The same desk, acted upon by a schedule or the promoter. */
export const asSystem = (ctx: Context, name: string): Context => ({ ...ctx, actor: { role: 'system', name } });
