import { expect, test } from 'vitest';
import { HOUR, SECOND } from '../../functions/domain/time.ts';
import { keeping } from '../../functions/store/dynamo/keeping.ts';
import { testClock } from '../fixtures/desk.ts';

test('what is kept is five seconds old at most, also where the clock is set back', async () => {
  const clock = testClock();
  let reads = 0;
  const kept = keeping<'it', number>(() => clock.now());
  const read = () =>
    kept.of('it', async () => {
      reads += 1;
      return reads;
    });
  expect([await read(), await read()]).toEqual([1, 1]);
  clock.pass(5 * SECOND);
  expect(await read()).toBe(2);
  clock.pass(-HOUR);
  expect(await read()).toBe(3);
  expect(await read()).toBe(3);
});
