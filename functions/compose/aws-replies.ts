import * as z from 'zod';
import { replyOf } from '../mail/reply.ts';
import type { CalendarReply } from '../domain/calendar-answer.ts';
import { settingsFrom } from './aws-settings.ts';
import { sha256, signed } from './sigv4.ts';

const ReplySettings = z.object({
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
  /** As the SDKs have it: another place that answers as S3 does. */
  AWS_ENDPOINT_URL_S3: z.url().optional(),
});

/** Where SES put a message. */
export interface Received {
  readonly bucketName: string;
  readonly objectKey: string;
}

/** An answer from a calendar has some kilobytes; SES takes mail of 40 MB. */
const LARGEST_MAIL = 1024 * 1024;
const READS_WITHIN_MS = 10_000;

/** Reads messages that SES received; null for what is no calendar's answer, and for what is too large to be one. */
export function repliesOnAws(environment: NodeJS.ProcessEnv): (received: Received) => Promise<CalendarReply | null> {
  const env = settingsFrom(ReplySettings, environment);
  const credentials = {
    accessKeyId: env.AWS_ACCESS_KEY_ID,
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
    sessionToken: env.AWS_SESSION_TOKEN,
  };
  return async ({ bucketName, objectKey }) => {
    const place = env.AWS_ENDPOINT_URL_S3
      ? `${env.AWS_ENDPOINT_URL_S3}/${bucketName}`
      : `https://${bucketName}.s3.${env.AWS_REGION}.amazonaws.com`;
    const url = new URL(`${place}/${objectKey}`);
    const headers = { 'x-amz-content-sha256': sha256('') };
    const call = { method: 'GET', url, service: 's3', region: env.AWS_REGION, headers, body: '' } as const;
    const answer = await fetch(url, {
      headers: signed(call, credentials, new Date()),
      signal: AbortSignal.timeout(READS_WITHIN_MS),
    });
    if (!answer.ok) throw new Error(`S3 answered ${answer.status}`);
    if (Number(answer.headers.get('content-length')) > LARGEST_MAIL) {
      await answer.body?.cancel();
      return null;
    }
    return replyOf(new Uint8Array(await answer.arrayBuffer()));
  };
}
