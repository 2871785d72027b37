import { expect, test } from 'vitest';
import { callerOf } from '../../functions/http/network.ts';
import { openSite } from '../fixtures/app.ts';

test.each([
  ['198.51.100.7', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['2001:DB8:0001:0002::6', '2001:db8:1:2::'],
  ['2001:db8::1', '2001:db8:0:0::'],
  ['2001:db8::', '2001:db8:0:0::'],
  ['::1', '0:0:0:0::'],
  ['::ffff:198.51.100.7', '::ffff:198.51.100.7'],
  ['', ''],
])('%s is counted as %s', (address, caller) => {
  expect(callerOf(address)).toBe(caller);
});

test('whoever has a network of IPv6 is one caller to the limits, whichever of its addresses they come from', async () => {
  const site = await openSite();
  for (const address of ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1']) {
    site.from(address);
    await site.post('/api/sign-in', { body: { email: `at-${address.replaceAll(':', '-')}@agency.example.gov` } });
  }
  const uses = [...(await site.contents())].flatMap(([key, item]) => (key.startsWith('LIMIT#network') ? [item] : []));
  expect(uses).toHaveLength(2);
  await site.close();
});
