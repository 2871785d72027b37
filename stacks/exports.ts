import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { addPassingBucket } from './bucket.ts';
import type { DeskProps } from './desk.ts';
import type { Extras } from './functions.ts';

/** The bucket where lists too large for one answer wait for a day, and what the function that writes them needs. */
export function addExports(stack: Stack, props: DeskProps, key: IKey): Extras {
  const bucket = addPassingBucket(stack, props, key, { id: 'Exports', name: 'exports', days: 1 });
  return {
    environment: { EXPORTS_BUCKET: bucket.bucketName },
    statements: [
      new PolicyStatement({
        // the address that is handed out is signed by the function, so it can read only what the function may read
        actions: ['s3:PutObject', 's3:GetObject'],
        resources: [bucket.arnForObjects('exports/*')],
      }),
    ],
  };
}
