import { join } from 'node:path';
import { assetsIn } from '../compose/aws-assets.ts';
import { restHandler } from './rest.ts';

/** Stylesheet, fonts and images are beside this file, so that code and its appearance are deployed together. */
export const handler = restHandler(assetsIn(join(import.meta.dirname, 'assets')), { origin: 'https://assets.invalid' });
