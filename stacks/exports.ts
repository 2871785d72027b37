import { Duration, type Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { DeskProps } from './desk.ts';
import type { Extras } from './functions.ts';
import { nameOf, removalOf } from './names.ts';

/** Where attendee lists wait a day that are too large for one answer, and what the function that writes them needs. */
export function addExports(stack: Stack, props: DeskProps, key: IKey): Extras {
  const bucket = new Bucket(stack, 'Exports', {
    bucketName: `${nameOf(props, 'exports')}-${stack.account}`,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    lifecycleRules: [{ expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: removalOf(props.settings),
  });
  return {
    environment: { EXPORTS_BUCKET: bucket.bucketName },
    statements: [
      new PolicyStatement({
        // the address that is handed out is signed by the function, and reads what the function may read
        actions: ['s3:PutObject', 's3:GetObject'],
        resources: [bucket.arnForObjects('exports/*')],
      }),
    ],
  };
}
