import * as z from 'zod';
import type { Files } from '../usecases/context.ts';
import { settingsFrom } from './aws-settings.ts';
import { presigned, sha256, signed } from './sigv4.ts';

const ExportSettings = z.object({
  EXPORTS_BUCKET: z.string().min(3),
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_USE_FIPS_ENDPOINT: z.stringbool().default(false),
  /** As the SDKs have it: another place that answers as S3 does. */
  AWS_ENDPOINT_URL_S3: z.url().optional(),
});

/** How long the address of a file works; the file itself is gone within two days. */
const OPEN_FOR_SECONDS = 300;
const KEEPS_WITHIN_MS = 15_000;

/** Files in the stage's bucket, encrypted by its key. Its names are secrets: no list of them is ever given. */
export function exportsOnAws(environment: NodeJS.ProcessEnv, secret: () => string): Files {
  const env = settingsFrom(ExportSettings, environment);
  const fips = env.AWS_USE_FIPS_ENDPOINT ? '-fips' : '';
  const place = env.AWS_ENDPOINT_URL_S3
    ? `${env.AWS_ENDPOINT_URL_S3}/${env.EXPORTS_BUCKET}`
    : `https://${env.EXPORTS_BUCKET}.s3${fips}.${env.AWS_REGION}.amazonaws.com`;
  const credentials = {
    accessKeyId: env.AWS_ACCESS_KEY_ID,
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
    sessionToken: env.AWS_SESSION_TOKEN,
  };
  const region = env.AWS_REGION;
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
