import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openSite, type Site } from '../fixtures/app.ts';
import { openDesk, type DeskOnAws } from './desk.ts';
import { route } from './gateway.ts';
import { tokenOf } from './tokens.ts';

let site: Site;
let desk: DeskOnAws;
/** Of staff, of a trainer, of a participant. */
let tokens: readonly string[];
beforeAll(async () => {
  [site, desk] = await Promise.all([openSite(), openDesk(inject('endpoint'))]);
  tokens = await Promise.all(
    (['staff', 'trainer', 'participant'] as const).map((role) => tokenOf(desk, role, `${role}@ccht.example.org`)),
  );
});
afterAll(async () => {
  await Promise.all([site.close(), desk.stop()]);
});

/** Every route of the application, with something in place of each variable part. */
const paths = () => [
  ...new Set(
    site.app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ path }) =>
        path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string, pattern = '') =>
          String(pattern).includes('ics') ? 'some.ics' : `some-${name}`,
        ),
      ),
  ),
];

/** Which function has the code of a route. */
const functionOf = (path: string): string => {
  if (/\.(ics|csv|json)$/.test(path)) return 'files';
  if (path.startsWith('/auth/')) return 'auth';
  if (/^\/(staff|trainer)(\/|$)|\/(list|import)(\/|$)/.test(path)) return 'desk';
  if (/^\/api\/(coordinators|hosts|audit)|^\/api\/.*\/(search|decisions|approve|deny|reopen)$/.test(path))
    return 'desk';
  return 'api';
};

test('the gateway sends every route of the application to the function that has its code', () => {
  const all = paths();
  expect(all.length).toBeGreaterThan(50);
  for (const path of all) expect([path, route(path).to]).toEqual([path, functionOf(path)]);
  for (const name of ['api', 'desk', 'files', 'auth']) expect(all.map(functionOf)).toContain(name);
  expect(route('/assets/site.css').to).toBe('assets');
  expect(route('/nothing/of/ours').to).toBe('api');
});

test('the bundle describes the API as the sources do: nothing that it needs was left out', async () => {
  const bundled = await desk.ask('GET', '/api/openapi.json');
  const source = await site.app.request(`${site.origin}/api/openapi.json`);
  expect(bundled.json).toEqual(await source.json());
});

describe('personal data', () => {
  const SECRET = 'pat.quill-7f3a9';
  test('fed through every path, query, header and body never reaches a log', async () => {
    const origin = 'https://training-desk.example.gov';
    const fields = { email: `${SECRET}@example.gov`, name: SECRET, title: SECRET, reason: SECRET, q: SECRET };
    const nobody = { Cookie: `__Host-session=${SECRET}` };
    const callers = [nobody, ...tokens.map((token) => ({ Authorization: `Bearer ${token}` }))];
    const ends = (path: string) => Number(path.endsWith('/sign-out'));
    for (const path of paths().toSorted((one, other) => ends(one) - ends(other))) {
      const address = `${path.replaceAll('some', SECRET)}?q=${SECRET}&return=/${SECRET}`;
      for (const caller of callers) {
        const headers = { Referer: `${origin}/${SECRET}`, Origin: origin, ...caller };
        await desk.ask('GET', address, { headers });
        await desk.ask('POST', address, { headers, json: fields });
        const form = { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' };
        await desk.ask('POST', address, { headers: form, body: new URLSearchParams(fields).toString() });
      }
    }
    // a message on its way, with the service's words about it at their worst
    await desk.ask('POST', '/api/sign-in', { json: { email: `${SECRET}@example.gov` } });
    desk.cloud.mailAnswers = 'throttled';
    await desk.stream();
    // what the function remembers goes with it
    await desk.cool('api');
    desk.cloud.fails = 'PROGRAMS';
    expect((await desk.ask('GET', `/api/programs?q=${SECRET}`)).status).toBe(500);
    // a fault whose words hold all that was sent to the service: the address
    desk.cloud.fails = `EMAIL#${SECRET}@example.gov`;
    await desk.stream();
    const token = await tokenOf(desk, 'staff', 'staff@ccht.example.org');
    const lookUp = {
      headers: { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    };
    expect((await desk.ask('POST', '/staff/people', { token, ...lookUp })).status).toBe(500);
    desk.cloud.fails = null;
    const lines = desk
      .logs()
      .split('\n')
      .filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.filter((line) => line.includes(SECRET))).toEqual([]);
  });

  test('an error is on record with its kind, its place in our code and the request it belongs to', () => {
    const lines = desk
      .logs()
      .split('\n')
      .filter((line) => line.includes('"error"'));
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      level: 'error',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      error: 'InternalServerError',
    });
  });

  test('a request is logged by its route', () => {
    for (const line of [
      '"what":"request","method":"GET","route":"/api/programs/:id"',
      '"what":"request","method":"GET","route":"/join/:secret","status":404',
    ])
      expect([line, desk.logs().includes(line)]).toEqual([line, true]);
  });
});
