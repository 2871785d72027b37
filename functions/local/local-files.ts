import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Env, Hono } from 'hono';

const styles = readFileSync(new URL('./local.css', import.meta.url), 'utf8');
const require = createRequire(import.meta.url);

/** Whether an address is one of the shared files. */
export const isLocalFile = (path: string): boolean => path === '/local.css' || path.startsWith('/fonts/');

/** Adds what every local page refers to: its styles and the typeface of the site. */
export function addLocalFiles<E extends Env>(app: Hono<E>): void {
  app.get('/local.css', (context) => context.body(styles, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/fonts/:file{PublicSans-(Regular|SemiBold|Bold)\\.woff2}', async (context) => {
    const file = require.resolve(`@uswds/uswds/fonts/public-sans/${context.req.param('file')}`);
    const font = new Uint8Array(await readFile(file));
    return context.body(font, 200, { 'content-type': 'font/woff2', 'cache-control': 'max-age=86400' });
  });
}
