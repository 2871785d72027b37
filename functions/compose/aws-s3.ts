import * as z from 'zod';
import { settingsFrom } from './aws-settings.ts';
import type { Credentials } from './sigv4.ts';

const S3Settings = z.object({
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_USE_FIPS_ENDPOINT: z.stringbool().default(false),
  /** As the SDKs have it: another place that answers as S3 does, such as the endpoint of a VPC. */
  AWS_ENDPOINT_URL_S3: z.url().optional(),
});

/** What calls of S3 are signed with, and where they go. */
export interface S3 {
  readonly region: string;
  readonly credentials: Credentials;
  /** The address of a bucket, without a final slash: by validated cryptography where the stage asks for it. */
  readonly bucket: (name: string) => string;
}

/** S3 as a function meets it, from its environment. */
export function s3From(environment: NodeJS.ProcessEnv): S3 {
  const env = settingsFrom(S3Settings, environment);
  const fips = env.AWS_USE_FIPS_ENDPOINT ? '-fips' : '';
  return {
    region: env.AWS_REGION,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN,
    },
    bucket: (name) =>
      env.AWS_ENDPOINT_URL_S3
        ? `${env.AWS_ENDPOINT_URL_S3}/${name}`
        : `https://${name}.s3${fips}.${env.AWS_REGION}.amazonaws.com`,
  };
}
