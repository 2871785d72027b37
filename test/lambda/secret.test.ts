import { expect, test } from 'vitest';
import { s3From } from '../../functions/compose/aws-s3.ts';
import { presigned, signed } from '../../functions/compose/sigv4.ts';

test('signs as AWS does: "post-vanilla" of its test suite for Signature Version 4', () => {
  const headers = signed(
    {
      method: 'POST',
      url: new URL('https://example.amazonaws.com/'),
      service: 'service',
      region: 'us-east-1',
      headers: {},
      body: '',
    },
    { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    new Date('2015-08-30T12:36:00Z'),
  );
  expect(headers['authorization']).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, ' +
      'Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  );
});

test('signs an address as AWS does: the example of its S3 documentation', () => {
  const address = presigned(
    { url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'), region: 'us-east-1', seconds: 86_400 },
    { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    new Date('2013-05-24T00:00:00Z'),
  );
  expect(new URL(address).searchParams.get('X-Amz-Signature')).toBe(
    'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  );
});

test.for([
  [{}, 'https://lists.s3.us-gov-west-1.amazonaws.com'],
  [{ AWS_USE_FIPS_ENDPOINT: 'true' }, 'https://lists.s3-fips.us-gov-west-1.amazonaws.com'],
  [{ AWS_ENDPOINT_URL_S3: 'https://vpce-1.s3.example' }, 'https://vpce-1.s3.example/lists'],
] as const)('files are kept and answers read where the stage’s other calls go: %o', ([settings, address]) => {
  const keys = { AWS_REGION: 'us-gov-west-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
  expect(s3From({ ...keys, ...settings }).bucket('lists')).toBe(address);
});
