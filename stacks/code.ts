import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ofEach, type Bundles, type FunctionName } from './bundle.ts';

type CodeOf = Readonly<Record<FunctionName, Code>>;

/** Code from folders here, which SST's deployment brings to its own bucket. */
export const fromFolders = (bundles: Bundles): CodeOf => ofEach((name) => Code.fromAsset(bundles[name].folder));

/** Code from a bucket that is named when the template is deployed, by keys that hold a digest of what they name. */
export function fromBucket(stack: Stack, keys: Readonly<Record<FunctionName, string>>): CodeOf {
  const { valueAsString } = new CfnParameter(stack, 'ArtifactsBucket', {
    type: 'String',
    description: 'The bucket that the code was copied to',
  });
  const bucket = Bucket.fromBucketName(stack, 'Artifacts', valueAsString);
  return ofEach((name) => Code.fromBucket(bucket, keys[name]));
}
