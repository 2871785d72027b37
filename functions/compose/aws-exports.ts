import * as z from 'zod';
import type { Files } from '../usecases/context.ts';
import { settingsFrom } from './aws-settings.ts';
import { s3From } from './aws-s3.ts';
import { presigned, sha256, signed } from './sigv4.ts';

const ExportSettings = z.object({ EXPORTS_BUCKET: z.string().min(3) });

/** How long the address of a file works; the file itself is gone within two days. */
const OPEN_FOR_SECONDS = 300;
const KEEPS_WITHIN_MS = 15_000;

/** Files in the stage's bucket, encrypted by its key. Its names are secrets: no list of them is ever given. */
export function exportsOnAws(environment: NodeJS.ProcessEnv, secret: () => string): Files {
  const { region, credentials, bucket } = s3From(environment);
  const place = bucket(settingsFrom(ExportSettings, environment).EXPORTS_BUCKET);
  return {
    async keep({ name, type, text }) {
      const url = new URL(`${place}/exports/${secret()}/${name}`);
      const headers = {
        'content-type': type,
        'content-disposition': `attachment; filename="${name}"`,
        'x-amz-content-sha256': sha256(text),
      };
      const call = { method: 'PUT', url, service: 's3', region, headers, body: text } as const;
      const answer = await fetch(url, {
        method: 'PUT',
        headers: signed(call, credentials, new Date()),
        body: text,
        signal: AbortSignal.timeout(KEEPS_WITHIN_MS),
      });
      if (!answer.ok) throw new Error(`S3 answered ${answer.status}`);
      return presigned({ url, region, seconds: OPEN_FOR_SECONDS }, credentials, new Date());
    },
  };
}
