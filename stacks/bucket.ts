import { Duration, type Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, type BucketProps } from 'aws-cdk-lib/aws-s3';
import type { DeskProps } from './desk.ts';
import { nameOf, removalOf } from './names.ts';

/** A bucket for what must not stay: private, under the stage's key, by TLS only, emptied after some days. */
export const addPassingBucket = (
  stack: Stack,
  props: DeskProps,
  key: IKey,
  { id, name, days }: { readonly id: string; readonly name: string; readonly days: number },
): Bucket =>
  new Bucket(stack, id, {
    bucketName: `${nameOf(props, name)}-${stack.account}`,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    ...accessLog(stack, props, id, name),
    lifecycleRules: [{ expiration: Duration.days(days), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: removalOf(props.settings),
  });

/** Logs who read and wrote what in it, if the agency has a bucket for that. */
const accessLog = (
  stack: Stack,
  { settings: { accessLogBucket }, ...props }: DeskProps,
  id: string,
  name: string,
): Pick<BucketProps, 'serverAccessLogsBucket' | 'serverAccessLogsPrefix'> =>
  accessLogBucket
    ? {
        serverAccessLogsBucket: Bucket.fromBucketName(stack, `${id}AccessLog`, accessLogBucket),
        serverAccessLogsPrefix: `${nameOf(props, name)}/`,
      }
    : {};
