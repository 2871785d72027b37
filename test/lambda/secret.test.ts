import { expect, test } from 'vitest';
import { signed } from '../../functions/compose/aws-secret.ts';

test('signs as AWS does: "post-vanilla" of its test suite for Signature Version 4', () => {
  const headers = signed(
    {
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
