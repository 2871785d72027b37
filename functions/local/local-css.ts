import { readFileSync } from 'node:fs';

/** The few styles of the local pages: the mailbox and the identity provider. */
export const localCss = readFileSync(new URL('./local.css', import.meta.url), 'utf8');
