import { afterAll, beforeAll, expect, test } from 'vitest';
import { SECOND } from '../../functions/domain/time.ts';
import { openSite, publishedEvent, registered, type Site } from '../fixtures/app.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const press = (event: string, fields: Readonly<Record<string, string>>) =>
  site.post(`/staff/events/${event}/review`, {
    token: site.staff,
    raw: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

async function applied() {
  const event = await publishedEvent(site, { approval: 'manual' });
  return { event, ...(await registered(site, event, 'pat-review@agency.example.gov')) };
}

test.each(['approve', 'deny', 'ask-for-sponsor'])(
  '%s with nobody ticked is a mistake to mend, not a success',
  async (act) => {
    const { event, id } = await applied();
    const page = await press(event, { do: act });
    expect(page.status).toBe(422);
    expect(page.text).toContain('<title>Error: ');
    expect(page.text).toContain('Tick at least one person');
    expect(page.text).toContain(`href="#pick-${id}"`);
  },
);

test('a denial in one’s own words takes as many as its field does', async () => {
  const { event, id } = await applied();
  const panel = await press(event, { do: 'deny', registration: id });
  const longest = Number(/<textarea[^>]* name="other"[^>]* maxlength="(\d+)"/.exec(panel.text)?.[1]);
  const words = 'x'.repeat(longest);
  expect((await press(event, { do: 'deny-send', registration: id, reason: 'other', other: words })).status).toBe(303);
});

test('a waitlist longer than what is read of it says how many wait', async () => {
  const event = await publishedEvent(site, { capacity: 1 });
  for (const name of ['ann', 'bo', 'cy']) await registered(site, event, `${name}-line@agency.example.gov`);
  site.clock.pass(6 * SECOND);
  const { store } = site.context;
  const app = site.failing({ lineHead: (pool) => store.lineHead(pool, 1) });
  const headers = { authorization: `Bearer ${site.staff}` };
  const page = await app.request(`${site.origin}/staff/events/${event}/waitlist`, { headers });
  const text = await page.text();
  expect(text).toContain('2 people waiting');
  expect(text).toContain('The first 1 are shown.');
});

test('staff and trainers are refused under their own bar, and others as if there were no desk', async () => {
  const who = async (role: 'staff' | 'trainer' | 'participant') =>
    (await site.get('/staff/events/evt_none/review', { token: await site.token(role, `${role}@agency.example.gov`) }))
      .text;
  expect(await who('staff')).toContain('href="/staff/messages"');
  expect(await who('trainer')).toMatch(/href="\/trainer"(?!.*href="\/staff)/s);
  expect(await who('participant')).not.toContain('desk-bar');
});
