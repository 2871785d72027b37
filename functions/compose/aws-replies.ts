import { replyOf } from '../mail/reply.ts';
import type { CalendarReply } from '../domain/calendar-answer.ts';
import { s3From } from './aws-s3.ts';
import { sha256, signed } from './sigv4.ts';

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
  const { region, credentials, bucket } = s3From(environment);
  return async ({ bucketName, objectKey }) => {
    const url = new URL(`${bucket(bucketName)}/${objectKey}`);
    const headers = { 'x-amz-content-sha256': sha256('') };
    const call = { method: 'GET', url, service: 's3', region, headers, body: '' } as const;
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
