import type { APIGatewayProxyEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { NETWORK, restHandler, type RestOptions } from '../../functions/lambda/rest.ts';
import { restEvent, type Ask } from './gateway.ts';

/** Hands an event to the adapter; what the application saw, and what the gateway gets. */
async function through(
  method: string,
  address: string,
  ask: Ask = {},
  answer = new Response('ok'),
  options: Partial<RestOptions> = {},
) {
  const seen: Request[] = [];
  const handler = restHandler(
    (request) => {
      seen.push(request);
      return answer;
    },
    { origin: 'https://desk.example.gov', ...options },
  );
  const result = await handler(restEvent(method, address, ask) as APIGatewayProxyEvent);
  return { request: seen[0] ?? new Request('https://none.invalid'), result };
}

test('a request comes under the site’s own address, with every value of its query', async () => {
  const { request } = await through('GET', '/trainings?program=a&program=b%20c&q=%C3%A9');
  expect(new URL(request.url).origin).toBe('https://desk.example.gov');
  expect(new URL(request.url).searchParams.getAll('program')).toEqual(['a', 'b c']);
  expect(new URL(request.url).searchParams.get('q')).toBe('é');
});

test('a form comes as it was sent', async () => {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const { request } = await through('POST', '/sign-in', { headers, body: 'email=p%40example.gov&name=%C3%A9' });
  expect(Object.fromEntries(await request.formData())).toEqual({ email: 'p@example.gov', name: 'é' });
});

test('a path of two slashes names no other host', async () => {
  const { request } = await through('GET', '/x');
  expect(request.url).toBe('https://desk.example.gov/x');
  const event = { ...restEvent('GET', '/'), path: '//evil.example/sign-in' } as APIGatewayProxyEvent;
  const seen: string[] = [];
  const handler = restHandler((asked) => (seen.push(asked.url), new Response('ok')), {
    origin: 'https://desk.example.gov',
  });
  await handler(event);
  expect(seen).toEqual(['https://desk.example.gov//evil.example/sign-in']);
});

test('a body that came with a GET is left out, as browsers leave it out', async () => {
  const { request, result } = await through('GET', '/', { body: '{}' });
  expect([result.statusCode, await request.text()]).toEqual([200, '']);
});

test('a header that HTTP does not allow is answered, not thrown: Lambda would log what it holds', async () => {
  const { result } = await through('GET', '/', { headers: { 'x-name': 'Łukasz' } });
  expect([result.statusCode, result.body.includes('ukasz')]).toEqual([400, false]);
});

test('several cookies stay several headers', async () => {
  const answer = new Response(null, { status: 303 });
  answer.headers.append('set-cookie', 'a=1; Path=/');
  answer.headers.append('set-cookie', 'b=2; Path=/');
  const { result } = await through('POST', '/sign-in', {}, answer);
  expect(result).toMatchObject({ statusCode: 303, body: '', isBase64Encoded: false });
  expect(result.multiValueHeaders?.['set-cookie']).toEqual(['a=1; Path=/', 'b=2; Path=/']);
});

test.for([
  ['image/png', true],
  ['font/woff2', true],
  ['image/svg+xml', false],
  ['text/calendar; charset=utf-8', false],
] as const)('%s as bytes: %s', async ([type, bytes]) => {
  const answer = new Response(new Uint8Array([0xc3, 0xa9]), { headers: { 'content-type': type } });
  const { result } = await through('GET', '/', {}, answer);
  expect([result.isBase64Encoded, result.body]).toEqual([bytes, bytes ? 'w6k=' : 'é']);
});

test('the caller is who the platform saw, whatever a request says of itself', async () => {
  const headers = { [NETWORK]: '192.0.2.66', 'x-desk-client': '192.0.2.67' };
  const bare = await through('GET', '/', { headers });
  expect(bare.request.headers.get(NETWORK)).toBe('203.0.113.9');
  // CloudFront overwrites its header, so there what it says is what it saw
  const behind = await through('GET', '/', { headers }, new Response(), { clientHeader: 'x-desk-client' });
  expect(behind.request.headers.get(NETWORK)).toBe('192.0.2.67');
});
