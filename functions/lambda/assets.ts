import { join } from 'node:path';
import { assetsIn } from '../compose/aws-assets.ts';
import { restHandler } from './rest.ts';

/** Stylesheet, fonts and images stand beside this file, so that code and what it looks like are deployed as one. */
export const handler = restHandler(assetsIn(join(import.meta.dirname, 'assets')), { origin: 'https://assets.invalid' });
