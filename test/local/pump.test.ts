import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { kindOf, startPump, type Pump } from '../../functions/local/pump.ts';

let pump: Pump;
beforeEach(() => void vi.useFakeTimers());
afterEach(async () => {
  await pump.stop();
  vi.useRealTimers();
});

const idle = { deliver: async () => 0, sweep: async () => {}, failed: () => {} };

test('both kinds of work have their turn every second', async () => {
  const deliver = vi.fn(idle.deliver);
  const sweep = vi.fn(idle.sweep);
  pump = startPump({ ...idle, deliver, sweep });
  await vi.advanceTimersByTimeAsync(3_000);
  expect([deliver.mock.calls.length, sweep.mock.calls.length]).toEqual([3, 3]);
});

test('a nudge delivers at once', async () => {
  const deliver = vi.fn(idle.deliver);
  pump = startPump({ ...idle, deliver });
  pump.nudge();
  await vi.advanceTimersByTimeAsync(1);
  expect(deliver).toHaveBeenCalledTimes(1);
});

test('deliveries follow each other while there is more, and never overlap', async () => {
  const left = [5, 5, 0];
  let under = 0;
  let most = 0;
  const deliver = vi.fn(async () => {
    most = Math.max(most, ++under);
    await new Promise((resolve) => setTimeout(resolve, 10));
    under--;
    return left.shift() ?? 0;
  });
  pump = startPump({ ...idle, deliver });
  pump.nudge();
  pump.nudge();
  await vi.advanceTimersByTimeAsync(100);
  expect(deliver).toHaveBeenCalledTimes(3);
  expect(most).toBe(1);
});

test('a nudge during a delivery is not lost', async () => {
  let release = (): void => {};
  const deliver = vi.fn(async () => {
    await new Promise<void>((resolve) => (release = resolve));
    return 0;
  });
  pump = startPump({ ...idle, deliver });
  pump.nudge();
  await vi.advanceTimersByTimeAsync(1);
  pump.nudge();
  release();
  await vi.advanceTimersByTimeAsync(1);
  expect(deliver).toHaveBeenCalledTimes(2);
  release();
});

test('a failure is told and the work goes on at the next turn', async () => {
  const failed = vi.fn();
  const sweep = vi.fn(async () => Promise.reject(new TypeError('amara@ccht.example')));
  pump = startPump({ ...idle, sweep, failed });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sweep).toHaveBeenCalledTimes(2);
  expect(failed).toHaveBeenCalledWith('sweep', expect.any(TypeError));
});

test('what is said of a failure names its kind and never its words', () => {
  expect(kindOf(new TypeError('amara@ccht.example'))).toBe('TypeError');
});

test('stopping waits for what is under way and begins nothing new', async () => {
  let done = false;
  const deliver = vi.fn(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    done = true;
    return 1;
  });
  pump = startPump({ ...idle, deliver });
  pump.nudge();
  await vi.advanceTimersByTimeAsync(1);
  const stopped = pump.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  await stopped;
  expect(done).toBe(true);
  expect(deliver).toHaveBeenCalledTimes(1);
});
