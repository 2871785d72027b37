import type { Context } from '../usecases/context.ts';
export async function seedDemo(_ctx: Context): Promise<void> {}
